import { Construct } from 'constructs';
import type { RedisFromHostOptions, RedisFromNamespaceOptions } from './redis-access';
import { decideRedis, defineRedis, REDIS } from './redis-objects';
import type { RedisSettings } from './redis-settings';
import { existingRedis, REDIS_ENGINE } from './redis-store-engine';
import type { StoreEndpoint } from '../../core/store-endpoint';
import type { IStore } from '../../core/store-engine';
import type { IReplicated } from '../../core/workload';
import { constructId } from '../../values/construct-id';
import type { HostedStoreProps } from '../hosted/hosted-store-props';

/**
 * Properties for `RedisCluster`.
 */
export interface RedisClusterProps extends RedisSettings, HostedStoreProps {
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
 * By `RedisEngine.OPERATOR` it defines the custom resource of an operator instead of the StatefulSet and the Job.
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
export class RedisCluster extends Construct implements IStore, IReplicated {
  /**
   * The instance of this environment in a namespace of the cluster, such as `redis-prod` in `infrastructure`.
   *
   * It is a cluster with TLS, and its Secret has the keys `username` and `password`, unless options describe another Redis. Fails at synthesis if
   * two environments would share one.
   */
  public static fromNamespace(scope: Construct, id: string, namespace: string, options: RedisFromNamespaceOptions = {}): IStore {
    return existingRedis(scope, options, (engine, ports) => engine.fromNamespace(scope, id, namespace, { ...options, ...ports }));
  }

  /**
   * A Redis outside of the Kubernetes cluster.
   *
   * It is a cluster with TLS, and its Secret has the keys `username` and `password`, unless options describe another Redis. Fails at synthesis if
   * two environments would share one.
   */
  public static fromHost(scope: Construct, id: string, host: string, options: RedisFromHostOptions): IStore {
    return existingRedis(scope, options, (engine, ports) => engine.fromHost(scope, id, host, { ...options, ...ports }));
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
    super(scope, constructId(scope, id, new.target, props));
    const redis = decideRedis(this, REDIS, props);
    this.name = redis.name;
    this.selectorLabels = redis.selectorLabels;
    this.minReplicas = redis.members;
    this.stateEndpoint = REDIS_ENGINE.hosted(this, { port: redis.settings.port });
    this.brokerEndpoint = this.stateEndpoint;
    defineRedis(this, redis, this.stateEndpoint);
  }
}
