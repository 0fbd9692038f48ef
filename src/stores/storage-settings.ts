import { Duration } from 'cdk8s';
import { section } from '../profile/section';

/**
 * How file storage and stores are reached.
 */
export interface StorageSettings {
  /** Who may mount the file storage of a service: `ReadWriteMany`, `ReadOnlyMany`, `ReadWriteOnce`, `ReadWriteOncePod`. */
  readonly accessMode?: string;
  /** How long a sidecar tries to reach a store or broker at its start before it gives up and is restarted. */
  readonly initTimeout?: Duration;
}

/** How file storage and stores are reached. */
export const STORAGE_SETTINGS = section<Required<StorageSettings>>('storage', () => ({ accessMode: 'ReadWriteMany', initTimeout: Duration.seconds(30) }));
