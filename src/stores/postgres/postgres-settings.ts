import type { Duration } from 'cdk8s';
import type { CloudNativePgSettings } from './cloud-native-pg/cloud-native-pg-settings';
import type { PostgresEngine } from './postgres-engine';
import type { ResourceAmounts } from '../../values/resources';
import type { HostedStoreSettings } from '../hosted/hosted-store-settings';

/**
 * A PostgreSQL cluster: its size, what a commit waits for, and what happens when a member is lost.
 *
 * Its image holds PostgreSQL 15, and what its engine needs besides.
 *
 * @see https://patroni.readthedocs.io/en/latest/dynamic_configuration.html
 */
export interface PostgresSettings extends HostedStoreSettings {
  /**
   * What runs the servers.
   *
   * @default - the profile's `postgresql.engine` (statefulset)
   */
  readonly engine?: PostgresEngine;

  /**
   * How many members there are: one that writes and the others that follow it. Odd: 1, 3, 5.
   *
   * @default - the profile's `postgresql.instances` (3)
   */
  readonly instances?: number;

  /**
   * What a commit waits for: `quorum` for half of the other members, whichever are first; `on` for as many that are chosen before;
   * `off` for none, so that a lost primary takes its last commits with it.
   *
   * @default - the profile's `postgresql.synchronousMode` (quorum)
   * @see https://patroni.readthedocs.io/en/latest/replication_modes.html
   */
  readonly synchronousMode?: string;

  /**
   * Whether a commit waits even where no other member is left. Otherwise the primary goes on alone, and what it acknowledges then
   * is lost if it is lost too. The price: with two of three members down, nothing can be written until one is back.
   *
   * @default - the profile's `postgresql.strict` (false)
   */
  readonly strict?: boolean;

  /**
   * How long the primary may be silent before another member takes its place, in whole seconds, 20 or more. Writes wait about this long.
   *
   * @default - the profile's `postgresql.ttl` (20 s)
   */
  readonly ttl?: Duration;

  /**
   * How often a member looks after itself and the others, in whole seconds.
   *
   * @default - the profile's `postgresql.loopWait` (5 s)
   */
  readonly loopWait?: Duration;

  /**
   * How long the API server or PostgreSQL may fail to answer before a primary steps down, in whole seconds, 3 or more.
   * `loopWait + 2 x retryTimeout` is at most `ttl`.
   *
   * @default - the profile's `postgresql.retryTimeout` (5 s)
   */
  readonly retryTimeout?: Duration;

  /**
   * How long a primary that crashed may take to come up in its place, before another one takes over.
   *
   * @default - the profile's `postgresql.primaryStartTimeout` (30 s)
   */
  readonly primaryStartTimeout?: Duration;

  /**
   * How much of the log a member may be behind and still take the place of the primary, such as `1Mi`, where commits do not wait for it.
   *
   * @default - the profile's `postgresql.maximumLag` (1Mi)
   */
  readonly maximumLag?: string;

  /**
   * How much of a member's memory limit is PostgreSQL's own cache (`shared_buffers`), in percent: 1 to 40.
   *
   * @default - the profile's `postgresql.sharedBuffersPercent` (25)
   */
  readonly sharedBuffersPercent?: number;

  /**
   * The memory that processes of one query share (`/dev/shm`), such as `256Mi`: a part of the memory limit.
   *
   * @default - the profile's `postgresql.sharedMemory` (256Mi)
   */
  readonly sharedMemory?: string;

  /**
   * Further parameters of PostgreSQL, such as `max_connections`, as texts.
   *
   * @default - the profile's `postgresql.parameters`
   * @see https://www.postgresql.org/docs/15/runtime-config.html
   */
  readonly parameters?: { [name: string]: string };

  /**
   * How often the kubelet asks a member for its health.
   *
   * @default - the profile's `postgresql.probeInterval` (10 s)
   */
  readonly probeInterval?: Duration;

  /**
   * How long the kubelet waits for an answer.
   *
   * @default - the profile's `postgresql.probeTimeout` (5 s)
   */
  readonly probeTimeout?: Duration;

  /**
   * How many answers may fail before a member is restarted, or taken out of its Service.
   *
   * @default - the profile's `postgresql.probeFailures` (3)
   */
  readonly probeFailures?: number;

  /**
   * How long a member may take until it answers probes. Copying the data of another member comes after that.
   *
   * @default - the profile's `postgresql.startTimeout` (300 s)
   */
  readonly startTimeout?: Duration;

  /**
   * How long a leaving member may take to write what it holds in memory and, as the primary, to hand over.
   *
   * @default - the profile's `postgresql.shutdown` (60 s)
   */
  readonly shutdown?: Duration;

  /**
   * How often a member looks whether its certificate was renewed.
   *
   * @default - the profile's `postgresql.certificateInterval` (60 s)
   */
  readonly certificateInterval?: Duration;

  /**
   * Processors and memory of the Job that makes databases and users.
   *
   * @default - the profile's `postgresql.databasesResources`
   */
  readonly databasesResources?: ResourceAmounts;

  /**
   * How long that Job may take before it is tried again.
   *
   * @default - the profile's `postgresql.databasesTimeout` (300 s)
   */
  readonly databasesTimeout?: Duration;

  /**
   * What only holds where CloudNativePG runs it.
   *
   * @default - the profile's `postgresql.cloudNativePg`
   */
  readonly cloudNativePg?: CloudNativePgSettings;
}
