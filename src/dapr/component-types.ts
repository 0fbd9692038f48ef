import type * as dapr from '../../imports/dapr';
import type { ServiceNode } from '../core/edges';
import { kafkaConsumerGroup, kafkaUser } from '../core/kafka-client';
import type { StoreEndpoint } from '../core/store-endpoint';
import { StoreEngine } from '../core/store-endpoint';
import { KAFKA_SETTINGS } from '../stores/kafka/kafka-section';
import { fail } from '../values/errors';

export type Metadata = dapr.ComponentSpecMetadata[];

/** What kind of Dapr component fits a store, and how it is reached. */
export interface ComponentType {
  readonly type: string;
  readonly version: string;
  readonly metadata: Metadata;
}

/**
 * State in a store. Keys begin with the namespace, so that two environments never share one, not even by a mistake in
 * a host name.
 *
 * @see https://docs.dapr.io/developing-applications/building-blocks/state-management/howto-share-state/
 */
export function stateComponent(store: StoreEndpoint, users: readonly ServiceNode[], actors: boolean): ComponentType {
  const keyPrefix = { name: 'keyPrefix', value: 'namespace' };
  const actorStateStore = actors ? [{ name: 'actorStateStore', value: 'true' }] : [];
  switch (store.engine) {
    case StoreEngine.REDIS_CLUSTER:
      return { type: 'state.redis', version: 'v1', metadata: [...redisMetadata(store), keyPrefix] };
    case StoreEngine.POSTGRESQL:
      return { type: 'state.postgresql', version: 'v2', metadata: [connectionString(store, users[0]), keyPrefix, ...actorStateStore] };
    case StoreEngine.ETCD:
      return { type: 'state.etcd', version: 'v2', metadata: [...etcdMetadata(store), keyPrefix, ...actorStateStore] };
    case StoreEngine.KAFKA:
      return fail(store.name, 'is a Kafka cluster, which keeps no state of services', 'Use a RedisCluster, a PostgresCluster or an EtcdCluster');
  }
}

/**
 * Topics on a broker.
 */
export function pubsubComponent(broker: StoreEndpoint, users: readonly ServiceNode[], topics: Metadata): ComponentType {
  return broker.engine === StoreEngine.KAFKA
    ? { type: 'pubsub.kafka', version: 'v1', metadata: [...kafkaMetadata(broker, users[0]), ...topics] }
    : { type: 'pubsub.redis', version: 'v1', metadata: [...redisMetadata(broker), ...topics] };
}

/** Host, user, database and password are one value here, and that is a secret. */
function connectionString({ secretName }: StoreEndpoint, service: ServiceNode): Metadata[number] {
  return { name: 'connectionString', secretKeyRef: { name: `${secretName}-${service.name}`, key: 'connection-string' } };
}

/**
 * @see https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-apache-kafka/
 */
function kafkaMetadata(broker: StoreEndpoint, service: ServiceNode): Metadata {
  const { protocolVersion } = KAFKA_SETTINGS.of(service.group.profile);
  const user = kafkaUser(broker, service);
  const inside = broker.namespace !== undefined;
  return [
    { name: 'brokers', value: `${broker.host}:${broker.port}` },
    { name: 'authType', value: 'password' },
    inside ? { name: 'saslUsername', value: user } : secret(broker, 'saslUsername', 'username'),
    // Strimzi makes a Secret for each user; elsewhere there is one for all
    inside ? { name: 'saslPassword', secretKeyRef: { name: user, key: 'password' } } : secret(broker, 'saslPassword', 'password'),
    { name: 'saslMechanism', value: 'SHA-512' },
    secret(broker, 'caCert', 'ca.crt'),
    { name: 'consumerGroup', value: kafkaConsumerGroup(service) },
    // as on Redis, a new subscriber begins with what the topic still has
    { name: 'initialOffset', value: 'oldest' },
    { name: 'version', value: protocolVersion },
  ];
}

/**
 * The endpoint is the Service without an address of its own, so that it stands for all members.
 *
 * @see https://docs.dapr.io/reference/components-reference/supported-state-stores/setup-etcd/
 */
function etcdMetadata(store: StoreEndpoint): Metadata {
  return [
    { name: 'endpoints', value: `${store.host}:${store.port}` },
    { name: 'tlsEnable', value: 'true' },
    secret(store, 'ca', 'ca.crt'),
    secret(store, 'cert', 'tls.crt'),
    secret(store, 'key', 'tls.key'),
  ];
}

function redisMetadata(store: StoreEndpoint): Metadata {
  return [
    { name: 'redisHost', value: `${store.host}:${store.port}` },
    { name: 'redisType', value: 'cluster' },
    { name: 'enableTLS', value: 'true' },
    secret(store, 'redisUsername', 'username'),
    secret(store, 'redisPassword', 'password'),
  ];
}

function secret(store: StoreEndpoint, name: string, key: string): Metadata[number] {
  return { name, secretKeyRef: { name: store.secretName, key } };
}
