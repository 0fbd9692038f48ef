import type { ChartValue } from './chart-values';
import { canonical } from '../../values/canonical';

/** Values by their names, as a file holds them. */
export interface ValuesMap {
  [name: string]: unknown;
}

/** What an environment says besides. */
export interface EnvironmentFiles {
  readonly values: ValuesMap;
  readonly tag: ValuesMap;
}

/** The files of values, of which each wins over those before it. */
export interface ValuesFiles {
  readonly base: ValuesMap;
  readonly environments: ReadonlyMap<string, EnvironmentFiles>;
}

/** What a release changes, and no other file of the chart says: the digest of an old image would win over a new tag. */
const RELEASE: ReadonlySet<string> = new Set(['image.tag', 'image.digest']);

/** Divides values into those that all environments share, those of each, and its version. */
export function valuesFiles(environments: readonly string[], values: readonly ChartValue[]): ValuesFiles {
  const base = emptyMap();
  // templates look into every map
  values.forEach(({ path }) => mapAt(base, path.slice(0, -1)));
  const own = new Map(environments.map((environment) => [environment, { values: emptyMap(), tag: emptyMap() }]));
  for (const value of values) {
    const isRelease = RELEASE.has(value.path.join('.'));
    if (!isRelease && isShared(value, environments)) {
      put(base, value.path, [...value.values.values()][0]);
    } else {
      value.values.forEach((each, environment) => put(isRelease ? own.get(environment)!.tag : own.get(environment)!.values, value.path, each));
    }
  }
  const sorted = [...own].map(([name, files]): [string, EnvironmentFiles] => [name, { values: sortedMap(files.values), tag: files.tag }]);
  return { base: sortedMap(base), environments: new Map(sorted) };
}

function isShared({ values }: ChartValue, environments: readonly string[]): boolean {
  const [first] = values.values();
  return values.size === environments.length && [...values.values()].every((value) => canonical(value) === canonical(first));
}

/** Without a prototype, so that no name means anything. */
export function emptyMap(): ValuesMap {
  return Object.create(null);
}

function mapAt(root: ValuesMap, path: readonly string[]): ValuesMap {
  return path.reduce((map, name) => (map[name] ??= emptyMap()) as ValuesMap, root);
}

function put(root: ValuesMap, path: readonly string[], value: unknown): void {
  mapAt(root, path.slice(0, -1))[path[path.length - 1]] = value;
}

function sortedMap(map: ValuesMap): ValuesMap {
  const sorted = emptyMap();
  for (const name of Object.keys(map).sort()) {
    const value = map[name];
    sorted[name] = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null ? sortedMap(value as ValuesMap) : value;
  }
  return sorted;
}
