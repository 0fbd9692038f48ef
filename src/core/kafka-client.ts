import type { ServiceNode } from './edges';
import type { StoreEndpoint } from './store-endpoint';

/**
 * Who a service is to a Kafka cluster: the name of its KafkaUser, and of the Secret with its password. Users of all clusters and of all
 * environments may stand in one namespace, so that the name says which.
 */
export function kafkaUser(broker: StoreEndpoint, service: ServiceNode): string {
  return `${broker.app}.${kafkaConsumerGroup(service)}`;
}

/** The consumer group in which the replicas of a service share the events of its topics. */
export function kafkaConsumerGroup(service: ServiceNode): string {
  return `${service.group.namespace}.${service.appId}`;
}
