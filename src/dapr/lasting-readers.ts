import { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { engineOf } from '../core/engine-of';

/**
 * Why Dapr cannot stop the subscriptions of a service, if it cannot. On Redis, Dapr reads a stream with `XREADGROUP BLOCK 0`. A stopped subscription
 * goes on waiting: it occupies a connection and takes the next event of the stream, which returns only after `processingTimeout`.
 */
export function lastingReaders(service: ServiceNode): string | undefined {
  const connections = ConnectionIndex.of(service.construct);
  const topics = connections.subscriptionsOf(service).flatMap((edge) => connections.topic(edge.topic, service) ?? []);
  const lasting = topics.find(({ broker }) => engineOf(broker).facts.lastingReaders);
  return lasting && `subscribes '${lasting.name}' on '${lasting.broker.name}', from which Dapr does not stop to read`;
}
