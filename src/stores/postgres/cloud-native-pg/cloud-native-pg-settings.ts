import type { Duration } from 'cdk8s';
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
   * @default - `postgresql.cloudNativePg.pooler.instances` of the platform profile in force
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
   * @default - `postgresql.cloudNativePg.pooler.clientConnections` of the platform profile in force
   */
  readonly clientConnections?: number;

  /**
   * How many connections to PostgreSQL each pod shares among those of one service.
   *
   * @default - `postgresql.cloudNativePg.pooler.poolSize` of the platform profile in force
   */
  readonly poolSize?: number;

  /**
   * Processors and memory of each pod.
   *
   * @default - `postgresql.cloudNativePg.pooler.resources` of the platform profile in force
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
   * The image of the members where `image` names none: PostgreSQL 15 as CloudNativePG builds it, for its own user.
   *
   * @default - `postgresql.cloudNativePg.image` of the platform profile in force
   * @see https://github.com/cloudnative-pg/postgres-containers
   */
  readonly image?: Image;

  /**
   * How long a member may take to recover from its log until it answers probes, in whole seconds.
   *
   * @default - `postgresql.cloudNativePg.startTimeout` of the platform profile in force
   */
  readonly startTimeout?: Duration;

  /**
   * PgBouncer before the primary.
   *
   * @default - `postgresql.cloudNativePg.pooler` of the platform profile in force
   */
  readonly pooler?: PoolerSettings;

  /**
   * Further fields of the `spec` of the `Cluster`, laid over what is rendered, such as `{ logLevel: 'debug' }`.
   *
   * Fails on fields that the settings of this library decide, and on backups that are not made by the plug-in.
   *
   * @default - `postgresql.cloudNativePg.cluster` of the platform profile in force
   * @see https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/#clusterspec
   */
  readonly cluster?: { [field: string]: any };
}
