import type { Endpoint } from './endpoint';
import type { Identity, MeshRequest } from './mesh-request';
import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';

const GROUP = 'security.istio.io';

/** Where policies apply to every namespace: the root namespace of a standard installation. */
const ROOT_NAMESPACE = 'istio-system';

/**
 * Whether Istio's proxy of a workload takes connections of the mesh only, by the PeerAuthentication that is closest to it.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export function istioRequiresTls(manifests: ManifestSet, to: Endpoint, port: number): boolean {
  const policies = applying(manifests, 'PeerAuthentication', to);
  const own = policies.filter(({ spec }) => spec.selector);
  const around = [to.namespace, ROOT_NAMESPACE].map((namespace) => policies.filter((each) => !each.spec.selector && each.namespace === namespace));
  const modes = [...own.map(({ spec }) => spec.portLevelMtls?.[port]?.mode), ...[own, ...around].flat().map(({ spec }) => spec.mtls?.mode)];
  return modes.find((mode) => mode !== undefined && mode !== 'UNSET') === 'STRICT';
}

/**
 * Whether the AuthorizationPolicies of a workload admit a request: no DENY fits it, and one ALLOW does if there is any.
 *
 * @param identity undefined without mutual TLS
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export function istioAllows(manifests: ManifestSet, to: Endpoint, identity: Identity | undefined, request: MeshRequest): boolean {
  const policies = applying(manifests, 'AuthorizationPolicy', to).filter(({ spec }) => !spec.targetRef && !spec.targetRefs);
  const of = (action: string) => policies.filter(({ spec }) => (spec.action ?? 'ALLOW') === action);
  const rulesOf = (list: readonly Manifest[]): any[] => list.flatMap(({ spec }) => spec.rules ?? []);
  // a condition counts as met where it allows, and so does not count where it denies
  const isDenied = rulesOf(of('DENY')).some((rule) => !rule.when && fitsRule(rule, identity, request));
  return !isDenied && (of('ALLOW').length === 0 || rulesOf(of('ALLOW')).some((rule) => fitsRule(rule, identity, request)));
}

function applying(manifests: ManifestSet, kind: string, { namespace, labels }: Endpoint): Manifest[] {
  return manifests.of(kind, GROUP).filter((policy) => [namespace, ROOT_NAMESPACE].includes(policy.namespace)
    && Object.entries(policy.spec.selector?.matchLabels ?? {}).every(([name, value]) => labels[name] === value));
}

function fitsRule({ from, to }: any, identity: Identity | undefined, { port, method, path }: MeshRequest): boolean {
  return (from ?? [{}]).some(({ source = {} }: any) => fitsSource(source, identity))
    && (to ?? [{}]).some(({ operation = {} }: any) => fits(operation.ports, operation.notPorts, `${port}`)
      && fits(operation.methods, operation.notMethods, method) && fits(operation.paths, operation.notPaths, path));
}

/** Certificates of any trust domain are taken for those of this one: manifests do not say which it is. */
function fitsSource(source: any, identity: Identity | undefined): boolean {
  const own = (principals?: string[]) => principals?.map((principal) => /^[^*/]+\//.test(principal) ? principal.replace(/^[^/]+/, '') : principal);
  return fits(own(source.principals), own(source.notPrincipals), identity && `/ns/${identity.namespace}/sa/${identity.account}`)
    && fits(source.namespaces, source.notNamespaces, identity?.namespace);
}

function fits(wanted: string[] | undefined, unwanted: string[] | undefined, value: string | undefined): boolean {
  const isIn = (patterns: string[]) => value !== undefined && patterns.some((pattern) => pattern === '*' || (pattern.endsWith('*') ? value.startsWith(pattern.slice(0, -1))
    : pattern.startsWith('*') ? value.endsWith(pattern.slice(1)) : value === pattern));
  return (wanted === undefined || isIn(wanted)) && (unwanted === undefined || !isIn(unwanted));
}
