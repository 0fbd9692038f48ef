import type { Construct } from 'constructs';
import { placement, type PodSpec } from './hosted-pods';
import type { HostedStore } from './hosted-store';
import { volumeClaim } from './volumes';
import type * as k8s from '../../../imports/k8s';
import { defineWorkload } from '../../core/kubernetes-object';
import { CHECKSUM, checksum } from '../../core/pod-parts';
import { ROLLOUT_SETTINGS } from '../../workloads/rollout-settings';

/** The volume of a member: what it must not lose. */
export const DATA_VOLUME = 'data';

/** What a StatefulSet is made of, besides what holds for every store. */
export interface Members {
  readonly count: number;
  /** The headless Service by which they find each other. */
  readonly serviceName: string;
  readonly pod: PodSpec;
  /** The files of its ConfigMap: a change of them rolls out. */
  readonly files: { [file: string]: string };
}

/**
 * The StatefulSet of a store. Its members start together, because they need each other to become ready, and their volumes outlive it.
 */
export function defineMembersSet(scope: Construct, store: HostedStore, members: Members): void {
  const { name, settings, selectorLabels, group } = store;
  const rollout = ROLLOUT_SETTINGS.of(group.profile);
  defineWorkload<k8s.StatefulSetSpec>(scope, 'StatefulSet', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      replicas: members.count,
      serviceName: members.serviceName,
      podManagementPolicy: 'Parallel',
      minReadySeconds: rollout.minReady.toSeconds(),
      revisionHistoryLimit: rollout.revisionHistory,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      selector: { matchLabels: { ...selectorLabels } },
      template: {
        metadata: { labels: { ...store.labels }, annotations: { [CHECKSUM]: checksum(members.files) } },
        spec: { ...members.pod, ...placement(store) },
      },
      volumeClaimTemplates: [{
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: DATA_VOLUME },
        spec: volumeClaim(settings.storageClass, settings.storage),
      }],
    },
  });
}
