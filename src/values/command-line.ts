import { fail } from './errors';
import type { Place } from './value-checks';
import { show } from './value-checks';

/**
 * A program and its arguments, as a list of texts. Kubernetes ignores an empty list, so it fails here.
 *
 * @param what the field, such as `command`
 */
export function commandLine(where: Place, what: string, words: readonly string[]): readonly string[] {
  if (!Array.isArray(words)) {
    return fail(where, `expected ${what} as a list of texts, got ${show(words)}`, "Write a list such as ['server', '--verbose']");
  }
  if (words.length === 0) {
    fail(where, `${what} is empty, and Kubernetes ignores an empty list`, 'Leave it out, or name at least one word');
  }
  const wrong = words.findIndex((word) => typeof word !== 'string');
  if (wrong >= 0) {
    fail(where, `expected ${what} as a list of texts, got ${show(words[wrong])} at position ${wrong + 1}`, 'Write it in quotes');
  }
  if (words[0] === '' && what !== 'args') {
    fail(where, `${what} begins with an empty text, and no program has that name`, 'Name the program first');
  }
  const nul = words.findIndex((word) => word.includes('\0'));
  return nul < 0 ? words : fail(where, `${what} has a zero byte at position ${nul + 1}, and no program can have such an argument`, 'Remove it');
}

/** A command or arguments, if they are set. */
export function optionalCommand(where: Place, what: string, words: readonly string[] | undefined): string[] | undefined {
  return words === undefined ? undefined : [...commandLine(where, what, words)];
}
