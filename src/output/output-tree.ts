import type { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { TreeValue } from '../values/tree-value';

/** The first line of files that people could take for their own: by it the next synthesis knows them. */
export const RENDERED = '# Rendered by cdk8s-microservices, and replaced at each synthesis. Change the program instead.';

/** What files of such a folder end with, whatever the output folder uses: other programs look for these files. */
export const TREE_EXTENSION = '.yaml';

const DIRECTORY = new TreeValue<string>('output-tree');

/**
 * Writes the files of a chart, each of them marked by `OutputFile`, to a folder beside the output folder, in which people have files of their own.
 *
 * @param directory from the working directory, parts separated by `/`
 */
export function writeToTree(chart: Chart, directory: string): void {
  DIRECTORY.set(chart, directory);
}

export function treeOf(chart: IConstruct): string | undefined {
  return DIRECTORY.own(chart);
}
