import { isDirectory, readTextFile } from './text-file';
import { type Origin, type PlacedValue, readValues } from './values-file';
import { FAMILIES, REPLACES, VALUE_KEYS } from './values-schema';
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

/**
 * Reads `values-base.yaml`, `<environment>/values.yaml` and `<environment>/tag.yaml` of a service, of which each may be absent.
 * A later file wins over an earlier one, key by key.
 */
export function readServiceValues(directory: string, service: string, environment: string): ServiceValues {
  const root = checkedDirectory(directory);
  const folder = `${root}/${checkedName(root, 'service', service)}`;
  const environmentFolder = `${folder}/${checkedName(root, 'environment', environment)}`;
  const tagFile = `${environmentFolder}/tag.yaml`;

  const layers = [`${folder}/values-base.yaml`, `${environmentFolder}/values.yaml`, tagFile].map((file) => {
    const text = readTextFile(root, file);
    return { exists: text !== undefined, values: readValues(file, text === undefined ? undefined : parseYaml(file, text), file === tagFile) };
  });
  const values = merge(layers.map((layer) => layer.values));
  checkRange(values);
  return Object.freeze({
    ...settings(values),
    tagFile,
    tagFileExists: layers[2].exists,
    origin: (key: string) => values.get(key)?.origin,
  });
}

/**
 * Fails unless the directory of values files is there: a mistyped one would otherwise look like one without files.
 */
export function checkValuesDirectory(directory: string): string {
  const root = checkedDirectory(directory);
  if (!isDirectory(root)) {
    fail('values', `${show(root)} is not a directory`, 'Give the path of the values files from the working directory, or leave values out');
  }
  return root;
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

function checkRange(values: ReadonlyMap<string, PlacedValue>): void {
  const [min, max] = [values.get('replicas.min'), values.get('replicas.max')];
  if (min && max && min.value > max.value) {
    fail(place(max.origin), `'replicas.max' ${max.value} is less than 'replicas.min' ${min.value} of ${place(min.origin)}`,
      `Raise replicas.max to ${min.value} or lower replicas.min to ${max.value}`);
  }
}

/** A place in a file, as errors name it. */
export function place({ file, line }: Origin): string {
  return `${file}:${line}`;
}

/** By the table of keys, so the compiler cannot see that the fields fit: a test reads every key of it. */
function settings(values: ReadonlyMap<string, PlacedValue>): Omit<ServiceValues, 'tagFile' | 'tagFileExists' | 'origin'> {
  const fields: Record<string, any> = {
    image: {}, replicas: {}, autoscaling: {}, resources: {}, sidecar: {}, env: Object.create(null), config: Object.create(null),
  };
  for (const key of [...values.keys()].sort()) {
    const { value } = values.get(key)!;
    const known = VALUE_KEYS.get(key);
    if (known) {
      (known.section ? fields[known.section] : fields)[known.field] = value;
    } else {
      const family = [...FAMILIES.keys()].find((name) => key.startsWith(`${name}.`))!;
      fields[family][key.slice(family.length + 1)] = value;
    }
  }
  Object.values(fields).forEach((field) => Object.freeze(field));
  return fields as Omit<ServiceValues, 'tagFile' | 'tagFileExists' | 'origin'>;
}

function checkedDirectory(directory: string): string {
  const root = typeof directory === 'string' ? directory.replace(/\\/g, '/').replace(/^(.*[^/])\/+$/s, '$1') : '';
  if (root === '' || root.includes('\0') || root.split('/').includes('..') || /^[A-Za-z][A-Za-z0-9+.-]+:/.test(root)) {
    fail('values', `${show(directory)} is not a directory of values files`, "Write a path from the working directory without '..', such as 'applications/main'");
  }
  return root;
}

function checkedName(root: string, what: string, name: string): string {
  if (typeof name !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/.test(name) || name.includes('..')) {
    fail(root, `${what} ${show(name)} is not the name of a folder`, "Use letters, digits and '-'");
  }
  return name;
}
