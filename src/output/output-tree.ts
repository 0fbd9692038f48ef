import type { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { TreeValue } from '../model/values/tree-value';

/** The first line of files that people could take for their own: by it the next synthesis knows them. */
export const RENDERED = '# Rendered by cdk8s-microservices, and replaced at each synthesis. Change the program instead.';

/**
 * A folder beside the output folder, in which people have files of their own.
 */
export interface OutputTree {
  /** From the working directory, parts separated by `/`. */
  readonly directory: string;
  readonly extension: string;
  /** The first line of each file that is written there: a file without it belongs to somebody else. */
  readonly header: string;
}

const TREE = new TreeValue<OutputTree>('output-tree');

/** Writes the files of a chart, each of them marked by `OutputFile`, to a tree and not to the output folder. */
export function writeToTree(chart: Chart, tree: OutputTree): void {
  TREE.set(chart, tree);
}

export function treeOf(chart: IConstruct): OutputTree | undefined {
  return TREE.own(chart);
}
