import type { QueueSource, SourceTrigger } from './queue-source';
import { streamTriggers } from './queue-source';
import type * as keda from '../../imports/keda';
import type { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode, TopicNode } from '../core/edges';
import { kafkaConsumerGroup } from '../core/kafka-client';
import { metricsAddress } from '../core/metrics-address';
import { endpointKey } from '../core/node-keys';
import type { StoreEndpoint } from '../core/store-endpoint';
import { StoreEngine } from '../core/store-endpoint';
import { KAFKA_SETTINGS } from '../stores/kafka/kafka-section';

/** What KEDA asks to learn how much work waits, in the order of the names. */
export function sourceTriggers(connections: ConnectionIndex, service: ServiceNode, sources: readonly QueueSource[]): SourceTrigger[] {
  const topics = connections.subscriptionsOf(service).flatMap((edge) => connections.topic(edge.topic, service) ?? []);
  return [...topics.flatMap((topic) => topicTriggers(topic, service)), ...sources.flatMap(({ _triggers }) => _triggers)];
}

/** The stores that hold the queues, each once. */
export function storesOf(triggers: readonly SourceTrigger[]): StoreEndpoint[] {
  return [...new Map(triggers.flatMap(({ store }) => store ? [[endpointKey(store), store] as const] : [])).values()];
}

/** The consumer group is that of the Dapr component: on Redis the app id, on Kafka the name of the service's user. */
function topicTriggers({ name, broker, streams }: TopicNode, service: ServiceNode): SourceTrigger[] {
  if (broker.engine !== StoreEngine.KAFKA) {
    return streams.flatMap((stream) => streamTriggers(broker, stream, service.appId));
  }
  return [{
    name: `lag_${name}`,
    type: 'kafka',
    threshold: 'lagThreshold',
    metadata: {
      consumerGroup: kafkaConsumerGroup(service),
      topic: name,
      // where the sidecar begins that has never been there
      offsetResetPolicy: 'earliest',
      version: KAFKA_SETTINGS.of(service.group.profile).protocolVersion,
    },
    store: broker,
  }];
}

/** The trigger as KEDA takes it. */
export function renderTrigger(trigger: SourceTrigger, name: string, service: ServiceNode, queueLength: number): keda.ScaledObjectSpecTriggers {
  const { type, threshold, metadata, store } = trigger;
  const common = { name, type };
  const length = { [threshold]: String(queueLength) };
  if (!store) {
    return { ...common, metadata: { serverAddress: metricsAddress(service.group.profile), ...metadata, ...length } };
  }
  const authenticationRef = { name: authenticationName(service, store) };
  const address = `${store.host}:${store.port}`;
  return store.engine === StoreEngine.KAFKA
    ? { ...common, metadata: { bootstrapServers: address, ...metadata, ...length, sasl: 'scram_sha512', tls: 'enable' }, authenticationRef }
    // members are reached by their addresses, which no certificate names; it is as with Dapr: the password and the network policy stand in for that
    : { ...common, metadata: { addresses: address, ...metadata, ...length, enableTLS: 'true', unsafeSsl: 'true' }, authenticationRef };
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
