import type { ConnectionIndex } from './connection-index';
import type { CallEdge, ServiceNode } from './edges';
import { throughSidecars } from './edges';

/** The calls that arrive at the ports of the service itself. */
export function directCallsTo(connections: ConnectionIndex, service: ServiceNode): CallEdge[] {
  return connections.callsTo(service).filter((edge) => !throughSidecars(edge, service));
}

/** Whether a call may do some things only: any of the methods at any of the paths and below. */
export function isLimited({ options }: Pick<CallEdge, 'options'>): boolean {
  return (options.methods ?? options.paths) !== undefined;
}
