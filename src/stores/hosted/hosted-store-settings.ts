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
   * @default - the profile's `image` of this kind of store
   */
  readonly image?: Image;

  /**
   * The volume of each member, such as `50Gi`. It may grow later where its StorageClass allows that, and never shrink.
   *
   * @default - the profile's the profile's `storage` of this kind of store
   */
  readonly storage?: string;

  /**
   * The StorageClass that makes the volumes; an empty text means the default class of the cluster.
   *
   * @default - the profile's `storageClass` of this kind of store
   */
  readonly storageClass?: string;

  /**
   * Processors and memory of each member.
   *
   * @default - the profile's the profile's `resources` of this kind of store
   */
  readonly resources?: ResourceAmounts;

  /**
   * How much the platform depends on it.
   *
   * @default - the profile's `tier` (standard) of this kind of store in the platform profile in force
   */
  readonly tier?: Tier;

  /**
   * What happens to a member that no zone can take without becoming uneven: `DoNotSchedule` or `ScheduleAnyway`.
   *
   * @default - the profile's `zoneSpread` of this kind of store
   */
  readonly zoneSpread?: string;
}
