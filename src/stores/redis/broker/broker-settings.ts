import type { Construct } from 'constructs';
import { section } from '../../../profile/section';
import { Stage } from '../../../profile/stage';
import { fail } from '../../../values/errors';
import { wholeNumber } from '../../../values/value-checks';
import { redisMemberDefaults, type RedisMemberSettings } from '../redis-member-settings';
import { checkRedisMembers } from '../redis-settings';

/**
 * A message broker: how many streams carry a topic, and how many members have each of them.
 */
export interface BrokerSettings extends RedisMemberSettings {
  /**
   * How many streams carry each topic, spread evenly over the primaries: from the number of primaries to 256.
   *
   * The names of the streams follow from it: with another number, topics begin anew in streams of other names.
   *
   * @default - the profile's `broker.partitions` (16)
   */
  readonly partitions?: number;

  /**
   * How many members have each stream, its primary among them. At least 1.
   *
   * Copies follow their primary asynchronously: an event that was acknowledged just before a primary is lost may be lost with it.
   *
   * @default - the profile's `broker.replication` (3)
   */
  readonly replication?: number;
}

/** A sidecar has a connection of its own for each stream that it reads. */
const MOST_PARTITIONS = 256;

/** Fails where the broker could not run as it is said. */
export function checkBroker(where: Construct | string, broker: Required<BrokerSettings>): void {
  checkRedisMembers(where, 'broker', broker);
  wholeNumber(where, broker.replication, 1, undefined, 'broker.replication');
  checkPartitions(where, broker.partitions, 'broker.partitions');
  if (broker.partitions < broker.primaries) {
    fail(where, `broker.partitions ${broker.partitions} are fewer than the ${broker.primaries} primaries, so one of them would carry no event of a topic`,
      `Use ${broker.primaries} or more`);
  }
}

/** How many streams a topic may have. */
export function checkPartitions(where: Construct | string, partitions: number, what: string): number {
  return wholeNumber(where, partitions, 1, MOST_PARTITIONS, what);
}

/** Message brokers that the platform runs itself. */
export const BROKER_SETTINGS = section<Required<BrokerSettings>>('broker', () => ({ ...redisMemberDefaults(), partitions: 16, replication: 3 }), {
  check: checkBroker,
  stages: {
    [Stage.DEVELOPMENT]: {
      replication: 1, storage: '10Gi', resources: { cpuRequest: '100m', cpuLimit: '100m', memoryRequest: '256Mi', memoryLimit: '256Mi' },
    },
    [Stage.STAGING]: { replication: 2, resources: { cpuRequest: '100m', cpuLimit: '100m', memoryRequest: '256Mi', memoryLimit: '256Mi' } },
  },
});
