import { JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { core, Image, Port, workloads } from 'cdk8s-microservices';

export interface InferenceServerProps {
  readonly image: Image;
  readonly gpus: number;
}

/** A model server: pods on nodes with GPUs, in a Deployment that never runs two versions at a time. */
export class InferenceServer extends workloads.CustomWorkload {
  constructor(scope: Construct, id: string, props: InferenceServerProps) {
    super(scope, id, { image: props.image, replicas: 2, ports: [Port.http(8080)], type: 'inference' });
    const deployment = new core.CustomObject(this, 'Deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: this.name,
      spec: {
        replicas: this.maxReplicas,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: this.selectorLabels },
        template: this.podTemplate,
      },
    });
    deployment.addJsonPatch(
      JsonPatch.add('/spec/template/spec/nodeSelector', { 'acme.example/gpu': 'true' }),
      JsonPatch.add('/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu', props.gpus),
    );
    new workloads.DisruptionBudget(this, 'Budget', { workload: this });
  }
}
