import type { Refusal } from './refusal';
import { volumesOf } from '../graph/capacity/volumes';
import type { Manifest } from '../manifests/manifest';

/**
 * Tells which volumes a manifest would make smaller than they are: Kubernetes refuses that, or an operator ignores it for ever, and the rest of
 * the change would be lost with it.
 */
export function shrunkVolumes(before: Manifest, after: Manifest): Refusal[] {
  const sizes = new Map(volumesOf(before));
  return volumesOf(after).flatMap(([volume, size]) => {
    const was = sizes.get(volume);
    return was?._exceeds(size) ? [{
      problem: `${volume} of ${after.kind} ${after.namespace}/${after.name} would shrink from ${was} to ${size}, and a volume never does`,
      fix: `Keep ${was} or more, or give the store another name and move its data`,
      preparesChange: false,
    }] : [];
  });
}
