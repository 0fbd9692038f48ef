import { isMap } from './alignment';

/**
 * Characters that Helm writes as they are, and that a reader of YAML then takes for the end of a line, or for none at all. The files of people
 * must not hold them either.
 */
const LOST = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;

/** The first character in data that values of Helm cannot carry. */
export function lostCharacter(value: unknown): string | undefined {
  if (typeof value === 'string') {
    return LOST.exec(value)?.[0];
  }
  const inner = Array.isArray(value) ? value : isMap(value) ? Object.entries(value).flat() : [];
  return inner.map(lostCharacter).find((found) => found !== undefined);
}

/** A character as messages name it: `U+2028`. */
export function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(HEXADECIMAL).toUpperCase().padStart(DIGITS, '0')}`;
}

/** As Unicode writes the numbers of characters. */
const [HEXADECIMAL, DIGITS] = [16, 4];

export function isCarried(value: unknown): boolean {
  return lostCharacter(value) === undefined;
}
