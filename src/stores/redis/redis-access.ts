import type { StoreFromHostOptions, StoreFromNamespaceOptions } from '../../core/store-places';

/**
 * How the servers of an existing Redis work together.
 */
export enum RedisMode {
  /** Redis Cluster: keys are spread over several primaries. */
  CLUSTER = 'cluster',

  /** A single server, or a primary that clients always reach at the same address. */
  SINGLE = 'single',

  /** A primary and replicas. Clients ask Redis Sentinel which of them is the primary. */
  SENTINEL = 'sentinel',
}

/**
 * How clients of an existing Redis prove who they are.
 */
export enum RedisLogin {
  /** By a user and its password: the keys `username` and `password` of the Secret. */
  USER = 'user',

  /** By the password of the default user (`requirepass`): the key `password` of the Secret. */
  PASSWORD = 'password',

  /** Not at all. No Secret is read. */
  NONE = 'none',
}

/**
 * How clients connect to an existing Redis.
 */
export interface RedisAccess {
  /**
   * How its servers work together.
   *
   * @default RedisMode.CLUSTER
   */
  readonly mode?: RedisMode;

  /**
   * The name of the primary in the configuration of Redis Sentinel, in mode `SENTINEL`.
   *
   * @default - `mymaster` in mode `SENTINEL`, as in the configuration that Redis ships
   */
  readonly sentinelMaster?: string;

  /**
   * Whether clients connect by TLS. Without TLS, synthesis reports `MS-STORE-004`.
   *
   * @default true
   */
  readonly tls?: boolean;

  /**
   * Whether Dapr and KEDA accept only a certificate with the name of the server from a public certificate authority. Neither can read the
   * certificate of a private one, and clients of a cluster or of sentinels follow addresses that no certificate names. Dapr
   * before 1.18 never verifies it.
   *
   * @default - only in mode `SINGLE`
   * @see https://docs.dapr.io/reference/components-reference/supported-state-stores/setup-redis/
   */
  readonly verifyCertificate?: boolean;

  /**
   * How clients prove who they are. With `NONE`, synthesis reports `MS-STORE-005`.
   *
   * @default RedisLogin.USER
   */
  readonly login?: RedisLogin;
}

/**
 * A Redis that runs in a namespace of the cluster.
 */
export interface RedisFromNamespaceOptions extends StoreFromNamespaceOptions, RedisAccess {
}

/**
 * A Redis outside of the cluster.
 */
export interface RedisFromHostOptions extends StoreFromHostOptions, RedisAccess {
}
