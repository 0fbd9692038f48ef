import { type Event, EVENT_ID, parseEvents, YAMLException } from 'js-yaml';
import type { YamlNode } from './yaml-node';
import { TreeBuilder } from './yaml-tree';
import { fail } from '../values/errors';
import { LineIndex } from '../values/line-index';

const MAX_DEPTH = 64;

/** The remedy for a reason that js-yaml gives, by words of the reason. */
const REMEDIES: readonly (readonly [string, string])[] = [
  ['maxDepth', `Nest at most ${MAX_DEPTH} levels deep`],
  ['tab characters', 'Indent with blanks'],
  ['single quoted', 'Close the quote'],
  ['double quoted', 'Close the quote'],
  ['flow collection', 'Close the bracket, and quote the texts inside'],
  ['indentation', "Align the line with those around it, close each quote, and quote a text that holds ': ' or begins with a sign such as '@'"],
];

/**
 * Reads a text with one YAML document, or JSON, into a tree that knows its lines. An empty document gives undefined.
 *
 * Refuses what people do not write by hand and what readers of YAML disagree on: tags, merge keys, directives, several
 * documents, duplicate keys, keys that are not text, keys that JavaScript objects have by themselves, and many aliases.
 */
export function parseYaml(file: string, text: string): YamlNode | undefined {
  const events = readEvents(file, text);
  const lines = new LineIndex(text);
  refuseSeveralDocuments(file, text, lines, events);
  return new TreeBuilder(file, text, lines).build(events);
}

function readEvents(file: string, text: string): Event[] {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    // worded anew, because the message of js-yaml quotes the lines around, and a secret may stand there
    if (!(error instanceof YAMLException) || !error.mark) {
      throw error;
    }
    const lines = new LineIndex(text);
    const position = Math.min(error.mark.position, Math.max(0, text.trimEnd().length - 1));
    const reason = error.reason.replace(/(?:: | ").*$/s, '');
    const remedy = REMEDIES.find(([words]) => reason.includes(words))?.[1] ?? 'Correct the line, or quote the text in it';
    return fail(`${file}:${lines.line(position)}`, `is no valid YAML at column ${lines.column(position)}: ${reason}`, remedy);
  }
}

function refuseSeveralDocuments(file: string, text: string, lines: LineIndex, events: readonly Event[]): void {
  const [first, second] = events.flatMap((event, index) => event.type === EVENT_ID.DOCUMENT ? [{ event, index }] : []);
  if (first && first.event.directives.length > 0) {
    fail(`${file}:${lines.line(text.search(/^%/m))}`, 'holds a YAML directive', "Remove the line that begins with '%'");
  }
  if (second) {
    // the mark between the two stands behind the content of the first, or else behind the mark of the first
    const content = Math.max(0, ...events.slice(first.index, second.index).map(endOf));
    const start = content === 0 && first.event.explicitStart ? text.search(/^---/m) + 3 : content;
    const mark = text.slice(start).search(second.event.explicitStart ? /^---/m : /^\.\.\./m);
    fail(`${file}:${lines.line(start + Math.max(0, mark))}`, 'a second YAML document begins', 'Keep one document in a file');
  }
}

function endOf(event: Event): number {
  return 'valueEnd' in event ? event.valueEnd : 'anchorEnd' in event ? event.anchorEnd : 0;
}
