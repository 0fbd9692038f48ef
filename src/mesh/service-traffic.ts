import type { Connections } from '../core/connections';
import type { ServiceNode } from '../core/edges';
import type { FaultNode } from '../core/traffic-shifts';

/** The name by which pods of any namespace reach a service. */
export function hostOf({ name, group }: ServiceNode): string {
  return `${name}.${group.namespace}.svc.${group.profile._values.clusterDomain}`;
}

/** Who answers the requests of a service, where not it alone does. */
export function sharesOf(connections: Connections, service: ServiceNode): { service: ServiceNode; weight: number }[] {
  const shift = connections.shifts.find((each) => connections.service(each.service, each) === service);
  return (shift?.backends ?? []).flatMap(({ reference, weight }) => {
    const backend = connections.service(reference, shift!);
    return backend ? [{ service: backend, weight }] : [];
  });
}

/** What is done to requests of a service for a rehearsal. */
export function faultsOf(connections: Connections, service: ServiceNode): FaultNode | undefined {
  return connections.faults.find((each) => connections.service(each.service, each) === service);
}
