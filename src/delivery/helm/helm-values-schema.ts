import { isMap } from './alignment';
import type { ChartValue } from './chart-values';
import { emptyMap } from './values-files';

/** The part of JSON Schema that says what values are. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

interface Section {
  readonly values: Map<string, ChartValue>;
  readonly sections: Map<string, Section>;
}

/** What a registry takes for a name, a tag and a digest: nothing that a template engine or a shell would read. */
const IMAGE: Readonly<Record<string, Schema>> = {
  'image.repository': { type: 'string', pattern: '^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$' },
  'image.tag': { type: 'string', pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$' },
  'image.digest': { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' },
};

/** Read by the Helm of Argo CD as well as by newer ones. */
const DIALECT = 'http://json-schema.org/draft-07/schema#';

/** What values may be: of the types that they have in the environments, and no others. */
export function valuesSchema(header: string, environments: readonly string[], values: readonly ChartValue[]): Schema {
  const root: Section = emptySection();
  for (const value of values) {
    const section = value.path.slice(0, -1).reduce((at, name) => {
      const inner = at.sections.get(name) ?? emptySection();
      at.sections.set(name, inner);
      return inner;
    }, root);
    section.values.set(value.path[value.path.length - 1], value);
  }
  return { $comment: header, $schema: DIALECT, ...sectionSchema(root, environments) };
}

function emptySection(): Section {
  return { values: new Map(), sections: new Map() };
}

function sectionSchema({ values, sections }: Section, environments: readonly string[]): Schema {
  const required = [...values].filter(([, value]) => isRequired(value, environments)).map(([name]) => name);
  // a release may say what none said before
  const release = [...values.values()].some(({ path }) => path.join('.') === 'image.repository') ? ['digest', 'tag'] : [];
  const properties = emptyMap();
  for (const name of [...new Set([...values.keys(), ...sections.keys(), ...release])].sort()) {
    const value = values.get(name);
    properties[name] = value ? valueSchema(value, environments)
      : sections.has(name) ? sectionSchema(sections.get(name)!, environments) : IMAGE[`image.${name}`];
  }
  return {
    type: 'object',
    additionalProperties: false,
    ...required.length + sections.size > 0 && { required: [...required, ...sections.keys()].sort() },
    ...release.length > 0 && { anyOf: release.map((name) => ({ required: [name] })) },
    properties,
  };
}

/** A release may leave out the tag or the digest, and Helm takes null for a value that is not there. */
function isRequired({ path, values }: ChartValue, environments: readonly string[]): boolean {
  return values.size === environments.length && !(path.join('.') in IMAGE && path[1] !== 'repository') && ![...values.values()].includes(null);
}

function valueSchema({ path, values, description }: ChartValue, environments: readonly string[]): Schema {
  const known = IMAGE[path.join('.')];
  if (known) {
    return known;
  }
  return path.join('.') === 'environment' ? { enum: [...environments] } : { description, ...schemaOf([...values.values()]) };
}

/** What all of these are. */
function schemaOf(observed: readonly unknown[]): Schema {
  const types = [...new Set(observed.map(typeOf))];
  // every integer is a number
  const names = types.filter((type) => type !== 'integer' || !types.includes('number')).sort();
  const maps = observed.filter(isMap);
  const lists = observed.filter((value): value is unknown[] => Array.isArray(value));
  return {
    type: names.length === 1 ? names[0] : names,
    ...maps.length > 0 && mapSchema(maps),
    ...lists.flat().length > 0 && { items: schemaOf(lists.flat()) },
  };
}

function mapSchema(maps: readonly Record<string, unknown>[]): Schema {
  const names = [...new Set(maps.flatMap((map) => Object.keys(map)))].sort();
  const properties = emptyMap();
  names.forEach((name) => { properties[name] = schemaOf(maps.filter((map) => Object.hasOwn(map, name)).map((map) => map[name])); });
  const required = names.filter((name) => maps.every((map) => Object.hasOwn(map, name) && map[name] !== null));
  return { additionalProperties: false, ...required.length > 0 && { required }, properties };
}

function typeOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  return Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
}
