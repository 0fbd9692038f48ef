import type { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { serviceHost } from '../core/service-group';
import type { FaultNode } from '../core/traffic-shifts';

/** The name by which pods of any namespace reach a service. */
export function hostOf({ name, group }: ServiceNode): string {
  return serviceHost(group, name);
}

/** Who answers the requests of a service, where not it alone does. */
export function sharesOf(connections: ConnectionIndex, service: ServiceNode): { service: ServiceNode; weight: number }[] {
  const shift = connections.shifts.find((each) => connections.service(each.service, each) === service);
  return (shift?.backends ?? []).flatMap(({ reference, weight }) => {
    const backend = connections.service(reference, shift!);
    return backend ? [{ service: backend, weight }] : [];
  });
}

/** What is done to requests of a service for a rehearsal. */
export function faultsOf(connections: ConnectionIndex, service: ServiceNode): FaultNode | undefined {
  return connections.faults.find((each) => connections.service(each.service, each) === service);
}
