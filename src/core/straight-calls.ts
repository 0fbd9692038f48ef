import { throughSidecars } from './call-path';
import type { Connections } from './connections';
import type { CallEdge, ServiceNode } from './edges';

/** The calls that arrive at the ports of the service itself. */
export function straightCallsTo(connections: Connections, service: ServiceNode): CallEdge[] {
  return connections.callsTo(service).filter(({ caller }) => !throughSidecars(caller, service));
}
