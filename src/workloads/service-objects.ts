import type { Construct } from 'constructs';
import type { FileStorage } from './file-storage';
import { isShared } from './file-storage';
import type { LatePodParts, PodDefinition } from './pod-template';
import { completed, podTemplate } from './pod-template';
import { ROLLOUT_SETTINGS } from './rollout-settings';
import type * as k8s from '../../imports/k8s';
import { defineObject, late } from '../core/kubernetes-object';
import { groupOf } from '../core/service-group';
import { recordVolumes } from '../core/volume-demand';
import { STORAGE_SETTINGS } from '../stores/storage-settings';
import type { DeliveryStrategy } from '../values/delivery-strategy';
import { fail } from '../values/errors';
import type { Port } from '../values/port';
import { Quantity } from '../values/quantity';
import { shared } from '../values/shared';

export interface DeploymentDefinition extends LatePodParts {
  readonly pod: PodDefinition;
  readonly delivery: DeliveryStrategy;
  /** Undefined where an autoscaler decides. */
  readonly replicas?: number;
}

export function defineDeployment(scope: Construct, deployment: DeploymentDefinition): void {
  const { pod, replicas, delivery } = deployment;
  const rollout = ROLLOUT_SETTINGS.of(pod.profile);
  // at once, so that an error names the service and not its manifest
  const template = podTemplate(pod);
  defineObject<k8s.DeploymentSpec>(scope, 'Deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: pod.name },
    spec: late(() => ({
      replicas,
      revisionHistoryLimit: rollout.revisionHistory,
      minReadySeconds: rollout.minReady.toSeconds(),
      progressDeadlineSeconds: rollout.progressDeadline.toSeconds(),
      selector: { matchLabels: { ...pod.selectorLabels } },
      strategy: delivery._toKube(),
      template: completed(template, pod, deployment),
    })),
  });
}

const servicePort = shared((port: Port): k8s.ServicePort => (
  { name: port.name, port: port.number, targetPort: port.name, protocol: 'TCP', appProtocol: port._appProtocol }));

/** The id of the construct of the Service that has the name of its workload. */
const SERVICE = 'Service';

/** The Service of pods; a headless one has no address of its own, but a name for each pod that is ready. */
export function defineService(scope: Construct, pod: Pick<PodDefinition, 'name' | 'ports' | 'selectorLabels'>, headless?: boolean, id = SERVICE): void {
  defineObject<k8s.ServiceSpec>(scope, id, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: pod.name },
    spec: {
      type: 'ClusterIP',
      clusterIP: headless ? 'None' : undefined,
      selector: pod.selectorLabels,
      ports: pod.ports.map(servicePort),
    },
  });
}

export function defineConfigMap(scope: Construct, name: string, data: Readonly<Record<string, string>>): void {
  defineObject(scope, 'ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { ...data } });
}

/**
 * A claim on file storage. Fails where several pods would have to share a volume that only one node can mount.
 */
export function defineStorage(scope: Construct, name: string, storage: FileStorage, profile: PodDefinition['profile'], pods: number, remedy: string): void {
  const accessMode = storage.accessMode ?? STORAGE_SETTINGS.of(profile).accessMode;
  if (pods > 1 && !isShared(accessMode)) {
    fail(scope, `up to ${pods} pods at a time, roll-outs included, would share a volume that is ${accessMode}, so those on another node never start`, remedy);
  }
  recordVolumes(groupOf(scope), { name, count: 1, size: Quantity.storage(storage.size) });
  defineObject<k8s.PersistentVolumeClaimSpec>(scope, 'PersistentVolumeClaim', {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: [accessMode], storageClassName: storage.storageClass, resources: { requests: { storage: storage.size } } },
  });
}
