import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { CallEdge, ServiceNode } from './edges';
import { throughSidecars } from './edges';
import type { ServiceGroup } from './service-group';
import type { ServiceReference } from './service-reference';

/** Requests of one service that others answer, each a share. */
export interface TrafficShiftNode {
  readonly construct: Construct;
  readonly group: ServiceGroup;
  readonly service: ServiceReference;
  readonly backends: readonly { readonly reference: ServiceReference; readonly weight: number }[];
}

/** Requests of one service that are delayed or fail, to see what becomes of it. */
export interface FaultNode {
  readonly construct: Construct;
  readonly group: ServiceGroup;
  readonly service: ServiceReference;
  readonly delay?: { readonly percent: number; readonly duration: Duration };
  readonly abort?: { readonly percent: number; readonly status: number };
}

/** Finds the service that is meant, from a place in the program. */
type Resolve = (reference: ServiceReference, from: { readonly group: ServiceGroup }) => ServiceNode | undefined;

/** The calls that follow from direct ones of a caller, because the mesh lets others answer them. */
export function shiftedFrom(shifts: readonly TrafficShiftNode[], own: readonly CallEdge[], resolve: Resolve): CallEdge[] {
  return shifts.flatMap((shift) => {
    const service = resolve(shift.service, shift);
    return own.filter((edge) => service && resolve(edge.callee, edge.caller) === service && !throughSidecars(edge, service))
      .flatMap((edge) => shift.backends.map(({ reference }) => answeredBy(edge, reference)))
      .filter((edge) => {
        const backend = resolve(edge.callee, shift);
        return backend !== edge.caller && !own.some((other) => resolve(other.callee, other.caller) === backend);
      });
  });
}

/** The calls that a service answers for others. */
export function shiftedTo(
  shifts: readonly TrafficShiftNode[], service: ServiceNode, own: readonly CallEdge[], resolve: Resolve,
  callsTo: (service: ServiceNode) => readonly CallEdge[],
): CallEdge[] {
  return shifts.flatMap((shift) => {
    const host = resolve(shift.service, shift);
    const backend = shift.backends.find(({ reference }) => resolve(reference, shift) === service);
    return !host || host === service || !backend ? [] : callsTo(host)
      .filter((edge) => !throughSidecars(edge, host) && edge.caller !== service && !own.some(({ caller }) => edge.caller === caller))
      .map((edge) => answeredBy(edge, backend.reference));
  });
}

/** A call as the mesh passes it on. The caller knows the address of the service that it calls, and no other. */
function answeredBy({ caller, options: { as: _as, port: _port, ...options } }: CallEdge, callee: ServiceReference): CallEdge {
  return { caller, callee, options };
}
