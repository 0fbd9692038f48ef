import type { ConnectionIndex } from './connection-index';
import type { ServiceNode } from './edges';
import { hasServiceUsers } from './engine-of';
import { endpointKey } from './node-keys';
import type { ServiceGroup } from './service-group';
import type { StoreEndpoint } from './store-endpoint';

/** Whether one of the services that share the component of a store keeps the state of actors there. */
export function keepsActors(connections: ConnectionIndex, store: StoreEndpoint, sharing: readonly ServiceNode[]): boolean {
  return sharing.some((service) => actorStores(connections, [service]).has(endpointKey(store)));
}

/** The stores that each keep the state of actors, where a sidecar would load several: Dapr says it of a component, for all that share it. */
export function rivalActorStores(connections: ConnectionIndex, service: ServiceNode): StoreEndpoint[] {
  const used = connections.usesOf(service).map(({ store }) => store);
  const rivals = used.length <= 1 ? [] : used.filter((store) => (
    hasServiceUsers(store) ? actorStores(connections, [service]) : actorStoresOf(connections, service.group)).has(endpointKey(store)));
  return rivals.length <= 1 ? [] : rivals;
}

/**
 * The services whose sidecars call those of a service for its actors and workflows, itself included: all that keep actors in its store and
 * in its namespace. Dapr distributes actors over their replicas, and placement knows only hosts of one namespace.
 */
export function actorHosts(connections: ConnectionIndex, service: ServiceNode): readonly ServiceNode[] {
  const stores = connections.usesOf(service).filter(({ options }) => options.actors).map(({ store }) => store);
  const hosts = stores.flatMap((store) => hostsOf(connections, store, service.group));
  return stores.length < 2 ? hosts : [...new Set(hosts)];
}

function hostsOf(connections: ConnectionIndex, store: StoreEndpoint, { namespace, environment }: ServiceGroup): readonly ServiceNode[] {
  return connections.remember(hostsOf, `${environment?.name}/${namespace}/${endpointKey(store)}`, () => connections.clientsOf(store).filter(
    (client) => client.group.namespace === namespace && client.group.environment?.name === environment?.name
      && actorStores(connections, [client]).has(endpointKey(store)),
  ));
}

/** The actor stores of all services of a group, which share components. */
function actorStoresOf(connections: ConnectionIndex, group: ServiceGroup): ReadonlySet<string> {
  return connections.remember(actorStoresOf, group.chart, () => actorStores(connections, connections.servicesOf(group).filter(({ dapr }) => dapr)));
}

function actorStores(connections: ConnectionIndex, services: readonly ServiceNode[]): ReadonlySet<string> {
  return new Set(services.flatMap((service) => connections.usesOf(service)).filter(({ options }) => options.actors === true)
    .map(({ store }) => endpointKey(store)));
}
