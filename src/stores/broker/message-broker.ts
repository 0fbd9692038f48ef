import { Construct } from 'constructs';
import type { BrokerSettings } from './broker-settings';
import { BROKER_SETTINGS, checkPartitions } from './broker-settings';
import type { IBroker, StoreEndpoint } from '../../core/store-endpoint';
import { StoreEngine } from '../../core/store-endpoint';
import type { IWorkload } from '../../core/workload';
import type { Environment } from '../../profile/environment';
import { PlatformProfile } from '../../profile/platform-profile';
import { BROKER, decideRedis, defineRedis } from '../redis/redis-objects';
import { endpointHosted, endpointInside } from '../store';

/**
 * A message broker, as topics use it.
 */
export interface IMessageBroker extends IBroker {
}

/**
 * Where a message broker runs in the cluster.
 */
export interface BrokerFromNamespaceOptions {
  /**
   * How many streams carry each topic, as where it is defined: 1 to 256.
   *
   * @default - the profile's `broker.partitions` (16)
   */
  readonly partitions?: number;

  /**
   * The `app` label of its pods, and the name of its Service.
   *
   * @default - the id and the name of the environment, such as `broker-prod`: each environment has its own
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
 * Properties for `MessageBroker`.
 */
export interface MessageBrokerProps extends BrokerSettings {
  /**
   * The environment whose services use it: its changes of the platform profile hold for this broker too.
   *
   * @default - none; the platform profile in force
   */
  readonly environment?: Environment;
}

/**
 * A broker whose topics are spread over several servers: a Redis 7 cluster that carries each topic by `partitions` streams.
 *
 * Defines what `RedisCluster` defines, with `primaries x replication` members, and needs the same two Secrets. A partition is a stream
 * of its own on one primary, copied to its replicas; the streams of each topic are spread evenly over the primaries.
 *
 * It is not Kafka. The publisher chooses the partition: services that publish a topic have its streams in an environment variable such
 * as `TOPIC_ORDER_PLACED_PARTITIONS`, and those that subscribe it get the events of all partitions at one route. An acknowledged event
 * is on one member, and on its copies a moment later.
 *
 * @see https://redis.io/docs/latest/develop/data-types/streams/#differences-with-kafka-tm-partitions
 *
 * @example
 *
 * class Infrastructure extends SharedChart {
 *   constructor(scope: Construct) {
 *     super(scope, 'infrastructure');
 *     for (const environment of Environment.standard()) {
 *       new stores.MessageBroker(this, `broker-${environment.name}`, { environment, partitions: 16, replication: 3 });
 *     }
 *   }
 * }
 */
export class MessageBroker extends Construct implements IMessageBroker, IWorkload {
  /**
   * The instance of this environment in a namespace of the cluster, such as `broker-prod` in `infrastructure`.
   *
   * Fails at synthesis if two environments would share one, or if it has another number of partitions elsewhere in the program.
   */
  public static fromNamespace(scope: Construct, id: string, namespace: string, options: BrokerFromNamespaceOptions = {}): IMessageBroker {
    return new ExistingBroker(scope, id, namespace, options);
  }

  /** Where services find it. */
  public readonly brokerEndpoint: StoreEndpoint;

  /** The name of its StatefulSet and of its Service. */
  public readonly name: string;

  /** The labels by which its members are selected. */
  public readonly selectorLabels: { [name: string]: string };

  /** How many members it has. */
  public readonly minReplicas: number;

  /**
   * Defines the broker `id`, which is the name of its Service and a DNS label of at most 40 characters.
   */
  constructor(scope: Construct, id: string, props: MessageBrokerProps = {}) {
    super(scope, id);
    const redis = decideRedis(this, BROKER, props);
    this.name = redis.name;
    this.selectorLabels = redis.selectorLabels;
    this.minReplicas = redis.members;
    this.brokerEndpoint = endpointHosted(this, StoreEngine.REDIS_CLUSTER, redis.port, { partitions: redis.settings.partitions });
    defineRedis(this, redis);
  }
}

class ExistingBroker extends Construct implements IMessageBroker {
  public readonly brokerEndpoint: StoreEndpoint;

  constructor(scope: Construct, id: string, namespace: string, options: BrokerFromNamespaceOptions) {
    super(scope, id);
    const partitions = checkPartitions(this, options.partitions ?? BROKER_SETTINGS.of(PlatformProfile.of(this)).partitions, 'partitions');
    this.brokerEndpoint = endpointInside(this, StoreEngine.REDIS_CLUSTER, namespace, { ...options, partitions });
  }
}
