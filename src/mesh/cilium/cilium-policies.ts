import type { Construct } from 'constructs';
import { actorHosts } from '../../core/actor-stores';
import { CILIUM_NAMESPACE, type CiliumIngress, type CiliumPorts, defineCiliumPolicy, tcpPorts } from '../../core/cilium-policy';
import type { ConnectionIndex } from '../../core/connection-index';
import { type ServiceNode, throughSidecars } from '../../core/edges';
import { DAPRD } from '../../values/ports';
import { EVERY_PATH, type Requests } from '../../values/requests';
import { callersOf, groupsOf, type Inbound, speaksHttp } from '../inbound';
import { MESH_SETTING } from '../mesh-settings';

/**
 * Who may connect to a service, calls from sidecar to sidecar included, in place of its NetworkPolicies for what comes in: `<service>-callers`.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer7/#http
 */
export function defineCiliumCallers(scope: Construct, connections: ConnectionIndex, service: ServiceNode): void {
  if (ingress(connections, service).length > 0) {
    defineCiliumPolicy(scope, 'CiliumNetworkPolicy', `${service.name}-callers`, () => ({
      endpointSelector: { matchLabels: service.selectorLabels }, ingress: ingress(connections, service),
    }));
  }
}

function ingress(connections: ConnectionIndex, service: ServiceNode): CiliumIngress[] {
  const { _mutualAuthentication: mutual } = MESH_SETTING.of(service.group.profile);
  const authentication = mutual ? { authentication: { mode: 'required' as const } } : {};
  const callers = connections.callsTo(service).filter((edge) => throughSidecars(edge, service)).map(({ caller }) => caller);
  const sidecars = [...new Set([...callers, ...actorHosts(connections, service)])];
  return [
    ...sidecars.map(({ group, name }) => ({
      fromEndpoints: [endpoint({ namespace: group.namespace, account: name })],
      ...authentication,
      toPorts: [{ ports: tcpPorts([DAPRD.internalGrpc]) }],
    })),
    ...[...callersOf(connections, service), ...groupsOf(connections, service)]
      .map((inbound) => ({ fromEndpoints: [endpoint(inbound)], ...authentication, toPorts: toPorts(inbound) })),
  ];
}

/** A workload of this library has its name as `app`, as NetworkPolicies know it. */
function endpoint({ namespace, account }: Pick<Inbound, 'namespace' | 'account'>): { matchLabels: { [name: string]: string } } {
  return { matchLabels: { ...account === undefined ? {} : { app: account }, [CILIUM_NAMESPACE]: namespace } };
}

function toPorts({ ports, requests }: Inbound): CiliumPorts[] {
  const limited = requests ? ports.filter(speaksHttp) : ports;
  return [{ ports: tcpPorts(limited.map(({ number }) => number)), ...requests ? { rules: { http: httpRules(requests) } } : {} }];
}

/** Both fields are extended regular expressions for the whole of a method and of a path, with what is asked after a question mark. */
function httpRules({ methods, paths }: Requests): { method?: string; path?: string }[] {
  const method = methods?.join('|');
  return (paths ?? EVERY_PATH).map((path) => ({ method, path: path === '/' ? undefined : `${path.replaceAll('.', '\\.')}([/?].*)?` }));
}
