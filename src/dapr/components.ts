import { Construct } from 'constructs';
import type { ComponentType, Metadata } from './component-types';
import { pubsubComponent, stateComponent } from './component-types';
import { durationText } from './dapr-duration-text';
import type * as dapr from '../../imports/dapr';
import { keepsActors } from '../core/actor-stores';
import { ConnectionIndex } from '../core/connection-index';
import { deadLetterTopic } from '../core/dead-letter';
import type { ServiceNode, TopicEdge, TopicNode } from '../core/edges';
import { defineObject, late } from '../core/kubernetes-object';
import { endpointKey } from '../core/node-keys';
import { beforeSynthesis } from '../core/preparation';
import { queueReaders } from '../core/queue-readers';
import type { ServiceGroup } from '../core/service-group';
import { hasServiceUsers, sharingOf } from '../core/service-users';
import type { StoreEndpoint } from '../core/store-endpoint';
import { StoreEngine } from '../core/store-endpoint';
import { EVENT_SETTINGS } from '../messaging/event-settings';
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

/**
 * How many events Dapr handles at a time, as many connections as acknowledging them takes. Waiting for events takes one for each stream
 * besides, and a sidecar that is told nothing has five for each processor and server.
 */
const HANDLED_AT_A_TIME = 10;

type StoresOf = (service: ServiceNode) => readonly StoreEndpoint[];

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
      this.defineFor(store, state, stateStoreName, (users) => stateComponent(store, users, keepsActors(this.connections, store, users)));
    }
    for (const broker of this.distinct(brokers)) {
      this.defineFor(broker, brokers, pubsubName, (users) => pubsubComponent(broker, users, this.topicMetadata(broker, users)));
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

  /** A sidecar fetches a hundred events of each stream at a time. Where there are workers, the next replica should find some of them. */
  private fetching(users: readonly ServiceNode[]): Metadata {
    const fed = new Set(users);
    return queueReaders(this).some(({ service }) => fed.has(service)) ? [{ name: 'queueDepth', value: String(HANDLED_AT_A_TIME) }] : [];
  }

  /** Which service may publish and subscribe which topic: a service that is not named could use them all. */
  private topicMetadata(broker: StoreEndpoint, users: readonly ServiceNode[]): Metadata {
    const topics = (service: ServiceNode, edges: readonly TopicEdge[]) => edges
      .flatMap((edge) => this.connections.topic(edge.topic, service) ?? [])
      .filter((topic) => endpointKey(topic.broker) === endpointKey(broker));
    const streams = (list: readonly TopicNode[]) => list.flatMap((topic) => topic.streams);
    const scoped = users.map((service) => {
      const subscribed = topics(service, this.connections.subscriptionsOf(service));
      const deadLetters = subscribed.map((topic) => deadLetterTopic(topic.name, service.name));
      return {
        app: service.appId,
        // the subscriber's own sidecar publishes what it could not deliver; were it refused, the event would be lost
        publishing: [...streams(topics(service, this.connections.publicationsOf(service))), ...deadLetters],
        // and nobody but the subscriber may read it again
        subscribing: [...streams(subscribed), ...deadLetters],
      };
    });
    return [
      { name: 'allowedTopics', value: [...new Set(scoped.flatMap(({ publishing, subscribing }) => [...publishing, ...subscribing]))].sort().join(',') },
      { name: 'publishingScopes', value: scopes(scoped.map(({ app, publishing }) => ({ app, topics: publishing }))) },
      { name: 'subscriptionScopes', value: scopes(scoped.map(({ app, subscribing }) => ({ app, topics: subscribing }))) },
      // Kafka keeps events by their age, which is a property of the topic there
      ...broker.engine === StoreEngine.KAFKA ? [] : [
        ...streamMetadata(broker, EVENT_SETTINGS.of(this.group.profile).maxLength, scoped),
        ...this.fetching(users),
      ],
    ];
  }
}

/** How long streams of Redis may become, and how many connections to them a sidecar needs. */
function streamMetadata(broker: StoreEndpoint, maxLength: number, users: readonly { subscribing: string[] }[]): Metadata {
  const trimmed = (entries: number) => ({ name: 'maxLenApprox', value: String(entries) });
  return broker.partitions === undefined ? [trimmed(maxLength)] : [
    // what a topic keeps is shared by its partitions
    trimmed(Math.ceil(maxLength / broker.partitions)),
    { name: 'poolSize', value: String(Math.max(...users.map(({ subscribing }) => subscribing.length)) + HANDLED_AT_A_TIME) },
  ];
}

function scopes(list: readonly { app: string; topics: string[] }[]): string {
  return list.map(({ app, topics }) => `${app}=${topics.join(',')}`).join(';');
}
