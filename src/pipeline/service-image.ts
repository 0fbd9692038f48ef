import type { ServiceNode } from '../core/edges';
import type { ManifestSet } from '../manifests/manifest-set';
import { fail } from '../values/errors';
import { Image } from '../values/image';

interface Container {
  readonly name?: string;
  readonly image?: string;
}

/** Registry and name of the image of a service, as its workload has it: files and profiles have decided by then. */
export function imageRepository({ construct, name }: ServiceNode, manifests: ManifestSet): string {
  const lists = manifests.below(construct.node.path).map(({ podTemplate }): Container[] => podTemplate?.spec?.containers ?? []);
  const main = lists.flat().find((container) => container.name === name)
    // Knative names the container of a function itself
    ?? lists.find((containers) => containers.length === 1)?.[0];
  if (main?.image === undefined) {
    return fail(construct, `has no container '${name}', so nobody knows which image a pipeline builds for it`, 'Leave the service out of the group with tag files');
  }
  return Image.parse(main.image).repository;
}
