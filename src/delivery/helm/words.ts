/** Values of each environment, by its name. */
export type ByEnvironment<T> = ReadonlyMap<string, T>;

/** A word that each environment has its own of, and by which a template asks for it. */
export interface Word {
  /** What stands between the braces of an action. */
  readonly action: string;
  readonly texts: ByEnvironment<string>;
  /** Whether only a line that is this word alone is meant, even if all environments have the same. */
  readonly whole: boolean;
}

/** Text, divided where a word stands. */
export type Part = string | Word;

/** Letters and digits around it would make it a part of another word, as `prod` is of `production`. */
const BOUND = '[A-Za-z0-9]';

/** Divides a text of an environment at its words. */
export function divide(text: string, environment: string, words: readonly Word[]): Part[] {
  let parts: Part[] = [text];
  for (const word of words) {
    const own = word.texts.get(environment)!;
    // in most texts it is not, and an expression is slow
    parts = parts.flatMap((part) => typeof part !== 'string' || !part.includes(own) ? part
      : part.split(border(word, own)).flatMap((piece, index) => index === 0 ? piece : [word, piece]));
  }
  return parts.filter((part) => part !== '');
}

function border({ whole }: Word, text: string): RegExp {
  return whole ? new RegExp(`^${escaped(text)}$`, 'm') : new RegExp(`(?<!${BOUND})${escaped(text)}(?!${BOUND})`);
}

/** The parts that the texts of all environments have in common; undefined if they differ in more than their words. */
export function commonParts(texts: ByEnvironment<string>, words: readonly Word[]): Part[] | undefined {
  const divided = [...texts].map(([environment, text]) => divide(text, environment, words));
  const [first, ...others] = divided;
  return others.every((parts) => partsKey(parts) === partsKey(first)) ? first : undefined;
}

/** Equal for equal parts, and for no others. */
export function partsKey(parts: readonly Part[]): string {
  return JSON.stringify(parts.map((part) => typeof part === 'string' ? part : { word: part.action }));
}

export function hasWhole(parts: readonly Part[]): boolean {
  return parts.some((part) => typeof part !== 'string' && part.whole);
}

function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '\\$&');
}
