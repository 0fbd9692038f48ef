import type { Construct } from 'constructs';
import { fail } from './errors';
import { show } from './value-checks';

/**
 * The properties of a construct, or fails: programs without types pass what they like.
 *
 * @param where the construct, or its parent and name if it does not exist yet
 * @param required a property that must be given, and an expression that makes one
 */
export function givenProps<T extends object>(where: Construct | string, props: T, required?: readonly [name: string, expression: string]): T {
  if (typeof props !== 'object' || props === null || Array.isArray(props)) {
    return fail(where, `expected properties, got ${show(props)}`, required ? `Write { ${required[0]}: ${required[1]} }` : 'Write them in braces');
  }
  for (const [name, value] of Object.entries(props)) {
    if (value === null) {
      fail(where, `'${name}' is null`, 'Leave it out, or give it a value');
    }
  }
  if (required) {
    givenValue(where, required[0], (props as Readonly<Record<string, unknown>>)[required[0]], required[1]);
  }
  return props;
}

/** Fails on text, a number, plain data or nothing where a value object must be. */
export function givenValue(where: Construct | string, name: string, value: unknown, expression: string): void {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) === Object.prototype) {
    fail(where, `expected '${name}' to be a value such as ${expression}, got ${show(value)}`, `Write ${name}: ${expression}`);
  }
}
