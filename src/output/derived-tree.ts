import type { Construct, IConstruct } from 'constructs';
import { TreeValue } from '../values/tree-value';

/** A file that is made of what is rendered and is no manifest. */
export interface DerivedFile {
  /** Below the directory of its tree, parts separated by `/`, with its extension. */
  readonly file: string;
  readonly text: string;
  /** What it is made of, for errors. */
  readonly owner: Construct;
}

/**
 * A folder beside the output folder, with files that are made of what is rendered.
 */
export interface DerivedTree {
  /** From the working directory, parts separated by `/`. */
  readonly directory: string;
  /** A sentence in the first line of each file that is written there: a file without it belongs to somebody else. */
  readonly header: string;
  readonly files: readonly DerivedFile[];
}

const TREES = new TreeValue<() => readonly DerivedTree[]>('derived-trees');

/** Writes files to folders of their own, all of them or nothing, as manifests are. They are asked for when all objects are there and valid. */
export function deriveTrees(construct: Construct, trees: () => readonly DerivedTree[]): void {
  TREES.set(construct, trees);
}

export function derivedTreesOf(construct: IConstruct): readonly DerivedTree[] {
  return TREES.own(construct)?.() ?? [];
}
