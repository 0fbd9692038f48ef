import { ApiObject } from 'cdk8s';
import type { ServiceNode } from '../core/edges';
import { fail } from '../model/values/errors';
import { Image } from '../model/values/image';

/** Registry and name of the image of a service, as its workload has it: files and profiles have decided by then. */
export function imageRepository({ construct, name }: ServiceNode): string {
  for (const object of construct.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each))) {
    const image = containersOf(object.toJson()).find((container) => container.name === name)?.image;
    if (image !== undefined) {
      return Image.parse(image).repository;
    }
  }
  return fail(construct, `has no container '${name}', so nobody knows which image a pipeline builds for it`, 'Leave the service out of the group with tag files');
}

interface Container {
  readonly name?: string;
  readonly image?: string;
}

function containersOf(manifest: unknown): Container[] {
  const { spec } = manifest as { spec?: { template?: { spec?: { containers?: Container[] } } } };
  return spec?.template?.spec?.containers ?? [];
}
