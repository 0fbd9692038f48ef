import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { fail } from './errors';

export { secretLooking } from './secret-looking';

export type Place = Construct | string;

/** What Kubernetes' API holds in an int32 field. */
const INT32_MAX = 2_147_483_647;

/**
 * Control characters, line breaks, byte-order marks, invisible and right-to-left marks, halves of surrogate pairs.
 * Joiners are none of these: Persian, Hindi and many emoji are written with them.
 */
const UNSAFE = /[\p{Cc}\p{Cs}\u2028\u2029]|(?![\u200c\u200d])\p{Cf}/u;

/**
 * A value as messages show it: at most 60 characters, text in quotes, nothing in it that could disturb a terminal.
 */
export function show(value: unknown): string {
  if (typeof value !== 'string') {
    return value === null || typeof value !== 'object' ? String(value) : Array.isArray(value) ? 'a list' : 'an object';
  }
  const characters = [...value.slice(0, 130)];
  const short = characters.length > 60 ? `${characters.slice(0, 57).join('')}...` : value;
  return UNSAFE.test(short)
    ? JSON.stringify(short).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (mark) => `\\u${mark.codePointAt(0)!.toString(16).padStart(4, '0')}`)
    : `'${short}'`;
}

/**
 * A whole number in a range. `what` names the field where a function takes several.
 */
export function wholeNumber(where: Place, value: number, min: number, max?: number, what?: string, remedy?: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= (max ?? INT32_MAX)) {
    return value;
  }
  const range = max !== undefined ? `from ${min} to ${max}`
    : value > INT32_MAX && value < Infinity ? `from ${min} to ${INT32_MAX}` : `of ${min} or more`;
  const subject = what ? `${what} to be a whole number` : 'a whole number';
  return fail(where, `expected ${subject} ${range}, got ${show(value)}`, remedy ?? numberRemedy(value, min, max ?? INT32_MAX));
}

function numberRemedy(value: unknown, min: number, max: number): string {
  if (typeof value === 'string') {
    return 'Write a number without quotes';
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return `Use ${min} or more`;
  }
  if (value < min) {
    return `Use ${min} or more`;
  }
  return value > max ? `Use ${max} or less` : `Use ${Math.max(min, Math.floor(value))}`;
}

/**
 * A length of time in whole seconds.
 */
export function wholeSeconds(where: Place, what: string, value: Duration, min: number, max?: number): number {
  if (typeof value !== 'object' || value === null || typeof value.toSeconds !== 'function') {
    return fail(where, `expected ${what} to be a Duration, got ${show(value)}`, `Write Duration.seconds(${Math.max(min, Number(value) || 1)})`);
  }
  const seconds = value.toSeconds({ integral: false });
  if (Number.isInteger(seconds) && seconds >= min && seconds <= (max ?? INT32_MAX)) {
    return seconds;
  }
  const range = max === undefined ? `${min} or more` : `${min} to ${max}`;
  return fail(where, `expected ${what} to be ${range} whole seconds, got ${seconds} seconds`,
    `Use Duration.seconds(${Math.min(Math.max(min, Math.ceil(seconds)), max ?? INT32_MAX)})`);
}

/**
 * The number of a port.
 */
export function portNumber(where: Place, value: number, min = 1, remedy?: string): number {
  return wholeNumber(where, value, min, 65535, undefined, remedy);
}

/**
 * A name of lower-case letters, digits and `-` that begins and ends with a letter or digit (RFC 1123 label).
 */
export function dnsLabel(where: Place, what: string, value: string, maxLength = 63): string {
  return dnsName(where, what, value, maxLength, 'a DNS label', /[^a-z0-9-]/u, nearestLabel);
}

/**
 * A DNS label that begins with a letter, as the name of a Service must.
 */
export function serviceName(where: Place, what: string, value: string, maxLength = 63): string {
  dnsLabel(where, what, value, maxLength);
  if (/^[0-9]/.test(value)) {
    fail(where, `${what} ${show(value)} is not the name of a Service: it begins with a digit`, 'Begin it with a letter');
  }
  return value;
}

/**
 * DNS labels joined by dots (RFC 1123 subdomain): the name of most Kubernetes objects.
 */
export function dnsSubdomain(where: Place, what: string, value: string): string {
  dnsName(where, what, value, 253, 'a DNS subdomain', /[^a-z0-9.-]/u, nearestSubdomain);
  const label = value.split('.').find((part) => part === '' || part.startsWith('-') || part.endsWith('-'));
  if (label !== undefined) {
    const reason = label === '' ? "it has '..'" : `its part ${show(label)} begins or ends with '-'`;
    fail(where, `${what} ${show(value)} is not a DNS subdomain: ${reason}`, `Write ${show(nearestSubdomain(value))}`);
  }
  return value;
}

function dnsName(
  where: Place, what: string, value: string, maxLength: number, form: string, wrong: RegExp, nearest: (value: string) => string,
): string {
  if (typeof value !== 'string') {
    return fail(where, `expected ${what} to be text, got ${show(value)}`, 'Write a name in quotes');
  }
  const reason = nameReason(value, maxLength, wrong);
  if (reason === undefined) {
    return value;
  }
  // a valid name for the message, where the wrong one leaves no doubt; never used in place of the wrong one
  const near = value.length <= maxLength && /^[\x20-\x7e]*$/.test(value) ? nearest(value) : '';
  return fail(where, `${what} ${show(value)} is not ${form}: ${reason}`,
    near !== '' ? `Write '${near}'` : `Use a to z, 0 to 9 and '-', at most ${maxLength} characters`);
}

function nameReason(value: string, maxLength: number, wrong: RegExp): string | undefined {
  if (value === '') {
    return 'it is empty';
  }
  const bad = wrong.exec(value)?.[0];
  if (bad !== undefined) {
    const code = bad.codePointAt(0)!;
    const point = code > 126 || code < 32 ? ` (U+${code.toString(16).toUpperCase().padStart(4, '0')})` : '';
    return `it has ${show(bad)}${point}`;
  }
  const edge = [value[0], value[value.length - 1]].find((mark) => mark === '-' || mark === '.');
  if (edge) {
    return `it ${value.startsWith(edge) ? 'begins' : 'ends'} with '${edge}'`;
  }
  return value.length > maxLength ? `it has ${value.length} characters, and ${maxLength} are the most` : undefined;
}

function nearestLabel(value: string): string {
  return value.split(/[^A-Za-z0-9]/).filter((part) => part !== '').join('-').toLowerCase();
}

function nearestSubdomain(value: string): string {
  return value.split('.').map(nearestLabel).filter((part) => part !== '').join('.');
}

/**
 * One line of readable text: not blank, no control, line-break, invisible or right-to-left characters.
 */
export function plainText(where: Place, what: string, value: string, maxLength = 1000): string {
  if (typeof value !== 'string') {
    return fail(where, `expected ${what} to be text, got ${show(value)}`, 'Write it in quotes');
  }
  if (value.trim() === '') {
    fail(where, `${what} is empty`, 'Write at least one word');
  }
  const bad = UNSAFE.exec(value)?.[0];
  if (bad !== undefined) {
    const point = bad.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    fail(where, `${what} ${show(value)} has the control or invisible character U+${point}`, 'Write one line of plain text');
  }
  if (value.length > maxLength) {
    fail(where, `${what} ${show(value)} has ${value.length} characters, and ${maxLength} are the most`, 'Shorten it');
  }
  return value;
}

/**
 * The name of an environment variable, as every supported Kubernetes version takes it.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
 */
export function environmentVariableName(where: Place, value: string): string {
  if (typeof value === 'string' && /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(value) && value !== '.' && !value.startsWith('..')) {
    return value;
  }
  const near = typeof value === 'string' && value.length <= 60 ? value.trim().replace(/[^-._a-zA-Z0-9]/g, '_') : '';
  return fail(where, `${show(value)} is not the name of an environment variable`,
    /^[a-zA-Z][-._a-zA-Z0-9]*$/.test(near) ? `Write '${near}'` : "Use letters, digits and '_', and begin with a letter");
}
