/**
 * Facts of a store engine.
 */
export interface StoreEngineProps {
  /**
   * The port of the store, 1 to 65535.
   *
   * @default - the engine overrides `portOf`
   */
  readonly port?: number;

  /**
   * The protocol that clients of the store use, where another engine defined it: `redis` for a store that is compatible with Redis Cluster.
   *
   * @default - the name of the engine
   */
  readonly protocol?: string;

  /**
   * What follows the name of an instance in the name of the Service for clients, such as `-rw`.
   *
   * @default - nothing
   */
  readonly serviceSuffix?: string;

  /**
   * What follows the name of an instance in the name of the Secret for clients, such as `-client-tls`.
   *
   * @default - nothing
   */
  readonly secretSuffix?: string;

  /**
   * Whether each service is a user of its own, and so has a Dapr component of its own.
   *
   * @default false
   */
  readonly serviceUsers?: boolean;

  /**
   * Whether Dapr can keep the state of actors and workflows there, which requires transactions over several keys.
   *
   * @default false
   */
  readonly actors?: boolean;

  /**
   * Whether Dapr goes on to read from the broker after it stopped a subscription, so that its subscribers must not stop while their application is unhealthy.
   *
   * @default false
   */
  readonly lastingReaders?: boolean;

  /**
   * Kinds of objects that Argo CD never deletes, because the data would go with them, such as `RedisCluster.redis.redis.opstreelabs.in`.
   *
   * @default - none
   */
  readonly dataKinds?: string[];
}
