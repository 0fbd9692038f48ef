import type * as dapr from '../../imports/dapr';
import type { ServiceNode } from '../core/edges';
import { kafkaConsumerGroup, kafkaUser } from '../core/kafka-client';
import type { StoreEndpoint } from '../core/store-endpoint';
import { StoreEngine } from '../core/store-endpoint';
import { fail } from '../model/errors';

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
export function stateComponent(store: StoreEndpoint): ComponentType {
  const keyPrefix = { name: 'keyPrefix', value: 'namespace' };
  switch (store.engine) {
    case StoreEngine.REDIS_CLUSTER:
      return { type: 'state.redis', version: 'v1', metadata: [...redisMetadata(store), keyPrefix] };
    case StoreEngine.POSTGRESQL:
      // host, user and password are one value here, and that is a secret
      return { type: 'state.postgresql', version: 'v2', metadata: [secret(store, 'connectionString', 'connection-string'), keyPrefix] };
    case StoreEngine.ETCD:
      return { type: 'state.etcd', version: 'v2', metadata: [...etcdMetadata(store), keyPrefix] };
    case StoreEngine.KAFKA:
      return fail(store.name, 'is a Kafka cluster, which keeps no state of services', 'Use a RedisCluster, a PostgresCluster or an EtcdCluster');
  }
}

/**
 * Topics on a broker.
 */
export function pubsubComponent(broker: StoreEndpoint, topics: Metadata): ComponentType {
  return { type: 'pubsub.redis', version: 'v1', metadata: [...redisMetadata(broker), ...topics] };
}

/**
 * Topics on Kafka, for one service: it has a user of its own there.
 *
 * @see https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-apache-kafka/
 */
export function kafkaComponent(broker: StoreEndpoint, service: ServiceNode, topics: Metadata): ComponentType {
  const { protocolVersion } = service.group.profile._values.kafka;
  const user = kafkaUser(broker, service);
  const inside = broker.namespace !== undefined;
  return {
    type: 'pubsub.kafka',
    version: 'v1',
    metadata: [
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
      ...topics,
    ],
  };
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
