import { ApiObject, Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { ConstructTree } from './construct-tree';
import { compareForInstallation, ObjectIdentity } from './install-order';
import { OutputFile } from './output-file';
import { SynthesisOrder } from './synthesis-order';
import { toYaml } from './yaml';
import { fail } from '../values/errors';

/**
 * An API object as text.
 */
export interface Manifest {
  /** The API object; the chart if the chart renders its objects itself. */
  readonly construct: IConstruct;
  readonly index: number;
  readonly text: string;
  readonly identity: ObjectIdentity;
  /** The construct that `OutputFile` marks, if any. */
  readonly marked?: IConstruct;
}

/**
 * The manifests of a chart in the order of output.
 */
export interface ChartManifests {
  readonly chart: Chart;
  readonly objects: readonly ApiObject[];
  readonly manifests: readonly Manifest[];
}

/**
 * All manifests of an app, each object rendered once.
 */
export class Rendering {
  /** In the order of output. */
  public readonly charts: readonly ChartManifests[];

  /** Whether a chart depends on another, so that cdk8s numbers the charts. */
  public readonly hasDependentCharts: boolean;

  private readonly order: SynthesisOrder;

  /**
   * @param tree the constructs of the app, validated
   * @param byChart whether a chart that overrides `toJson` is asked for its manifests, or its objects in any case
   */
  constructor(private readonly tree: ConstructTree, private readonly byChart: boolean) {
    this.order = new SynthesisOrder(tree);
    this.hasDependentCharts = this.order.hasDependentCharts;
    this.charts = this.order.charts.map((chart) => this.renderChart(chart));
    this.refuseDuplicates();
  }

  /** Manifests of one chart in an order that only their dependencies and identities decide. */
  public sortForInstallation(manifests: readonly Manifest[]): Manifest[] {
    const byIndex = new Map(manifests.map((manifest) => [manifest.index, manifest]));
    const sorted = [...manifests].sort((a, b) => compareForInstallation(a.identity, b.identity)).map(({ index }) => index);
    return this.order.refine(sorted, this.tree.chartOf[sorted[0]]).map((index) => byIndex.get(index)!);
  }

  private renderChart(index: number): ChartManifests {
    const chart = this.tree.constructs[index] as Chart;
    const indexes = this.order.objectsOf(index);
    const objects = indexes.map((each) => this.tree.constructs[each] as ApiObject);
    return { chart, objects, manifests: this.byChart && rendersItself(chart) ? renderByChart(chart, index, objects) : this.renderObjects(indexes) };
  }

  private renderObjects(indexes: readonly number[]): Manifest[] {
    const manifests: Manifest[] = [];
    for (const index of indexes) {
      const object = this.tree.constructs[index] as ApiObject;
      const json: unknown = object.toJson();
      // cdk8s lets an object leave itself out
      if (json !== undefined) {
        manifests.push(render(object, index, json, OutputFile._ownerOf(object)));
      }
    }
    return manifests;
  }

  private refuseDuplicates(): void {
    const seen = new Map<string, IConstruct>();
    for (const { construct, identity, marked } of this.charts.flatMap((chart) => chart.manifests)) {
      if (!marked || identity.name === '') {
        continue;
      }
      const { apiVersion, kind, namespace, name } = identity;
      const key = JSON.stringify([apiVersion, kind, namespace, name]);
      const other = seen.get(key);
      if (other) {
        fail(construct, `defines the same ${kind} '${name}'${namespace && ` in namespace '${namespace}'`} as [${other.node.path}], so the last one applied wins`,
          'Rename one of them or remove it');
      }
      seen.set(key, construct);
    }
  }
}

function rendersItself(chart: Chart): boolean {
  return chart.toJson !== Chart.prototype.toJson;
}

function renderByChart(chart: Chart, index: number, objects: readonly ApiObject[]): Manifest[] {
  const marked = objects.find((object) => OutputFile.of(object) !== undefined);
  if (marked) {
    fail(marked, `belongs to OutputFile '${OutputFile.of(marked)}', but its chart overrides toJson(), so nobody can tell its objects apart`,
      'Remove the override or the OutputFile');
  }
  return chart.toJson().filter((json) => json !== undefined).map((json) => render(chart, index, json));
}

function render(construct: IConstruct, index: number, json: unknown, marked?: IConstruct): Manifest {
  const { apiVersion, kind, metadata } = json as { apiVersion: unknown; kind: unknown; metadata?: { namespace?: unknown; name?: unknown } };
  return {
    construct,
    index,
    text: toYaml(json, construct as Construct, (path) => isNullInSource(construct, path)),
    identity: {
      apiVersion: `${apiVersion}`,
      kind: `${kind}`,
      namespace: `${metadata?.namespace ?? ''}`,
      name: `${metadata?.name ?? ''}`,
    },
    marked,
  };
}

/** cdk8s renders null in a list as undefined; where the program says null, as an enum of a CRD may, it is meant. */
function isNullInSource(construct: IConstruct, path: ReadonlyArray<string | number>): boolean {
  const props: unknown = Reflect.get(construct, 'props');
  return path.reduce<any>((value, key) => value?.[key], props) === null;
}
