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

const WAVE = 'argocd.argoproj.io/sync-wave';
const OPTIONS = 'argocd.argoproj.io/sync-options';

/** The annotations that say when Argo CD applies a manifest, and whether it never deletes it: some kinds of Kubernetes, and those of stores. */
export function waveAnnotations({ qualifiedKind }: Manifest, stores: ReadonlySet<string>): { [annotation: string]: string | undefined } {
  return {
    [WAVE]: WAVES.find(([, kinds]) => kinds.has(qualifiedKind))?.[0],
    [OPTIONS]: KEPT.has(qualifiedKind) || stores.has(qualifiedKind) ? 'Delete=false,Prune=false' : undefined,
  };
}
