import { Construct } from 'constructs';
import { durationText } from './dapr-duration-text';
import type * as dapr from '../../imports/dapr';
import { keepsActors } from '../core/actor-stores';
import { ConnectionIndex } from '../core/connection-index';
import { deadLetterTopic } from '../core/dead-letter';
import type { ServiceNode, TopicEdge, TopicNode } from '../core/edges';
import { clientOf, engineOf, hasServiceUsers, sharingOf } from '../core/engine-of';
import { defineObject, late } from '../core/kubernetes-object';
import { endpointKey } from '../core/node-keys';
import { beforeSynthesis } from '../core/preparation';
import type { ServiceGroup } from '../core/service-group';
import type { StoreField } from '../core/store-client';
import type { StoreEndpoint } from '../core/store-endpoint';
import { STORAGE_SETTINGS } from '../stores/storage-settings';
import { fail } from '../values/errors';

/** The name by which a service publishes to the topics of a broker. */
export function pubsubName(broker: StoreEndpoint, service: ServiceNode): string {
  return componentName(broker, 'pubsub', service);
}

/** The name by which a service reaches its state in a store. */
function stateStoreName(store: StoreEndpoint, service: ServiceNode): string {
  return componentName(store, 'statestore', service);
}

function componentName(store: StoreEndpoint, kind: string, service: ServiceNode): string {
  return `${store.name}-${kind}${hasServiceUsers(store) ? `-${service.name}` : ''}`;
}

type StoresOf = (service: ServiceNode) => readonly StoreEndpoint[];

type ComponentType = Pick<dapr.ComponentSpec, 'type' | 'version' | 'metadata'>;

type Metadata = dapr.ComponentSpecMetadata[];

/**
 * The Dapr Components of a namespace: a pub/sub for each broker and a state store for each store that one of its
 * services uses, scoped to exactly those services, and each of them to exactly its topics. Where each service is a user of
 * its own, as on PostgreSQL and Kafka, each has its own.
 *
 * @see https://docs.dapr.io/operations/components/component-scopes/
 * @internal
 */
export class Components extends Construct {
  private readonly connections: ConnectionIndex;
  private readonly addresses = new Map<string, string>();

  constructor(scope: Construct, id: string, private readonly group: ServiceGroup) {
    super(scope, id);
    this.connections = ConnectionIndex.of(this);
    beforeSynthesis(this, () => this.render());
  }

  private render(): void {
    const state: StoresOf = (service) => this.connections.usesOf(service).map((edge) => edge.store);
    const brokers: StoresOf = (service) => this.connections.brokersOf(service);

    for (const store of this.distinct(state)) {
      this.defineFor(store, state, stateStoreName, (users) => this.stateComponent(store, users));
    }
    for (const broker of this.distinct(brokers)) {
      this.defineFor(broker, brokers, pubsubName, (users) => this.pubsubComponent(broker, users));
    }
  }

  /** One for all that use a store, or, where each is a user of its own, one for each. */
  private defineFor(
    store: StoreEndpoint, stores: StoresOf, nameOf: typeof pubsubName, component: (users: readonly ServiceNode[]) => ComponentType,
  ): void {
    for (const service of this.users(store, stores)) {
      const users = () => sharingOf(store, service, () => this.users(store, stores));
      this.define(nameOf(store, service), store, () => component(users()), users);
    }
  }

  private define(name: string, store: StoreEndpoint, component: () => ComponentType, users: () => readonly ServiceNode[]): void {
    const address = this.addresses.get(name);
    if (address !== undefined && address !== endpointKey(store)) {
      fail(this.group.chart as Construct, `two stores named '${store.name}' are used, at ${address} and at ${endpointKey(store)}`, 'Give each its own name');
    }
    if (address === undefined) {
      this.addresses.set(name, endpointKey(store));
      defineObject<dapr.ComponentSpec>(this, name, {
        apiVersion: 'dapr.io/v1alpha1',
        kind: 'Component',
        metadata: { name },
        spec: late(() => ({ ...component(), initTimeout: durationText(STORAGE_SETTINGS.of(this.group.profile).initTimeout) })),
        // the operator reads the Secret and hands its value to the sidecar, which has no access of its own
        auth: { secretStore: 'kubernetes' },
        scopes: late(() => users().map((service) => service.appId)),
      });
    }
  }

  private distinct(stores: StoresOf): StoreEndpoint[] {
    return [...new Map(this.sidecars().flatMap((service) => stores(service).map((store) => [endpointKey(store), store] as const))).values()];
  }

  private users(store: StoreEndpoint, stores: StoresOf): ServiceNode[] {
    return this.sidecars().filter((service) => stores(service).some((used) => endpointKey(used) === endpointKey(store)));
  }

  private sidecars(): ServiceNode[] {
    return this.connections.servicesOf(this.group).filter((service) => service.dapr);
  }

  /**
   * State in a store. Keys begin with the namespace, so that two environments never share one, not even by a mistake in a host name.
   *
   * @see https://docs.dapr.io/developing-applications/building-blocks/state-management/howto-share-state/
   */
  private stateComponent(store: StoreEndpoint, users: readonly ServiceNode[]): ComponentType {
    const { type, version, metadata } = engineOf(store).stateComponent(clientOf(store, users[0]));
    return {
      type,
      version,
      metadata: [
        ...metadata.map(metadataOf),
        { name: 'keyPrefix', value: 'namespace' },
        ...keepsActors(this.connections, store, users) ? [{ name: 'actorStateStore', value: 'true' }] : [],
      ],
    };
  }

  /** Topics on a broker. A service that is not named in the scopes could use all of them. */
  private pubsubComponent(broker: StoreEndpoint, users: readonly ServiceNode[]): ComponentType {
    const topics = users.map((service) => this.topicsOf(broker, service));
    const fed = new Set(users);
    const { type, version, metadata, topicMetadata = [] } = engineOf(broker).pubsubComponent({
      ...clientOf(broker, users[0]),
      subscriptions: Math.max(...topics.map(({ subscribing }) => subscribing.length)),
      worker: this.connections.queueReaders.some(({ service }) => fed.has(service)),
    });
    return {
      type,
      version,
      metadata: [
        ...metadata.map(metadataOf),
        { name: 'allowedTopics', value: [...new Set(topics.flatMap(({ publishing, subscribing }) => [...publishing, ...subscribing]))].sort().join(',') },
        { name: 'publishingScopes', value: topics.map(({ app, publishing }) => `${app}=${publishing.join(',')}`).join(';') },
        { name: 'subscriptionScopes', value: topics.map(({ app, subscribing }) => `${app}=${subscribing.join(',')}`).join(';') },
        ...topicMetadata.map(metadataOf),
      ],
    };
  }

  /** Which topics of a broker a service may publish and subscribe. */
  private topicsOf(broker: StoreEndpoint, service: ServiceNode): { app: string; publishing: string[]; subscribing: string[] } {
    const topics = (edges: readonly TopicEdge[]) => edges
      .flatMap((edge) => this.connections.topic(edge.topic, service) ?? [])
      .filter((topic) => endpointKey(topic.broker) === endpointKey(broker));
    const streams = (list: readonly TopicNode[]) => list.flatMap((topic) => topic.streams);
    const subscribed = topics(this.connections.subscriptionsOf(service));
    const deadLetters = subscribed.map((topic) => deadLetterTopic(topic.name, service.name));
    return {
      app: service.appId,
      // the subscriber's own sidecar publishes what it could not deliver; were it refused, the event would be lost
      publishing: [...streams(topics(this.connections.publicationsOf(service))), ...deadLetters],
      // and nobody but the subscriber may read it again
      subscribing: [...streams(subscribed), ...deadLetters],
    };
  }
}

function metadataOf({ name, value, secret }: StoreField): Metadata[number] {
  return secret ? { name, ...secret._toKube() } : { name, value };
}
