import type { ConnectionIndex } from '../core/connection-index';
import { isLimited, directCallsTo } from '../core/direct-calls';
import type { ServiceNode } from '../core/edges';
import { exposedPort } from '../core/exposed-port';
import { NETWORK_SETTINGS } from '../network/network-settings';
import type { Port } from '../values/port';
import { type Requests, shortestPaths } from '../values/requests';
import { sorted } from '../values/sorted';

/** Who may connect directly to a service. */
export interface Inbound {
  readonly namespace: string;
  /** The ServiceAccount, by which a mesh knows a workload; undefined for every workload of the namespace. */
  readonly account?: string;
  readonly ports: readonly Port[];
  /** What may be asked, if not everything. */
  readonly requests?: Requests;
}

/**
 * All that may connect directly to the ports of a service: services that call it, the groups that it admits, gateways that lead to it, and
 * the collector of metrics. The same as its NetworkPolicies say, but for calls from sidecar to sidecar, which Dapr authorises.
 */
export function inboundOf(connections: ConnectionIndex, service: ServiceNode): Inbound[] {
  const { scraped, group } = service;
  const { metricsCollector } = NETWORK_SETTINGS.of(group.profile);
  return [
    ...callersOf(connections, service),
    ...groupsOf(connections, service),
    ...gatewaysOf(connections, service),
    ...scraped.length > 0 ? [{ namespace: metricsCollector.namespace, account: metricsCollector.serviceAccount, ports: scraped }] : [],
  ];
}

/** The services that call it directly. */
export function callersOf(connections: ConnectionIndex, service: ServiceNode): Inbound[] {
  const { ports } = service;
  return directCallsTo(connections, service).map((edge): Inbound => ({
    namespace: edge.caller.group.namespace, account: edge.caller.name, ports, requests: isLimited(edge) ? requestsOf(edge.options) : undefined,
  }));
}

/** The groups that it admits. */
export function groupsOf(connections: ConnectionIndex, service: ServiceNode): Inbound[] {
  return connections.admissionsOf(service).flatMap((edge) => {
    const admitted = connections.group(edge.group, service);
    return admitted ? [{ namespace: admitted.namespace, ports: service.ports }] : [];
  });
}

/** The gateways that lead to it, each with the port that it passes requests to. What it lets through is its own matter. */
export function gatewaysOf(connections: ConnectionIndex, service: ServiceNode): Inbound[] {
  return connections.exposuresOf(service).flatMap((edge) => {
    const { serviceAccount, proxies } = edge.gateway;
    const port = exposedPort(edge, service.ports);
    const namespace = serviceAccount?.namespace ?? proxies._namespace;
    return port && namespace ? [{ namespace, account: serviceAccount?.name, ports: [port] }] : [];
  });
}

/** Whether anybody connects directly to it, besides the collector of metrics. */
export function isCalledDirectly(connections: ConnectionIndex, service: ServiceNode): boolean {
  return callersOf(connections, service).length + groupsOf(connections, service).length > 0;
}

/** What is spoken on the port is HTTP, gRPC included, and not hidden by TLS. */
export function speaksHttp({ _appProtocol }: Port): boolean {
  return _appProtocol !== undefined && _appProtocol !== 'https';
}

function requestsOf({ methods, paths }: Requests): Requests {
  return { methods: methods && sorted([...new Set(methods)], (method) => method), paths: paths && shortestPaths(paths) };
}
