import type { Part } from './words';

/** The names that lead to a value, from `.Values` on. */
export type ValuePath = readonly string[];

/** What must hold for a part of a template to be rendered: that a value is true, or that it is there. */
export interface Condition {
  readonly kind: 'true' | 'present';
  readonly path: ValuePath;
}

/** The entry of a map or list. */
export interface TemplateEntry {
  /** The key; undefined in a list. */
  readonly key?: readonly Part[];
  readonly node: TemplateNode;
  readonly condition?: Condition;
}

/** A manifest as a template holds it. */
export type TemplateNode =
  /** The same in all environments: a scalar, or an empty collection. */
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'text'; readonly parts: readonly Part[] }
  /** What a value holds, whatever its type. */
  | { readonly kind: 'value'; readonly path: ValuePath }
  /** The text of an action. */
  | { readonly kind: 'action'; readonly action: string }
  | { readonly kind: 'map' | 'list'; readonly entries: readonly TemplateEntry[] };
