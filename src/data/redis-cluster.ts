import { Construct } from 'constructs';
import { endpointInside, endpointOutside } from './store';
import type { IBroker, IStateStore, StoreEndpoint } from '../core/store-endpoint';
import { StoreEngine } from '../core/store-endpoint';

/**
 * A Redis cluster that exists already, as services use it: for state, and as the broker of topics.
 */
export interface IRedisCluster extends IBroker, IStateStore {
}

/**
 * Where a Redis cluster runs in the cluster.
 */
export interface RedisFromNamespaceOptions {
  /**
   * The `app` label of its pods, and the name of its Service.
   *
   * @default - the id and the name of the environment, such as `redis-prod`: each environment has its own
   */
  readonly instance?: string;

  /**
   * The Secret with the keys `username` and `password`. It must exist in the namespace of each service that uses it.
   *
   * @default - the name of the instance
   */
  readonly secretName?: string;

  /**
   * The port of its Service and of its pods.
   *
   * @default - `storage.redisPort` of the platform profile in force
   */
  readonly port?: number;
}

/**
 * Where a Redis cluster runs outside of the cluster.
 */
export interface RedisFromHostOptions {
  /**
   * The ranges of its addresses, such as `10.20.0.0/24`: NetworkPolicies know addresses, not names.
   */
  readonly cidrs: string[];

  /**
   * The Secret with the keys `username` and `password`. It must exist in the namespace of each service that uses it.
   *
   * @default - the id
   */
  readonly secretName?: string;

  /**
   * The port it listens on.
   *
   * @default - `storage.redisPort` of the platform profile in force
   */
  readonly port?: number;
}

/**
 * A Redis 7 cluster (`cluster-enabled yes`), reached by TLS.
 *
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/scaling/
 */
export class RedisCluster {
  /**
   * The instance of this environment in a namespace of the cluster, such as `redis-prod` in `infrastructure`.
   *
   * Fails at synthesis if two environments would share one.
   */
  public static fromNamespace(scope: Construct, id: string, namespace: string, options: RedisFromNamespaceOptions = {}): IRedisCluster {
    return new ExistingRedis(scope, id, (redis) => endpointInside(redis, StoreEngine.REDIS_CLUSTER, namespace, options));
  }

  /**
   * A Redis cluster outside of the Kubernetes cluster.
   *
   * Fails at synthesis if two environments would share one.
   */
  public static fromHost(scope: Construct, id: string, host: string, options: RedisFromHostOptions): IRedisCluster {
    return new ExistingRedis(scope, id, (redis) => endpointOutside(redis, StoreEngine.REDIS_CLUSTER, host, options));
  }

  private constructor() {}
}

class ExistingRedis extends Construct implements IRedisCluster {
  public readonly brokerEndpoint: StoreEndpoint;
  public readonly stateEndpoint: StoreEndpoint;

  constructor(scope: Construct, id: string, endpoint: (construct: Construct) => StoreEndpoint) {
    super(scope, id);
    this.stateEndpoint = endpoint(this);
    this.brokerEndpoint = this.stateEndpoint;
  }
}
