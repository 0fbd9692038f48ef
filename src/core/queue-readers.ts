import type { IConstruct } from 'constructs';
import { ConnectionIndex } from './connection-index';
import { endpointKey } from './node-keys';
import type { StoreEndpoint } from './store-endpoint';

/** Whether the operator of KEDA must reach a store, to read how long a queue is. */
export function isReadByKeda(scope: IConstruct, store: StoreEndpoint): boolean {
  const connections = ConnectionIndex.of(scope);
  const read = connections.remember(isReadByKeda, undefined, () => (
    new Set(connections.queueReaders.flatMap((reader) => reader.stores()).map(endpointKey))));
  return read.has(endpointKey(store));
}
