import type { Construct } from 'constructs';
import type { FileStorage } from './file-storage';
import { isShared } from './file-storage';
import type { ObjectMetadata } from './object-metadata';
import { podTemplate } from './pod-template';
import { ROLLOUT_SETTINGS } from './rollout-settings';
import type { ServiceShape } from './service-shape';
import type { WorkloadPod } from './workload-pod';
import type * as k8s from '../../imports/k8s';
import type { ServiceNode } from '../core/edges';
import { defineObject, defineWorkload, late } from '../core/kubernetes-object';
import { STORAGE_SETTINGS } from '../stores/storage-settings';
import type { DeliveryStrategy } from '../values/delivery-strategy';
import { fail } from '../values/errors';
import type { Port } from '../values/port';
import { shared } from '../values/shared';

/**
 * What Deployments, Rollouts and StatefulSets have in common.
 *
 * @param replicas undefined where an autoscaler decides
 */
export function controllerSpec({ node: { group, selectorLabels } }: WorkloadPod, template: () => k8s.PodTemplateSpec, replicas: number | undefined) {
  const { minReady, revisionHistory } = ROLLOUT_SETTINGS.of(group.profile);
  return {
    replicas,
    revisionHistoryLimit: revisionHistory,
    minReadySeconds: minReady.toSeconds(),
    selector: { matchLabels: { ...selectorLabels } },
    template: template(),
  };
}

/** @param replicas undefined where an autoscaler decides */
export function defineDeployment(pod: WorkloadPod, delivery: DeliveryStrategy, replicas: number | undefined): void {
  const { construct, name, group } = pod.node;
  const template = podTemplate(pod);
  defineWorkload<k8s.DeploymentSpec>(construct, 'Deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: late(() => ({
      ...controllerSpec(pod, template, replicas),
      progressDeadlineSeconds: ROLLOUT_SETTINGS.of(group.profile).progressDeadline.toSeconds(),
      strategy: delivery._toKube(),
    })),
  });
}

/** A port of a Service. */
export const servicePort = shared((port: Port): k8s.ServicePort => (
  { name: port.name, port: port.servicePort, targetPort: port.name, protocol: 'TCP', appProtocol: port._appProtocol }));

/** The id of the construct of the Service that has the name of its workload. */
const SERVICE = 'Service';

/** How the Service of a workload differs from that of others. */
interface ServiceDetails extends ServiceShape, Partial<ObjectMetadata> {
  /** The id of its construct. */
  readonly id?: string;
}

/** The Service of pods. */
export function defineService(scope: Construct, pod: Pick<ServiceNode, 'name' | 'ports' | 'selectorLabels'>, details: ServiceDetails = {}): void {
  const { annotations = {}, labels, headless, sessionAffinity } = details;
  defineObject<k8s.ServiceSpec>(scope, details.id ?? SERVICE, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: pod.name, labels, annotations: Object.keys(annotations).length > 0 ? annotations : undefined },
    spec: {
      type: 'ClusterIP',
      clusterIP: headless ? 'None' : undefined,
      sessionAffinity: sessionAffinity && 'ClientIP',
      sessionAffinityConfig: sessionAffinity && { clientIP: { timeoutSeconds: sessionAffinity.toSeconds() } },
      selector: pod.selectorLabels,
      ports: pod.ports.map(servicePort),
    },
  });
}

/**
 * The claim on the file storage of a workload, if it has one. Fails where several pods would have to share a volume that only one node can mount.
 */
export function defineStorage({ node: { construct, name, group }, settings: { storage } }: WorkloadPod, pods: number, remedy: string): void {
  if (!storage) {
    return;
  }
  const accessMode = storage.accessMode ?? STORAGE_SETTINGS.of(group.profile).accessMode;
  if (pods > 1 && !isShared(accessMode)) {
    fail(construct, `up to ${pods} pods at a time, roll-outs included, would share a volume that is ${accessMode}, so those on another node never start`, remedy);
  }
  defineObject<k8s.PersistentVolumeClaimSpec>(construct, 'PersistentVolumeClaim', {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: claimOf(storage, accessMode),
  });
}

export function claimOf({ storageClass, size }: FileStorage, accessMode: string): k8s.PersistentVolumeClaimSpec {
  return { accessModes: [accessMode], storageClassName: storageClass, resources: { requests: { storage: size } } };
}
