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
   * @default - the setting of this name in the section of the store
   */
  readonly image?: Image;

  /**
   * The port of its members and of the Service of clients, 1 to 65535.
   *
   * @default - the setting of this name in the section of the store
   */
  readonly port?: number;

  /**
   * The volume of each member, such as `50Gi`. It may grow later where its StorageClass allows that, and never shrink.
   *
   * @default - the setting of this name in the section of the store
   */
  readonly storage?: string;

  /**
   * The StorageClass that makes the volumes; an empty text means the default class of the cluster.
   *
   * @default - the setting of this name in the section of the store
   */
  readonly storageClass?: string;

  /**
   * Processors and memory of each member.
   *
   * @default - the setting of this name in the section of the store
   */
  readonly resources?: ResourceAmounts;

  /**
   * How much the platform depends on it.
   *
   * @default - the setting of this name in the section of the store
   */
  readonly tier?: Tier;

  /**
   * What happens to a member that no zone can take without becoming uneven: `DoNotSchedule` or `ScheduleAnyway`.
   *
   * @default - the setting of this name in the section of the store
   */
  readonly zoneSpread?: string;
}
