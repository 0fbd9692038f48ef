import type { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { PodDefinition } from './pod-template';
import { podTemplate } from './pod-template';
import type { Plain } from '../core/kubernetes-object';
import { defineObject, late } from '../core/kubernetes-object';
import { CHECKSUM, checksum } from '../core/pod-parts';
import { groupOf } from '../core/service-group';
import { recordVolumes } from '../core/volume-demand';
import type { DeliveryStrategy } from '../model/delivery-strategy';
import { fail } from '../model/errors';
import type { FileStorage } from '../model/file-storage';
import { isShared } from '../model/file-storage';
import { Quantity } from '../model/quantity';
import { sorted } from '../model/sorted';

export interface DeploymentDefinition {
  readonly pod: PodDefinition;
  /** Labels of the pods that nobody selects them by. */
  readonly podLabels: { [name: string]: string };
  /** Known when all connections are. */
  readonly annotations: () => { [name: string]: string };
  /** Known then, too. */
  readonly topicVariables: () => { [name: string]: string };
  readonly delivery: DeliveryStrategy;
  /** Undefined where an autoscaler decides. */
  readonly replicas?: number;
}

export function defineDeployment(scope: Construct, deployment: DeploymentDefinition): void {
  const { pod, replicas, delivery } = deployment;
  const { rollout } = pod.profile._values;
  const { config } = pod.settings;
  // at once, so that an error names the service and not its manifest
  const template = podTemplate(pod);
  defineObject<Plain<k8s.DeploymentSpec>>(scope, 'Deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: pod.name },
    spec: late(() => ({
      replicas,
      revisionHistoryLimit: rollout.revisionHistory,
      minReadySeconds: rollout.minReady.toSeconds(),
      progressDeadlineSeconds: rollout.progressDeadline.toSeconds(),
      selector: { matchLabels: { ...pod.selectorLabels } },
      strategy: delivery._toKube() as Plain<k8s.DeploymentStrategy>,
      template: {
        ...template,
        metadata: {
          labels: { ...template.metadata!.labels, ...deployment.podLabels },
          annotations: { ...deployment.annotations(), ...pod.configMap ? { [CHECKSUM]: checksum(config) } : {} },
        },
        spec: withVariables(template.spec!, deployment.topicVariables()),
      },
    })),
  });
}

function withVariables(spec: Plain<k8s.PodSpec>, added: { [name: string]: string }): Plain<k8s.PodSpec> {
  const containers = spec.containers.map((container) => ({
    ...container, env: sorted([...container.env ?? [], ...Object.entries(added).map(([name, value]) => ({ name, value }))], ({ name }) => name),
  }));
  return { ...spec, containers };
}

export function defineService(scope: Construct, pod: Pick<PodDefinition, 'name' | 'ports' | 'selectorLabels'>): void {
  defineObject<Plain<k8s.ServiceSpec>>(scope, 'Service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: pod.name },
    spec: {
      type: 'ClusterIP',
      selector: pod.selectorLabels,
      ports: pod.ports.map((port) => ({ name: port.name, port: port.number, targetPort: port.name, protocol: 'TCP', appProtocol: port._appProtocol })),
    },
  });
}

export function defineConfigMap(scope: Construct, name: string, data: Readonly<Record<string, string>>): void {
  defineObject(scope, 'ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { ...data } });
}

/**
 * A claim on file storage. Fails where several pods would have to share a volume that only one node can mount.
 */
export function defineStorage(scope: Construct, name: string, storage: FileStorage, profile: PodDefinition['profile'], pods: number): void {
  const accessMode = storage.accessMode ?? profile._values.storage.accessMode;
  if (pods > 1 && !isShared(accessMode)) {
    fail(scope, `up to ${pods} pods at a time, roll-outs included, would share a volume that is ${accessMode}, so those on another node never start`,
      "Use accessMode 'ReadWriteMany', or Scaling.replicas(1) with DeliveryStrategy.rolling({ maxSurge: 0, maxUnavailable: 1 })");
  }
  recordVolumes(groupOf(scope), { name, count: 1, size: Quantity.storage(storage.size) });
  defineObject<Plain<k8s.PersistentVolumeClaimSpec>>(scope, 'PersistentVolumeClaim', {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: [accessMode], storageClassName: storage.storageClass, resources: { requests: { storage: storage.size } } },
  });
}
