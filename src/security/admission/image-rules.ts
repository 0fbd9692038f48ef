import { spellings } from './rules';
import type { IRule, RuleDescription } from '../../checks/rule';
import { Severity } from '../../checks/severity';
import type { Violation } from '../../checks/violation';
import type { Manifest } from '../../manifests/manifest';

/** For groups whose profile sets `images.requireDigest`. */
export const DIGEST_REQUIRED: IRule = {
  id: 'MS-IMG-001',
  severity: Severity.ERROR,
  why: 'An image has no digest, and images.requireDigest is set.',
  fix: 'Write the digest that the registry shows, for a service as image.digest in its tag.yaml.',
  check: (manifests) => manifests.all.flatMap((manifest) => imagesOf(manifest).filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image))
    .map((image) => ({ manifest, problem: `has the image ${image} without a digest, and images.requireDigest is set` }))),
};

export const FOREIGN_REGISTRY: RuleDescription = {
  id: 'MS-IMG-002',
  severity: Severity.ERROR,
  why: 'An image comes from a registry that is not allowed, so admission policies refuse its pods.',
  fix: 'Take it from an allowed registry, or add its registry to images.registries in the platform profile.',
};

/**
 * The rule that images come from registries that admission policies allow.
 *
 * @param trees the paths of the constructs whose pods the policies are for, once all are known
 */
export function registryRule(allowed: readonly string[], trees: () => string[]): IRule {
  return {
    ...FOREIGN_REGISTRY,
    check: (manifests) => trees().flatMap((tree) => manifests.below(tree)).flatMap((manifest): Violation[] => imagesOf(manifest)
      .filter((image) => !allowed.some((registry) => isFrom(image, registry)))
      .map((image) => ({ manifest, problem: `has the image ${image}, which is not from ${allowed.join(' or ')}` }))),
  };
}

/** The images of all containers in a manifest, wherever it has them. */
function imagesOf({ json }: Manifest): string[] {
  return [...new Set(containersIn(json))];
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
function isFrom(image: string, registry: string): boolean {
  const [host, ...path] = image.split('/');
  const onHub = path.length === 0 || !(/[.:]/.test(host) || host === 'localhost');
  return spellings(registry).some((spelling) => image.startsWith(`${spelling}/`))
    || (registry === 'docker.io' && onHub) || (registry === 'docker.io/library' && path.length === 0);
}
