import type { Construct } from 'constructs';
import type * as k8s from '../../../imports/k8s';
import { defineObject, late } from '../../core/kubernetes-object';
import { groupOf } from '../../core/service-group';
import { recordVolumes } from '../../core/volume-demand';
import { Quantity } from '../../values/quantity';
import { sorted } from '../../values/sorted';
import type { FileStorage } from '../file-storage';
import { completed, podTemplate } from '../pod-template';
import { ROLLOUT_SETTINGS } from '../rollout-settings';
import type { Wiring } from '../wiring';

type PodTemplate = k8s.PodTemplateSpec;
type ClaimTemplates = k8s.StatefulSetSpec['volumeClaimTemplates'];

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
export function defineLeaves(scope: Construct, { pod, ...known }: Wiring, count: number): void {
  const rollout = ROLLOUT_SETTINGS.of(pod.profile);
  const { name, storage } = pod;
  // at once, so that an error names the workload and not its manifest
  const template = leafTemplate(podTemplate(pod), count);
  if (storage) {
    recordVolumes(groupOf(scope), { name, count, size: Quantity.storage(storage.size) });
  }
  defineObject<k8s.StatefulSetSpec>(scope, 'StatefulSet', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: late(() => ({
      replicas: count,
      serviceName: name,
      podManagementPolicy: 'Parallel',
      minReadySeconds: rollout.minReady.toSeconds(),
      revisionHistoryLimit: rollout.revisionHistory,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      selector: { matchLabels: { ...pod.selectorLabels } },
      template: completed(template, pod, known),
      volumeClaimTemplates: storage && claimTemplates(storage),
    })),
  });
}

/** The pod of a service, but with its name, a volume of its own, and spread among all leaves of whatever version. */
function leafTemplate(template: PodTemplate, count: number): PodTemplate {
  const { containers, volumes, topologySpreadConstraints, ...spec } = template.spec!;
  const [container, ...beside] = containers;
  const own = [{ name: LEAF_VARIABLES.name, valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }, { name: LEAF_VARIABLES.count, value: `${count}` }];
  return {
    ...template,
    spec: {
      ...spec,
      topologySpreadConstraints: topologySpreadConstraints?.map(({ matchLabelKeys: _versions, ...constraint }) => constraint),
      containers: [{ ...container, env: sorted([...container.env ?? [], ...own], ({ name }) => name) }, ...beside],
      volumes: volumes?.filter((volume) => volume.name !== VOLUME),
    },
  };
}

function claimTemplates({ size, accessMode, storageClass }: FileStorage): ClaimTemplates {
  return [{
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: VOLUME },
    spec: { accessModes: [accessMode ?? OWN_VOLUME], storageClassName: storageClass, resources: { requests: { storage: size } } },
  }];
}
