import type { Manifest } from '../manifests/manifest';

/** Kinds by the wave in which Argo CD applies them, as `Kind.group`; all others come after these, in the wave 0. */
const WAVES: readonly (readonly [wave: string, kinds: ReadonlySet<string>])[] = [
  ['-3', new Set(['CustomResourceDefinition.apiextensions.k8s.io'])],
  ['-2', new Set(['Namespace', 'ResourceQuota', 'LimitRange', 'PriorityClass.scheduling.k8s.io', 'StorageClass.storage.k8s.io'])],
  // what pods read when they start, and what protects them. No claims: most are bound when a pod uses them, so a wave of them would never end
  ['-1', new Set([
    'ServiceAccount', 'Secret', 'ConfigMap', 'NetworkPolicy.networking.k8s.io',
    ...['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'].map((kind) => `${kind}.rbac.authorization.k8s.io`),
    ...['SecretStore', 'ClusterSecretStore', 'ExternalSecret', 'ClusterExternalSecret'].map((kind) => `${kind}.external-secrets.io`),
    'SealedSecret.bitnami.com',
    ...['Configuration', 'Component', 'Resiliency', 'Subscription', 'HTTPEndpoint'].map((kind) => `${kind}.dapr.io`),
    'AnalysisTemplate.argoproj.io',
    'PeerAuthentication.security.istio.io', 'AuthorizationPolicy.security.istio.io',
  ])],
];

/** Kinds whose deletion deletes data, besides those of stores: Argo CD never deletes these, even if they are no longer rendered. */
const KEPT: ReadonlySet<string> = new Set(['CustomResourceDefinition.apiextensions.k8s.io', 'Namespace', 'PersistentVolumeClaim']);

/**
 * Kinds that permit something, and in which no data is: who reaches whom, who may do what, which routes are public, which topics and stores a sidecar
 * uses. Argo CD deletes these once they are no longer rendered, also where it keeps all other objects, or a permission would outlive its revocation.
 */
export const GRANTS: readonly string[] = [
  'NetworkPolicy.networking.k8s.io', 'Ingress.networking.k8s.io',
  ...['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'].map((kind) => `${kind}.rbac.authorization.k8s.io`),
  ...['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'].map((kind) => `${kind}.cilium.io`),
  'AuthorizationPolicy.security.istio.io', 'VirtualService.networking.istio.io',
  ...['AuthorizationPolicy', 'MeshTLSAuthentication', 'NetworkAuthentication', 'HTTPRoute'].map((kind) => `${kind}.policy.linkerd.io`),
  ...['HTTPRoute', 'GRPCRoute', 'ReferenceGrant'].map((kind) => `${kind}.gateway.networking.k8s.io`),
  ...['Component', 'Subscription', 'Resiliency', 'HTTPEndpoint'].map((kind) => `${kind}.dapr.io`),
];

const WAVE = 'argocd.argoproj.io/sync-wave';
export const OPTIONS = 'argocd.argoproj.io/sync-options';

/**
 * The annotations that say when Argo CD applies a manifest, and whether it deletes it. What a manifest says itself stays.
 *
 * @param stores kinds of stores, whose deletion deletes data
 * @param prune what becomes of objects that are no longer rendered and permit nothing; undefined if all environments delete them
 */
export function waveAnnotations(
  { qualifiedKind, annotations }: Manifest, stores: ReadonlySet<string>, prune: boolean | undefined,
): { [annotation: string]: string | undefined } {
  const options = KEPT.has(qualifiedKind) || stores.has(qualifiedKind) ? ['Delete=false', 'Prune=false']
    : prune === undefined || GRANTS.includes(qualifiedKind) ? [] : [`Prune=${prune}`];
  const own = annotations[OPTIONS]?.split(',').map((option) => option.trim()) ?? [];
  const added = options.filter((option) => !own.some((each) => each.split('=')[0] === option.split('=')[0]));
  return {
    [WAVE]: annotations[WAVE] ?? WAVES.find(([, kinds]) => kinds.has(qualifiedKind))?.[0],
    [OPTIONS]: added.length > 0 ? [...own, ...added].join(',') : undefined,
  };
}
