import type * as dapr from '../../imports/dapr';
import type { StoreEndpoint } from '../core/store-endpoint';
import { StoreEngine } from '../core/store-endpoint';

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
  }
}

/**
 * Topics on a broker.
 */
export function pubsubComponent(broker: StoreEndpoint, topics: Metadata): ComponentType {
  return { type: 'pubsub.redis', version: 'v1', metadata: [...redisMetadata(broker), ...topics] };
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
