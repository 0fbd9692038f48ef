import type { StoreClient } from '../../core/store-client';
import type { StoreEndpoint } from '../../core/store-endpoint';

/**
 * The name of a service's KafkaUser, and of the Secret with its password. Users of all clusters and of all environments may be in one namespace,
 * so the name contains both.
 */
export function kafkaUser(broker: StoreEndpoint, service: Pick<StoreClient, 'namespace' | 'appId'>): string {
  return `${broker.app}.${kafkaConsumerGroup(service)}`;
}

/** The consumer group in which the replicas of a service share the events of its topics. */
export function kafkaConsumerGroup({ namespace, appId }: Pick<StoreClient, 'namespace' | 'appId'>): string {
  return `${namespace}.${appId}`;
}
