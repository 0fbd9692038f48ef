import { budgetOfCallers } from './budget-of-callers';
import { isCalledStraight, speaksHttp } from './inbound';
import { faultsOf } from './service-traffic';
import { isLimited } from '../core/call-path';
import type { Connections } from '../core/connections';
import type { ServiceNode } from '../core/edges';
import { recordFinding } from '../core/findings';
import { straightCallsTo } from '../core/straight-calls';
import { describe } from '../model/errors';
import type { Mesh } from '../model/mesh';

/** What a mesh would break, or could not do, once every statement of the program is known. */
export function memberProblems(connections: Connections, service: ServiceNode): string[] {
  const mesh = meshOf(service);
  const straight = straightCallsTo(connections, service);
  const outside = !mesh._proxies ? [] : straight.filter(({ caller }) => meshOf(caller)._kind !== mesh._kind).map(({ caller }) => describe(
    `is in the mesh ${mesh}, which takes no connection from outside of it, and ${caller.construct.node.path} calls it straight, in ${nameOf(meshOf(caller))}`,
    'Give both the same mesh, or call through Dapr sidecars',
  ));
  const plain = service.ports.find((port) => !speaksHttp(port));
  const unreadable = !plain ? [] : straight.filter(isLimited).map(({ caller }) => describe(
    `is called by ${caller.construct.node.path} with methods or paths, straight, and its port '${plain.name}' does not say that it speaks HTTP`,
    'Leave methods and paths out, or use Port.http(...) and Port.grpc(...) only',
  ));
  return [...outside, ...unreadable];
}

function meshOf({ group }: ServiceNode): Mesh {
  return group.profile._values.mesh;
}

function nameOf(mesh: Mesh): string {
  return mesh._kind === 'none' ? 'no mesh' : `the mesh ${mesh}`;
}

/** What a reviewer should know. */
export function recordMemberFindings(connections: Connections, service: ServiceNode): void {
  const mesh = meshOf(service);
  const { construct } = service;
  const straight = straightCallsTo(connections, service);
  if (mesh._kind === 'none') {
    straight.filter(isLimited).forEach(({ caller }) => recordFinding(construct,
      `is called straight by ${caller.construct.node.path} with methods or paths, and without a mesh nothing holds it to them`,
      'Set mesh in the platform profile, or call through Dapr sidecars'));
  }
  if (mesh._kind === 'linkerd' && budgetOfCallers(connections, service)?.differs) {
    recordFinding(construct, 'is called straight with different timeouts or retries, and Linkerd cannot tell callers apart: the longest timeout and the fewest retries hold for all',
      'Give the calls the same, or use Mesh.istio()');
  }
  if (mesh._kind === 'istio' && service.dapr && mesh._options.daprControlPlaneAddresses === undefined && connections.callsFrom(service).some(({ callee }) => callee._external)) {
    recordFinding(construct, 'calls a host outside of the cluster, and its port 443 goes around Istio for the sake of Dapr, so network policies alone hold it back',
      'Nothing to do, or set Mesh.istio({ daprControlPlaneAddresses })');
  }
  if (faultsOf(connections, service)) {
    recordFinding(construct, 'has requests delayed or failing for a rehearsal', 'Remove the FaultRehearsal when it is over');
  }
}

/** Why the mesh can do nothing to the requests of a service. */
export function whyUntouched(connections: Connections, service: ServiceNode): string | undefined {
  return isCalledStraight(connections, service) ? undefined : `no call of '${service.name}' passes through the mesh: calls between Dapr sidecars go around it`;
}

