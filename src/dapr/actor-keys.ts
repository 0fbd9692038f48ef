import type { ComponentEngine } from './component-engine';
import { componentOf } from '../core/component-node';
import type { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { clientOf, engineOf, hasServiceUsers } from '../core/engine-of';
import { endpointKey, keyOf } from '../core/node-keys';
import { environmentName } from '../core/service-group';
import type { StoreField } from '../core/store-client';
import type { StoreEndpoint } from '../core/store-endpoint';
import { describe } from '../values/errors';

/** The first version that keeps reminders in the scheduler, by namespace. Before, they were in the store, by the type of actor alone. */
const SCHEDULER_REMINDERS = '1.15';

/** Fields that contain the place of a store. If they come from a Secret, the place is unknown. */
const PLACE = /connection|host|server|url|endpoint|address/i;

/**
 * The errors of actors whose state would have the keys of those in another namespace. Dapr builds these keys of app id, type and id: a component's
 * `keyPrefix` applies to other state only (1.14 and 1.18).
 */
export function actorKeyErrors(connections: ConnectionIndex, service: ServiceNode): string[] {
  return hostedIn(connections, service).flatMap((place) => (hostsByPlace(connections).get(place) ?? [])
    .filter((other) => keyOf(other.service) < keyOf(service) && other.service.group.namespace !== service.group.namespace)
    .flatMap((other) => problem(service, other)));
}

interface Host {
  readonly service: ServiceNode;
  readonly store: StoreEndpoint;
}

function problem(service: ServiceNode, { service: other, store }: Host): string[] {
  const where = `keeps actors in '${store.name}', as ${other.construct.node.path} does`;
  const remedy = 'Use a store for each group, or a relational database, which has one database for each service';
  if (other.appId === service.appId) {
    return [describe(`${where} with the same Dapr app id '${service.appId}', and the keys of actors contain no namespace, so each would overwrite the actors of the other`,
      `${remedy}, or give one of them another appId`)];
  }
  const { daprVersion } = service.group.profile;
  return daprVersion.atLeast(SCHEDULER_REMINDERS) ? []
    : [describe(`${where}, and Dapr ${daprVersion} keeps reminders under keys without a namespace, so each would run those of the other`, `${remedy}, or Dapr ${SCHEDULER_REMINDERS}`)];
}

/** All services that keep actors, by the place of their state. */
function hostsByPlace(connections: ConnectionIndex): ReadonlyMap<string, Host[]> {
  return connections.remember(hostsByPlace, undefined, () => {
    const hosts = new Map<string, Host[]>();
    for (const service of connections.groups.flatMap((group) => connections.servicesOf(group))) {
      for (const { place, store } of actorPlaces(connections, service)) {
        hosts.set(place, [...hosts.get(place) ?? [], { service, store }]);
      }
    }
    return hosts;
  });
}

function hostedIn(connections: ConnectionIndex, service: ServiceNode): string[] {
  return actorPlaces(connections, service).map(({ place }) => place);
}

function actorPlaces(connections: ConnectionIndex, service: ServiceNode): { readonly place: string; readonly store: StoreEndpoint }[] {
  return connections.usesOf(service).filter(({ options }) => options.actors).flatMap(({ store }) => {
    const place = placeOf(store, service);
    return place === undefined ? [] : [{ place: `${environmentName(service.group)} ${place}`, store }];
  });
}

/** Where the component of a service keeps its state, if other services may have the same place. */
function placeOf(store: StoreEndpoint, service: ServiceNode): string | undefined {
  if (componentOf(store)) {
    const { name, definition } = store.engine as ComponentEngine;
    const hidden = definition.metadata.some((field) => field.secret && PLACE.test(field.name));
    return hidden ? undefined : `${name} ${plainFields(definition.metadata)}`;
  }
  return hasServiceUsers(store) ? undefined : `${endpointKey(store)} ${plainFields(engineOf(store).stateComponent(clientOf(store, service)).metadata)}`;
}

function plainFields(metadata: readonly StoreField[]): string {
  return JSON.stringify(metadata.filter(({ secret }) => !secret).map(({ name, value }) => [name, value]).sort());
}
