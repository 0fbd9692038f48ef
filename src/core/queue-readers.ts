import type { IConstruct } from 'constructs';
import { endpointKey } from './connections';
import type { ServiceNode } from './edges';
import type { StoreEndpoint } from './store-endpoint';
import { TreeValue } from '../values/tree-value';

/** A workload whose replicas follow its queues: what KEDA's operator must be able to read for it. */
export interface QueueReader {
  readonly service: ServiceNode;
  /** The stores that hold its queues, once every statement of the program is known. */
  readonly stores: () => readonly StoreEndpoint[];
  /** Whether a queue is the answer of a query of metrics. */
  readonly asksMetrics: () => boolean;
}

const READERS = new TreeValue<QueueReader[]>('queue-readers');

export function recordQueueReader(reader: QueueReader): void {
  const { root } = reader.service.construct.node;
  READERS.set(root, [...queueReaders(root), reader]);
}

/** The queue readers of the tree that a construct stands in. */
export function queueReaders(scope: IConstruct): readonly QueueReader[] {
  return READERS.own(scope.node.root) ?? [];
}

/** Whether the operator of KEDA must reach a store, to read how long a queue is. */
export function isReadByKeda(scope: IConstruct, store: StoreEndpoint): boolean {
  return queueReaders(scope).some((reader) => reader.stores().some((read) => endpointKey(read) === endpointKey(store)));
}
