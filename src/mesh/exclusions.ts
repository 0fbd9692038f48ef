import { MESH_SETTING } from './mesh-settings';
import { componentOf } from '../core/component-node';
import type { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { describe } from '../values/errors';

/** The ports that go around the proxy of a pod, in each direction. */
export interface Exclusions {
  readonly inbound: readonly number[];
  readonly outbound: readonly number[];
}

/**
 * Calls between sidecars have Dapr's mTLS, and one more around it would only cost; Dapr's control plane is reached before anything else is;
 * and stores speak TLS of their own from the first byte, to members that are in no mesh.
 */
export function exclusionsOf(connections: ConnectionIndex, service: ServiceNode): Exclusions {
  const { excludedInboundPorts, excludedOutboundPorts } = MESH_SETTING.of(service.group.profile)._options;
  const needed = neededBy(connections, service);
  return { inbound: ascending(excludedInboundPorts ?? needed.inbound), outbound: ascending(excludedOutboundPorts ?? needed.outbound) };
}

/** What a list of the user's own leaves out. */
export function missingExclusions(connections: ConnectionIndex, service: ServiceNode): string[] {
  const mesh = MESH_SETTING.of(service.group.profile);
  const needed = neededBy(connections, service);
  return ([['excludedInboundPorts', 'inbound'], ['excludedOutboundPorts', 'outbound']] as const).flatMap(([option, direction]) => {
    const chosen = mesh._options[option];
    const missing = chosen ? ascending(needed[direction]).filter((port) => !chosen.includes(port)) : [];
    return missing.length === 0 ? [] : [describe(
      `the ${option} of the mesh leave out ${missing.join(', ')}, so its proxy would break ${service.dapr ? 'the Dapr sidecar' : 'the way to a store'} of '${service.name}'`,
      `Add ${missing.length === 1 ? 'it' : 'them'}, or leave ${option} out`,
    )];
  });
}

function neededBy(connections: ConnectionIndex, service: ServiceNode): Exclusions {
  const mesh = MESH_SETTING.of(service.group.profile);
  const stores = connections.endpointsOf(service).filter((store) => !componentOf(store))
    .flatMap(({ port, furtherPorts = [] }) => [port, ...furtherPorts]);
  return service.dapr ? { inbound: mesh._daprPorts.inbound, outbound: [...mesh._daprPorts.outbound, ...stores] } : { inbound: [], outbound: stores };
}

function ascending(ports: readonly number[]): number[] {
  return [...new Set(ports)].sort((a, b) => a - b);
}
