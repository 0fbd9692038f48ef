import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * One walk over a construct tree: every construct, and what synthesis asks about each again and again.
 *
 * A construct is named by its index in pre-order, so its descendants are the indexes up to its `end`.
 */
export class ConstructTree {
  /** All constructs, a parent before its children. */
  public readonly constructs: IConstruct[] = [];

  /** For each construct the index after its last descendant. */
  public readonly ends: number[] = [];

  /** For each construct the index of the one around it, -1 for the root. */
  public readonly parents: number[] = [];

  /** For each construct the index of the nearest chart around it or itself, -1 outside of any chart. */
  public readonly chartOf: number[] = [];

  /** The charts. */
  public readonly charts: number[] = [];

  private readonly paths: string[] = [];
  private readonly objects = new Map<number, number[]>();

  constructor(root: IConstruct) {
    this.visit(root, -1, -1);
  }

  /** The API objects of a chart, without those of the charts in it. */
  public objectsOf(chart: number): readonly number[] {
    return this.objects.get(chart) ?? [];
  }

  /** What a construct's `node.path` is, which cdk8s makes anew each time. */
  public pathOf(index: number): string {
    return this.paths[index] ??= this.makePath(index);
  }

  /** The same of a construct around another one, or of that itself. */
  public pathAround(index: number, construct: IConstruct): string {
    return this.constructs[index] === construct ? this.pathOf(index) : this.pathAround(this.parents[index], construct);
  }

  private makePath(index: number): string {
    const { id } = this.constructs[index].node;
    const above = index === 0 ? '' : this.pathOf(this.parents[index]);
    return above === '' || id === '' ? above || id : `${above}/${id}`;
  }

  private visit(construct: IConstruct, parent: number, chartAround: number): void {
    const index = this.constructs.push(construct) - 1;
    const isChart = Chart.isChart(construct);
    const chart = isChart ? index : chartAround;
    this.ends.push(0);
    this.parents.push(parent);
    this.chartOf.push(chart);
    if (isChart) {
      this.charts.push(index);
      this.objects.set(index, []);
    }
    if (ApiObject.isApiObject(construct)) {
      this.objects.get(chart)?.push(index);
    }
    for (const child of construct.node.children) {
      this.visit(child, index, chart);
    }
    this.ends[index] = this.constructs.length;
  }
}
