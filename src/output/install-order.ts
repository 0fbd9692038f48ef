/**
 * Kinds in the order in which a cluster needs them: what admits or limits others, then what pods read when they
 * start, then pods. Network policies precede workloads, so that no pod runs a moment without them.
 */
const KINDS: readonly string[] = [
  'Namespace',
  'CustomResourceDefinition',
  'PriorityClass',
  'StorageClass',
  'ResourceQuota',
  'LimitRange',

  'NetworkPolicy',
  'PeerAuthentication',
  'AuthorizationPolicy',

  'ServiceAccount',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',

  'ClusterSecretStore',
  'SecretStore',
  'ClusterExternalSecret',
  'ExternalSecret',
  'SealedSecret',
  'Secret',
  'ConfigMap',
  'PersistentVolume',
  'PersistentVolumeClaim',

  // Dapr sidecars read these once, when they start
  'Configuration',
  'Component',
  'Resiliency',
  'HTTPEndpoint',
  'Subscription',

  // a Rollout stops at a template that is not there
  'AnalysisTemplate',
  'Service',
  'DaemonSet',
  'StatefulSet',
  'Deployment',
  'Rollout',
  'Pod',
  'Job',
  'CronJob',

  'HorizontalPodAutoscaler',
  'ScaledObject',
  'VerticalPodAutoscaler',
  'PodDisruptionBudget',
];

const RANKS = new Map(KINDS.map((kind, index) => [kind, index]));

/**
 * What tells one object of a cluster from another.
 */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/**
 * Orders objects for installation: by kind, then by namespace and name. Other kinds follow the known ones.
 */
export function compareForInstallation(a: ObjectIdentity, b: ObjectIdentity): number {
  return (RANKS.get(a.kind) ?? KINDS.length) - (RANKS.get(b.kind) ?? KINDS.length)
    || compareText(a.kind, b.kind)
    || compareText(a.namespace ?? '', b.namespace ?? '')
    || compareText(a.name, b.name)
    || compareText(a.apiVersion, b.apiVersion);
}

/** By code units, so that no locale changes the output. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
