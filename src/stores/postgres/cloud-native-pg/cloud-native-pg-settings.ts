import type { Duration } from 'cdk8s';
import type { PeerSettings } from '../../../network/network-settings';
import type { Image } from '../../../values/image';
import type { ResourceAmounts } from '../../../values/resources';

/**
 * PgBouncer between services and the primary, in pods of its own: many connections of services share few of PostgreSQL.
 *
 * A connection of a service is another one of PostgreSQL in each transaction, so that what lasts longer than one (session variables,
 * advisory locks of a session, `LISTEN`) does not hold.
 *
 * @see https://cloudnative-pg.io/documentation/current/connection_pooling/
 */
export interface PoolerSettings {
  /**
   * How many pods there are: 0 for none, so that services connect to the primary itself; otherwise 2 or more.
   *
   * @default - the profile's `postgresql.cloudNativePg.pooler.instances` (0)
   */
  readonly instances?: number;

  /**
   * The image of PgBouncer.
   *
   * @default - the one that belongs to the operator
   */
  readonly image?: Image;

  /**
   * How many connections services may have to each pod.
   *
   * @default - the profile's `postgresql.cloudNativePg.pooler.clientConnections` (1000)
   */
  readonly clientConnections?: number;

  /**
   * How many connections to PostgreSQL each pod shares among those of one service.
   *
   * @default - the profile's `postgresql.cloudNativePg.pooler.poolSize` (20)
   */
  readonly poolSize?: number;

  /**
   * Processors and memory of each pod.
   *
   * @default - the profile's `postgresql.cloudNativePg.pooler.resources`
   */
  readonly resources?: ResourceAmounts;
}

/**
 * What only holds for PostgreSQL clusters that CloudNativePG runs.
 *
 * @see https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/
 */
export interface CloudNativePgSettings {
  /**
   * The pods of the operator.
   *
   * @default - the profile's `postgresql.cloudNativePg.operatorPods`
   */
  readonly operatorPods?: PeerSettings;

  /**
   * The image of the members where `image` names none: PostgreSQL 15 as CloudNativePG builds it, for its own user.
   *
   * @default - the profile's `postgresql.cloudNativePg.image`
   * @see https://github.com/cloudnative-pg/postgres-containers
   */
  readonly image?: Image;

  /**
   * How long a member may take to recover from its log until it answers probes, in whole seconds.
   *
   * @default - the profile's `postgresql.cloudNativePg.startTimeout` (3600 s)
   */
  readonly startTimeout?: Duration;

  /**
   * PgBouncer before the primary.
   *
   * @default - the profile's `postgresql.cloudNativePg.pooler`
   */
  readonly pooler?: PoolerSettings;

  /**
   * Further fields of the `spec` of the `Cluster`, laid over what is rendered, such as `{ logLevel: 'debug' }`.
   *
   * Fails on fields that the settings of this library decide, and on backups that are not made by the plug-in.
   *
   * @default - the profile's `postgresql.cloudNativePg.cluster` (none)
   * @see https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/#clusterspec
   */
  readonly cluster?: { [field: string]: any };
}
