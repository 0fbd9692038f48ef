import type { ServiceNode } from './edges';
import type { StoreEndpoint } from './store-endpoint';
import { StoreEngine } from './store-endpoint';

/** The engines that decide by the user what a service may do, so that each service is one. */
const ENGINES: readonly StoreEngine[] = [StoreEngine.KAFKA, StoreEngine.POSTGRESQL];

/** Whether each service is a user of its own to a store. Its Dapr component is its own then, because a component holds the credentials of one user. */
export function hasServiceUsers(store: StoreEndpoint): boolean {
  return ENGINES.includes(store.engine);
}

/** Those who come in by one component: each by its own, or all of a namespace together. */
export function sharingOf(store: StoreEndpoint, service: ServiceNode, services: () => readonly ServiceNode[]): readonly ServiceNode[] {
  return hasServiceUsers(store) ? [service] : services();
}
