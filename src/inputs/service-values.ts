import { type Origin, type PlacedValue, readValues } from './values-file';
import { REPLACES, VALUE_KEYS } from './values-schema';
import { parseYaml } from './yaml-document';
import { fail } from '../values/errors';
import type { ResourceAmounts } from '../values/resources';
import { show } from '../values/value-checks';

export type { Origin } from './values-file';

/**
 * What the files of one service say for one environment. A field that no file sets is absent.
 */
export interface ServiceValues {
  readonly image: { readonly repository?: string; readonly tag?: string; readonly digest?: string };
  /** Either `count`, or `min` and `max`, never both. */
  readonly replicas: { readonly min?: number; readonly max?: number; readonly count?: number };
  readonly autoscaling: { readonly cpuPercent?: number; readonly memoryPercent?: number };
  readonly resources: ResourceAmounts;
  /** Resources of the sidecar. */
  readonly sidecar: ResourceAmounts;
  /** Environment variables by name, sorted; without prototype. */
  readonly env: Readonly<Record<string, string>>;
  /** Data of the ConfigMap by key, sorted; without prototype. */
  readonly config: Readonly<Record<string, string>>;
  /** The keys that a file sets to null, in the order of the files. */
  readonly unset: readonly UnsetKey[];
  readonly logLevel?: string;
  /** Where tag.yaml is, or should be. */
  readonly tagFile: string;
  /** Whether there is a tag.yaml. */
  readonly tagFileExists: boolean;

  /**
   * Where the value in force of a dotted key, such as `replicas.max` or `env.LOG_FORMAT`, was set; undefined if no file sets it.
   */
  origin(key: string): Origin | undefined;
}

/** A key of `env` or `config` that a file sets to null. */
export interface UnsetKey {
  readonly family: 'env' | 'config';
  readonly name: string;
  readonly origin: Origin;
  /** Whether an earlier file sets the key. */
  readonly found: boolean;
  /** Whether no later file sets it again. */
  readonly inForce: boolean;
}

/** Where the files of services come from. */
export interface ValuesSource {
  /** The directory that errors name, or an empty text. */
  readonly root: string;
  /** The text of a file below the directory, or undefined if it does not exist. */
  read(file: string): string | undefined;
  /** All files below the directory, if there is one. */
  list?(): string[];
}

/** The files of a service for an environment, the last one with the last word. */
export function valuesFiles(service: string, environment: string): [base: string, values: string, tag: string] {
  return [`${service}/values-base.yaml`, `${service}/${environment}/values.yaml`, `${service}/${environment}/tag.yaml`];
}

/**
 * Reads `values-base.yaml`, `<environment>/values.yaml` and `<environment>/tag.yaml` of a service, of which each may be absent.
 * A later file wins over an earlier one, key by key.
 */
export function readServiceValues(source: ValuesSource, service: string, environment: string): ServiceValues {
  const folder = checkedName(source.root, 'service', service);
  const files = valuesFiles(folder, checkedName(source.root, 'environment', environment));
  const [, , tag] = files;
  const path = (file: string) => source.root === '' ? file : `${source.root}/${file}`;

  const layers = files.map((file) => {
    const text = source.read(file);
    return { exists: text !== undefined, values: readValues(path(file), text === undefined ? undefined : parseYaml(path(file), text), file === tag) };
  });
  const values = merge(layers.map((layer) => layer.values));
  checkRange(values);
  return Object.freeze({
    ...settings(values),
    unset: unsetKeys(layers.map((layer) => layer.values), values),
    tagFile: path(tag),
    tagFileExists: layers[2].exists,
    origin: (key: string) => values.get(key)?.origin,
  });
}

function merge(layers: readonly ReadonlyMap<string, PlacedValue>[]): ReadonlyMap<string, PlacedValue> {
  const merged = new Map<string, PlacedValue>();
  for (const layer of layers) {
    for (const key of layer.keys()) {
      for (const replaced of REPLACES.get(key) ?? []) {
        merged.delete(replaced);
      }
    }
    for (const [key, value] of layer) {
      merged.set(key, value);
    }
  }
  return merged;
}

function unsetKeys(layers: readonly ReadonlyMap<string, PlacedValue>[], merged: ReadonlyMap<string, PlacedValue>): UnsetKey[] {
  return layers.flatMap((layer, index) => [...layer].filter(([, { value }]) => value === null).map(([key, { origin }]) => {
    const family = familyOf(key);
    const found = layers.slice(0, index).some((earlier) => typeof earlier.get(key)?.value === 'string');
    return { family, name: key.slice(family.length + 1), origin, found, inForce: merged.get(key)!.value === null };
  }));
}

function familyOf(key: string): 'env' | 'config' {
  return key.startsWith('env.') ? 'env' : 'config';
}

function checkRange(values: ReadonlyMap<string, PlacedValue>): void {
  const [min, max] = [values.get('replicas.min'), values.get('replicas.max')];
  if (min?.value && max?.value && min.value > max.value) {
    fail(place(max.origin), `'replicas.max' ${max.value} is less than 'replicas.min' ${min.value} of ${place(min.origin)}`,
      `Raise replicas.max to ${min.value} or lower replicas.min to ${max.value}`);
  }
}

/** A place in a file, as errors name it. */
export function place({ file, line }: Origin): string {
  return `${file}:${line}`;
}

/** By the table of keys, so the compiler cannot see that the fields fit: a test reads every key of it. */
function settings(values: ReadonlyMap<string, PlacedValue>): Omit<ServiceValues, 'unset' | 'tagFile' | 'tagFileExists' | 'origin'> {
  const fields: Record<string, any> = {
    image: {}, replicas: {}, autoscaling: {}, resources: {}, sidecar: {}, env: Object.create(null), config: Object.create(null),
  };
  for (const key of [...values.keys()].sort()) {
    const { value } = values.get(key)!;
    const known = VALUE_KEYS.get(key);
    if (known) {
      (known.section ? fields[known.section] : fields)[known.field] = value;
    } else if (value !== null) {
      const family = familyOf(key);
      fields[family][key.slice(family.length + 1)] = value;
    }
  }
  Object.values(fields).forEach((field) => Object.freeze(field));
  return fields as Omit<ServiceValues, 'unset' | 'tagFile' | 'tagFileExists' | 'origin'>;
}

/** The path of a directory in one notation: parts separated by `/`, without one at the end. */
export function checkedDirectory(directory: string): string {
  const root = typeof directory === 'string' ? directory.replace(/\\/g, '/').replace(/^(.*[^/])\/+$/s, '$1') : '';
  if (root === '' || root.includes('\0') || root.split('/').includes('..') || /^[A-Za-z][A-Za-z0-9+.-]+:/.test(root)) {
    fail('Values.directory', `${show(directory)} is not a directory of values files`, "Write a path relative to the working directory, without '..', such as 'applications/main'");
  }
  return root;
}

function checkedName(root: string, what: string, name: string): string {
  if (typeof name !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/.test(name) || name.includes('..')) {
    fail(root === '' ? 'Values' : root, `${what} ${show(name)} is not the name of a folder`, "Use letters, digits and '-'");
  }
  return name;
}
