import type { Construct } from 'constructs';
import { budgetOfCallers } from './budget-of-callers';
import { exclusionsOf } from './exclusions';
import { isCalledDirectly, speaksHttp } from './inbound';
import { Mesh } from './mesh';
import { MESH_SETTING } from './mesh-settings';
import { NATIVE_SIDECARS } from './native-sidecars';
import { faultsOf } from './service-traffic';
import { recordFinding } from '../checks/registry';
import type { RuleDescription } from '../checks/rule';
import { Severity } from '../checks/severity';
import type { ConnectionIndex } from '../core/connection-index';
import { isLimited, directCallsTo } from '../core/direct-calls';
import type { ServiceNode } from '../core/edges';
import { describe, fail } from '../values/errors';

export const UNHELD_LIMITS: RuleDescription = {
  id: 'MS-MESH-001',
  severity: Severity.WARNING,
  why: 'A service is called directly with methods or paths, and without a mesh nothing enforces them.',
  fix: 'Set mesh in the platform profile, or call through Dapr sidecars.',
};

export const GATEWAY_OUTSIDE: RuleDescription = {
  id: 'MS-MESH-002',
  severity: Severity.WARNING,
  why: 'A gateway leads to a service in a mesh, which refuses everybody from outside the mesh.',
  fix: 'Put the proxies of the gateway in the mesh. GatewayEngine.ISTIO does so for Istio.',
};

export const SHARED_BUDGET: RuleDescription = {
  id: 'MS-MESH-003',
  severity: Severity.WARNING,
  why: 'Callers have different timeouts or retries, and Linkerd cannot tell callers apart: all get the longest timeout and the fewest retries.',
  fix: 'Use the same for all calls, or Mesh.istio().',
};

export const PORT_AROUND_ISTIO: RuleDescription = {
  id: 'MS-MESH-004',
  severity: Severity.INFO,
  why: 'Port 443 to hosts outside the cluster bypasses Istio, because Dapr needs it, so only network policies restrict it.',
  fix: 'Nothing to do, or set Mesh.istio({ daprControlPlaneAddresses }).',
};

export const FAULTS_INJECTED: RuleDescription = {
  id: 'MS-MESH-005',
  severity: Severity.WARNING,
  why: 'A rehearsal delays or fails requests.',
  fix: 'Remove the FaultRehearsal when it is over.',
};

/** What a mesh would break, or could not do, once every statement of the program is known. */
export function memberProblems(connections: ConnectionIndex, service: ServiceNode): string[] {
  const mesh = meshOf(service);
  const direct = directCallsTo(connections, service);
  const outside = !mesh._proxies ? [] : direct.filter(({ caller }) => meshOf(caller)._kind !== mesh._kind).map(({ caller }) => describe(
    `is in the mesh ${mesh}, which takes no connection from outside of it, and ${caller.construct.node.path} calls it directly, in ${nameOf(meshOf(caller))}`,
    'Give both the same mesh, or call through Dapr sidecars',
  ));
  const around = direct.flatMap(({ caller }) => {
    const { outbound } = exclusionsOf(connections, caller);
    const port = mesh._proxies ? service.ports.find(({ servicePort }) => outbound.includes(servicePort)) : undefined;
    return port === undefined ? [] : [describe(
      `has the Service port ${port.servicePort}, which goes around the proxy of its caller ${caller.construct.node.path}, and the mesh ${mesh} takes no such connection`,
      'Give it another servicePort',
    )];
  });
  const plain = service.ports.find((port) => !speaksHttp(port));
  const unreadable = !plain ? [] : direct.filter(isLimited).map(({ caller }) => describe(
    `is called by ${caller.construct.node.path} with methods or paths, directly, and its port '${plain.name}' does not say that it speaks HTTP`,
    'Leave methods and paths out, or use Port.http(...) and Port.grpc(...) only',
  ));
  return [...outside, ...around, ...unreadable];
}

/** The mesh that the pods of a workload are in. A gateway that starts them would have to be in it too. */
function meshOf({ group, entryPoint }: ServiceNode): Mesh {
  return entryPoint ? Mesh.none() : MESH_SETTING.of(group.profile);
}

/** Fails where a proxy would outlive what it stands beside. */
export function checkEnds(where: Construct, { group }: ServiceNode, ends?: boolean): void {
  const { kubernetesVersion } = group.profile._values;
  const mesh = MESH_SETTING.of(group.profile);
  if (ends && mesh._proxies && !kubernetesVersion.atLeast(NATIVE_SIDECARS)) {
    fail(where, `the proxy of the mesh ${mesh} would go on when the work is done, so that it never ends, on Kubernetes ${kubernetesVersion}`,
      `Use Kubernetes ${NATIVE_SIDECARS}, or Mesh.none() for a group of its own`);
  }
}

function nameOf(mesh: Mesh): string {
  return mesh._kind === 'none' ? 'no mesh' : `the mesh ${mesh}`;
}

/** What a reviewer should know. */
export function recordMemberFindings(connections: ConnectionIndex, service: ServiceNode): void {
  const mesh = meshOf(service);
  const { construct } = service;
  const direct = directCallsTo(connections, service);
  if (mesh._kind === 'none') {
    direct.filter(isLimited).forEach(({ caller }) => recordFinding(construct, UNHELD_LIMITS, `is called by ${caller.construct.node.path}`));
  }
  if (mesh._proxies) {
    const outside = connections.exposuresOf(service).map(({ gateway }) => gateway).filter((gateway) => mesh._kind !== 'istio' || !gateway.serviceAccount);
    new Set(outside).forEach((gateway) => recordFinding(construct, GATEWAY_OUTSIDE, `in the mesh ${mesh}, is reached by the gateway ${gateway.construct.node.path}`));
  }
  if (mesh._kind === 'linkerd' && budgetOfCallers(connections, service)?.differs) {
    recordFinding(construct, SHARED_BUDGET);
  }
  if (mesh._kind === 'istio' && service.dapr && mesh._options.daprControlPlaneAddresses === undefined && connections.callsFrom(service).some(({ callee }) => callee._external)) {
    recordFinding(construct, PORT_AROUND_ISTIO);
  }
  if (faultsOf(connections, service)) {
    recordFinding(construct, FAULTS_INJECTED);
  }
}

/** Why the mesh can do nothing to the requests of a service. */
export function whyUntouched(connections: ConnectionIndex, service: ServiceNode): string | undefined {
  return isCalledDirectly(connections, service) ? undefined : `no call of '${service.name}' passes through the mesh: calls between Dapr sidecars go around it`;
}

