import type { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { serviceHost } from '../core/service-group';
import type { ServiceReference } from '../core/service-reference';
import type { Port } from '../values/port';
import { DAPRD } from '../values/ports';

/**
 * Where a caller finds another service by HTTP, to be followed by a path: through both sidecars if both have one, or else directly.
 * Undefined if there is no such service, or if it listens on no port.
 */
export function serviceUrl(connections: ConnectionIndex, caller: ServiceNode, callee: ServiceReference): string | undefined {
  const found = connections.service(callee, caller);
  const foreign = callee._foreign;
  const namespace = found?.group.namespace ?? foreign?.namespace;
  const { dapr, ports } = found ?? foreign ?? { dapr: false, ports: [] };
  if (namespace === undefined) {
    return undefined;
  }
  if (caller.dapr && dapr) {
    const appId = found?.appId ?? callee.name;
    // timeouts and retries are looked up by exactly this name: see Resiliency
    return `http://localhost:${DAPRD.http}/v1.0/invoke/${namespace === caller.group.namespace ? appId : `${appId}.${namespace}`}/method`;
  }
  const port = httpPort(ports);
  return port && `http://${serviceHost({ namespace, profile: caller.group.profile }, callee.name)}:${port.servicePort}`;
}

/** The port named after HTTP, or else the main one. */
function httpPort(ports: readonly Port[]): Port | undefined {
  return ports.find(({ name }) => name === 'http') ?? ports[0];
}
