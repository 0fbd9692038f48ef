import { Duration } from 'cdk8s';
import { section } from '../profile/section';
import { fail } from '../values/errors';
import { plainText } from '../values/value-checks';

/**
 * How file storage and stores are reached.
 */
export interface StorageSettings {
  /** Who may mount the file storage of a service: `ReadWriteMany`, `ReadOnlyMany`, `ReadWriteOnce`, `ReadWriteOncePod`. */
  readonly accessMode?: string;
  /** How long a sidecar tries to reach a store or broker at its start before it gives up and is restarted. */
  readonly initTimeout?: Duration;
  /** What keys of state begin with: `namespace`, `appid`, `name` (of the component), `none`, or a word of your own. Another one hides the state that is there. */
  readonly stateKeyPrefix?: string;
}

/** How file storage and stores are reached. */
export const STORAGE_SETTINGS = section<Required<StorageSettings>>('storage', () => ({ accessMode: 'ReadWriteMany', initTimeout: Duration.seconds(30), stateKeyPrefix: 'namespace' }), {
  check: (where, { stateKeyPrefix }) => {
    plainText(where, 'storage.stateKeyPrefix', stateKeyPrefix, 63);
    if (stateKeyPrefix.includes('||')) {
      fail(where, 'storage.stateKeyPrefix has \'||\', by which Dapr separates the prefix from the key', 'Remove it');
    }
  },
});
