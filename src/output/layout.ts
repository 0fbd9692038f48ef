import { YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { derivedTreesOf } from './derived-tree';
import type { FileNames } from './file-names';
import type { Output } from './output';
import { RENDERED, TREE_EXTENSION, treeOf } from './output-tree';
import type { ChartManifests, RenderedManifest } from './rendering';
import type { Synthesis } from './synthesis';
import { OutputFile } from '../core/output-file';
import { changesOf } from '../difference/manifest-changes';

/**
 * The files of an app, and folders that exist even if they are empty.
 */
export interface Layout {
  readonly outputs: Output[];
  readonly folders: string[];
}

const APP = '[<app>]';

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
export function layOut(synthesis: Synthesis, files: FileNames): Layout {
  const charts = synthesis.charts.filter(({ chart }) => treeOf(chart) === undefined);
  const all = charts.flatMap(({ manifests }) => manifests);
  switch (files.type) {
    case YamlOutputType.FILE_PER_APP:
      return { outputs: synthesis.charts.length === 0 ? [] : [outputOf(`app${files.extension}`, APP, all)], folders: [] };
    case YamlOutputType.FILE_PER_RESOURCE:
      return { outputs: all.map(resourceOutput), folders: [] };
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return { outputs: all.map(resourceOutput), folders: charts.map(({ name }) => name) };
    default:
      return { outputs: charts.flatMap((each) => chartOutputs(each, files)), folders: [] };
  }
}

/**
 * The file by which validations of the cdk8s CLI find the construct of a manifest.
 */
export function constructMetadata({ charts }: Synthesis): Output {
  const resources: Record<string, unknown> = {};
  for (const object of charts.flatMap((each) => each.objects)) {
    resources[object.name] = { path: object.node.path };
  }
  return { file: 'construct-metadata.json', owner: APP, text: JSON.stringify({ version: '1.0.0', resources }) };
}

/**
 * Joins manifests to a stream of documents.
 */
export function join(manifests: readonly RenderedManifest[]): string {
  return manifests.map((manifest) => manifest.text).join('---\n');
}

/**
 * The files of charts with a tree of their own.
 */
export function layOutTrees({ charts }: Synthesis): TreeLayout[] {
  return charts.flatMap((each) => {
    const directory = treeOf(each.chart);
    const outputs = () => markedOutputs(each, TREE_EXTENSION)
      .map(({ text, file, owner, changes }) => ({ file, owner, changes, text: `${RENDERED}\n${text}` }));
    return directory === undefined ? [] : [{ directory, header: RENDERED, outputs: outputs() }];
  });
}

/**
 * The files that are made of what is rendered.
 */
export function layOutDerived({ tree: { constructs }, manifests }: Synthesis): TreeLayout[] {
  return constructs.flatMap((construct) => derivedTreesOf(construct, manifests)).map(({ directory, header, files }) => (
    { directory, header, outputs: files.map(({ file, text, owner }) => ({ file, text, owner: place(owner) })) }));
}

function markedOutputs(chart: ChartManifests, extension: string): Output[] {
  return [...groupByMark(chart)].map(([owner, manifests]) => (
    outputOf(`${OutputFile._fileOf(owner)}${extension}`, place(owner), chart.sortForInstallation(manifests))));
}

function chartOutputs(each: ChartManifests, files: FileNames): Output[] {
  const unmarked = each.manifests.filter((manifest) => !manifest.marked);
  const isEmpty = each.manifests.length === 0 && OutputFile.of(each.chart) === undefined;
  return [
    ...unmarked.length > 0 || isEmpty ? [outputOf(files.ofChart(each.name), place(each.chart), unmarked)] : [],
    ...markedOutputs(each, files.extension),
  ];
}

function outputOf(file: string, owner: string, manifests: readonly RenderedManifest[]): Output {
  return {
    file,
    owner,
    // joined when it is written, because it would take as much memory as all its parts
    get text() {
      return join(manifests);
    },
    changes: (before) => changesOf(before, manifests.map(({ manifest }) => manifest)),
  };
}

function resourceOutput(rendered: RenderedManifest): Output {
  return outputOf(rendered.manifest.place.file!, place(rendered.construct), [rendered]);
}

function groupByMark({ manifests }: ChartManifests): Map<IConstruct, RenderedManifest[]> {
  const groups = new Map<IConstruct, RenderedManifest[]>();
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
