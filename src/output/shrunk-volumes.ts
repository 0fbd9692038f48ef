import { claimsVolumes, volumesOf } from '../graph/capacity/volumes';
import type { Manifest } from '../manifests/manifest';
import { ManifestSet } from '../manifests/manifest-set';
import { describe } from '../values/errors';

/**
 * Tells which volumes a file would make smaller than they are in the file it replaces: Kubernetes refuses that, or an operator ignores it
 * for ever, and the rest of the change would be lost with it. Also tells which members it would remove with their data. Undefined for a file
 * without volumes.
 *
 * @param after what is in the file
 */
export function shrunkVolumes(after: readonly Manifest[]): ((before: string) => string[]) | undefined {
  const withVolumes = after.filter(claimsVolumes);
  return withVolumes.length === 0 ? undefined : (before) => compare(new Map(read(before).map((each) => [each.id, each])), withVolumes);
}

function compare(old: ReadonlyMap<string, Manifest>, after: readonly Manifest[]): string[] {
  return after.flatMap((manifest) => {
    const before = old.get(manifest.id);
    const sizes = new Map(before ? volumesOf(before) : []);
    return [...removedMembers(manifest, before), ...volumesOf(manifest).flatMap(([volume, size]) => {
      const was = sizes.get(volume);
      return was?._exceeds(size) ? [describe(
        `${volume} of ${manifest.kind} ${manifest.namespace}/${manifest.name} would shrink from ${was} to ${size}, and a volume never does`,
        `Keep ${was} or more, or give the store another name and move its data`,
      )] : [];
    })];
  });
}

/** Kubernetes stops all members that are too many at once, whatever data only they have. */
function removedMembers({ kind, namespace, name, spec }: Manifest, before: Manifest | undefined): string[] {
  const [was, is] = [before?.spec.replicas ?? 0, spec.replicas ?? 1];
  return kind !== 'StatefulSet' || is >= was ? [] : [describe(
    `StatefulSet ${namespace}/${name} would lose ${was - is} of its ${was} members at once, with all data that no other member has`,
    `Keep ${was} members. To remove some, move their data away first as 'Remove members' in the documents of the store describes, delete this file and synthesise again`,
  )];
}

function read(text: string): Manifest[] {
  try {
    return ManifestSet.parse({ before: text }).all;
  } catch {
    // what others wrote there is replaced
    return [];
  }
}
