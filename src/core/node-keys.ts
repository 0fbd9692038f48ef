import { componentOf } from './component-node';
import type { ServiceNode } from './edges';
import type { ServiceGroup } from './service-group';
import { environmentName } from './service-group';
import type { StoreEndpoint } from './store-endpoint';

/** Returns what has the key already, if there is something. */
export function addOnce<N extends { name: string; group: ServiceGroup }>(map: Map<string, N>, node: N, key: string = keyOf(node)): N | undefined {
  const existing = map.get(key);
  if (!existing) {
    map.set(key, node);
  }
  return existing;
}

/** By what a service or a topic is found: unique in an environment. */
export function keyOf(node: { name: string; group: ServiceGroup }): string {
  return `${environmentName(node.group)}/${node.group.name}/${node.name}`;
}

/** As `referenceKey`, in a group that all environments share. */
export function sharedKey(reference: { group: string; name: string }): string {
  return `/${reference.group}/${reference.name}`;
}

/** The key of what is meant, in the environment of the one that refers to it. */
export function referenceKey(reference: { _environment?: string; _foreign?: object; group: string; name: string }, from: Pick<ServiceNode, 'group'>): string {
  // the namespace of a foreign service may have the name of a group
  return `${reference._foreign ? 'foreign/' : ''}${reference._environment ?? environmentName(from.group)}/${reference.group}/${reference.name}`;
}

/** What tells one store from another: two may share a host. A component is known by its name, in a namespace that other environments may name alike. */
export function endpointKey(store: StoreEndpoint): string {
  const component = componentOf(store);
  return component ? `component ${keyOf(component)}` : `${store.host}:${store.port}`;
}
