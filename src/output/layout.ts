import { ApiObject, Chart, Names, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ConstructTree } from './construct-tree';
import { derivedTreesOf } from './derived-tree';
import { OutputFile } from './output-file';
import type { Output } from './output-folder';
import { RENDERED, treeOf } from './output-tree';
import type { ChartManifests, Manifest, Rendering } from './rendering';

/**
 * The files of an app, and folders that exist even if they are empty.
 */
export interface Layout {
  readonly outputs: Output[];
  readonly folders: string[];
}

const APP = '[<app>]';

/** Whatever the output folder uses: other programs look for these files. */
const TREE_EXTENSION = '.yaml';

/** The files of one folder beside the output folder. */
export interface TreeLayout {
  readonly directory: string;
  /** What the first line of each of them holds. */
  readonly header: string;
  readonly outputs: readonly Output[];
}

/**
 * Divides manifests into files, as cdk8s does, and gives marked constructs files of their own. Charts with a tree of their own are left out.
 */
export function layOut(rendering: Rendering, type: YamlOutputType, extension: string): Layout {
  switch (type) {
    case YamlOutputType.FILE_PER_APP:
      return {
        outputs: rendering.charts.length === 0
          ? []
          : [{ file: `app${extension}`, owner: APP, text: join(chartsOf(rendering).flatMap((each) => each.manifests)) }],
        folders: [],
      };
    case YamlOutputType.FILE_PER_RESOURCE:
      return {
        outputs: chartsOf(rendering).flatMap(({ manifests }) => manifests
          .map((manifest) => resourceOutput(manifest, '', manifest.identity.kind, manifest.identity.name, extension))),
        folders: [],
      };
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return foldersPerChart(rendering, extension);
    default:
      return { outputs: filesPerChart(rendering, extension), folders: [] };
  }
}

/**
 * The file by which validations of the cdk8s CLI find the construct of a manifest.
 */
export function constructMetadata(rendering: Rendering): Output {
  const resources: Record<string, unknown> = {};
  for (const object of rendering.charts.flatMap((each) => each.objects)) {
    resources[object.name] = { path: object.node.path };
  }
  return { file: 'construct-metadata.json', owner: APP, text: JSON.stringify({ version: '1.0.0', resources }) };
}

/**
 * Joins manifests to a stream of documents.
 */
export function join(manifests: readonly Manifest[]): string {
  return manifests.map((manifest) => manifest.text).join('---\n');
}

/**
 * The files of charts with a tree of their own.
 */
export function layOutTrees(rendering: Rendering): TreeLayout[] {
  return rendering.charts.flatMap((each) => {
    const directory = treeOf(each.chart);
    const outputs = () => markedOutputs(rendering, each, TREE_EXTENSION).map((output) => ({ ...output, text: `${RENDERED}\n${output.text}` }));
    return directory === undefined ? [] : [{ directory, header: RENDERED, outputs: outputs() }];
  });
}

/**
 * The files that are made of what is rendered.
 */
export function layOutDerived({ constructs }: ConstructTree): TreeLayout[] {
  return constructs.flatMap(derivedTreesOf).map(({ directory, header, files }) => (
    { directory, header, outputs: files.map(({ file, text, owner }) => ({ file, text, owner: place(owner) })) }));
}

function markedOutputs(rendering: Rendering, chart: ChartManifests, extension: string): Output[] {
  return [...groupByMark(chart)].map(([owner, manifests]) => (
    { file: `${OutputFile._fileOf(owner)}${extension}`, owner: place(owner), text: join(rendering.sortForInstallation(manifests)) }));
}

/** The charts of the output folder, each with its place among all. */
function chartsOf(rendering: Rendering): (ChartManifests & { readonly index: number })[] {
  return rendering.charts.map((each, index) => ({ ...each, index })).filter(({ chart }) => treeOf(chart) === undefined);
}

function filesPerChart(rendering: Rendering, extension: string): Output[] {
  return chartsOf(rendering).flatMap((each) => {
    const outputs: Output[] = [];
    const unmarked = each.manifests.filter((manifest) => !manifest.marked);
    if (unmarked.length > 0 || (each.manifests.length === 0 && OutputFile.of(each.chart) === undefined)) {
      outputs.push({ file: chartName(rendering, each.chart, each.index) + extension, owner: place(each.chart), text: join(unmarked) });
    }
    outputs.push(...markedOutputs(rendering, each, extension));
    return outputs;
  });
}

function foldersPerChart(rendering: Rendering, extension: string): Layout {
  const charts = chartsOf(rendering);
  const folders = charts.map(({ chart, index }) => chartName(rendering, chart, index));
  const outputs = charts.flatMap(({ manifests }, index) => manifests.map((manifest) => {
    // by the object, not by its manifest: a JSON patch of the name leaves the file name
    const { kind, metadata } = manifest.construct as ApiObject;
    return resourceOutput(manifest, `${folders[index]}/`, kind, `${metadata.name}`, extension);
  }));
  return { outputs, folders };
}

function resourceOutput(manifest: Manifest, folder: string, kind: string, name: string, extension: string): Output {
  const file = `${kind}.${name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
  return { file: folder + file + extension, owner: place(manifest.construct), text: manifest.text };
}

function chartName(rendering: Rendering, chart: Chart, index: number): string {
  const name = Names.toDnsLabel(chart);
  return rendering.hasDependentCharts ? `${index.toString().padStart(4, '0')}-${name}` : name;
}

function groupByMark({ manifests }: ChartManifests): Map<IConstruct, Manifest[]> {
  const groups = new Map<IConstruct, Manifest[]>();
  for (const manifest of manifests) {
    if (manifest.marked) {
      (groups.get(manifest.marked) ?? groups.set(manifest.marked, []).get(manifest.marked)!).push(manifest);
    }
  }
  return groups;
}

function place(construct: IConstruct): string {
  return `[${construct.node.path}]`;
}
