import type * as k8s from '../../../imports/k8s';
import { defineWorkload, late } from '../../core/kubernetes-object';
import { sorted } from '../../values/sorted';
import { podTemplate } from '../pod-template';
import { claimOf, controllerSpec } from '../service-objects';
import type { WorkloadPod } from '../workload-pod';

/** The name that the pod template gives the volume of a workload. */
const VOLUME = 'storage';
/** A volume that belongs to one leaf and to no other pod. */
const OWN_VOLUME = 'ReadWriteOnce';

/** By these a leaf knows which of how many it is: its name ends with its number, from 0 on. */
export const LEAF_VARIABLES = { name: 'LEAF_NAME', count: 'LEAVES' } as const;

/**
 * A StatefulSet, so that each leaf has a name of its own. All start together, because no leaf needs another; a new version replaces
 * one after the other, so that one answer is missing at a time.
 */
export function defineLeaves(pod: WorkloadPod, count: number): void {
  const { node: { construct, name }, settings: { storage } } = pod;
  const template = podTemplate(pod, (spec) => leafSpec(spec, count));
  defineWorkload<k8s.StatefulSetSpec>(construct, 'StatefulSet', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: late(() => ({
      ...controllerSpec(pod, template, count),
      serviceName: name,
      podManagementPolicy: 'Parallel',
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      volumeClaimTemplates: storage && [{
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: VOLUME },
        spec: claimOf(storage, storage.accessMode ?? OWN_VOLUME),
      }],
    })),
  });
}

/** The pod of a service, but with its name, a volume of its own, and spread among all leaves of whatever version. */
function leafSpec({ containers, volumes, topologySpreadConstraints, ...spec }: k8s.PodSpec, count: number): k8s.PodSpec {
  const [container, ...beside] = containers;
  const own = [{ name: LEAF_VARIABLES.name, valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }, { name: LEAF_VARIABLES.count, value: `${count}` }];
  return {
    ...spec,
    topologySpreadConstraints: topologySpreadConstraints?.map(({ matchLabelKeys: _versions, ...constraint }) => constraint),
    containers: [{ ...container, env: sorted([...container.env ?? [], ...own], ({ name }) => name) }, ...beside],
    volumes: volumes?.filter((volume) => volume.name !== VOLUME),
  };
}
