import { ApiObject } from 'cdk8s';
import type { ServiceNode } from '../core/edges';
import { fail } from '../values/errors';
import { Image } from '../values/image';

/** Registry and name of the image of a service, as its workload has it: files and profiles have decided by then. */
export function imageRepository({ construct, name }: ServiceNode): string {
  const objects = construct.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each));
  const lists = objects.flatMap((object) => containerLists(object.toJson()));
  const main = lists.flat().find((container) => container.name === name)
    // Knative names the container of a function itself
    ?? lists.find((containers) => containers.length === 1)?.[0];
  if (main?.image === undefined) {
    return fail(construct, `has no container '${name}', so nobody knows which image a pipeline builds for it`, 'Leave the service out of the group with tag files');
  }
  return Image.parse(main.image).repository;
}

interface Container {
  readonly name?: string;
  readonly image?: string;
}

/** The containers of each pod in an object, whatever kind has them: a Deployment, a CronJob, a ScaledJob. */
function containerLists(value: unknown): Container[][] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, field]) => [...key === 'containers' && Array.isArray(field) ? [field as Container[]] : [], ...containerLists(field)]);
}
