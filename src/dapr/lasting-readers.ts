import { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { engineOf } from '../core/engine-of';

/**
 * Whether Dapr cannot stop a subscription of a service. On Redis, Dapr reads a stream with `XREADGROUP BLOCK 0`. A stopped subscription
 * goes on waiting: it occupies a connection and takes the next event of the stream, which returns only after `processingTimeout`.
 */
export function hasLastingReaders(service: ServiceNode): boolean {
  const connections = ConnectionIndex.of(service.construct);
  const topics = connections.subscriptionsOf(service).flatMap((edge) => connections.topic(edge.topic, service) ?? []);
  return topics.some(({ broker }) => engineOf(broker).facts.lastingReaders);
}
