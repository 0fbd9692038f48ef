import type { Construct } from 'constructs';
import { closest, distance } from 'fastest-levenshtein';

/**
 * Composes a problem and its remedy, a sentence or a question, into one message: the form of every error of this library.
 */
export function describe(problem: string, remedy: string): string {
  return `${problem}. ${remedy}${remedy.endsWith('?') ? '' : '.'}`;
}

/**
 * Throws a described error that names its place: a construct (its path), `file:line`, or a function of the API.
 */
export function fail(where: Construct | string, problem: string, remedy: string): never {
  const place = typeof where === 'string' ? `${where}:` : `[${where.node.path || 'App'}]`;
  throw new Error(`${place} ${describe(problem, remedy)}`);
}

/**
 * The known word that a mistyped one most likely meant, if one is close enough to be worth naming.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || word.length > 64) {
    return undefined;
  }
  const candidate = closest(word, [...known]);
  return distance(word, candidate) <= Math.max(2, Math.floor(candidate.length / 3)) ? candidate : undefined;
}
