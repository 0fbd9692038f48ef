import type { Construct } from 'constructs';
import { fail } from './errors';
import { show } from './value-checks';

/** Quantities of processors count thousandths of a core, quantities of memory and storage count bytes. */
export type QuantityKind = 'cpu' | 'memory' | 'storage';

const INT64_MAX = 2n ** 63n - 1n;

/** How many thousandths of a core, or bytes, one of a unit is. */
const CPU_UNITS = new Map<string, bigint>([['m', 1n], ['', 1000n]]);
const BYTE_UNITS = new Map<string, bigint>([
  ['', 1n], ['k', 10n ** 3n], ['M', 10n ** 6n], ['G', 10n ** 9n], ['T', 10n ** 12n], ['P', 10n ** 15n], ['E', 10n ** 18n],
  ['Ki', 2n ** 10n], ['Mi', 2n ** 20n], ['Gi', 2n ** 30n], ['Ti', 2n ** 40n], ['Pi', 2n ** 50n], ['Ei', 2n ** 60n],
]);

const NOTATION = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?([A-Za-z]*)$/;
const LOOSE = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?([A-Za-z]*)$/;

/** Longer text is no quantity: 2^63 has 19 digits. */
const MAX_LENGTH = 40;

/**
 * A quantity in Kubernetes notation, and what it is exactly.
 */
export interface ParsedQuantity {
  readonly text: string;
  readonly units: bigint;
}

/**
 * Reads a quantity exactly, or fails with the nearest right form. `what` names the field where a function takes several.
 */
export function parseQuantity(kind: QuantityKind, where: Construct | string, what: string, text: string): ParsedQuantity {
  const subject = what === '' ? '' : `${what} `;
  const noun = kind === 'cpu' ? 'a quantity of processors' : `a quantity of ${kind}`;
  if (typeof text !== 'string') {
    return fail(where, `expected ${subject}${what === '' ? 'text' : 'to be text'}, got ${show(text)}`, `Write ${noun} in quotes, such as '${example(kind)}'`);
  }
  const notation = kind === 'cpu' ? text.replace(/^([0-9.]{1,20}) cores?$/, '$1') : text;
  const units = exact(kind, notation);
  if (typeof units === 'bigint') {
    return { text: notation, units };
  }
  return fail(where, `${subject}${show(text)} is not ${noun}: ${units}`, `Write '${nearestQuantity(kind, text) ?? example(kind)}'`);
}

/**
 * An exact quantity in the shortest Kubernetes notation with at most two decimals.
 */
export function printQuantity(kind: QuantityKind, units: bigint): string {
  if (kind === 'cpu') {
    return units % 1000n === 0n ? `${units / 1000n}` : units < 1000n ? `${units}m` : decimal(units, 1000n, 3);
  }
  const unit = ['Gi', 'Mi', 'Ki'].find((candidate) => {
    const size = BYTE_UNITS.get(candidate)!;
    return units >= size && (units * 100n) % size === 0n;
  });
  return unit ? `${decimal(units, BYTE_UNITS.get(unit)!, 2)}${unit}` : `${units}`;
}

function decimal(units: bigint, size: bigint, digits: number): string {
  const fraction = ((units % size) * 10n ** BigInt(digits) / size).toString().padStart(digits, '0').replace(/0{1,3}$/, '');
  return `${units / size}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The units of a text, or what is wrong with it. */
function exact(kind: QuantityKind, text: string): bigint | string {
  const match = text.length > MAX_LENGTH ? null : NOTATION.exec(text);
  const known = kind === 'cpu' ? CPU_UNITS : BYTE_UNITS;
  const size = match && known.get(match[3]);
  if (!match || size === null || size === undefined) {
    return wrongForm(kind, text, match?.[3]);
  }
  const fraction = match[2] ?? '';
  const scale = 10n ** BigInt(fraction.length);
  const product = BigInt(match[1] + fraction) * size;
  if (product === 0n) {
    return 'it is zero';
  }
  if (product % scale !== 0n) {
    return kind === 'cpu' ? 'it is no whole number of thousandths of a core' : 'it is no whole number of bytes';
  }
  return product / scale > INT64_MAX ? 'it is more than Kubernetes can count' : product / scale;
}

function wrongForm(kind: QuantityKind, text: string, unit: string | undefined): string {
  if (text === '') {
    return 'it is empty';
  }
  if (text.length > MAX_LENGTH) {
    return 'it is too long';
  }
  if (/\s/.test(text)) {
    return 'it has a blank';
  }
  if (text.startsWith('-')) {
    return 'it is negative';
  }
  if (unit === undefined) {
    return LOOSE.exec(text)?.[4] !== undefined ? 'it has an exponent' : 'it is no number with a unit';
  }
  if (unit === 'm') {
    return "'m' is a thousandth of a byte";
  }
  return kind === 'cpu' && BYTE_UNITS.has(unit) ? `'${unit}' is a unit of memory` : `${show(unit)} is no unit`;
}

/** A right quantity for a message, where the wrong one leaves little doubt. Never used in place of the wrong one. */
function nearestQuantity(kind: QuantityKind, text: string): string | undefined {
  const match = text.length > MAX_LENGTH ? null : LOOSE.exec(text.replace(/\s/g, ''));
  if (!match || match[1] === '-') {
    return undefined;
  }
  const [, , whole, fraction = '', exponent = '0', unit] = match;
  // Kubernetes itself counts in thousandths of a byte where a sum has fractions: '128974848000m' is '123Mi'
  if (kind !== 'cpu' && unit === 'm' && /^[1-9][0-9]{6,}$/.test(whole) && fraction === '') {
    return printQuantity(kind, (BigInt(whole) + 999n) / 1000n);
  }
  const shift = Number(exponent);
  if (Math.abs(shift) > 18) {
    return undefined;
  }
  const shifted = `${whole || '0'}${fraction.padEnd(Math.max(shift, 0), '0')}`;
  const point = (whole || '0').length + shift;
  const number = point <= 0 ? `0.${'0'.repeat(-point)}${shifted}` : `${shifted.slice(0, point)}.${shifted.slice(point)}`;
  const trimmed = number.replace(/^0{1,40}(?=[0-9])/, '').replace(/0{1,40}$/, '').replace(/\.$/, '');
  const candidate = `${trimmed}${nearestUnit(kind, unit)}`;
  return typeof exact(kind, candidate) === 'bigint' ? candidate : roundedUp(kind, trimmed, nearestUnit(kind, unit));
}

function roundedUp(kind: QuantityKind, number: string, unit: string): string | undefined {
  const size = Number((kind === 'cpu' ? CPU_UNITS : BYTE_UNITS).get(unit) ?? 0) * Number(number);
  // a fraction without a unit of memory has most likely lost its unit
  if (!(size > 0) || size > 1e15 || (kind !== 'cpu' && unit === '')) {
    return undefined;
  }
  return kind === 'cpu' ? printQuantity(kind, BigInt(Math.ceil(size)))
    : size < 2 ** 20 ? `${Math.ceil(size)}` : `${Math.ceil(size / 2 ** 20)}Mi`;
}

function nearestUnit(kind: QuantityKind, unit: string): string {
  const lower = unit.toLowerCase();
  if (kind === 'cpu') {
    return /^(?:m|mcpu|millicores?|millicpus?)$/.test(lower) ? 'm' : /^(?:|v?cpus?|cores?)$/.test(lower) ? '' : '?';
  }
  const [, prefix, binary] = /^([kmgtpe]?)(i?)(?:b|bytes?)?$/.exec(lower) ?? [undefined, '?', ''];
  if (binary !== '') {
    return `${prefix.toUpperCase()}i`;
  }
  // nobody means thousandths of a byte: '512m' is '512Mi' mistyped
  return unit === 'm' ? 'Mi' : prefix === 'k' ? 'k' : prefix.toUpperCase();
}

function example(kind: QuantityKind): string {
  return kind === 'cpu' ? '500m' : kind === 'memory' ? '512Mi' : '10Gi';
}
