import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Manifest } from '../manifests/manifest';
import { TreeValue } from '../values/tree-value';

/** The volumes of an object, each with its size as the manifest has it. */
export type VolumeSizes = readonly (readonly [volume: string, size: unknown])[];

type ReadVolumes = (spec: any) => VolumeSizes;

const VOLUMES = new TreeValue<Map<string, ReadVolumes>>('volume-sizes');

/** Says where objects of a kind have the sizes of their volumes, so that synthesis sees when one would shrink. */
export function declareVolumes({ kind, apiGroup, node: { root } }: ApiObject, read: ReadVolumes): void {
  VOLUMES.set(root, (VOLUMES.own(root) ?? new Map()).set(`${kind}.${apiGroup}`, read));
}

/** How volumes of a manifest are read, if a construct of the tree says so for its kind. */
export function volumeReader(root: IConstruct, { qualifiedKind }: Manifest): ReadVolumes | undefined {
  return CORE.get(qualifiedKind) ?? VOLUMES.own(root)?.get(qualifiedKind);
}

/** The kinds of Kubernetes itself. */
const CORE: ReadonlyMap<string, ReadVolumes> = new Map<string, ReadVolumes>([
  ['PersistentVolumeClaim', (spec) => [['volume', spec.resources?.requests?.storage]]],
  ['StatefulSet.apps', (spec) => (spec.volumeClaimTemplates ?? []).map((claim: any) => [claim.metadata?.name, claim.spec?.resources?.requests?.storage])],
]);
