import type { Image } from '../../values/image';
import type { ResourceAmounts } from '../../values/resources';
import type { Tier } from '../../values/tier';

/**
 * What is said of every store that the platform runs itself as a StatefulSet.
 */
export interface HostedStoreSettings {
  /**
   * The image of its members.
   *
   * @default - `image` in the section of this store
   */
  readonly image?: Image;

  /**
   * The port of its members and of the Service of clients, 1 to 65535.
   *
   * @default - `port` in the section of this store
   */
  readonly port?: number;

  /**
   * The volume of each member, such as `50Gi`. It may grow later where its StorageClass allows that, and never shrink.
   *
   * @default - the profile's `storage` (accessMode ReadWriteMany, initTimeout 30 s) in the section of this store
   */
  readonly storage?: string;

  /**
   * The StorageClass that makes the volumes; an empty text means the default class of the cluster.
   *
   * @default - `storageClass` in the section of this store
   */
  readonly storageClass?: string;

  /**
   * Processors and memory of each member.
   *
   * @default - the profile's `resources` in the section of this store
   */
  readonly resources?: ResourceAmounts;

  /**
   * How much the platform depends on it.
   *
   * @default - the profile's `tier` (standard) in the section of this store
   */
  readonly tier?: Tier;

  /**
   * What happens to a member that no zone can take without becoming uneven: `DoNotSchedule` or `ScheduleAnyway`.
   *
   * @default - `zoneSpread` in the section of this store
   */
  readonly zoneSpread?: string;
}
