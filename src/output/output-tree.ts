import type { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ManifestSet } from '../manifests/manifest-set';
import { describe } from '../values/errors';
import { TreeValue } from '../values/tree-value';

/** The first line of files that people could take for their own: by it the next synthesis knows them. */
export const RENDERED = '# Rendered by cdk8s-microservices, and replaced at each synthesis. Change the program instead.';

/** What files of such a folder end with, whatever the output folder uses: other programs look for these files. */
export const TREE_EXTENSION = '.yaml';

interface OutputTree {
  readonly directory: string;
  readonly define: (manifests: ManifestSet) => string[];
}

const OURS = new TreeValue<true>('rendered-in-order');
const TREE = new TreeValue<OutputTree>('output-tree');

/**
 * Writes the files of a chart, each of them marked by `OutputFile`, to a folder beside the output folder, in which people have files of their own.
 *
 * @param directory from the working directory, parts separated by `/`
 * @param define defines what is made of the manifests of all charts without such a folder, and returns what is wrong
 */
export function writeToTree(chart: Chart, directory: string, define: (manifests: ManifestSet) => string[]): void {
  TREE.set(chart, { directory, define });
  chart.node.addValidation({
    validate: () => OURS.own(chart.node.root) ? [] : [describe(
      'is made of the manifests of other charts, which the App of cdk8s does not render first', 'Use the App of cdk8s-microservices')],
  });
}

/** Marks a tree as rendered by the app of this library. */
export function isRenderedInOrder(root: IConstruct): void {
  OURS.set(root, true);
}

export function treeOf(chart: IConstruct): string | undefined {
  return TREE.own(chart)?.directory;
}

/** Defines what is in a chart with a folder of its own. */
export function defineFromManifests(chart: IConstruct, manifests: ManifestSet): string[] {
  return TREE.own(chart)?.define(manifests).map((problem) => `[${chart.node.path}] ${problem}`) ?? [];
}
