import type { Manifests } from './platform';
import { allows } from './reachability';

/** A service of a rendered platform, as its manifests show it. */
export interface Member {
  readonly name: string;
  readonly namespace: string;
}

/** A connection to a port, and what is asked over it. */
export interface Ask {
  readonly port: number;
  readonly method: string;
  readonly path: string;
}

/** Dapr's port between sidecars, and the port of a Linkerd proxy. */
const DAPR_PORT = 50002;
const LINKERD_PORT = 4143;

/**
 * Whether a request arrives, read from the documents of all layers as those who enforce them read them: the network, the mesh, and Dapr on
 * its own port.
 */
export function arrives(manifests: Manifests, from: Member, to: Member, ask: Ask): boolean {
  const mesh = meshOf(manifests, to);
  const around = excluded(manifests, to, 'in').includes(ask.port);
  const wire = mesh === 'linkerd' && !around ? LINKERD_PORT : ask.port;
  return connects(manifests, from, to, wire)
    && (ask.port === DAPR_PORT ? daprAllows(manifests, from, to, ask) : true)
    && meshAllows(manifests, mesh, from, to, ask);
}

/** Whether the network lets a connection through: NetworkPolicies at both ends, and those of Cilium. */
export function connects(manifests: Manifests, from: Member, to: Member, port: number): boolean {
  const [source, target] = [pods(from), pods(to)];
  return allows(manifests, 'egress', source, target, port)
    && (allows(manifests, 'ingress', target, source, port) || ciliumRules(manifests, from, to, port).length > 0);
}

function pods({ name, namespace }: Member) {
  return { namespace, labels: { app: name } };
}

function podMetadata(manifests: Manifests, { name, namespace }: Member): any {
  return manifests.get('Deployment', name, namespace).spec.template.metadata;
}

function meshOf(manifests: Manifests, member: Member): 'istio' | 'linkerd' | 'none' {
  const { labels, annotations } = podMetadata(manifests, member);
  return labels['sidecar.istio.io/inject'] === 'true' ? 'istio' : annotations['linkerd.io/inject'] === 'enabled' ? 'linkerd' : 'none';
}

/** The ports of a pod that its proxy does not see. */
function excluded(manifests: Manifests, member: Member, direction: 'in' | 'out'): number[] {
  const { annotations } = podMetadata(manifests, member);
  const names = { in: ['excludeInboundPorts', 'skip-inbound-ports'], out: ['excludeOutboundPorts', 'skip-outbound-ports'] }[direction];
  const list = annotations[`traffic.sidecar.istio.io/${names[0]}`] ?? annotations[`config.linkerd.io/${names[1]}`] ?? '';
  return list.split(',').filter((text: string) => text !== '').map(Number);
}

function meshAllows(manifests: Manifests, mesh: string, from: Member, to: Member, ask: Ask): boolean {
  const [sent, taken] = [excluded(manifests, from, 'out').includes(ask.port), excluded(manifests, to, 'in').includes(ask.port)];
  if (sent !== taken && mesh !== 'none') {
    // plain to a proxy that wants TLS, or the TLS of a proxy to an application
    return false;
  }
  if (taken || mesh === 'none') {
    return mesh !== 'none' || ciliumAllows(manifests, from, to, ask);
  }
  if (meshOf(manifests, from) !== mesh) {
    return false;
  }
  return mesh === 'istio' ? istioAllows(manifests, from, to, ask) : linkerdAllows(manifests, from, to, ask);
}

// ---- Dapr -----------------------------------------------------------------------------------------------------------

function daprAllows(manifests: Manifests, from: Member, to: Member, { method, path }: Ask): boolean {
  const configuration = manifests.get('Configuration', podMetadata(manifests, to).annotations['dapr.io/config'], to.namespace);
  const { accessControl } = configuration.spec;
  const appId = podMetadata(manifests, from).annotations['dapr.io/app-id'];
  const policy = accessControl.policies.find((each: any) => each.appId === appId && each.namespace === from.namespace);
  const operation = (policy?.operations ?? [])
    .find(({ name, httpVerb }: any) => operationFits(name, path) && httpVerb.some((verb: string) => ['*', method].includes(verb)));
  return (operation?.action ?? policy?.defaultAction ?? accessControl.defaultAction) === 'allow';
}

function operationFits(name: string, path: string): boolean {
  return name.endsWith('/**') ? path.startsWith(name.slice(0, -2)) : path === name;
}

// ---- Istio ----------------------------------------------------------------------------------------------------------

function istioAllows(manifests: Manifests, from: Member, to: Member, ask: Ask): boolean {
  const strict = manifests.of('PeerAuthentication').some(({ metadata, spec }) => metadata.namespace === to.namespace && spec.mtls.mode === 'STRICT');
  const policies = manifests.of('AuthorizationPolicy')
    .filter(({ metadata }) => metadata.namespace === to.namespace)
    .filter(({ spec }) => spec.selector === undefined || spec.selector.matchLabels.app === to.name);
  expect([strict, policies.length > 0]).toEqual([true, true]);
  return policies.flatMap(({ spec }) => spec.rules ?? []).some((rule: any) => rule.from.some(({ source }: any) => sourceFits(source, from))
    && rule.to.some(({ operation }: any) => operation.ports.includes(String(ask.port))
      && (operation.methods ?? [ask.method]).includes(ask.method)
      && (operation.paths ?? [ask.path]).some((pattern: string) => pattern.endsWith('*') ? ask.path.startsWith(pattern.slice(0, -1)) : ask.path === pattern)));
}

function sourceFits({ principals, namespaces }: any, { name, namespace }: Member): boolean {
  return principals?.includes(`cluster.local/ns/${namespace}/sa/${name}`) || namespaces?.includes(namespace) || false;
}

// ---- Linkerd --------------------------------------------------------------------------------------------------------

function linkerdAllows(manifests: Manifests, from: Member, to: Member, ask: Ask): boolean {
  expect(podMetadata(manifests, to).annotations['config.linkerd.io/default-inbound-policy']).toBe('deny');
  const here = (kind: string) => manifests.of(kind).filter(({ metadata }) => metadata.namespace === to.namespace);
  const server = here('Server').find(({ spec }) => spec.port === ask.port && spec.podSelector.matchLabels?.app === to.name);
  const routes = here('HTTPRoute').filter(({ spec }) => spec.parentRefs.some(({ kind, name }: any) => kind === 'Server' && name === server?.metadata.name));
  const target = routes.length === 0 ? server : fittest(routes, ask);
  return here('AuthorizationPolicy').filter(({ spec }) => target && spec.targetRef.kind === target.kind && spec.targetRef.name === target.metadata.name)
    .some(({ spec }) => spec.requiredAuthenticationRefs.every((reference: any) => {
      const authentication = here(reference.kind).find(({ metadata }) => metadata.name === reference.name);
      return authentication.spec.networks !== undefined || authentication.spec.identities.some((identity: string) => identityFits(identity, from));
    }));
}

function identityFits(identity: string, { name, namespace }: Member): boolean {
  return ['*', name].some((account) => identity === `${account}.${namespace}.serviceaccount.identity.linkerd.cluster.local`);
}

/** The route of the match that fits best: an exact path, the longest prefix, a method. */
function fittest(routes: any[], { method, path }: Ask): any {
  const candidates = routes.flatMap((route) => route.spec.rules.flatMap(({ matches }: any) => matches.map((match: any) => ({ route, match }))))
    .filter(({ match }) => (match.method ?? method) === method && (match.path.type === 'Exact' ? path === match.path.value : below(path, match.path.value)));
  const rank = ({ match }: any): number[] => [match.path.type === 'Exact' ? 1 : 0, match.path.value.length, match.method ? 1 : 0];
  candidates.sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const differing = left.findIndex((part, index) => part !== right[index]);
    return differing < 0 ? 0 : right[differing] - left[differing];
  });
  return candidates[0]?.route;
}

function below(path: string, prefix: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
}

// ---- Cilium ---------------------------------------------------------------------------------------------------------

function ciliumRules(manifests: Manifests, from: Member, to: Member, port: number): any[] {
  const labels: Record<string, string> = { 'app': from.name, 'k8s:io.kubernetes.pod.namespace': from.namespace };
  return manifests.of('CiliumNetworkPolicy')
    .filter(({ metadata, spec }) => metadata.namespace === to.namespace && spec.endpointSelector.matchLabels?.app === to.name)
    .flatMap(({ spec }) => spec.ingress ?? [])
    .filter(({ fromEndpoints }: any) => fromEndpoints
      .some(({ matchLabels }: any) => Object.entries(matchLabels).every(([name, value]) => labels[name] === value)))
    .flatMap(({ toPorts }: any) => toPorts.filter(({ ports }: any) => ports.some((each: any) => each.port === String(port))));
}

/** Where one rule knows no requests, the others' limits have no effect. */
function ciliumAllows(manifests: Manifests, from: Member, to: Member, { port, method, path }: Ask): boolean {
  if (manifests.of('CiliumNetworkPolicy').length === 0) {
    return true;
  }
  const rules = ciliumRules(manifests, from, to, port);
  return allows(manifests, 'ingress', pods(to), pods(from), port) || rules.some((each) => each.rules === undefined)
    || rules.some((each) => each.rules.http.some((http: any) => fits(http.method, method) && fits(http.path, path)));
}

function fits(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || new RegExp(`^(?:${pattern})$`).test(text);
}
