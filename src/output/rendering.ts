import { ApiObject, Chart, Names, YamlOutputType } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { ConstructTree } from './construct-tree';
import type { FileNames, NamedObject } from './file-names';
import { compareForInstallation } from './install-order';
import { OutputFile } from './output-file';
import { TREE_EXTENSION, treeOf } from './output-tree';
import { toPatchedJson } from './patch';
import { annotated, withManifests } from './rendered-manifests';
import { SynthesisOrder } from './synthesis-order';
import { toYaml } from './yaml';
import { Manifest } from '../manifests/manifest';
import { ManifestSet } from '../manifests/manifest-set';
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
  readonly objects: readonly ApiObject[];
  readonly manifests: readonly RenderedManifest[];
}

type FileOf = (object: NamedObject, marked?: IConstruct) => string;

/**
 * All manifests of an app, each object rendered once. Charts whose files go to a folder of their own come last, because they may be made of
 * the manifests of all others.
 */
export class Rendering {
  /** In the order of output. */
  public readonly charts: readonly ChartManifests[];

  /** All of them, in the same order. */
  public readonly manifests: ManifestSet;

  /** What is wrong with single objects. */
  public readonly problems: string[] = [];

  private readonly order: SynthesisOrder;

  /**
   * @param tree the constructs of the app, validated
   * @param files the files that manifests go to
   */
  constructor(private readonly tree: ConstructTree, private readonly files: FileNames) {
    this.order = new SynthesisOrder(tree);
    const charts = this.order.charts.map((index, number) => ({ index, number, isLate: treeOf(tree.constructs[index]) !== undefined }));
    const render = (late: boolean) => charts.filter(({ isLate }) => isLate === late)
      .map(({ index, number }): [number, ChartManifests] => [number, this.renderChart(index, number)]);
    const early = render(false);
    const known = manifestSet(early);
    const late = withManifests(tree.constructs[0], known, () => render(true));
    const all = [...early, ...late].sort(([a], [b]) => a - b);
    this.charts = all.map(([, chart]) => chart);
    this.manifests = late.length === 0 ? known : manifestSet(all);
    this.refuseDuplicates();
  }

  /** Manifests of one chart in an order that only their dependencies and identities decide. */
  public sortForInstallation(manifests: readonly RenderedManifest[]): RenderedManifest[] {
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
    return { chart, name, objects, manifests: byChart ? this.renderByChart(chart, index, fileOf, objects) : this.renderObjects(indexes, fileOf) };
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
      const json: unknown = toPatchedJson(object, this.problems);
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
    const place = { file: fileOf({ kind, name: `${metadata?.name ?? ''}` }, marked), path: construct.node.path, owner: marked?.node.path };
    const manifest = annotated(this.tree.constructs[0], new Manifest(json, place));
    const text = toYaml(manifest.json, construct as Construct, (path) => isNullInSource(construct, path));
    return { construct, index, manifest, text, marked };
  }

  private refuseDuplicates(): void {
    const seen = new Map<string, IConstruct>();
    for (const { construct, manifest: { id, kind, name, namespace }, marked } of this.charts.flatMap((chart) => chart.manifests)) {
      if (!marked || name === '') {
        continue;
      }
      const other = seen.get(id);
      if (other) {
        fail(construct, `defines the same ${kind} '${name}'${namespace === undefined ? '' : ` in namespace '${namespace}'`} as [${other.node.path}], so the last one applied wins`,
          'Rename one of them or remove it');
      }
      seen.set(id, construct);
    }
  }
}

function manifestSet(charts: readonly (readonly [number, ChartManifests])[]): ManifestSet {
  return new ManifestSet(charts.flatMap(([, { manifests }]) => manifests.map(({ manifest }) => manifest)));
}

function rendersItself(chart: Chart): boolean {
  return chart.toJson !== Chart.prototype.toJson;
}

/** cdk8s renders null in a list as undefined; where the program says null, as an enum of a CRD may, it is meant. */
function isNullInSource(construct: IConstruct, path: ReadonlyArray<string | number>): boolean {
  const props: unknown = Reflect.get(construct, 'props');
  return path.reduce<any>((value, key) => value?.[key], props) === null;
}
