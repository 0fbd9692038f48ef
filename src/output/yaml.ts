import type { Construct } from 'constructs';
import { dump } from 'js-yaml';
import { findUnwritable, formatPath } from './unwritable';
import { fail } from '../values/errors';
import { isFrozen } from '../values/shared';

/** Words that begin with a letter and are more than text to some reader of YAML 1.1 or 1.2. */
const WORDS = new Set(['true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n', 'null']);

/**
 * Text that no reader takes for anything else, unless it is one of the words or looks like a number: names, keys,
 * paths, images, words. js-yaml decides about all other text, at a hundred times the cost.
 */
const PLAIN = /^\/?(?:[A-Za-z][A-Za-z0-9]*(?:(?:[-_./:@]+| )[A-Za-z0-9]+)*\/?)?$/;

/** Amounts with a unit. */
const AMOUNT = /^\d+(?:%|[mun]|[KMGTPE]i?|k|[smh]|ms)$/;

/** Text that some reader may take for a number, a date or a time: Go reads `0XFF`, YAML 1.1 `1:30` and `1_000`, the parser of cdk8s `e1`. */
const NUMERIC = /^[-+.]*(?:[0-9.][0-9a-fA-FxXoObBpP_.,:+\-TtZz ]*|[eE][-+]?[0-9_.]+)$/;

/** Characters that a person cannot see in a review, or that end a line or the text for some reader. */
const INVISIBLE = /[\0-\x09\x0b-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\p{Cs}\ufeff\ufff0-\uffff\u{e0000}-\u{e0fff}]/u;
const ALL_INVISIBLE = new RegExp(INVISIBLE.source, 'gu');
const LONE_SURROGATE = /\p{Cs}/u;

const OPTIONS = { lineWidth: -1, noRefs: true };

/** YAML 1.1 and 1.2 readers accept `key: value` on a line up to this length of the key. */
const LONGEST_KEY = 1000;

/** Recent texts: of strings, of keys by their indentation, and of frozen data. */
const scalarTexts = new Map<string, string>();
const keyTexts = new Map<string, Map<string, string>>();
const frozenTexts = new WeakMap<object, Map<string, string>>();
const KNOWN_LIMIT = 20_000;

/** Thrown where a value cannot be written; the place of the value is looked for only then. */
const UNWRITABLE = new Error('unwritable');

/**
 * Writes one document of plain data as YAML, for readers of YAML 1.1 and 1.2 alike.
 *
 * Keys stand in the order given, lines are not folded, nothing is shared by anchors. Quoting is that of js-yaml, and
 * stricter for text that looks like a number.
 *
 * Fails on data that readers would get differently: see `findUnwritable`. `undefined` as the value of a key is
 * written as null, as cdk8s does.
 *
 * @param document the data
 * @param where the place that an error names
 * @param isNull tells whether `undefined` in a list at a path is meant as null
 * @returns lines, the last one ended
 */
export function toYaml(
  document: unknown, where: Construct | string = 'toYaml', isNull: (path: ReadonlyArray<string | number>) => boolean = () => false,
): string {
  for (;;) {
    try {
      return `${block(document, '', false).slice(1)}\n`;
    } catch (error) {
      const found = error === UNWRITABLE ? findUnwritable(document) : undefined;
      if (!found) {
        throw error;
      }
      if (!found.isHole || !isNull(found.path)) {
        fail(where, `${formatPath(found.path)} ${found.problem}`.trim(), found.remedy);
      }
      const list = found.path.slice(0, -1).reduce<any>((value, key) => value[key], document);
      list[found.path[found.path.length - 1]] = null;
    }
  }
}

/**
 * A scalar or an empty collection as it may stand anywhere on one line, under the same rules.
 *
 * @param inQuotes whether text stands in double quotes in any case
 */
export function inlineText(value: unknown, inQuotes = false): string {
  return typeof value === 'string' && (inQuotes || value.includes('\n')) ? quote(value) : block(value, '', false).slice(1);
}

/**
 * What follows a key or a dash: a space and text on the same line, or the lines of a collection.
 *
 * @param isItem whether it follows a dash, on whose line a collection begins
 */
function block(value: unknown, indent: string, isItem: boolean): string {
  switch (typeof value) {
    case 'string':
      return textIn(value, indent);
    case 'number':
      return ` ${numberText(value)}`;
    case 'boolean':
    case 'bigint':
      return ` ${value}`;
    case 'undefined':
      return ' null';
    case 'object':
      return value === null ? ' null' : isFrozen(value) ? frozenText(value, indent, isItem) : collection(value, indent, isItem);
    default:
      throw UNWRITABLE;
  }
}

/** Prints frozen data once for each place. */
function frozenText(value: object, indent: string, isItem: boolean): string {
  const texts = frozenTexts.get(value) ?? new Map<string, string>();
  frozenTexts.set(value, texts);
  const place = isItem ? `${indent}-` : indent;
  return texts.get(place) ?? remember(texts, place, collection(value, indent, isItem));
}

function collection(value: object, indent: string, isItem: boolean): string {
  if (Array.isArray(value)) {
    return listOf(value, indent, isItem);
  }
  if (value instanceof Date) {
    return ` ${scalar(value.toISOString())}`;
  }
  const begins = keyTexts.get(indent) ?? remember(keyTexts, indent, new Map<string, string>());
  const inner = `${indent}  `;
  let lines = '';
  for (const key of Object.keys(value)) {
    const begin = begins.get(key) ?? remember(begins, key, keyText(key, indent));
    lines += isItem && lines === '' ? ` ${begin.slice(1 + indent.length)}` : begin;
    lines += block((value as Record<string, unknown>)[key], inner, false);
  }
  return lines === '' ? ' {}' : lines;
}

function listOf(items: readonly unknown[], indent: string, isItem: boolean): string {
  const inner = `${indent}  `;
  let lines = '';
  for (const item of items) {
    if (item === undefined) {
      throw UNWRITABLE;
    }
    lines += isItem && lines === '' ? ' -' : `\n${indent}-`;
    lines += block(item, inner, true);
  }
  return lines === '' ? ' []' : lines;
}

function numberText(value: number): string {
  if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
    throw UNWRITABLE;
  }
  if (Number.isInteger(value)) {
    return value === 0 ? '0' : String(value);
  }
  return dump(value).trimEnd();
}

/** A line break and a key in front of its value. */
function keyText(key: string, indent: string): string {
  const name = key.includes('\n') ? quote(key) : scalar(key);
  return name.length > LONGEST_KEY ? `\n${indent}? ${name}\n${indent}:` : `\n${indent}${name}:`;
}

/** A space and a string beside a key or dash at the given indentation. */
function textIn(value: string, indent: string): string {
  const text = scalarTexts.get(value) ?? remember(scalarTexts, value, ` ${scalar(value)}`);
  return text.includes('\n') ? text.replace(/\n(?=[^\n])/g, `\n${indent.slice(2)}`) : text;
}

/** Keeps what is made of a text. A platform repeats most of its keys and many values in every object. */
function remember<T>(known: Map<string, T>, text: string, made: T): T {
  if (known.size >= KNOWN_LIMIT) {
    known.clear();
  }
  known.set(text, made);
  return made;
}

/** A string as it stands below a key in the first column. */
function scalar(value: string): string {
  if (NUMERIC.test(value)) {
    return `'${value}'`;
  }
  if (AMOUNT.test(value)) {
    return value;
  }
  if (PLAIN.test(value) && value !== '') {
    return WORDS.has(value.toLowerCase()) ? `'${value}'` : value;
  }
  // a block of lines that begins or ends with blanks needs indicators that readers disagree on at the root
  if (INVISIBLE.test(value) || /^[ \n]|\n\n$/.test(value)) {
    return quote(value);
  }
  if (value.includes('\n')) {
    // as it stands below a key
    return dump({ x: value }, OPTIONS).slice('x: '.length, -1);
  }
  return dump(value, OPTIONS).slice(0, -1);
}

/** JSON's escapes are escapes of YAML 1.1 and 1.2 too. */
function quote(value: string): string {
  if (LONE_SURROGATE.test(value)) {
    throw UNWRITABLE;
  }
  return JSON.stringify(value).replace(ALL_INVISIBLE, (character) => {
    const code = character.codePointAt(0)!.toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}
