import type { FunctionDefinition } from './function-definition';
import { revisionsReached } from './function-definition';
import { FunctionVisibility } from './function-visibility';
import { revisionAnnotations, revisionSpec } from './pod';
import type * as serving from '../../../imports/knative-serving';
import type { ServiceNode } from '../../core/edges';
import type { EventSink } from '../../core/event-sink';
import { defineWorkload, late } from '../../core/kubernetes-object';
import { NETWORK_SETTINGS } from '../../network/network-settings';
import { podsOf } from '../../network/platform-peers';
import { ServiceNetworkPolicy } from '../../network/service-network-policy';
import { QUEUE_PROXY } from '../../values/ports';
import { podTemplate } from '../pod-template';
import { defineStorage } from '../service-objects';
import type { WorkloadPod } from '../workload-pod';

/**
 * Defines the objects of a function below its construct. Knative makes the rest: Deployments, Services, what scales them and routes to them.
 *
 * @param service the Service of Knative that stands for it
 */
export function defineFunction(pod: WorkloadPod, definition: FunctionDefinition, service: EventSink): void {
  const most = definition.scaling.max;
  // a new revision grows while those before it still have calls
  defineStorage(pod, most * revisionsReached(definition) + most, "Use accessMode 'ReadWriteMany'");
  definePolicy(pod.node);
  defineKnativeService(pod, definition, service);
}

function defineKnativeService(pod: WorkloadPod, definition: FunctionDefinition, service: EventSink): void {
  const { visibility, revision, traffic } = definition;
  const { construct, group: { profile }, ports: [port] } = pod.node;
  const template = podTemplate(pod, (spec) => revisionSpec(spec, definition, profile, port));
  const annotations = revisionAnnotations(definition);
  defineWorkload<serving.ServiceSpec>(construct, 'Service', {
    apiVersion: service.apiVersion,
    kind: service.kind,
    metadata: {
      name: service.name,
      labels: visibility === FunctionVisibility.CLUSTER_LOCAL ? { 'networking.knative.dev/visibility': visibility } : {},
    },
    spec: late(() => {
      const { metadata, spec } = template();
      return {
        template: { metadata: { name: revision, ...metadata, annotations: { ...metadata?.annotations, ...annotations } }, spec },
        traffic: traffic.map((share) => share._toKube(service.name)),
      };
    }),
  });
}

/** Who reaches the pods: those who pass calls on, and who measures them. The kubelet needs no permission. */
function definePolicy({ construct, group, ports: [port] }: ServiceNode): void {
  const { knativeActivator, knativeAutoscaler, knativeGateway } = NETWORK_SETTINGS.of(group.profile);
  new ServiceNetworkPolicy(construct, 'KnativePolicy', {
    workload: construct,
    reason: 'knative',
    ingress: [
      { peers: [podsOf(knativeActivator), podsOf(knativeGateway)], ports: [port.name === 'grpc' ? QUEUE_PROXY.http2 : QUEUE_PROXY.http] },
      { peers: [podsOf(knativeAutoscaler)], ports: [QUEUE_PROXY.autoscalerMetrics] },
    ],
  });
}
