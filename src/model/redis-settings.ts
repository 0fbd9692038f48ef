import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { wholeNumber, wholeSeconds } from './checks';
import { fail } from './errors';
import type { HostedStoreSettings } from './hosted-store-settings';
import { oneOf } from './one-of';
import { Quantity } from './quantity';
import type { ResourceAmounts } from './resources';
import { Resources } from './resources';

/**
 * A Redis cluster: its size, and what it does when a member is lost.
 *
 * Its image is one of Redis 7, with `sh`, `redis-server` and `redis-cli` in it. The volume of a member is at least four times the memory
 * that its data may take.
 *
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/scaling/
 */
export interface RedisSettings extends HostedStoreSettings {
  /**
   * Over how many members the keys are spread. Odd, and 3 or more: the primaries vote on who replaces a lost one.
   *
   * @default - `redis.primaries` of the platform profile in force
   */
  readonly primaries?: number;

  /**
   * How many copies each primary has. Without one, a lost member takes its keys out of reach until it is back.
   *
   * @default - `redis.replicasPerPrimary` of the platform profile in force
   */
  readonly replicasPerPrimary?: number;

  /**
   * Processors and memory of the Job that forms the cluster.
   *
   * @default - `redis.formationResources` of the platform profile in force
   */
  readonly formationResources?: ResourceAmounts;

  /**
   * How much of a member's memory limit its data may take, in percent: 1 to 90. The rest is for copies that Redis makes
   * while it writes to disk, and for the buffers of replicas.
   *
   * @default - `redis.maxMemoryPercent` of the platform profile in force
   */
  readonly maxMemoryPercent?: number;

  /**
   * How long a primary may be silent before a replica takes its place. Writes to its keys wait about this long.
   *
   * @default - `redis.nodeTimeout` of the platform profile in force
   */
  readonly nodeTimeout?: Duration;

  /**
   * When the log of writes is flushed to disk: `everysec`, `always` or `no`.
   *
   * @default - `redis.appendFsync` of the platform profile in force
   */
  readonly appendFsync?: string;

  /**
   * When a snapshot is written to disk, each as seconds and changes, such as `300 100`.
   *
   * @default - `redis.savePoints` of the platform profile in force
   */
  readonly savePoints?: string[];

  /**
   * How often a member looks whether it is connected with all others, and asks them for their addresses if not.
   *
   * @default - `redis.meetInterval` of the platform profile in force
   */
  readonly meetInterval?: Duration;

  /**
   * How long the formation may take before its Job is tried again.
   *
   * @default - `redis.formationTimeout` of the platform profile in force
   */
  readonly formationTimeout?: Duration;

  /**
   * How often the kubelet asks a member for its health.
   *
   * @default - `redis.probeInterval` of the platform profile in force
   */
  readonly probeInterval?: Duration;

  /**
   * How long the kubelet waits for an answer.
   *
   * @default - `redis.probeTimeout` of the platform profile in force
   */
  readonly probeTimeout?: Duration;

  /**
   * How many answers may fail before a member is restarted, or taken out of its Service.
   *
   * @default - `redis.probeFailures` of the platform profile in force
   */
  readonly probeFailures?: number;

  /**
   * How long a member may read its data from disk before it is started anew.
   *
   * @default - `redis.loadingTimeout` of the platform profile in force
   */
  readonly loadingTimeout?: Duration;

  /**
   * How long a leaving primary waits for a replica to take its place.
   *
   * @default - `redis.handover` of the platform profile in force
   */
  readonly handover?: Duration;

  /**
   * How long a leaving member waits for its replicas to have its last writes.
   *
   * @default - `redis.shutdown` of the platform profile in force
   */
  readonly shutdown?: Duration;
}

/** Two primaries cannot outvote one that is lost. */
const FEWEST_PRIMARIES = 3;
/** A member's log of writes, the one it is being rewritten to, the growth in between, and the snapshot. */
const COPIES_ON_DISK = 4;

/** Fails where the cluster could not run as it is said. */
export function checkRedis(where: Construct | string, redis: Required<RedisSettings>): void {
  const whole = (field: keyof RedisSettings, min: number, max?: number) => wholeNumber(where, redis[field] as number, min, max, `redis.${field}`);
  whole('primaries', FEWEST_PRIMARIES);
  if (redis.primaries % 2 === 0) {
    fail(where, `redis.primaries ${redis.primaries} is even: as with ${redis.primaries - 1}, ${redis.primaries / 2 - 1} of them may be lost before no majority is left to vote`,
      `Use ${redis.primaries - 1} or ${redis.primaries + 1}`);
  }
  whole('replicasPerPrimary', 0);
  whole('maxMemoryPercent', 1, 90);
  wholeSeconds(where, 'redis.nodeTimeout', redis.nodeTimeout, 1);
  wholeSeconds(where, 'redis.meetInterval', redis.meetInterval, 1);
  wholeSeconds(where, 'redis.formationTimeout', redis.formationTimeout, 1);
  wholeSeconds(where, 'redis.probeInterval', redis.probeInterval, 1);
  wholeSeconds(where, 'redis.probeTimeout', redis.probeTimeout, 1);
  whole('probeFailures', 1);
  wholeSeconds(where, 'redis.loadingTimeout', redis.loadingTimeout, 1);
  wholeSeconds(where, 'redis.handover', redis.handover, 0);
  wholeSeconds(where, 'redis.shutdown', redis.shutdown, 0);
  oneOf(where, 'redis.appendFsync', redis.appendFsync, ['everysec', 'always', 'no']);
  oneOf(where, 'redis.zoneSpread', redis.zoneSpread, ['DoNotSchedule', 'ScheduleAnyway']);
  for (const point of redis.savePoints) {
    if (!/^[1-9]\d* [1-9]\d*$/.test(point)) {
      fail(where, `'${point}' of redis.savePoints is not seconds and changes`, "Write two numbers, such as '300 100'");
    }
  }
  const data = maxMemory(where, redis);
  const storage = Quantity._of('storage', where, 'redis.storage', redis.storage);
  const needed = data * BigInt(COPIES_ON_DISK);
  if (storage._units < needed) {
    const gibibytes = Number(needed) / 2 ** 30;
    fail(where, `redis.storage ${storage} cannot hold ${COPIES_ON_DISK} times the ${data} bytes that a member's data may take in memory: its log, a new log, the growth in between and the snapshot`,
      `Use ${Math.ceil(gibibytes)}Gi or more, or lower memoryLimit`);
  }
}

/** How many bytes the data of one member may take in memory. */
export function maxMemory(where: Construct | string, redis: Required<RedisSettings>): bigint {
  const { memoryLimit } = Resources._partial(where, redis.resources)._amounts;
  return memoryLimit ? memoryLimit._units * BigInt(redis.maxMemoryPercent) / 100n
    : fail(where, 'redis.resources has no memoryLimit, so nobody knows how much data a member may hold', "Give one, such as '1Gi'");
}
