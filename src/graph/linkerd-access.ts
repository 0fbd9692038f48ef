import type { Endpoint } from './endpoint';
import type { Identity, MeshRequest } from './mesh-request';
import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';
import { selects } from '../manifests/selector';

const GROUP = 'policy.linkerd.io';

/**
 * Whether Linkerd's proxy of a workload admits a request: by the policies of the route that fits it best, of the Server of its port, or
 * else by the default of the pod.
 *
 * @param identity undefined without mutual TLS
 * @see https://linkerd.io/2/reference/authorization-policy/
 */
export function linkerdAllows(manifests: ManifestSet, to: Endpoint, identity: Identity | undefined, request: MeshRequest): boolean {
  const here = (kind: string): Manifest[] => manifests.of(kind, GROUP).filter(({ namespace }) => namespace === to.namespace);
  const server = here('Server').find(({ spec }) => isPort(spec.port, request.port, to) && selects(spec.podSelector ?? {}, to.labels));
  if (!server) {
    return byDefault(manifests, to, identity);
  }
  const routes = here('HTTPRoute').filter(({ spec }) => spec.parentRefs.some(({ kind, name }: any) => kind === 'Server' && name === server.name));
  const target = routes.length === 0 ? server : bestRoute(routes, request);
  return here('AuthorizationPolicy')
    .filter(({ spec: { targetRef } }) => target && targetRef.kind === target.kind && targetRef.name === target.name)
    .some(({ spec }) => (spec.requiredAuthenticationRefs ?? []).every((each: any) => isAuthentic(manifests, to.namespace!, each, identity)));
}

function isPort(port: number | string, number: number, to: Endpoint): boolean {
  return typeof port === 'number' ? port === number : to._ports.some((each) => each.name === port && each.port === number);
}

function byDefault(manifests: ManifestSet, { namespace, _template: { metadata } }: Endpoint, identity: Identity | undefined): boolean {
  const annotation = 'config.linkerd.io/default-inbound-policy';
  const policy: string = metadata?.annotations?.[annotation] ?? manifests.named('Namespace', namespace!)?.annotations[annotation]
    ?? 'all-unauthenticated';
  return policy !== 'deny' && (policy === 'audit' || policy.endsWith('-unauthenticated') || identity !== undefined);
}

function isAuthentic(manifests: ManifestSet, namespace: string, { kind, name, namespace: other }: any, identity: Identity | undefined): boolean {
  const spec = manifests.named(kind, name, other ?? namespace, GROUP)?.spec;
  switch (kind) {
    case 'NetworkAuthentication':
      // addresses of pods are unknown
      return spec !== undefined;
    case 'MeshTLSAuthentication':
      return identity !== undefined && (spec?.identities ?? []).some((pattern: string) => isIdentity(pattern, identity));
    case 'ServiceAccount':
      return identity !== undefined && identity.account === name && identity.namespace === (other ?? namespace);
    default:
      return false;
  }
}

/** `<account>.<namespace>.serviceaccount.identity.<of the control plane>`, of which the last part says nothing about the workload. */
function isIdentity(pattern: string, { account, namespace }: Identity): boolean {
  return pattern === '*' || ['*', account].some((each) => pattern.startsWith(`${each}.${namespace}.serviceaccount.identity.`));
}

/** The route whose match fits best: an exact path before a prefix, the longest prefix, a method before none. */
function bestRoute(routes: readonly Manifest[], { method, path }: MeshRequest): Manifest | undefined {
  const candidates = routes.flatMap((route) => (route.spec.rules ?? []).flatMap(({ matches }: any) => (matches ?? [{}]).map((match: any) => {
    const { type = 'PathPrefix', value = '/' } = match.path ?? {};
    const isFit = (match.method ?? method) === method && (type === 'Exact' ? path === value : isBelow(path, value));
    return { route, isFit, rank: [type === 'Exact' ? 1 : 0, value.length, match.method ? 1 : 0] };
  }))).filter(({ isFit }) => isFit);
  candidates.sort((a, b) => {
    const differing = a.rank.findIndex((part: number, index: number) => part !== b.rank[index]);
    return differing < 0 ? 0 : b.rank[differing] - a.rank[differing];
  });
  return candidates[0]?.route;
}

function isBelow(path: string, prefix: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
}
