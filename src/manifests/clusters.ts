import type { Manifest } from './manifest';
import { ManifestSet } from './manifest-set';

/**
 * The manifests of each cluster, where folders are for clusters of their own: two folders that define the same object are. Manifests outside of such
 * folders belong to every cluster.
 */
export function clustersOf(manifests: ManifestSet): readonly ManifestSet[] {
  const folders = clusterFolders(manifests.all);
  if (folders.length === 0) {
    return [manifests];
  }
  const folderOf = ({ place }: Manifest) => folders.find((folder) => place.file?.startsWith(`${folder}/`));
  return folders.map((folder) => new ManifestSet(manifests.all.filter((each) => [undefined, folder].includes(folderOf(each)))));
}

function clusterFolders(manifests: readonly Manifest[]): string[] {
  const seen = new Map<string, Manifest>();
  const folders = new Set<string>();
  for (const manifest of manifests) {
    const { id } = manifest;
    const other = seen.get(id);
    if (other && manifest.name !== '') {
      apart(other.place.file, manifest.place.file).forEach((folder) => folders.add(folder));
    }
    seen.set(id, other ?? manifest);
  }
  return [...folders];
}

/** The uppermost folders that tell one file from another; none where only the names of the files differ. */
function apart(one: string | undefined, other: string | undefined): string[] {
  const [a, b] = [one?.split('/') ?? [], other?.split('/') ?? []];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 || at >= Math.min(a.length, b.length) - 1 ? [] : [a, b].map((parts) => parts.slice(0, at + 1).join('/'));
}
