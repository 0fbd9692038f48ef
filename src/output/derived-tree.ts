import type { Construct, IConstruct } from 'constructs';
import type { ManifestSet } from '../manifests/manifest-set';
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

type Derive = (manifests: ManifestSet) => readonly DerivedTree[];

const TREES = new TreeValue<Derive>('derived-trees');

/** Writes files to folders of their own, all of them or nothing, as manifests are. They are made of all manifests, once these are valid. */
export function deriveTrees(construct: Construct, derive: Derive): void {
  TREES.set(construct, derive);
}

export function derivedTreesOf(construct: IConstruct, manifests: ManifestSet): readonly DerivedTree[] {
  return TREES.own(construct)?.(manifests) ?? [];
}
