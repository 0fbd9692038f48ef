import { boolYaml11Tag, constructFromEvents, CORE_SCHEMA, defineScalarTag, type Event, EVENT_ID, intCoreTag, mergeTag, parseEvents, YAMLException } from 'js-yaml';
import { Manifest } from './manifest';
import { fail } from '../values/errors';
import { LineIndex } from '../values/line-index';

/** The base of a number such as `0644`. */
const OCTAL = 8;

/** Whole numbers as kubectl reads them: a leading zero makes one octal, in YAML 1.1 as in Go. */
const INTEGER = defineScalarTag<number>(intCoreTag.tagName, {
  implicit: true,
  implicitFirstChars: intCoreTag.implicitFirstChars,
  resolve: (text, isExplicit, tag) => /^[-+]?0[0-7]+$/.test(text) ? parseInt(text, OCTAL) : intCoreTag.resolve(text, isExplicit, tag),
  identify: intCoreTag.identify,
});

const SCHEMA = CORE_SCHEMA.withTags(boolYaml11Tag, INTEGER, mergeTag);

/**
 * Reads Kubernetes objects from a text of YAML or JSON.
 *
 * @param file how messages name the text
 * @internal
 */
export function readManifests(file: string, text: string): Manifest[] {
  const { documents, events } = read(file, text);
  const lines = new LineIndex(text);
  return documents.flatMap((document, index) => {
    if (document === null || document === undefined) {
      return [];
    }
    const line = lines.line(startOf(events[index][0]));
    const items = itemsOf(document);
    if (!items) {
      return [manifest(file, line, document)];
    }
    const starts = itemStarts(events[index]);
    return items.map((item, at) => manifest(file, starts.length === items.length ? lines.line(starts[at]) : line, item));
  });
}

function manifest(file: string, line: number, object: any): Manifest {
  const place = `${file}:${line}`;
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    fail(place, 'is no Kubernetes object', 'Write a map with apiVersion, kind and metadata');
  }
  for (const field of ['apiVersion', 'kind']) {
    if (typeof object[field] !== 'string' || object[field] === '') {
      fail(place, `has no ${field}, which every Kubernetes object has`, `Add ${field}, or remove the document`);
    }
  }
  const { name, generateName } = object.metadata ?? {};
  if (typeof (name ?? generateName) !== 'string') {
    fail(place, `the ${object.kind} has no name`, 'Add metadata.name, as text');
  }
  return new Manifest(object, { file, line });
}

/** The objects of a list, such as one of `kubectl get`. */
function itemsOf(document: any): any[] | undefined {
  return typeof document?.kind === 'string' && document.kind.endsWith('List') && Array.isArray(document.items) ? document.items : undefined;
}

/** The documents of a text, each with its events that have a place. */
function read(file: string, text: string): { documents: unknown[]; events: Event[][] } {
  try {
    const events = parseEvents(text, {});
    const documents = constructFromEvents(events, { source: text, schema: SCHEMA });
    const byDocument: Event[][] = [];
    for (const event of events) {
      event.type === EVENT_ID.DOCUMENT ? byDocument.push([]) : byDocument[byDocument.length - 1].push(event);
    }
    return { documents, events: byDocument };
  } catch (error) {
    if (!(error instanceof YAMLException)) {
      throw error;
    }
    // worded anew, because the message quotes the lines around, and a secret may be among them
    const line = (error.mark?.line ?? 0) + 1;
    return fail(`${file}:${line}`, `is neither YAML nor JSON: ${error.reason.replace(/(?:: | ").*$/s, '')}`, 'Correct the line');
  }
}

/** Where the items of a list begin: whatever is in a sequence of the outermost map. */
function itemStarts(events: readonly Event[]): number[] {
  const found: number[] = [];
  const open: Event[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    if (open.length === 2 && open[1].type === EVENT_ID.SEQUENCE) {
      found.push(startOf(event));
    }
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      open.push(event);
    }
  }
  return found;
}

function startOf(event: Event): number {
  return 'start' in event ? event.start : 'valueStart' in event ? event.valueStart : 'anchorStart' in event ? event.anchorStart : 0;
}
