import { Construct } from 'constructs';
import { BROKER_SETTINGS, type BrokerSettings, checkPartitions } from './broker-settings';
import type { IBroker, StoreEndpoint } from '../../../core/store-endpoint';
import type { IReplicated } from '../../../core/workload';
import { PlatformProfile } from '../../../profile/platform-profile';
import { constructId } from '../../../values/construct-id';
import type { HostedStoreProps } from '../../hosted/hosted-store-props';
import type { RedisFromNamespaceOptions } from '../redis-access';
import { BROKER, decideRedis, defineRedis } from '../redis-objects';
import { existingRedis, REDIS_ENGINE } from '../redis-store-engine';

/**
 * Properties for `MessageBroker`.
 */
export interface MessageBrokerProps extends BrokerSettings, HostedStoreProps {
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
export class MessageBroker extends Construct implements IBroker, IReplicated {
  /**
   * The instance of this environment in a namespace of the cluster, such as `broker-prod` in `infrastructure`.
   *
   * Without `partitions`, topics have those of the profile's `broker.partitions`: 1 to 256. Its Secret has the keys `username` and `password`.
   * Fails at synthesis if two environments would share one, or if it has another number of partitions elsewhere in the program.
   */
  public static fromNamespace(scope: Construct, id: string, namespace: string, options: RedisFromNamespaceOptions = {}): IBroker {
    const partitions = checkPartitions(scope, options.partitions ?? BROKER_SETTINGS.of(PlatformProfile.of(scope)).partitions, 'partitions');
    return existingRedis(scope, options, (engine, ports) => engine.fromNamespace(scope, id, namespace, { ...options, ...ports, partitions }));
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
    super(scope, constructId(scope, id, new.target, props));
    const redis = decideRedis(this, BROKER, props);
    this.name = redis.name;
    this.selectorLabels = redis.selectorLabels;
    this.minReplicas = redis.members;
    this.brokerEndpoint = REDIS_ENGINE.hosted(this, { port: redis.settings.port, partitions: redis.settings.partitions });
    defineRedis(this, redis, this.brokerEndpoint);
  }
}
