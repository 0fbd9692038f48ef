import { type AliasEvent, type Event, EVENT_ID, getScalarValue, type MappingEvent, SCALAR_STYLE, type ScalarEvent, type SequenceEvent } from 'js-yaml';
import { keyName } from './key-name';
import { plainValue, type YamlEntry, type YamlNode, type YamlScalar } from './yaml-node';
import { fail } from '../values/errors';
import type { LineIndex } from '../values/line-index';

const MAX_ALIASES = 100;

/** Keys that reach into the prototype of an object wherever somebody copies them carelessly. */
const DANGEROUS_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

type ContentEvent = ScalarEvent | SequenceEvent | MappingEvent;

interface SequenceFrame {
  readonly kind: 'sequence';
  readonly node: YamlNode;
  readonly items: YamlNode[];
  readonly anchor?: string;
}

interface MappingFrame {
  readonly kind: 'mapping';
  readonly node: YamlNode;
  readonly entries: Map<string, YamlEntry>;
  readonly anchor?: string;
  /** The key whose value comes next. */
  key?: { readonly name: string; readonly line: number };
}

/** A collection that is still being read. */
type Frame = SequenceFrame | MappingFrame;

/**
 * Builds the tree of one document from the events of js-yaml. An alias becomes a second reference to the same node, so that
 * the tree never grows beyond its file.
 */
export class TreeBuilder {
  private readonly frames: Frame[] = [];
  private readonly anchors = new Map<string, YamlNode | undefined>();
  private aliases = 0;
  private line = 1;
  private root?: YamlNode;

  constructor(private readonly file: string, private readonly text: string, private readonly lines: LineIndex) {}

  public build(events: readonly Event[]): YamlNode | undefined {
    for (const event of events) {
      switch (event.type) {
        case EVENT_ID.SCALAR: this.scalar(event); break;
        case EVENT_ID.SEQUENCE: case EVENT_ID.MAPPING: this.open(event); break;
        case EVENT_ID.ALIAS: this.alias(event); break;
        case EVENT_ID.POP: this.close(); break;
      }
    }
    const empty = this.root?.kind === 'scalar' && this.root.value === null && this.root.text === '';
    return empty ? undefined : this.root;
  }

  private scalar(event: ScalarEvent): void {
    this.begin(event, event.valueStart);
    if (event.style === SCALAR_STYLE.DOUBLE_QUOTED) {
      this.refuseWrongEscapes(this.text.slice(event.valueStart, event.valueEnd));
    }
    const text = getScalarValue(this.text, event);
    const plain = event.style === SCALAR_STYLE.PLAIN;
    const node: YamlScalar = { kind: 'scalar', line: this.line, text, value: plain ? plainValue(text) : text };
    const frame = this.frames.at(-1);
    if (frame?.kind === 'mapping' && !frame.key) {
      frame.key = { name: this.checkedKey(frame, node, plain), line: this.line };
    } else {
      this.add(node);
    }
    const anchor = this.anchorOf(event);
    if (anchor !== undefined) {
      this.anchors.set(anchor, node);
    }
  }

  private open(event: SequenceEvent | MappingEvent): void {
    this.begin(event, event.start);
    this.refuseAsKey();
    const anchor = this.anchorOf(event);
    if (anchor !== undefined) {
      this.anchors.set(anchor, undefined);
    }
    if (event.type === EVENT_ID.SEQUENCE) {
      const items: YamlNode[] = [];
      this.frames.push({ kind: 'sequence', node: { kind: 'sequence', line: this.line, items }, items, anchor });
    } else {
      const entries = new Map<string, YamlEntry>();
      this.frames.push({ kind: 'mapping', node: { kind: 'mapping', line: this.line, entries }, entries, anchor });
    }
  }

  private close(): void {
    const frame = this.frames.pop();
    if (frame) { // the last one closes the document
      if (frame.anchor !== undefined) {
        this.anchors.set(frame.anchor, frame.node);
      }
      this.add(frame.node);
    }
  }

  private alias(event: AliasEvent): void {
    this.line = this.lines.line(event.anchorStart);
    this.refuseAsKey();
    this.aliases += 1;
    if (this.aliases > MAX_ALIASES) {
      this.fail(`holds more than ${MAX_ALIASES} aliases`, 'Write the values out');
    }
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    const node = this.anchors.get(name);
    if (!node) {
      return this.anchors.has(name) ? this.fail('an alias stands inside what it names', 'Write the value out')
        : this.fail('an alias names no anchor above it', "Quote a text that begins with '*', or set the anchor first");
    }
    this.add(node);
  }

  private add(node: YamlNode): void {
    const frame = this.frames.at(-1);
    if (!frame) {
      this.root = node;
    } else if (frame.kind === 'sequence') {
      frame.items.push(node);
    } else {
      frame.entries.set(frame.key!.name, { line: frame.key!.line, node });
      frame.key = undefined;
    }
  }

  private checkedKey(frame: MappingFrame, { text, value }: YamlScalar, plain: boolean): string {
    if (plain && text === '<<') {
      this.fail("the merge key '<<' is not supported", 'Write the keys out');
    }
    if (typeof value !== 'string') {
      this.fail(text === '' ? 'a key is empty' : `the key ${text} is no text`, text === '' ? "Write a key before the ':'" : `Quote it: "${text}"`);
    }
    const path = [...this.frames.flatMap((outer) => outer.kind === 'mapping' && outer.key ? [outer.key.name] : []), text].join('.');
    if (DANGEROUS_KEYS.has(text)) {
      this.fail(`the key ${keyName(path)} reaches into the objects of the program`, 'Choose another key');
    }
    const earlier = frame.entries.get(text);
    if (earlier) {
      this.fail(`the key ${keyName(path)} stands in line ${earlier.line} already`, 'Keep one of the two');
    }
    return text;
  }

  private begin(event: ContentEvent, start: number): void {
    const position = start >= 0 ? start : event.anchorStart;
    this.line = position >= 0 ? this.lines.line(position) : this.line;
    if (event.tagStart >= 0) {
      this.line = this.lines.line(event.tagStart);
      this.fail('a YAML tag is not supported', "Remove the word that begins with '!', or quote the text");
    }
  }

  private anchorOf(event: ContentEvent): string | undefined {
    return event.anchorStart >= 0 ? this.text.slice(event.anchorStart, event.anchorEnd) : undefined;
  }

  private refuseAsKey(): void {
    const frame = this.frames.at(-1);
    if (frame?.kind === 'mapping' && !frame.key) {
      this.fail('a key is no text', "Write a text before the ':', and quote a value that begins with '{', '[' or '*'");
    }
  }

  /** js-yaml makes two wrong characters of an escape beyond Unicode. */
  private refuseWrongEscapes(raw: string): void {
    for (const [escape] of raw.matchAll(/\\(?:U[0-9a-fA-F]{8}|.)/gs)) {
      if (escape.length === 10 && parseInt(escape.slice(2), 16) > 0x10ffff) {
        this.fail(`the escape ${escape} is beyond Unicode`, 'Write \\U and at most 0010FFFF');
      }
    }
  }

  private fail(problem: string, remedy: string): never {
    return fail(`${this.file}:${this.line}`, problem, remedy);
  }
}
