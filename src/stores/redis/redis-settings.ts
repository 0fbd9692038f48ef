import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { RedisEngine } from './redis-engine';
import { redisMemberDefaults, type RedisMemberSettings } from './redis-member-settings';
import { RedisScripting } from './redis-scripting';
import type { PeerSettings } from '../../network/network-settings';
import { section } from '../../profile/section';
import { Stage } from '../../profile/stage';
import { fail } from '../../values/errors';
import { Image } from '../../values/image';
import { PINS } from '../../values/image-pins';
import { oneOf } from '../../values/one-of';
import { Quantity } from '../../values/quantity';
import { Resources } from '../../values/resources';
import { wholeNumber, wholeSeconds } from '../../values/value-checks';

/**
 * A Redis cluster for the state of services, and for topics of a single stream.
 */
export interface RedisSettings extends RedisMemberSettings {
  /**
   * How many copies each primary has. Without one, a lost member takes its keys out of reach until it is back.
   *
   * @default - the profile's `redis.replicasPerPrimary` (1)
   */
  readonly replicasPerPrimary?: number;

  /**
   * What runs the members.
   *
   * @default - the profile's `redis.engine` (statefulset)
   */
  readonly engine?: RedisEngine;

  /**
   * The image of members that the operator runs, in place of `image`: its start script reads the configuration that the operator gives.
   *
   * @default - the profile's `redis.operatorImage` (quay.io/opstree/redis:v7.2.16)
   */
  readonly operatorImage?: Image;

  /**
   * The pods of the operator.
   *
   * @default - the profile's `redis.operatorPods`
   */
  readonly operatorPods?: PeerSettings;
}

/** Two primaries cannot outvote one that is lost. */
const FEWEST_PRIMARIES = 3;
/** A member's log of writes, the one it is being rewritten to, the growth in between, and the snapshot. */
const COPIES_ON_DISK = 4;

/** Fails where the cluster could not run as it is said. */
export function checkRedis(where: Construct | string, redis: Required<RedisSettings>): void {
  checkRedisMembers(where, 'redis', redis);
  wholeNumber(where, redis.replicasPerPrimary, 0, undefined, 'redis.replicasPerPrimary');
}

/** Fails where members could not run as it is said of them in the settings `kind` of a profile. */
export function checkRedisMembers(where: Construct | string, kind: string, redis: Required<RedisMemberSettings>): void {
  const whole = (field: keyof RedisMemberSettings, min: number, max?: number) => wholeNumber(where, redis[field] as number, min, max, `${kind}.${field}`);
  const seconds = (field: keyof RedisMemberSettings, min: number) => wholeSeconds(where, `${kind}.${field}`, redis[field] as Duration, min);
  whole('port', 1, 65535);
  whole('primaries', FEWEST_PRIMARIES);
  if (redis.primaries % 2 === 0) {
    fail(where, `${kind}.primaries ${redis.primaries} is even: as with ${redis.primaries - 1}, ${redis.primaries / 2 - 1} of them may be lost before no majority is left to vote`,
      `Use ${redis.primaries - 1} or ${redis.primaries + 1}`);
  }
  whole('maxMemoryPercent', 1, 90);
  seconds('nodeTimeout', 1);
  seconds('meetInterval', 1);
  seconds('formationTimeout', 1);
  seconds('probeInterval', 1);
  seconds('probeTimeout', 1);
  whole('probeFailures', 1);
  seconds('loadingTimeout', 1);
  seconds('handover', 0);
  seconds('shutdown', 0);
  seconds('snapshotTimeout', 1);
  oneOf(where, `${kind}.appendFsync`, redis.appendFsync, ['everysec', 'always', 'no']);
  oneOf(where, `${kind}.scripting`, redis.scripting, Object.values(RedisScripting));
  oneOf(where, `${kind}.zoneSpread`, redis.zoneSpread, ['DoNotSchedule', 'ScheduleAnyway']);
  for (const point of redis.savePoints) {
    if (!/^[1-9]\d* [1-9]\d*$/.test(point)) {
      fail(where, `'${point}' of ${kind}.savePoints is not seconds and changes`, "Write two numbers, such as '300 100'");
    }
  }
  const data = maxMemory(where, kind, redis);
  const storage = Quantity._of('storage', where, `${kind}.storage`, redis.storage);
  const needed = data * BigInt(COPIES_ON_DISK);
  if (storage._units < needed) {
    const gibibytes = Number(needed) / 2 ** 30;
    fail(where, `${kind}.storage ${storage} cannot hold ${COPIES_ON_DISK} times the ${data} bytes that a member's data may take in memory: its log, a new log, the growth in between and the snapshot`,
      `Use ${Math.ceil(gibibytes)}Gi or more, or lower memoryLimit`);
  }
}

/** How many bytes the data of one member may take in memory. */
export function maxMemory(where: Construct | string, kind: string, redis: Required<RedisMemberSettings>): bigint {
  const { memoryLimit } = Resources._partial(where, redis.resources)._amounts;
  return memoryLimit ? memoryLimit._units * BigInt(redis.maxMemoryPercent) / 100n
    : fail(where, `${kind}.resources has no memoryLimit, so nobody knows how much data a member may hold`, "Give one, such as '1Gi'");
}

/** Redis clusters that the platform runs itself. */
export const REDIS_SETTINGS = section<Required<RedisSettings>>('redis', () => ({
  ...redisMemberDefaults(),
  replicasPerPrimary: 1,
  engine: RedisEngine.STATEFUL_SET,
  operatorImage: PINS.redisOfOperator.image,
  operatorPods: { namespace: 'infrastructure', label: 'app.kubernetes.io/name', values: ['redis-operator'] },
}), {
  check: checkRedis,
  stages: {
    [Stage.DEVELOPMENT]: { storage: '10Gi', resources: { cpuRequest: '100m', cpuLimit: '100m', memoryRequest: '256Mi', memoryLimit: '256Mi' } },
    [Stage.STAGING]: { resources: { cpuRequest: '250m', cpuLimit: '250m', memoryRequest: '512Mi', memoryLimit: '512Mi' } },
  },
});
