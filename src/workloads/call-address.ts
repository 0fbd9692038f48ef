import { serviceUrl } from './service-url';
import type { ConnectionIndex } from '../core/connection-index';
import type { CallEdge, ServiceNode } from '../core/edges';
import { throughSidecars } from '../core/edges';
import { serviceHost } from '../core/service-group';
import { describe } from '../values/errors';
import { show } from '../values/value-checks';

/** The addresses of called services, by the variables that contain them. */
export function addressVariables(connections: ConnectionIndex, caller: ServiceNode): { [variable: string]: string } {
  return Object.fromEntries(connections.callsFrom(caller).flatMap((edge) => {
    const { address } = addressOf(connections, edge);
    return edge.options.as === undefined || address === undefined ? [] : [[edge.options.as, address]];
  }));
}

/** The calls with a variable for an address that the caller could not use. */
export function addressErrors(connections: ConnectionIndex, caller: ServiceNode): string[] {
  return connections.callsFrom(caller).flatMap((edge) => {
    const { problem, remedy } = addressOf(connections, edge);
    return edge.options.as === undefined || problem === undefined ? []
      : [describe(`sets '${edge.options.as}' to the address of '${edge.callee}', ${problem}`, remedy!)];
  });
}

/** An address, or why there is none; neither if nothing is called, which other checks report. */
interface Answer {
  readonly address?: string;
  readonly problem?: string;
  readonly remedy?: string;
}

function addressOf(connections: ConnectionIndex, edge: CallEdge): Answer {
  const { caller, callee, options } = edge;
  if (callee._external) {
    return { address: `${callee.name}:${callee._external.ports[0]}` };
  }
  const service = connections.service(callee, caller);
  const found = service ?? callee._foreign;
  if (!found) {
    return {};
  }
  if (throughSidecars(edge, { dapr: found.dapr, entryPoint: service?.entryPoint })) {
    return {
      problem: 'and both have a Dapr sidecar, which takes the call',
      remedy: `Leave as out and call ${serviceUrl(connections, caller, callee)}, or call directly with direct: true`,
    };
  }
  if (callee._foreign?.url !== undefined) {
    return { problem: 'which is called by a URL', remedy: `Leave as out and set env: { ${options.as}: '${callee._foreign.url}' }` };
  }
  if (service && service.ports.length > 0 && service.construct.host === undefined) {
    return { problem: 'which has no Service', remedy: 'Call a Microservice' };
  }
  const port = options.port === undefined ? found.ports[0] : found.ports.find(({ name }) => name === options.port);
  if (!port) {
    return found.ports.length === 0 ? {} : {
      problem: `which has no port ${show(options.port)}`, remedy: `Use one of its ports: ${found.ports.map(({ name }) => name).join(', ')}`,
    };
  }
  const namespace = service?.group.namespace ?? callee._foreign!.namespace;
  // as in most manifests of Kubernetes, so that environments do not differ. Knative's gateway does not know the short name
  const short = namespace === caller.group.namespace && !service?.entryPoint;
  const host = short ? callee.name : serviceHost({ namespace, profile: caller.group.profile }, callee.name);
  return { address: `${host}:${service?.entryPoint ? service.construct.port : port.servicePort}` };
}
