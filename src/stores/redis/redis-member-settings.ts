import { Duration } from 'cdk8s';
import { Image } from '../../values/image';
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
   * @default - `primaries` of this kind of store in the platform profile in force
   */
  readonly primaries?: number;

  /**
   * Processors and memory of the Job that forms the cluster.
   *
   * @default - `formationResources` of this kind of store in the platform profile in force
   */
  readonly formationResources?: ResourceAmounts;

  /**
   * How much of a member's memory limit its data may take, in percent: 1 to 90. The rest is for copies that Redis makes
   * while it writes to disk, and for the buffers of replicas.
   *
   * @default - `maxMemoryPercent` of this kind of store in the platform profile in force
   */
  readonly maxMemoryPercent?: number;

  /**
   * How long a primary may be silent before a replica takes its place. Writes to its keys wait about this long.
   *
   * @default - `nodeTimeout` of this kind of store in the platform profile in force
   */
  readonly nodeTimeout?: Duration;

  /**
   * When the log of writes is flushed to disk: `everysec`, `always` or `no`.
   *
   * @default - `appendFsync` of this kind of store in the platform profile in force
   */
  readonly appendFsync?: string;

  /**
   * When a snapshot is written to disk, each as seconds and changes, such as `300 100`.
   *
   * @default - `savePoints` of this kind of store in the platform profile in force
   */
  readonly savePoints?: string[];

  /**
   * How often a member looks whether it is connected with all others, and asks them for their addresses if not.
   *
   * @default - `meetInterval` of this kind of store in the platform profile in force
   */
  readonly meetInterval?: Duration;

  /**
   * How long the formation may take before its Job is tried again.
   *
   * @default - `formationTimeout` of this kind of store in the platform profile in force
   */
  readonly formationTimeout?: Duration;

  /**
   * How often the kubelet asks a member for its health.
   *
   * @default - `probeInterval` of this kind of store in the platform profile in force
   */
  readonly probeInterval?: Duration;

  /**
   * How long the kubelet waits for an answer.
   *
   * @default - `probeTimeout` of this kind of store in the platform profile in force
   */
  readonly probeTimeout?: Duration;

  /**
   * How many answers may fail before a member is restarted, or taken out of its Service.
   *
   * @default - `probeFailures` of this kind of store in the platform profile in force
   */
  readonly probeFailures?: number;

  /**
   * How long a member may read its data from disk before it is started anew.
   *
   * @default - `loadingTimeout` of this kind of store in the platform profile in force
   */
  readonly loadingTimeout?: Duration;

  /**
   * How long a leaving primary waits for a replica to take its place.
   *
   * @default - `handover` of this kind of store in the platform profile in force
   */
  readonly handover?: Duration;

  /**
   * How long a leaving member waits for its replicas to have its last writes.
   *
   * @default - `shutdown` of this kind of store in the platform profile in force
   */
  readonly shutdown?: Duration;

  /**
   * How long the snapshot of one primary may take until it is given up.
   *
   * @default - `snapshotTimeout` of this kind of store in the platform profile in force
   */
  readonly snapshotTimeout?: Duration;
}

/** The defaults of the members of a Redis cluster, for state and for topics alike. */
export function redisMemberDefaults(): Required<RedisMemberSettings> {
  return {
    image: Image.of('docker.io/library/redis', { tag: '7.2.7-bookworm' }),
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
    snapshotTimeout: Duration.minutes(30),
  };
}
