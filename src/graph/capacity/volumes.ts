import { quantityIn } from './amounts';
import { OPERATOR_KINDS, requested } from './operator-kinds';
import { podSetsOf } from './pod-sets';
import type { Manifest } from '../../manifests/manifest';
import type { ManifestSet } from '../../manifests/manifest-set';
import type { Quantity } from '../../values/quantity';

/** A volume of a manifest: what messages call it, and its size. */
export type VolumeSize = readonly [volume: string, size: Quantity];

/** Volumes that a manifest claims, as many of each as it has pods. */
export interface Claims {
  readonly manifest: Manifest;
  readonly count: number;
  readonly volumes: readonly VolumeSize[];
}

/** The kinds of Kubernetes that claim lasting volumes, and where each of them has their sizes. */
const CLAIMING: ReadonlyMap<string, (spec: any) => readonly (readonly [volume: string, size: unknown])[]> = new Map([
  ['PersistentVolumeClaim', (spec) => [['volume', requested({ spec })]]],
  ['StatefulSet.apps', ({ volumeClaimTemplates = [] }) => volumeClaimTemplates.map((claim: any) => [claim.metadata?.name, requested(claim)])],
]);

/** Whether a kind claims lasting volumes. */
export function claimsVolumes({ qualifiedKind }: Manifest): boolean {
  return CLAIMING.has(qualifiedKind) || OPERATOR_KINDS.get(qualifiedKind)?.volumes !== undefined;
}

/** The lasting volumes of a manifest. */
export function volumesOf({ qualifiedKind, spec }: Manifest): VolumeSize[] {
  return sized((CLAIMING.get(qualifiedKind) ?? OPERATOR_KINDS.get(qualifiedKind)?.volumes)?.(spec) ?? []);
}

/** All volumes that a namespace may claim at a time, those of ephemeral volumes included, in the order of the names of their manifests. */
export function claimsIn(manifests: ManifestSet, namespace: string): Claims[] {
  const sets = podSetsOf(manifests, namespace);
  const single = manifests.inNamespace(namespace).filter(({ qualifiedKind }) => qualifiedKind === 'PersistentVolumeClaim')
    .map((manifest) => ({ manifest, count: 1, volumes: volumesOf(manifest) }));
  const ofPods = sets.flatMap(({ manifest, replicas, template }) => [volumesOf(manifest), ephemeralVolumes(template)]
    .map((volumes) => ({ manifest, count: replicas, volumes })));
  return [...single, ...ofPods].filter(({ volumes }) => volumes.length > 0).sort((a, b) => a.manifest.name < b.manifest.name ? -1 : 1);
}

function ephemeralVolumes({ spec }: any): VolumeSize[] {
  return sized((spec?.volumes ?? []).map(({ name, ephemeral }: any) => [name, requested(ephemeral?.volumeClaimTemplate)]));
}

function sized(volumes: readonly (readonly [string, unknown])[]): VolumeSize[] {
  return volumes.flatMap(([volume, size]) => {
    const quantity = quantityIn('storage', size);
    return quantity ? [[volume, quantity] as const] : [];
  });
}
