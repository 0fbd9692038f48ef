import type { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { componentProblems } from './catalog/component-catalog';
import type { ComponentEngine } from './component-engine';
import { definedFields } from './component-fields';
import { type ComponentFields, defineComponent } from './component-object';
import { defineHttpEndpoint, HTTP_ENDPOINT } from './http-endpoint-engine';
import { topicScopes, topicsOf } from './topic-scopes';
import { keepsActors } from '../core/actor-stores';
import { componentOf } from '../core/component-node';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { clientOf, engineOf, hasServiceUsers, sharingOf } from '../core/engine-of';
import { longestDelivery, subscriptionsOn } from '../core/event-delivery';
import { endpointKey } from '../core/node-keys';
import { beforeSynthesis } from '../core/preparation';
import type { ServiceGroup } from '../core/service-group';
import type { StoreField } from '../core/store-client';
import type { StoreEndpoint } from '../core/store-endpoint';
import { STORAGE_SETTINGS } from '../stores/storage-settings';
import { describe, fail } from '../values/errors';

/** The name by which a service publishes to the topics of a broker. */
export function pubsubName(broker: StoreEndpoint, service: ServiceNode): string {
  return componentName(broker, 'pubsub', service);
}

/** The name by which a service reaches its state in a store. */
function stateStoreName(store: StoreEndpoint, service: ServiceNode): string {
  return componentName(store, 'statestore', service);
}

function componentName(store: StoreEndpoint, kind: string, service: ServiceNode): string {
  return componentOf(store)?.name ?? `${store.name}-${kind}${hasServiceUsers(store) ? `-${service.name}` : ''}`;
}

type StoresOf = (service: ServiceNode) => readonly StoreEndpoint[];

/**
 * The Dapr Components of a namespace: a pub/sub for each broker and a state store for each store that one of its
 * services uses, scoped to exactly those services, and each of them to exactly its topics. Where each service is a user of
 * its own, as on PostgreSQL and Kafka, each has its own. A component that the program defines is rendered for its users.
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
    this.node.addValidation({ validate: () => this.wrongFields() });
  }

  private render(): void {
    const state: StoresOf = (service) => this.connections.usesOf(service).map((edge) => edge.store).filter((store) => !componentOf(store));
    const brokers: StoresOf = (service) => this.connections.brokersOf(service).filter((store) => !componentOf(store));
    const defined: StoresOf = (service) => this.connections.endpointsOf(service).filter((store) => componentOf(store));

    for (const store of this.distinct(state)) {
      this.defineFor(store, state, stateStoreName, (users) => this.stateComponent(store, users));
    }
    for (const broker of this.distinct(brokers)) {
      this.defineFor(broker, brokers, pubsubName, (users) => this.pubsubComponent(broker, users));
    }
    for (const component of this.distinct(defined)) {
      this.defineFor(component, defined, ({ name }) => name, (users) => definedFields(this.connections, component, users));
    }
  }

  /** Mistakes in the fields that the program adds to those of the library. */
  private wrongFields(): string[] {
    const state: StoresOf = (service) => this.connections.usesOf(service).map((edge) => edge.store).filter(({ stateMetadata }) => stateMetadata);
    return this.distinct(state).flatMap((store) => componentProblems(this.stateComponent(store, this.users(store, state)), `${this.group.profile.daprVersion}`)
      .map(([problem, remedy]) => describe(`'${store.name}': ${problem}`, remedy)));
  }

  /** One for all that use a store, or, where each is a user of its own, one for each. */
  private defineFor(
    store: StoreEndpoint, stores: StoresOf, nameOf: typeof pubsubName, fields: (users: readonly ServiceNode[]) => ComponentFields,
  ): void {
    for (const service of this.users(store, stores)) {
      const users = () => sharingOf(store, service, () => this.users(store, stores));
      this.define(nameOf(store, service), store, () => fields(users()), users);
    }
  }

  private define(name: string, store: StoreEndpoint, fields: () => ComponentFields, users: () => readonly ServiceNode[]): void {
    const address = this.addresses.get(name);
    if (address !== undefined && address !== endpointKey(store)) {
      fail(this.group.chart as Construct, `two ${componentOf(store) ? 'components' : 'stores'} named '${store.name}' are used, at ${address} and at ${endpointKey(store)}`, 'Give each its own name');
    }
    if (address === undefined) {
      this.addresses.set(name, endpointKey(store));
      if (store.engine.name === HTTP_ENDPOINT) {
        defineHttpEndpoint(this, store, users);
      } else {
        defineComponent(this, { name, fields, users, initTimeout: () => this.initTimeoutOf(store) });
      }
    }
  }

  private initTimeoutOf(store: StoreEndpoint): Duration {
    const own = componentOf(store) && (store.engine as ComponentEngine).definition.initTimeout;
    return own ?? STORAGE_SETTINGS.of(this.group.profile).initTimeout;
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
   * State in a store. By default keys begin with the namespace, so that two environments never share one, not even by a mistake in a host name.
   *
   * @see https://docs.dapr.io/developing-applications/building-blocks/state-management/howto-share-state/
   */
  private stateComponent(store: StoreEndpoint, users: readonly ServiceNode[]): ComponentFields {
    const { type, version, metadata } = engineOf(store).stateComponent(clientOf(store, users[0]));
    return {
      type,
      version,
      metadata: [
        ...withOverrides([...metadata, { name: 'keyPrefix', value: STORAGE_SETTINGS.of(this.group.profile).stateKeyPrefix }], store.stateMetadata),
        ...keepsActors(this.connections, store, users) ? [{ name: 'actorStateStore', value: 'true' }] : [],
      ],
    };
  }

  /** Topics on a broker. A service that is not named in the scopes could use all of them. */
  private pubsubComponent(broker: StoreEndpoint, users: readonly ServiceNode[]): ComponentFields {
    const topics = users.map((service) => topicsOf(this.connections, broker, service));
    const { type, version, metadata, topicMetadata = [] } = engineOf(broker).pubsubComponent({
      ...clientOf(broker, users[0]),
      subscriptions: Math.max(...topics.map(({ subscribing }) => subscribing.length)),
      deliveryTime: longestDelivery(users.flatMap((service) => subscriptionsOn(this.connections, broker, service)), this.group.profile),
    });
    return {
      type,
      version,
      metadata: [...metadata, ...topicScopes(topics), ...topicMetadata],
    };
  }
}

/** Fields with those that replace them, and with further ones at the end. */
function withOverrides(fields: readonly StoreField[], overrides: Readonly<Record<string, string>> = {}): StoreField[] {
  const names = Object.keys(overrides);
  const own = (name: string) => names.find((each) => each.toLowerCase() === name.toLowerCase());
  const kept = fields.map((field) => own(field.name) === undefined ? field : { name: field.name, value: overrides[own(field.name)!] });
  return [...kept, ...names.filter((name) => !fields.some((field) => own(field.name) === name)).map((name) => ({ name, value: overrides[name] }))];
}
