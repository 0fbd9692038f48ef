import type { Construct } from 'constructs';
import type { ImageSigner } from './image-signer';
import { section } from '../profile/section';
import { fail } from '../values/errors';
import { oneOf } from '../values/one-of';
import { show } from '../values/value-checks';

/**
 * Which images may run, and how they must be named.
 */
export interface ImageSettings {
  /**
   * Whether every image must be named by its digest, which nobody can change. Synthesis fails otherwise and names the images that are not;
   * `AdmissionPolicies` refuse them in the cluster.
   *
   * @default - the profile's `images.requireDigest` (false)
   */
  readonly requireDigest?: boolean;

  /**
   * Registries that the images of services may come from besides `imageRegistry`, each with or without a path, such as
   * `registry.example.com` or `docker.io/library`. `AdmissionPolicies` refuse images from others.
   *
   * @default - the profile's `images.registries` (none)
   */
  readonly registries?: string[];

  /**
   * Whose signature the images of `imageRegistry` must have; that of one of them is enough. `ImageVerification` refuses others.
   *
   * @default - the profile's `images.signers` (none)
   */
  readonly signers?: ImageSigner[];

  /**
   * What signed images may be built upon, each an image or the beginning of its address, such as `gcr.io/distroless` or
   * `docker.io/library/alpine`. An empty list means anything. `ImageVerification` refuses images whose manifest names another base as
   * `org.opencontainers.image.base.name`, or none: it is what the build says, and the signature says who did. It needs the verifier `kyverno`.
   *
   * @default - the profile's `images.baseImages` (none)
   * @see https://github.com/opencontainers/image-spec/blob/main/annotations.md
   */
  readonly baseImages?: string[];

  /**
   * What verifies signatures in the cluster: `kyverno`, or `policy-controller` of the sigstore project.
   *
   * @default - the profile's `images.verifier` (kyverno)
   */
  readonly verifier?: string;

  /**
   * The format of signatures: `legacy`, a tag of the registry beside the image, or `bundle`, which Cosign 3 prefers. Pipelines sign in this format, and
   * `ImageVerification` looks for it. Kyverno 1.19 finds `legacy` only.
   *
   * @default - the profile's `images.signatureFormat` (legacy)
   */
  readonly signatureFormat?: string;
}

/** How signatures are stored in a registry. */
export const SIGNATURE_FORMATS = ['legacy', 'bundle'];

/** What verifies signatures in a cluster. */
export const IMAGE_VERIFIERS = ['kyverno', 'policy-controller'];

const REGISTRY = /^[a-z0-9]+(?:[.-][a-z0-9]+)*(?::[1-9][0-9]{0,4})?(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

/** Fails on what is no registry: a policy that is made of it would refuse every image, or none. */
export function checkImages(where: Construct | string, images: Required<ImageSettings>): void {
  oneOf(where, 'images.verifier', images.verifier, IMAGE_VERIFIERS);
  oneOf(where, 'images.signatureFormat', images.signatureFormat, SIGNATURE_FORMATS);
  if (images.signatureFormat === 'bundle' && images.verifier === 'kyverno') {
    fail(where, "images.signatureFormat is 'bundle', which Kyverno does not find, so it would reject every image", "Use 'legacy', or the verifier 'policy-controller'");
  }
  images.registries.forEach((registry) => checkRegistry(where, 'images.registries', registry));
  images.baseImages.forEach((base) => checkRegistry(where, 'images.baseImages', base));
  if (images.baseImages.length > 0 && images.verifier !== 'kyverno') {
    fail(where, `images.verifier is '${images.verifier}', which does not look at what an image is built upon`, "Use 'kyverno', or leave images.baseImages out");
  }
}

/** Fails on what cannot be the beginning of an image. */
export function checkRegistry(where: Construct | string, what: string, registry: string): void {
  if (registry === '' && what === 'imageRegistry') {
    fail(where, 'checks which registry images come from, and the platform profile has no imageRegistry', "Set it by PlatformProfile.customize({ imageRegistry: 'registry.example.com' })");
  }
  const [host] = String(registry).split('/');
  if (typeof registry !== 'string' || !REGISTRY.test(registry) || !(/[.:]/.test(host) || host === 'localhost')) {
    fail(where, `${show(registry)} of ${what} is not the address of a registry`,
      "Write a host with or without a path and without '/' at the end, such as 'registry.example.com' or 'docker.io/library'");
  }
}

/** Which images may run, and how they must be named. */
export const IMAGE_SETTINGS = section<Required<ImageSettings>>('images', () => ({
  requireDigest: false, registries: [], signers: [], baseImages: [], verifier: 'kyverno', signatureFormat: 'legacy',
}), { check: checkImages });
