import type { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { TreeValue } from '../model/values/tree-value';

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

/** A file of a tree that holds no API objects, such as a script. */
export interface TreeText {
  readonly tree: OutputTree;
  /** Below the folder of the tree, without extension. */
  readonly file: string;
  /** What follows the header, asked for when all of the program has run. */
  readonly text: () => string;
}

const TREE = new TreeValue<OutputTree>('output-tree');

/** Writes the files of a chart, each of them marked by `OutputFile`, to a tree and not to the output folder. */
export function writeToTree(chart: Chart, tree: OutputTree): void {
  TREE.set(chart, tree);
}

export function treeOf(chart: IConstruct): OutputTree | undefined {
  return TREE.own(chart);
}

const TEXTS = new TreeValue<TreeText[]>('tree-texts');

/** Writes a text to a tree, beside what the chart renders. */
export function writeTextToTree(chart: Chart, text: TreeText): void {
  TEXTS.set(chart, [...textsOf(chart), text]);
}

export function textsOf(chart: IConstruct): readonly TreeText[] {
  return TEXTS.own(chart) ?? [];
}

/** Takes back what was to be written: a step of preparation may run again. */
export function forgetTexts(chart: Chart): void {
  TEXTS.set(chart, []);
}
