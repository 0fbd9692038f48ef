import type { Environment } from '../../profile/environment';

/**
 * What all stores have in common that the platform runs itself.
 */
export interface HostedStoreProps {
  /**
   * The environment whose services use it: its changes of the platform profile hold for this store too.
   *
   * @default - none; the platform profile in force
   */
  readonly environment?: Environment;
}
