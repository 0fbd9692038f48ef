import type { IConstruct } from 'constructs';
import { volumeReader } from '../core/volume-sizes';
import type { Manifest } from '../manifests/manifest';
import { ManifestSet } from '../manifests/manifest-set';
import { describe } from '../values/errors';
import { Quantity } from '../values/quantity';

/**
 * Tells which volumes a file would make smaller than they are in the file it replaces: Kubernetes refuses that, or an operator ignores it
 * for ever, and the rest of the change would be lost with it. Undefined for a file without volumes.
 *
 * @param root the tree, whose constructs say where their kinds have the sizes
 * @param after what is in the file
 */
export function shrunkVolumes(root: IConstruct, after: readonly Manifest[]): ((before: string) => string[]) | undefined {
  const withVolumes = after.filter((manifest) => volumeReader(root, manifest));
  return withVolumes.length === 0 ? undefined : (before) => compare(root, new Map(read(before).map((each) => [each.id, each])), withVolumes);
}

function compare(root: IConstruct, old: ReadonlyMap<string, Manifest>, after: readonly Manifest[]): string[] {
  return after.flatMap((manifest) => {
    const sizes = sizesOf(root, old.get(manifest.id));
    return [...sizesOf(root, manifest)].flatMap(([volume, size]) => {
      const was = sizes.get(volume);
      return was?._exceeds(size) ? [describe(
        `${volume} of ${manifest.kind} ${manifest.namespace}/${manifest.name} would shrink from ${was} to ${size}, and a volume never does`,
        `Keep ${was} or more, or give the store another name and move its data`,
      )] : [];
    });
  });
}

function sizesOf(root: IConstruct, manifest: Manifest | undefined): Map<string, Quantity> {
  const sizes = manifest ? volumeReader(root, manifest)?.(manifest.spec) ?? [] : [];
  return new Map(sizes.flatMap(([volume, size]) => typeof size === 'string' && /^\d/.test(size) ? [[volume, Quantity.storage(size)]] : []));
}

function read(text: string): Manifest[] {
  try {
    return ManifestSet.parse({ before: text }).all;
  } catch {
    // what others wrote there is replaced
    return [];
  }
}
