import type { Construct, IConstruct } from 'constructs';
import { TreeValue } from '../model/values/tree-value';

/** A file that is made of manifests and is none. */
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
  /** Asked for when all objects are there and valid. */
  readonly files: () => readonly DerivedFile[];
}

const TREE = new TreeValue<DerivedTree>('derived-tree');

/** Writes what is derived from manifests to a folder of its own, all of it or nothing, as manifests are. */
export function deriveTree(construct: Construct, tree: DerivedTree): void {
  TREE.set(construct, tree);
}

export function derivedTreeOf(construct: IConstruct): DerivedTree | undefined {
  return TREE.own(construct);
}
