import type { QueueSource, SourceTrigger } from './queue-source';
import type * as keda from '../../imports/keda';
import type { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { clientOf, engineOf } from '../core/engine-of';
import { metricsAddress } from '../core/metrics-address';
import { endpointKey } from '../core/node-keys';
import type { StoreEndpoint } from '../core/store-endpoint';

/** What KEDA asks to learn how much work waits, in the order of the names. */
export function sourceTriggers(connections: ConnectionIndex, service: ServiceNode, sources: readonly QueueSource[]): SourceTrigger[] {
  const topics = connections.subscriptionsOf(service).flatMap((edge) => connections.topic(edge.topic, service) ?? []);
  const ofTopics = topics.flatMap(({ name, broker, streams }) => (
    engineOf(broker).topicTriggers(name, [...streams], clientOf(broker, service)).map((trigger) => ({ ...trigger, store: broker }))));
  return [...ofTopics, ...sources.flatMap(({ _triggers }) => _triggers)];
}

/** The stores that hold the queues, each once. */
export function storesOf(triggers: readonly SourceTrigger[]): StoreEndpoint[] {
  return [...new Map(triggers.flatMap(({ store }) => store ? [[endpointKey(store), store] as const] : [])).values()];
}

/** The trigger as KEDA takes it. */
export function renderTrigger(trigger: SourceTrigger, name: string, service: ServiceNode, queueLength: number): keda.ScaledObjectSpecTriggers {
  const { type, threshold, metadata, store } = trigger;
  const length = { [threshold]: String(queueLength) };
  if (!store) {
    return { name, type, metadata: { serverAddress: metricsAddress(service.group.profile), ...metadata, ...length } };
  }
  const access = engineOf(store).queueAccess(clientOf(store, service));
  return {
    name,
    type: access.triggerTypes?.[type] ?? type,
    metadata: { [access.addressField]: `${store.host}:${store.port}`, ...metadata, ...length, ...access.metadata },
    ...access.credentials.length > 0 ? { authenticationRef: { name: authenticationName(service, store) } } : {},
  };
}

/** The TriggerAuthentication of a workload at a store. */
export function authenticationName(service: ServiceNode, store: StoreEndpoint): string {
  return `${service.name}-${store.name}`;
}

/** Names by which a formula knows triggers: letters, digits and `_`, each once. */
export function formulaNames(triggers: readonly SourceTrigger[]): string[] {
  const names = triggers.map(({ name }) => name.replace(/[^A-Za-z0-9_]/g, '_'));
  return names.map((name, index) => names.indexOf(name) === names.lastIndexOf(name) ? name : `${name}_${names.slice(0, index).filter((other) => other === name).length}`);
}
