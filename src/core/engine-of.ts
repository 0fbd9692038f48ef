import type { IConstruct } from 'constructs';
import { ConnectionIndex } from './connection-index';
import type { ServiceNode } from './edges';
import type { StoreClient } from './store-client';
import type { StoreEndpoint } from './store-endpoint';
import type { StoreEngine } from './store-engine';
import { fail } from '../values/errors';

/** The engine of a store: an object of this or of another copy of the library. */
export function engineOf({ name, engine }: StoreEndpoint): StoreEngine {
  return 'stateComponent' in engine ? engine as StoreEngine
    : fail(name, `its engine '${engine.name}' describes no Dapr component`, 'Extend stores.StoreEngine');
}

/** A service as an engine sees it. */
export function clientOf(store: StoreEndpoint, { construct, name, group, appId }: ServiceNode): StoreClient {
  return { store, construct, name, namespace: group.namespace, appId };
}

/** The services of one component of a store: each alone where each is a user of its own, or else all of a namespace. */
export function sharingOf(store: StoreEndpoint, service: ServiceNode, services: () => readonly ServiceNode[]): readonly ServiceNode[] {
  return hasServiceUsers(store) ? [service] : services();
}

/** Whether each service is a user of its own. Its Dapr component is its own then, because a component contains the credentials of one user. */
export function hasServiceUsers(store: StoreEndpoint): boolean {
  return engineOf(store).facts.serviceUsers ?? false;
}

/** The kinds of objects that contain the data of the stores of a program. */
export function dataKinds(scope: IConstruct): ReadonlySet<string> {
  const connections = ConnectionIndex.of(scope);
  const { all } = connections.stores;
  return connections.remember(dataKinds, all.length, () => new Set(all.flatMap(({ endpoint }) => engineOf(endpoint).facts.dataKinds ?? [])));
}
