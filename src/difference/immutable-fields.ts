import type { Refusal } from './refusal';
import type { Manifest } from '../manifests/manifest';
import { canonical } from '../values/canonical';

/** What Kubernetes never changes in an object of a kind, and how to get there nevertheless. */
interface Immutable {
  /** Fields, as keys from the root joined by dots. */
  readonly fields: readonly string[];
  /** A field that must be given and equal for the others to be immutable, like the name of a version of an object. */
  readonly within?: string;
  readonly way: (manifest: Manifest) => string;
}

const SET_FIELDS = ['spec.selector', 'spec.serviceName', 'spec.podManagementPolicy', 'spec.volumeClaimTemplates'];
const recreate = ({ kind, name, namespace }: Manifest, options = '') => (
  `kubectl delete ${kind.toLowerCase()} ${name}${namespace === undefined ? '' : ` -n ${namespace}`}${options}`);

/** By `Kind.group`. */
const IMMUTABLE: ReadonlyMap<string, Immutable> = new Map<string, Immutable>([
  ['PersistentVolumeClaim', {
    fields: ['accessModes', 'storageClassName', 'volumeMode', 'volumeName', 'selector', 'dataSource', 'dataSourceRef'].map((field) => `spec.${field}`),
    way: () => 'Give the claim another name and copy the data',
  }],
  ['StatefulSet.apps', { fields: SET_FIELDS, way: (manifest) => `Run '${recreate(manifest, ' --cascade=orphan')}', which keeps the pods` }],
  ...['Deployment', 'DaemonSet', 'ReplicaSet'].map((kind): [string, Immutable] => [`${kind}.apps`, {
    fields: ['spec.selector'],
    way: (manifest) => `Run '${recreate(manifest, ' --cascade=orphan')}', apply, and delete the old pods`,
  }]),
  ['Job.batch', {
    fields: ['spec.template', 'spec.selector', 'spec.completionMode', 'spec.podFailurePolicy', 'spec.successPolicy', 'spec.backoffLimitPerIndex', 'spec.managedBy', 'spec.manualSelector'],
    way: (manifest) => `Give the Job another name, such as by another image tag, or run '${recreate(manifest)}'`,
  }],
  ['Service.serving.knative.dev', { fields: ['spec.template'], within: 'spec.template.metadata.name', way: () => 'Give the function another revision' }],
  ['PriorityClass.scheduling.k8s.io', { fields: ['value', 'preemptionPolicy'], way: (manifest) => `Give it another name, or run '${recreate(manifest)}'` }],
  ['StorageClass.storage.k8s.io', {
    fields: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
    way: (manifest) => `Give it another name, or run '${recreate(manifest)}'`,
  }],
  ...['RoleBinding', 'ClusterRoleBinding'].map((kind): [string, Immutable] => [`${kind}.rbac.authorization.k8s.io`, {
    fields: ['roleRef'], way: (manifest) => `Give it another name, or run '${recreate(manifest)}'`,
  }]),
  ['Service', { fields: ['spec.clusterIP'], way: (manifest) => `Run '${recreate(manifest)}'` }],
  ['IngressClass.networking.k8s.io', { fields: ['spec.controller'], way: (manifest) => `Run '${recreate(manifest)}'` }],
  ['RuntimeClass.node.k8s.io', { fields: ['handler'], way: (manifest) => `Run '${recreate(manifest)}'` }],
  ...['ConfigMap', 'Secret'].map((kind): [string, Immutable] => [kind, {
    fields: ['data', 'binaryData', 'stringData', 'immutable'], way: (manifest) => `Give it another name, or run '${recreate(manifest)}'`,
  }]),
]);

/** Defaults of the API server: a field that is not given has this value. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  'spec.volumeMode': 'Filesystem',
  'spec.podManagementPolicy': 'OrderedReady',
  'spec.completionMode': 'NonIndexed',
  'preemptionPolicy': 'PreemptLowerPriority',
  'reclaimPolicy': 'Delete',
  'volumeBindingMode': 'Immediate',
  'spec.clusterIP': '',
};

/** What Kubernetes refuses to change in an object: the API server rejects it, and whatever applies the manifests stops there. */
export function immutableChanges(before: Manifest, after: Manifest): Refusal[] {
  const immutable = IMMUTABLE.get(after.qualifiedKind);
  if (!immutable || isReplaced(after) || (['ConfigMap', 'Secret'].includes(after.kind) && before.json.immutable !== true)) {
    return [];
  }
  const { within } = immutable;
  if (within !== undefined && (valueAt(after, within) === undefined || valueAt(before, within) !== valueAt(after, within))) {
    return [];
  }
  const changed = immutable.fields.filter((field) => canonical(valueAt(before, field)) !== canonical(valueAt(after, field)));
  const object = `${after.kind} ${after.namespace === undefined ? '' : `${after.namespace}/`}${after.name}`;
  return changed.length === 0 ? [] : [{
    problem: `${changed.join(', ')} of ${object} would change, and Kubernetes never changes ${changed.length === 1 ? 'it' : 'them'}`,
    fix: immutable.way(after),
    preparesChange: within === undefined,
  }];
}

/** Argo CD deletes the former object, or replaces it, before it applies this one. */
function isReplaced({ annotations }: Manifest): boolean {
  return (annotations['argocd.argoproj.io/hook'] !== undefined && (annotations['argocd.argoproj.io/hook-delete-policy'] ?? 'BeforeHookCreation').includes('BeforeHookCreation'))
    || /Force=true/.test(annotations['argocd.argoproj.io/sync-options'] ?? '');
}

function valueAt(manifest: Manifest, field: string): unknown {
  const value = field.split('.').reduce((at: any, key) => at?.[key], manifest.json) ?? DEFAULTS[field];
  // the sizes of claims are compared as volumes
  return field === 'spec.volumeClaimTemplates' && Array.isArray(value)
    ? value.map(({ metadata, spec }: any) => ({ name: metadata?.name, ...spec, resources: undefined })) : value;
}
