import { brotliDecompressSync } from 'zlib';
import { SCHEMAS } from './schemas';

/**
 * What a field of a manifest may be: text (`s`), a whole number (`i`), a number (`n`), true or false (`b`), a number or text (`x`), anything (`*`), a definition
 * (`#name`), a list, a map (`m`), one of some texts (`e`), or an object with fields (`p`), required ones (`r`) and perhaps others (`o`).
 *
 * Names of fields, definitions and kinds that not every version of Kubernetes has end with `@oldest-newest`.
 */
export type Schema = string | readonly [Schema] | { readonly m: Schema } | { readonly e: readonly string[] } | ObjectSchema;

export interface ObjectSchema {
  readonly p: Readonly<Record<string, Schema>>;
  readonly r?: readonly string[];
  readonly o?: 1;
}

/** A name with the minor versions that have it. */
export interface Versioned {
  readonly name: string;
  readonly oldest: number;
  readonly newest: number;
  readonly schema: Schema;
}

let definitions: ReadonlyMap<string, Versioned> | undefined;

/** All definitions, and the kinds as `<apiVersion> <kind>`. Unpacked on first use. */
export function definitionOf(name: string): Versioned | undefined {
  definitions ??= versioned(JSON.parse(brotliDecompressSync(Buffer.from(SCHEMAS, 'base64')).toString()) as Record<string, Schema>);
  return definitions.get(name);
}

/** The fields of an object by their names. */
export function versioned(fields: Readonly<Record<string, Schema>>): ReadonlyMap<string, Versioned> {
  return new Map(Object.entries(fields).map(([key, schema]) => {
    const { name, oldest, newest } = rangeOf(key);
    return [name, { name, oldest, newest, schema }];
  }));
}

/** A name and the minor versions that have it. */
export function rangeOf(key: string): { name: string; oldest: number; newest: number } {
  const [, name, oldest, newest] = /^(.+)@(\d+)-(\d+)$/.exec(key) ?? [];
  return name === undefined ? { name: key, oldest: 0, newest: Infinity } : { name, oldest: Number(oldest), newest: Number(newest) };
}
