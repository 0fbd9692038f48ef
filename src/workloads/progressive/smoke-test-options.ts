import type { Duration } from 'cdk8s';
import type { Image } from '../../values/image';
import type { Resources } from '../../values/resources';
import type { SecretReference } from '../../values/secret-reference';

/**
 * A program that tries out the new version of a service before it takes more requests, or all: a Job that Argo Rollouts makes of a template.
 *
 * It finds the new version at the address in `TARGET_URL`, and says by its exit code whether it works. It has no Dapr sidecar. Its ServiceAccount
 * and policies carry the name `<service>-smoke-test`, and let it reach the service and nothing else.
 */
export interface SmokeTestOptions {
  /**
   * The image of the program. A tag or digest in the values files of `<service>-smoke-test` replaces the one given here.
   *
   * @default - `<service>-smoke-test` in `imageRegistry` of the profile, with the tag and digest of its `tag.yaml`
   */
  readonly image?: Image;

  /**
   * The program that the container runs.
   *
   * @default - the entry point of the image
   */
  readonly command?: string[];

  /**
   * The arguments of the program.
   *
   * @default - those of the image
   */
  readonly args?: string[];

  /**
   * Environment variables, besides `TARGET_URL`.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };

  /**
   * Secrets that the program reads as files, at `/var/run/secrets/<name>/<key>`.
   *
   * @default - none
   */
  readonly secretFiles?: SecretReference[];

  /**
   * Processors, memory and disk of the container.
   *
   * @default - the profile's `resources`
   */
  readonly resources?: Resources;

  /**
   * How long the program may take. Whole seconds, 1 or more.
   *
   * @default - the profile's `progressiveDelivery.smokeTestDeadline` (600 s)
   */
  readonly activeDeadline?: Duration;
}
