import { boolCoreTag, floatCoreTag, intCoreTag, NOT_RESOLVED, nullCoreTag } from 'js-yaml';

/** A text, number, truth value or null, with the line that it begins in. */
export interface YamlScalar {
  readonly kind: 'scalar';
  readonly line: number;
  /** What stands in the file, without quotes and escapes. */
  readonly text: string;
  /** What it means by the core schema of YAML 1.2. */
  readonly value: string | number | boolean | null;
}

export interface YamlSequence {
  readonly kind: 'sequence';
  readonly line: number;
  readonly items: readonly YamlNode[];
}

export interface YamlMapping {
  readonly kind: 'mapping';
  readonly line: number;
  /** In the order of the file. */
  readonly entries: ReadonlyMap<string, YamlEntry>;
}

export interface YamlEntry {
  /** The line of the key. */
  readonly line: number;
  readonly node: YamlNode;
}

export type YamlNode = YamlScalar | YamlSequence | YamlMapping;

const CORE_SCHEMA = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag];

/**
 * What a scalar without quotes means: `no`, `on`, `1:30` and `=` are text, `0777`, `1e3` and `~` are not.
 */
export function plainValue(text: string): YamlScalar['value'] {
  for (const tag of CORE_SCHEMA) {
    const value: unknown = tag.resolve(text, false, tag.tagName);
    if (value !== NOT_RESOLVED) {
      return value as YamlScalar['value'];
    }
  }
  // js-yaml takes a number beyond the range for text, while other readers of the same file take it for infinite
  return /^[-+]?\.?[0-9]/.test(text) && Math.abs(Number(text)) === Infinity ? Number(text) : text;
}
