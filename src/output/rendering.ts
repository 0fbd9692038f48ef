import { ApiObject, Chart, Names, YamlOutputType } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { annotated } from './annotations';
import type { ConstructTree } from './construct-tree';
import { earlyJson } from './early-objects';
import type { FileNames, NamedObject } from './file-names';
import { compareForInstallation } from './install-order';
import { TREE_EXTENSION, treeOf } from './output-tree';
import { toPatchedJson } from './patch';
import { SynthesisOrder } from './synthesis-order';
import { toYaml } from './yaml';
import { OutputFile } from '../core/output-file';
import { Manifest } from '../manifests/manifest';
import { fail } from '../values/errors';

/**
 * An API object as data and as text.
 */
export interface RenderedManifest {
  /** The API object; the chart if the chart renders its objects itself. */
  readonly construct: IConstruct;
  readonly index: number;
  readonly manifest: Manifest;
  readonly text: string;
  /** The construct that `OutputFile` marks, if any. */
  readonly marked?: IConstruct;
}

/**
 * The manifests of a chart in the order of output.
 */
export interface ChartManifests {
  readonly chart: Chart;
  /** What its files and folders are called. */
  readonly name: string;
  /** Its place among all charts. */
  readonly number: number;
  readonly objects: readonly ApiObject[];
  readonly manifests: readonly RenderedManifest[];
  /** Brings some of its manifests into an order that only their dependencies and identities decide. */
  readonly sortForInstallation: (manifests: readonly RenderedManifest[]) => RenderedManifest[];
}

type FileOf = (object: NamedObject, marked?: IConstruct) => string;

/**
 * The manifests of charts, each object rendered once.
 */
export class Rendering {
  /** In the order of output. */
  public readonly charts: readonly ChartManifests[];

  /** What is wrong with single objects. */
  public readonly problems: string[] = [];

  private readonly order: SynthesisOrder;

  /**
   * @param tree the constructs of the app, validated
   * @param files the files that manifests go to
   * @param wanted which charts are rendered
   */
  constructor(private readonly tree: ConstructTree, private readonly files: FileNames, wanted: (chart: IConstruct) => boolean) {
    this.order = new SynthesisOrder(tree);
    this.charts = this.order.charts.flatMap((index, number) => wanted(tree.constructs[index]) ? [this.renderChart(index, number)] : []);
  }

  private sortForInstallation(manifests: readonly RenderedManifest[]): RenderedManifest[] {
    const byIndex = new Map(manifests.map((each) => [each.index, each]));
    const sorted = [...manifests].sort((a, b) => compareForInstallation(a.manifest, b.manifest)).map(({ index }) => index);
    return this.order.refine(sorted, this.tree.chartOf[sorted[0]]).map((index) => byIndex.get(index)!);
  }

  private renderChart(index: number, number: number): ChartManifests {
    const chart = this.tree.constructs[index] as Chart;
    const indexes = this.order.objectsOf(index);
    const objects = indexes.map((each) => this.tree.constructs[each] as ApiObject);
    const label = Names.toDnsLabel(chart);
    const name = this.order.hasDependentCharts ? `${number.toString().padStart(4, '0')}-${label}` : label;
    const directory = treeOf(chart);
    const fileOf = (object: NamedObject, marked?: IConstruct) => directory === undefined || !marked ? this.files.of(name, object, marked)
      : `${directory}/${OutputFile._fileOf(marked)}${TREE_EXTENSION}`;
    // cdk8s asks charts for their manifests, but not where each has a folder
    const byChart = this.files.type !== YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE && rendersItself(chart);
    return {
      chart,
      name,
      number,
      objects,
      manifests: byChart ? this.renderByChart(chart, index, fileOf, objects) : this.renderObjects(indexes, fileOf),
      sortForInstallation: (manifests) => this.sortForInstallation(manifests),
    };
  }

  private renderByChart(chart: Chart, index: number, fileOf: FileOf, objects: readonly ApiObject[]): RenderedManifest[] {
    const marked = objects.find((object) => OutputFile.of(object) !== undefined);
    if (marked) {
      fail(marked, `belongs to OutputFile '${OutputFile.of(marked)}', but its chart overrides toJson(), so nobody can tell its objects apart`,
        'Remove the override or the OutputFile');
    }
    return chart.toJson().flatMap((json) => json === undefined ? [] : this.render(chart, index, fileOf, json));
  }

  private renderObjects(indexes: readonly number[], fileOf: FileOf): RenderedManifest[] {
    const manifests: RenderedManifest[] = [];
    for (const index of indexes) {
      const object = this.tree.constructs[index] as ApiObject;
      const json: unknown = earlyJson(object, this.tree.constructs[0]) ?? toPatchedJson(object, this.problems);
      // cdk8s lets an object leave itself out
      if (json !== undefined) {
        manifests.push(this.render(object, index, fileOf, json, OutputFile._ownerOf(object)));
      }
    }
    return manifests;
  }

  private render(construct: IConstruct, index: number, fileOf: FileOf, json: any, marked?: IConstruct): RenderedManifest {
    // by the object, not by its manifest: a JSON patch of the name leaves the file name
    const { kind, metadata } = this.files.type === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE ? construct as ApiObject : json;
    const place = { file: fileOf({ kind, name: `${metadata?.name ?? ''}` }, marked), path: this.tree.pathOf(index), owner: marked && this.tree.pathAround(index, marked) };
    const manifest = annotated(this.tree.constructs[0], new Manifest(json, place));
    const text = toYaml(manifest.json, construct as Construct, (path) => isNullInSource(construct, path));
    return { construct, index, manifest, text, marked };
  }
}

function rendersItself(chart: Chart): boolean {
  return chart.toJson !== Chart.prototype.toJson;
}

/** cdk8s renders null in a list as undefined; where the program says null, as an enum of a CRD may, it is meant. */
function isNullInSource(construct: IConstruct, path: ReadonlyArray<string | number>): boolean {
  const props: unknown = Reflect.get(construct, 'props');
  return path.reduce<any>((value, key) => value?.[key], props) === null;
}
