import type { Duration } from 'cdk8s';

/**
 * What all secrets have in common.
 */
export interface RotatedSecretProps {
  /**
   * After how long a value must have been replaced.
   *
   * @default - the profile's `secrets.rotation` (7776000 s)
   */
  readonly rotation?: Duration;
}
