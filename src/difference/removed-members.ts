import type { Refusal } from './refusal';
import type { Manifest } from '../manifests/manifest';

/** Tells which members of a store a manifest would remove: Kubernetes stops all that are too many at once, whatever data only they have. */
export function removedMembers(before: Manifest, { qualifiedKind, namespace, name, spec }: Manifest): Refusal[] {
  const [was, is]: number[] = [before.spec?.replicas ?? 0, spec?.replicas ?? 1];
  return qualifiedKind !== 'StatefulSet.apps' || is >= was ? [] : [{
    problem: `StatefulSet ${namespace}/${name} would lose ${was - is} of its ${was} members at once, with all data that no other member has`,
    fix: `Keep ${was} members. To remove some, move their data away first as 'Remove members' in the documents of the store describes`,
    preparesChange: true,
  }];
}
