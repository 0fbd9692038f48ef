import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { SecretProvider } from './secret-provider';
import type { SecretStore } from './secret-store';
import { section } from '../profile/section';
import { fail } from '../values/errors';
import { wholeSeconds } from '../values/value-checks';

/**
 * Where secrets come from, and how old they may become.
 */
export interface SecretSettings {
  /**
   * Where External Secrets looks values up.
   *
   * @default - the profile's `secrets.store` (none)
   */
  readonly store?: SecretStore;

  /**
   * Where the Secrets Store CSI driver looks values up.
   *
   * @default - the profile's `secrets.provider` (none)
   */
  readonly provider?: SecretProvider;

  /**
   * How often External Secrets looks whether a value changed in its store.
   *
   * @default - the profile's `secrets.refreshInterval` (3600 s)
   */
  readonly refreshInterval?: Duration;

  /**
   * After how long a value must have been replaced: a generated one is made anew then, and for any other one somebody is told.
   *
   * @default - the profile's `secrets.rotation` (7776000 s)
   */
  readonly rotation?: Duration;
}

/** The settings with every default in place. What only an organisation knows has none. */
export type SecretValues = Required<Omit<SecretSettings, 'store' | 'provider'>> & {
  readonly store: SecretStore | undefined;
  readonly provider: SecretProvider | undefined;
};

/** Fails where a value could not be replaced in time. */
export function checkSecrets(where: Construct | string, { refreshInterval, rotation }: Pick<SecretValues, 'refreshInterval' | 'rotation'>): void {
  const refresh = wholeSeconds(where, 'secrets.refreshInterval', refreshInterval, 1);
  const oldest = wholeSeconds(where, 'secrets.rotation', rotation, 1);
  if (refresh > oldest) {
    fail(where, `secrets.refreshInterval ${refresh} s is more than secrets.rotation ${oldest} s, so a value that was replaced in time would come too late`,
      `Use Duration.seconds(${oldest}) or less`);
  }
}

/** Where secrets come from, and how old they may become. */
export const SECRET_SETTINGS = section<SecretValues>('secrets', () => ({
  // every organisation has its own store
  store: undefined,
  provider: undefined,
  refreshInterval: Duration.hours(1),
  rotation: Duration.days(90),
}), { check: checkSecrets });
