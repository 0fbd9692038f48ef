import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { IMAGE_SETTINGS } from '../image-settings';
import { spellings } from './rules';
import type { ServiceGroup } from '../../core/service-group';
import { describe } from '../../values/errors';

/** An image, and the object that has a container of it. */
export interface UsedImage {
  readonly owner: string;
  readonly image: string;
}

/** The images of all containers below a construct, whatever kind has them. Renders each object, so only for those who ask for it. */
export function imagesBelow(scope: Construct): UsedImage[] {
  return scope.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .flatMap((object) => containersIn(object.toJson()).map((image) => ({ owner: `${object.kind}/${object.name}`, image })));
}

function containersIn(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(containersIn);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, field]) => [
    ...['containers', 'initContainers'].includes(key) && Array.isArray(field)
      ? field.flatMap(({ image }) => typeof image === 'string' ? [image] : []) : [],
    ...containersIn(field),
  ]);
}

/** As the rules of the API server see it. */
export function isFrom(image: string, registry: string): boolean {
  const [host, ...path] = image.split('/');
  const onHub = path.length === 0 || !(/[.:]/.test(host) || host === 'localhost');
  return spellings(registry).some((spelling) => image.startsWith(`${spelling}/`))
    || (registry === 'docker.io' && onHub) || (registry === 'docker.io/library' && path.length === 0);
}

/** Names the images of a namespace without a digest, where the profile wants one. */
export function checkDigests({ chart, namespace, profile }: ServiceGroup): string[] {
  const moving = IMAGE_SETTINGS.of(profile).requireDigest ? imagesBelow(chart).filter(({ image }) => !/@sha256:[0-9a-f]{64}$/.test(image)) : [];
  return moving.length === 0 ? [] : [describe(
    `images of '${namespace}' have no digest, and images.requireDigest is set: ${listed(moving)}`,
    'Write the digest that the registry shows, for a service as image.digest in its tag.yaml',
  )];
}

export function listed(images: readonly UsedImage[]): string {
  return [...new Set(images.map(({ owner, image }) => `${image} (${owner})`))].sort().join(', ');
}
