import { fail, nearest } from '../values/errors';
import { show } from '../values/value-checks';

/** Where each changed setting comes from, by its dotted name. */
export type Origins = Map<string, string>;

/** The structs of a section whose keys its users choose, by their dotted names. */
export interface OpenStructs {
  /** Structs such as labels: any key is allowed. */
  readonly keys: readonly string[];
  /** Structs with any content at any depth, such as the manifest of another project. */
  readonly content: readonly string[];
}

type Plain = { readonly [key: string]: unknown };

/** A value that takes what it leaves open from the value that it replaces, such as the timing of a probe. */
interface Completable {
  _completedBy(current: unknown): unknown;
}

/** Merges changes into a value: plain structs field by field; everything else is replaced. Records the origin of each replaced field. */
export function merge<T>(current: T, change: unknown, origin: string, origins: Origins, path: string, open: OpenStructs): T {
  if (change === undefined) {
    return current;
  }
  if (change === null || (current !== undefined && kindOf(change) !== kindOf(current))) {
    fail(origin, `expected ${path} to be ${kindOf(current)}, got ${show(change)}`, 'Leave it out, or give a value of its kind');
  }
  if (!isPlain(current) || !isPlain(change)) {
    origins.set(path, origin);
    return (current !== undefined && isCompletable(change) ? change._completedBy(current) : change) as T;
  }
  const merged: Record<string, unknown> = { ...current };
  for (const [key, value] of Object.entries(change)) {
    if (value !== undefined) {
      checkKey(current, key, path, origin, open);
      merged[key] = merge(Object.hasOwn(current, key) ? current[key] : undefined, value, origin, origins, `${path}.${key}`, open);
    }
  }
  return merged as T;
}

/** Fails on a key that would change the prototype of a struct, or that the struct does not have. */
export function checkKey(base: object, key: string, path: string, origin: string, open: OpenStructs): void {
  const name = path === '' ? key : `${path}.${key}`;
  if (['__proto__', 'constructor', 'prototype'].includes(key)) {
    fail(origin, `'${name}' can be no name`, 'Remove it');
  }
  if (Object.hasOwn(base, key) || open.keys.includes(path) || open.content.some((struct) => path === struct || path.startsWith(`${struct}.`))) {
    return;
  }
  const near = nearest(key, Object.keys(base));
  fail(origin, `unknown setting ${show(name)}`,
    near ? `Did you mean '${path === '' ? near : `${path}.${near}`}'?` : `Known are ${Object.keys(base).sort().join(', ')}`);
}

function isCompletable(value: unknown): value is Completable {
  return typeof value === 'object' && typeof (value as Partial<Completable>)._completedBy === 'function';
}

function kindOf(value: unknown): string {
  if (isPlain(value)) {
    return 'an object';
  }
  switch (typeof value) {
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${value.constructor.name}`;
    case 'string':
      return 'text';
    case 'undefined':
      return 'set';
    default:
      return `a ${typeof value}`;
  }
}

/** Also an object of another realm, as jest and some runners make one. */
function isPlain(value: unknown): value is Plain {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
