import { holdsSecret, keyName } from './key-name';
import { isNull, kindOf } from './value-readers';
import { EXCLUSIVE, FAMILIES, readFamilyValue, SHAPE, TAG_KEYS, VALUE_KEYS } from './values-schema';
import type { YamlMapping, YamlNode } from './yaml-node';
import { fail, nearest } from '../values/errors';

/** Where a value stands. */
export interface Origin {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** A value of a file, and where it stands. */
export interface PlacedValue {
  /** Null unsets the value of an earlier source. */
  readonly value: string | number | null;
  readonly origin: Origin;
}

const KEYS = [...VALUE_KEYS.keys(), ...FAMILIES.keys()].sort();
const SECTIONS = new Set(KEYS.flatMap((key) => key.split('.').slice(0, -1).map((_, index, parts) => parts.slice(0, index + 1).join('.'))));

/**
 * Reads one values file into its values by dotted key, or fails at the first line that is wrong.
 *
 * @param tagOnly whether the file belongs to CI, which writes tag and digest of the image and nothing else
 */
export function readValues(file: string, root: YamlNode | undefined, tagOnly: boolean): ReadonlyMap<string, PlacedValue> {
  const reader = new ValuesReader(file, tagOnly);
  if (root !== undefined) {
    reader.read(root);
  }
  return reader.values;
}

class ValuesReader {
  public readonly values = new Map<string, PlacedValue>();

  constructor(private readonly file: string, private readonly tagOnly: boolean) {}

  public read(root: YamlNode): void {
    if (root.kind !== 'mapping') {
      return fail(this.at(root.line), `the file ${kindOf(root)}, expected a map of keys`, `Set ${this.listOf(this.namesBelow(''))}`);
    }
    this.section('', root);
    for (const [one, other] of EXCLUSIVE) {
      const [first, second] = [one, other].flatMap((key) => this.values.has(key) ? [{ key, line: this.values.get(key)!.origin.line }] : [])
        .sort((a, b) => a.line - b.line);
      if (second) {
        fail(this.at(second.line), `'${second.key}' contradicts '${first.key}' in line ${first.line}`,
          'Set replicas.count for a fixed number, or replicas.min and replicas.max for a range');
      }
    }
  }

  private section(prefix: string, mapping: YamlMapping): void {
    for (const [name, { line, node }] of mapping.entries) {
      const path = `${prefix}${name}`;
      if (prefix === '' && SHAPE.has(name)) {
        fail(this.at(line), `'${name}' is shape, which a file cannot set`, 'Set it in the code of the service');
      }
      this.entry(path, name, line, node);
    }
  }

  private entry(path: string, name: string, line: number, node: YamlNode): void {
    const key = VALUE_KEYS.get(path);
    const isSection = SECTIONS.has(path);
    // a key with a dot in it looks like a path, and is none
    if (name.includes('.') || !(key || isSection || FAMILIES.has(path))) {
      return this.refuseUnknown(path, line, node);
    }
    if (this.tagOnly && !TAG_KEYS.some((allowed) => allowed === path || allowed.startsWith(`${path}.`))) {
      fail(this.at(line), `'${path}' does not belong into tag.yaml, which holds ${TAG_KEYS.join(' and ')} only`, 'Move it into values.yaml beside it');
    }
    if (key) {
      this.set(path, key.read(this.at(line), path, node), line);
    } else if (node.kind !== 'mapping') {
      const inner = this.known().filter((known) => known.startsWith(`${path}.`));
      fail(this.at(line), `'${path}' ${kindOf(node)}, expected a map of keys`,
        inner.length > 0 ? `Set ${this.listOf(inner)}` : 'Write lines of the form NAME: "text" below it, or remove the line');
    } else if (isSection) {
      this.section(`${path}.`, node);
    } else {
      this.family(path, node);
    }
  }

  private family(path: string, mapping: YamlMapping): void {
    for (const [name, { line, node }] of mapping.entries) {
      if (holdsSecret(name)) {
        fail(this.at(line), `a key of '${path}' looks like a secret`, 'Write the name before the colon, and keep the secret in a Secret');
      }
      FAMILIES.get(path)!(this.at(line), name);
      this.set(`${path}.${name}`, isNull(node) ? null : readFamilyValue(this.at(line), `${path}.${name}`, node), line);
    }
  }

  /** Names the first leaf, because that is the key as the user thinks of it: `replica.min`, not `replica`. */
  private refuseUnknown(start: string, startLine: number, startNode: YamlNode): never {
    let [path, line, node] = [start, startLine, startNode];
    for (let depth = 0; depth < 4 && node.kind === 'mapping' && node.entries.size > 0; depth += 1) {
      const [name, entry] = [...node.entries][0];
      [path, line, node] = [`${path}.${name}`, entry.line, entry.node];
    }
    const sections = [...SECTIONS].filter((section) => this.known().some((key) => key.startsWith(`${section}.`)));
    const candidate = nearest(path, [...this.known(), ...sections]);
    if (candidate === path) {
      const at = path.lastIndexOf('.');
      return fail(this.at(line), `unknown key '${path}' with a dot in it`, `Write '${path.slice(at + 1)}' below '${path.slice(0, at)}'`);
    }
    if (candidate !== undefined) {
      // a question ends without a full stop, so `fail` does not fit
      throw new Error(`${this.at(line)}: unknown key ${keyName(path)}. Did you mean '${candidate}'?`);
    }
    return fail(this.at(line), `unknown key ${keyName(path)}`, `Known keys are ${this.namesBelow(start).join(', ')}`);
  }

  private known(): readonly string[] {
    return this.tagOnly ? TAG_KEYS : KEYS;
  }

  /** The keys of the section that a key stands in, or else the names at the top. */
  private namesBelow(path: string): readonly string[] {
    const section = path.slice(0, path.lastIndexOf('.') + 1);
    const inside = this.known().filter((key) => section !== '' && key.startsWith(section));
    return inside.length > 0 ? inside : this.tagOnly ? TAG_KEYS : [...new Set(this.known().map((key) => key.split('.')[0]))];
  }

  private listOf(keys: readonly string[]): string {
    return keys.length === 1 ? keys[0] : `${keys.slice(0, -1).join(', ')} or ${keys[keys.length - 1]}`;
  }

  private set(path: string, value: string | number | null, line: number): void {
    this.values.set(path, { value, origin: Object.freeze({ file: this.file, line }) });
  }

  private at(line: number): string {
    return `${this.file}:${line}`;
  }
}
