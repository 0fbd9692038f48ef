import { Construct } from 'constructs';
import { decideRedis, defineRedis, REDIS } from './redis-objects';
import type { RedisSettings } from './redis-settings';
import type { IBroker, IStateStore, StoreEndpoint } from '../../core/store-endpoint';
import { StoreEngine } from '../../core/store-endpoint';
import type { IWorkload } from '../../core/workload';
import type { Environment } from '../../profile/environment';
import { endpointHosted, endpointInside, endpointOutside } from '../store';

/**
 * A Redis cluster, as services use it: for state, and as the broker of topics.
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
   * @default - the profile's `storage.redisPort` (6379)
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
   * @default - the profile's `storage.redisPort` (6379)
   */
  readonly port?: number;
}

/**
 * Properties for `RedisCluster`.
 */
export interface RedisClusterProps extends RedisSettings {
  /**
   * The environment whose services use it: its changes of the platform profile hold for this cluster too.
   *
   * @default - none; the platform profile in force
   */
  readonly environment?: Environment;
}

/**
 * A Redis 7 cluster (`cluster-enabled yes`), reached by TLS.
 *
 * Defines, in a file of its own, a StatefulSet of `primaries x (1 + replicasPerPrimary)` members with a volume each, a Service for
 * clients (`<id>`) and one for members (`<id>-members`), a ConfigMap, a PodDisruptionBudget, ServiceAccounts, NetworkPolicies, and the
 * Job `<id>-formation`, which makes one cluster of the members and may run again at any time.
 *
 * Two Secrets must exist in its namespace: `<id>` with `username` and `password` for clients and `member-password` for members
 * among themselves, and `<id>-tls` with `tls.crt`, `tls.key` and `ca.crt`. The certificate serves and connects (`serverAuth` and
 * `clientAuth`).
 *
 * Replication is asynchronous: a write that was acknowledged just before a primary is lost may be lost with it.
 *
 * Where `backups.storage` of the platform profile names object storage, a CronJob brings a snapshot of each primary there, as a user
 * whose password is the key `snapshot-password` of the Secret `<id>`.
 *
 * By `RedisEngine.operator()` it defines the custom resource of an operator instead of the StatefulSet and the Job.
 *
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/scaling/
 *
 * @example
 *
 * class Infrastructure extends SharedChart {
 *   constructor(scope: Construct) {
 *     super(scope, 'infrastructure');
 *     for (const environment of Environment.standard()) {
 *       new stores.RedisCluster(this, `redis-${environment.name}`, { environment });
 *     }
 *   }
 * }
 */
export class RedisCluster extends Construct implements IRedisCluster, IWorkload {
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

  /** Where services find it as a broker. */
  public readonly brokerEndpoint: StoreEndpoint;

  /** Where services find it as a store. */
  public readonly stateEndpoint: StoreEndpoint;

  /** The name of its StatefulSet and of its Service. */
  public readonly name: string;

  /** The labels by which its members are selected. */
  public readonly selectorLabels: { [name: string]: string };

  /** How many members it has. */
  public readonly minReplicas: number;

  /**
   * Defines the cluster `id`, which is the name of its Service and a DNS label of at most 40 characters.
   */
  constructor(scope: Construct, id: string, props: RedisClusterProps = {}) {
    super(scope, id);
    const redis = decideRedis(this, REDIS, props);
    this.name = redis.name;
    this.selectorLabels = redis.selectorLabels;
    this.minReplicas = redis.members;
    this.stateEndpoint = endpointHosted(this, StoreEngine.REDIS_CLUSTER, redis.port);
    this.brokerEndpoint = this.stateEndpoint;
    defineRedis(this, redis);
  }
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
