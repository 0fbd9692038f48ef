import { Duration } from 'cdk8s';
import { RedisScripting } from './redis-scripting';
import { PINS } from '../../values/image-pins';
import type { ResourceAmounts } from '../../values/resources';
import { Tier } from '../../values/tier';
import type { HostedStoreSettings } from '../hosted/hosted-store-settings';

/**
 * What is said of every cluster of Redis members, whatever it keeps: its size, and what it does when a member is lost.
 *
 * Its image is one of Redis 7, with `sh`, `redis-server` and `redis-cli` in it. The volume of a member is at least four times the memory
 * that its data may take.
 *
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/scaling/
 */
export interface RedisMemberSettings extends HostedStoreSettings {
  /**
   * Over how many members the keys are spread. Odd, and 3 or more: the primaries vote on who replaces a lost one.
   *
   * @default - the profile's `redis.primaries` (3), or `broker.primaries` for a broker
   */
  readonly primaries?: number;

  /**
   * Processors and memory of the Job that forms the cluster.
   *
   * @default - the profile's `redis.formationResources`, or `broker.formationResources` for a broker
   */
  readonly formationResources?: ResourceAmounts;

  /**
   * How much of a member's memory limit its data may take, in percent: 1 to 90. The rest is for copies that Redis makes
   * while it writes to disk, and for the buffers of replicas.
   *
   * @default - the profile's `redis.maxMemoryPercent` (60), or `broker.maxMemoryPercent` for a broker
   */
  readonly maxMemoryPercent?: number;

  /**
   * How long a primary may be silent before a replica takes its place. Writes to its keys wait about this long.
   *
   * @default - the profile's `redis.nodeTimeout` (5 s), or `broker.nodeTimeout` for a broker
   */
  readonly nodeTimeout?: Duration;

  /**
   * When the log of writes is flushed to disk: `everysec`, `always` or `no`.
   *
   * @default - the profile's `redis.appendFsync` (everysec), or `broker.appendFsync` for a broker
   */
  readonly appendFsync?: string;

  /**
   * When a snapshot is written to disk, each as seconds and changes, such as `300 100`.
   *
   * @default - the profile's `redis.savePoints` (3600 1, 300 100, 60 10000), or `broker.savePoints` for a broker
   */
  readonly savePoints?: string[];

  /**
   * How often a member looks whether it is connected with all others, and asks them for their addresses if not.
   *
   * @default - the profile's `redis.meetInterval` (5 s), or `broker.meetInterval` for a broker
   */
  readonly meetInterval?: Duration;

  /**
   * How long the formation may take before its Job is tried again.
   *
   * @default - the profile's `redis.formationTimeout` (600 s), or `broker.formationTimeout` for a broker
   */
  readonly formationTimeout?: Duration;

  /**
   * How often the kubelet asks a member for its health.
   *
   * @default - the profile's `redis.probeInterval` (10 s), or `broker.probeInterval` for a broker
   */
  readonly probeInterval?: Duration;

  /**
   * How long the kubelet waits for an answer.
   *
   * @default - the profile's `redis.probeTimeout` (5 s), or `broker.probeTimeout` for a broker
   */
  readonly probeTimeout?: Duration;

  /**
   * How many answers may fail before a member is restarted, or taken out of its Service.
   *
   * @default - the profile's `redis.probeFailures` (3), or `broker.probeFailures` for a broker
   */
  readonly probeFailures?: number;

  /**
   * How long a member may read its data from disk before it is started anew.
   *
   * @default - the profile's `redis.loadingTimeout` (900 s), or `broker.loadingTimeout` for a broker
   */
  readonly loadingTimeout?: Duration;

  /**
   * How long a leaving primary waits for a replica to take its place.
   *
   * @default - the profile's `redis.handover` (10 s), or `broker.handover` for a broker
   */
  readonly handover?: Duration;

  /**
   * How long a leaving member waits for its replicas to have its last writes.
   *
   * @default - the profile's `redis.shutdown` (20 s), or `broker.shutdown` for a broker
   */
  readonly shutdown?: Duration;

  /**
   * Whether services may run Lua scripts, in which most security holes of Redis were.
   *
   * @default - the profile's `redis.scripting` (as-needed), or `broker.scripting` for a broker
   */
  readonly scripting?: RedisScripting;

  /**
   * How long the snapshot of one primary may take until it is given up.
   *
   * @default - the profile's `redis.snapshotTimeout` (1800 s), or `broker.snapshotTimeout` for a broker
   */
  readonly snapshotTimeout?: Duration;
}

/** The defaults of the members of a Redis cluster, for state and for topics alike. */
export function redisMemberDefaults(): Required<RedisMemberSettings> {
  return {
    image: PINS.redis.image,
    port: 6379,
    primaries: 3,
    storage: '50Gi',
    storageClass: '',
    resources: {
      cpuRequest: '500m',
      cpuLimit: '500m',
      memoryRequest: '1Gi',
      memoryLimit: '1Gi',
      ephemeralStorageRequest: '256Mi',
      ephemeralStorageLimit: '256Mi',
    },
    formationResources: {
      cpuRequest: '100m',
      cpuLimit: '100m',
      memoryRequest: '64Mi',
      memoryLimit: '64Mi',
      ephemeralStorageRequest: '64Mi',
      ephemeralStorageLimit: '64Mi',
    },
    tier: Tier.CRITICAL,
    maxMemoryPercent: 60,
    nodeTimeout: Duration.seconds(5),
    appendFsync: 'everysec',
    savePoints: ['3600 1', '300 100', '60 10000'],
    zoneSpread: 'DoNotSchedule',
    meetInterval: Duration.seconds(5),
    formationTimeout: Duration.seconds(600),
    probeInterval: Duration.seconds(10),
    probeTimeout: Duration.seconds(5),
    probeFailures: 3,
    loadingTimeout: Duration.seconds(900),
    handover: Duration.seconds(10),
    shutdown: Duration.seconds(20),
    scripting: RedisScripting.AS_NEEDED,
    snapshotTimeout: Duration.minutes(30),
  };
}
