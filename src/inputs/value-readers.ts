import { keyName } from './key-name';
import type { YamlNode } from './yaml-node';
import { fail } from '../values/errors';
import { LOG_LEVELS, oneOf } from '../values/one-of';
import { parseQuantity, type QuantityKind } from '../values/quantity-notation';
import { secretLooking, wholeNumber } from '../values/value-checks';

/**
 * Reads the value of a dotted key that stands at `where`, or fails. Nothing is converted: what looks like another type is one.
 */
export type ValueReader<T extends string | number> = (where: string, key: string, node: YamlNode) => T;

/** Text as it stands in the file; `{{ }}` and `${ }` in it mean nothing here. */
export const text: ValueReader<string> = (where, key, node) => {
  if (node.kind === 'scalar') {
    const reason = secretLooking(key.slice(key.indexOf('.') + 1), node.text);
    if (reason !== undefined) {
      fail(where, `${keyName(key)} looks like a secret: ${reason}`, 'Keep it in a Secret, and refer to that with SecretReference.of() in the code of the service');
    }
    if (typeof node.value === 'string') {
      refuseUnusable(where, key, node.value);
      return node.value;
    }
  }
  return fail(where, `${keyName(key)} ${kindOf(node)}, expected text`, textRemedy(node));
};

/** Text without blanks, as names and versions are. */
export const word: ValueReader<string> = (where, key, node) => {
  if (node.kind === 'scalar' && node.value === null) {
    fail(where, `'${key}' is empty`, 'Write a value, or remove the line');
  }
  const value = text(where, key, node);
  if (!/^[\x21-\x7e]+$/.test(value)) {
    const problem = value === '' ? 'is empty' : value.includes(' ') ? 'holds a blank' : 'holds a character that is not ASCII';
    fail(where, `'${key}' ${problem}`, value === '' ? 'Write a value, or remove the line' : 'Remove it');
  }
  return value;
};

export function quantity(kind: QuantityKind): ValueReader<string> {
  return (where, key, node) => parseQuantity(kind, where, key, text(where, key, node)).text;
}

export const logLevel: ValueReader<string> = (where, key, node) => oneOf(where, key, text(where, key, node), LOG_LEVELS);

/** A whole number in plain digits: other readers of YAML take 0777 for 511, and 2^53 + 1 does not survive any. */
export function whole(min: number, max?: number): ValueReader<number> {
  return (where, key, node) => {
    if (node.kind !== 'scalar' || typeof node.value !== 'number') {
      const digits = node.kind === 'scalar' && /^[1-9][0-9]{0,8}$/.test(node.text) ? node.text : undefined;
      return fail(where, `'${key}' ${kindOf(node)}, expected a whole number`,
        digits ? `Write it without quotes: ${digits}` : `Write a number, such as ${Math.max(min, 1)}, or remove the line`);
    }
    const plain = /^-?(?:0|[1-9][0-9]*)$/.test(node.text);
    if (!plain || !Number.isSafeInteger(node.value)) {
      const near = Math.trunc(node.value);
      return fail(where, `'${key}' ${kindOf(node)}, expected a whole number${plain ? ` from ${min} to ${max ?? 2_147_483_647}` : ' in plain digits'}`,
        `Write a number, such as ${near >= min && near <= (max ?? 1e9) ? near : Math.max(min, 1)}`);
    }
    return wholeNumber(where, node.value, min, max, `'${key}'`);
  };
}

/** Whether a value is a written null: a key without a value is more often a mistake. */
export function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null && node.text !== '';
}

/** A value for messages: its type, and numbers and truth values as they stand. Text is never shown. */
export function kindOf(node: YamlNode): string {
  if (node.kind !== 'scalar') {
    return node.kind === 'sequence' ? 'is a list' : 'is a map of keys';
  }
  if (node.value === null) {
    return node.text === '' ? 'has no value' : `is null (${node.text})`;
  }
  if (typeof node.value === 'string') {
    return 'is text';
  }
  const shown = node.text.length > 40 ? `${node.text.slice(0, 37)}...` : node.text;
  return typeof node.value === 'number' ? `is the number ${shown}` : `is the truth value ${shown}`;
}

function textRemedy(node: YamlNode): string {
  if (node.kind !== 'scalar') {
    return 'Write one text';
  }
  return node.text === '' ? 'Write "" for an empty text, null to unset an inherited key, or remove the line' : node.text.length > 40 ? 'Quote it' : `Quote it: "${node.text}"`;
}

function refuseUnusable(where: string, key: string, value: string): void {
  const wrong = /[\0\p{Cs}]/u.exec(value)?.[0];
  if (wrong !== undefined) {
    const code = wrong.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    fail(where, `${keyName(key)} holds the character U+${code}, which no environment variable or file can`, 'Remove it');
  }
}
