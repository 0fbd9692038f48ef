import { keyName } from './key-name';
import { logLevel, quantity, text, type ValueReader, whole, word } from './value-readers';
import { fail } from '../values/errors';
import { environmentVariableName } from '../values/value-checks';

/**
 * A key that a values file may hold: how its value is read, and the field of `ServiceValues` that it becomes.
 */
export interface ValueKey {
  readonly section?: 'image' | 'replicas' | 'autoscaling' | 'resources' | 'sidecar';
  readonly field: string;
  readonly read: ValueReader<string | number>;
}

/** Every key with a fixed name. A new one stands here and in `ServiceValues`. */
export const VALUE_KEYS: ReadonlyMap<string, ValueKey> = new Map<string, ValueKey>([
  ['image.repository', { section: 'image', field: 'repository', read: word }],
  ['image.tag', { section: 'image', field: 'tag', read: word }],
  ['image.digest', { section: 'image', field: 'digest', read: word }],
  ['replicas.min', { section: 'replicas', field: 'min', read: whole(1) }],
  ['replicas.max', { section: 'replicas', field: 'max', read: whole(1) }],
  ['replicas.count', { section: 'replicas', field: 'count', read: whole(1) }],
  ['autoscaling.cpuPercent', { section: 'autoscaling', field: 'cpuPercent', read: whole(1) }],
  ['autoscaling.memoryPercent', { section: 'autoscaling', field: 'memoryPercent', read: whole(1) }],
  ...amounts('resources', 'resources'),
  ...amounts('sidecar.resources', 'sidecar'),
  ['logLevel', { field: 'logLevel', read: logLevel }],
]);

function amounts(prefix: string, section: 'resources' | 'sidecar'): [string, ValueKey][] {
  return [
    [`${prefix}.requests.cpu`, { section, field: 'cpuRequest', read: quantity('cpu') }],
    [`${prefix}.requests.memory`, { section, field: 'memoryRequest', read: quantity('memory') }],
    [`${prefix}.requests.ephemeral-storage`, { section, field: 'ephemeralStorageRequest', read: quantity('storage') }],
    [`${prefix}.limits.cpu`, { section, field: 'cpuLimit', read: quantity('cpu') }],
    [`${prefix}.limits.memory`, { section, field: 'memoryLimit', read: quantity('memory') }],
    [`${prefix}.limits.ephemeral-storage`, { section, field: 'ephemeralStorageLimit', read: quantity('storage') }],
  ];
}

/** Keys that hold texts under names of the service's own choice: how such a name is checked. Null unsets an inherited text. */
export const FAMILIES: ReadonlyMap<string, (where: string, name: string) => void> = new Map([
  ['env', environmentVariableName],
  ['config', configurationKey],
]);

export const readFamilyValue = text;

/** What CI writes into tag.yaml. */
export const TAG_KEYS: readonly string[] = ['image.digest', 'image.tag'];

/** Keys that say the same in two ways. A file with one of them takes the other back that a file of lower rank holds. */
export const REPLACES: ReadonlyMap<string, readonly string[]> = new Map([
  ['replicas.count', ['replicas.max', 'replicas.min']],
  ['replicas.min', ['replicas.count']],
  ['replicas.max', ['replicas.count']],
  // the cluster pulls by the digest: one of an older image would win over the new tag, and nobody would see it
  ['image.tag', ['image.digest']],
]);

/** Keys of REPLACES that one file must not hold together. */
export const EXCLUSIVE: readonly (readonly [string, string])[] = [['replicas.count', 'replicas.min'], ['replicas.count', 'replicas.max']];

/** What a service is, and not how large: the code says it, so that all environments have the same. */
export const SHAPE: ReadonlySet<string> = new Set([
  'affinity', 'annotations', 'args', 'calls', 'command', 'containers', 'dapr', 'delivery', 'dependsOn', 'disruptionBudget', 'disruptionLimit', 'exposes',
  'external', 'health', 'host', 'ingress', 'initContainers', 'labels', 'livenessProbe', 'mesh', 'name', 'namespace', 'networkPolicy', 'nodeSelector',
  'podAnnotations', 'podLabels', 'podSecurityContext', 'port', 'ports', 'probes', 'publishes', 'readinessProbe', 'resiliency', 'routes', 'scaling',
  'secrets', 'securityContext', 'service', 'serviceAccount', 'sidecars', 'startupProbe', 'stores', 'strategy', 'subscribes', 'tier', 'tolerations',
  'topics', 'topologySpreadConstraints', 'uses', 'volumeMounts', 'volumes',
]);

function configurationKey(where: string, name: string): void {
  if (name.length > 253 || !/^[-._a-zA-Z0-9]+$/.test(name) || name === '.' || name.startsWith('..')) {
    fail(where, `${keyName(`config.${name}`)} is not the key of a ConfigMap`, "Use letters, digits, '-', '_' and '.', such as 'application.yaml'");
  }
}
