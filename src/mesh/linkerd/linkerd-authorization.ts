import type { Construct } from 'constructs';
import { requestRoutes } from './request-routes';
import type * as linkerd from '../../../imports/linkerd-policy';
import type { ConnectionIndex } from '../../core/connection-index';
import type { ServiceNode } from '../../core/edges';
import { defineObject, late } from '../../core/kubernetes-object';
import type { ProbePath } from '../../core/pod-extension';
import type { ServiceGroup } from '../../core/service-group';
import { NETWORK_SETTINGS } from '../../network/network-settings';
import type { Port } from '../../values/port';
import { LINKERD_PROXY } from '../../values/ports';
import { linkerdIdentity } from '../identities';
import { type Inbound, inboundOf, speaksHttp } from '../inbound';

const GROUP = 'policy.linkerd.io';
const API = `${GROUP}/v1alpha1`;
export const SERVER_API = `${GROUP}/v1beta3`;

/** Every address: the kubelet is on the pod's own node, no workload, and its address is unknown. */
const ALL_ADDRESSES = ['0.0.0.0/0', '::/0'];

/** The collector of metrics may ask the proxies of a namespace for theirs. */
export function defineLinkerdNamespace(scope: Construct, group: ServiceGroup): void {
  const { metricsCollector } = NETWORK_SETTINGS.of(group.profile);
  const name = 'proxy-metrics';
  defineServer(scope, name, { podSelector: {}, port: LINKERD_PROXY.metrics, proxyProtocol: 'HTTP/1', accessPolicy: 'deny' });
  allow(scope, name, () => ({
    target: { kind: 'Server', name },
    identities: [linkerdIdentity(group, { namespace: metricsCollector.namespace, account: metricsCollector.serviceAccount })],
  }));
}

/**
 * Who may connect directly to a service: by the identity in the certificate, and by method and path where the call names them.
 *
 * Each port is a Server, which denies what no AuthorizationPolicy allows. Policies of a Server add up.
 *
 * @see https://linkerd.io/2/reference/authorization-policy/
 */
export function defineLinkerdAuthorization(scope: Construct, connections: ConnectionIndex, service: ServiceNode, probes: readonly ProbePath[]): void {
  for (const port of new Set([...service.ports, ...service.scraped])) {
    const name = `${service.name}-${port.name}`;
    defineServer(scope, name, {
      podSelector: { matchLabels: { ...service.selectorLabels } }, port: port.number, proxyProtocol: protocolOf(port), accessPolicy: 'deny',
    });
    const inbound = inboundOf(connections, service).filter(({ ports }) => ports.includes(port));
    if (inbound.some(({ requests }) => requests) && speaksHttp(port)) {
      defineRoutes(scope, name, service, inbound, probes.filter((probe) => probe.port === port.name));
    } else if (inbound.length > 0) {
      allow(scope, name, () => ({ target: { kind: 'Server', name }, identities: identitiesOf(service, inbound) }));
    }
  }
}

function protocolOf(port: Port): string {
  // gRPC is HTTP/2, and with that name its routes may be HTTPRoutes
  return !speaksHttp(port) ? 'unknown' : port._appProtocol === 'http' ? 'HTTP/1' : 'HTTP/2';
}

/** A Server with routes denies what none of them matches, the kubelet's questions too. */
function defineRoutes(scope: Construct, server: string, service: ServiceNode, inbound: readonly Inbound[], probes: readonly ProbePath[]): void {
  requestRoutes(inbound).forEach(({ matches, callers }, index) => {
    const name = `${server}-${index + 1}`;
    defineRoute(scope, name, server, matches.map(({ method, path }) => ({ method, path: { type: 'PathPrefix', value: path } })));
    allow(scope, name, () => ({ target: { kind: 'HTTPRoute', name }, identities: identitiesOf(service, callers) }));
  });
  const paths = [...new Set(probes.map(({ path }) => path.split('?')[0]))].sort();
  if (paths.length > 0) {
    const name = `${server}-probes`;
    defineRoute(scope, name, server, paths.map((value) => ({ method: 'GET', path: { type: 'Exact', value } })));
    defineObject<linkerd.NetworkAuthenticationSpec>(scope, `${name}-NetworkAuthentication`, {
      apiVersion: API, kind: 'NetworkAuthentication', metadata: { name }, spec: { networks: ALL_ADDRESSES.map((cidr) => ({ cidr })) },
    });
    definePolicy(scope, name, { kind: 'HTTPRoute', name }, { kind: 'NetworkAuthentication', name });
  }
}

interface Match {
  readonly method?: string;
  readonly path: { readonly type: string; readonly value: string };
}

/** @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule */
const MOST_MATCHES = 8;

function defineRoute(scope: Construct, name: string, server: string, matches: readonly Match[]): void {
  const parts = Array.from({ length: Math.ceil(matches.length / MOST_MATCHES) }, (_, index) =>
    matches.slice(index * MOST_MATCHES, (index + 1) * MOST_MATCHES));
  defineObject(scope, `${name}-HTTPRoute`, {
    apiVersion: SERVER_API,
    kind: 'HTTPRoute',
    metadata: { name },
    spec: { parentRefs: [{ group: GROUP, kind: 'Server', name: server }], rules: parts.map((part) => ({ matches: part })) },
  });
}

function defineServer(scope: Construct, name: string, spec: Omit<linkerd.ServerSpec, 'port'> & { readonly port: number }): void {
  defineObject(scope, `${name}-Server`, { apiVersion: SERVER_API, kind: 'Server', metadata: { name }, spec });
}

interface Permission {
  readonly target: { readonly kind: string; readonly name: string };
  readonly identities: readonly string[];
}

function allow(scope: Construct, name: string, permission: () => Permission): void {
  const { target } = permission();
  defineObject<linkerd.MeshTlsAuthenticationSpec>(scope, `${name}-MeshTLSAuthentication`, {
    apiVersion: API, kind: 'MeshTLSAuthentication', metadata: { name }, spec: late(() => ({ identities: [...permission().identities] })),
  });
  definePolicy(scope, name, target, { kind: 'MeshTLSAuthentication', name });
}

function definePolicy(scope: Construct, name: string, target: Permission['target'], authentication: Permission['target']): void {
  defineObject<linkerd.AuthorizationPolicySpec>(scope, `${name}-AuthorizationPolicy`, {
    apiVersion: API,
    kind: 'AuthorizationPolicy',
    metadata: { name },
    spec: { targetRef: { group: GROUP, ...target }, requiredAuthenticationRefs: [{ group: GROUP, ...authentication }] },
  });
}

function identitiesOf({ group }: ServiceNode, inbound: readonly Inbound[]): string[] {
  return [...new Set(inbound.map((each) => linkerdIdentity(group, each)))].sort();
}
