import { definitionOf, type ObjectSchema, rangeOf, type Schema, versioned } from './schema';
import { nearest } from '../../values/errors';
import { show } from '../../values/value-checks';

/** What an API server of a version refuses in a manifest. */
export interface SchemaProblem {
  /** A JSON pointer. */
  readonly path: string;
  readonly problem: string;
  readonly remedy: string;
}

const TYPES: Readonly<Record<string, readonly [expected: string, fits: (value: unknown) => boolean]>> = {
  s: ['text', (value) => typeof value === 'string'],
  i: ['a whole number', (value) => typeof value === 'bigint' || Number.isInteger(value)],
  n: ['a number', (value) => typeof value === 'bigint' || typeof value === 'number'],
  b: ['true or false', (value) => typeof value === 'boolean'],
  x: ['a number or text', (value) => ['bigint', 'number', 'string'].includes(typeof value)],
};

/**
 * Compares a manifest with the schema of its kind: unknown and missing fields, and values of another type. Nothing for a kind without a schema.
 *
 * @param minor the minor version of Kubernetes
 */
export function schemaProblems(manifest: { readonly apiVersion?: unknown; readonly kind?: unknown }, minor: number): SchemaProblem[] {
  const found = definitionOf(`${String(manifest.apiVersion)} ${String(manifest.kind)}`);
  return found ? new Comparison(minor).compare(manifest, found.schema, '') : [];
}

class Comparison {
  constructor(private readonly minor: number) {}

  public compare(value: unknown, schema: Schema, path: string): SchemaProblem[] {
    if (value === null || value === undefined || schema === '*') {
      return [];
    }
    if (typeof schema === 'string') {
      return schema.startsWith('#') ? this.compare(value, definitionOf(schema.slice(1))?.schema ?? '*', path) : this.expect(...TYPES[schema], value, path);
    }
    if ('e' in schema) {
      return schema.e.includes(value as string) ? [] : wrong(path, `one of ${schema.e.map(show).join(', ')}`, value);
    }
    if ('m' in schema) {
      return isObject(value) ? Object.entries(value).flatMap(([key, each]) => this.compare(each, schema.m, at(path, key))) : wrong(path, 'an object', value);
    }
    if ('p' in schema) {
      return isObject(value) ? this.compareFields(value, schema, path) : wrong(path, 'an object', value);
    }
    return Array.isArray(value) ? value.flatMap((each, index) => this.compare(each, schema[0], at(path, `${index}`))) : wrong(path, 'a list', value);
  }

  private expect(expected: string, fits: (value: unknown) => boolean, value: unknown, path: string): SchemaProblem[] {
    return fits(value) ? [] : wrong(path, expected, value);
  }

  private compareFields(value: Readonly<Record<string, unknown>>, schema: ObjectSchema, path: string): SchemaProblem[] {
    const fields = versioned(schema.p);
    const isKnown = ({ oldest, newest }: { oldest: number; newest: number }) => oldest <= this.minor && this.minor <= newest;
    const missing = (schema.r ?? []).map(rangeOf).filter((each) => isKnown(each) && (value[each.name] ?? undefined) === undefined);
    return [
      ...missing.map(({ name }) => ({ path: at(path, name), problem: 'is missing, and the schema requires it', remedy: 'Set it' })),
      ...Object.entries(value).flatMap(([key, each]) => {
        const field = fields.get(key);
        if (field && isKnown(field)) {
          return this.compare(each, field.schema, at(path, key));
        }
        if (schema.o || each === undefined) {
          return [];
        }
        if (field) {
          const versions = field.oldest > this.minor ? `from Kubernetes 1.${field.oldest} on` : `up to Kubernetes 1.${field.newest}`;
          return [{ path: at(path, key), problem: `exists only ${versions}, and the manifest is for 1.${this.minor}`, remedy: 'Remove the patch for this version' }];
        }
        const known = [...fields.values()].filter(isKnown).map(({ name }) => name);
        const near = nearest(key, known);
        return [{ path: at(path, key), problem: 'is a field that the schema does not have', remedy: near ? `Did you mean ${show(near)}?` : `Use one of ${known.sort().join(', ')}` }];
      }),
    ];
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(path: string, expected: string, value: unknown): SchemaProblem[] {
  return [{ path, problem: `is ${show(value)}, expected ${expected}`, remedy: 'Change the value' }];
}

function at(path: string, key: string): string {
  return `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
