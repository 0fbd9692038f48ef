import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ConstructTree } from './construct-tree';

/**
 * What must come before what: the dependencies that a program declares, and those that cdk8s derives from them.
 *
 * cdk8s spreads one dependency over all pairs of objects at its two ends. Here the objects at the far end are
 * collected once, behind a joint that all dependants share. Nothing is added to the constructs, so a second synthesis
 * finds the tree as it was.
 */
export class DependencyEdges {
  /** Whether a chart depends on another or stands in another. */
  public readonly crossCharts: boolean;

  /** The dependencies of each vertex in order. Vertices beyond the constructs are joints. */
  public readonly edges = new Map<number, number[]>();

  /** The construct of each joint: the first joint follows the last construct. */
  public readonly jointTargets: number[] = [];

  /** Charts with an edge somewhere in their subtree. */
  public readonly chartsWithEdges = new Set<number>();

  private readonly joints = new Map<number, number>();

  constructor(private readonly tree: ConstructTree) {
    this.crossCharts = this.collect();
  }

  /** Collects all edges in cdk8s's order; the steps are those of its `resolveDependencies`. */
  private collect(): boolean {
    const { constructs, charts, chartOf, parents } = this.tree;
    const declared = new Map<number, Set<IConstruct>>();
    constructs.forEach((construct, index) => {
      const dependencies = construct.node.dependencies;
      if (dependencies.length > 0) {
        declared.set(index, new Set(dependencies));
      }
    });
    const chartsInCharts = charts.filter((chart) => chart > 0 && chartOf[parents[chart]] === parents[chart]);
    if (declared.size === 0 && chartsInCharts.length === 0) {
      return false;
    }
    const indexes = new Map(constructs.map((construct, index) => [construct, index]));
    const depend = (source: number, target: IConstruct) => {
      (declared.get(source) ?? declared.set(source, new Set()).get(source)!).add(target);
    };
    const inOrder = () => [...declared.entries()]
      .sort(([a], [b]) => a - b)
      .flatMap(([source, targets]) => [...targets].map((target) => ({ source, target })));

    // a chart depends on the charts directly in it
    chartsInCharts.forEach((chart) => depend(parents[chart], constructs[chart]));

    // a chart depends on the charts that its constructs depend on
    let crossing = chartsInCharts.length > 0;
    for (const { source, target } of inOrder()) {
      const sourceChart = Chart.of(constructs[source]);
      const targetChart = Chart.of(target);
      if (sourceChart !== targetChart) {
        depend(indexes.get(sourceChart)!, targetChart);
        crossing = true;
      }
    }

    // the objects at one end depend on those at the other
    const dependencies = inOrder()
      .map(({ source, target }) => ({ source, target: indexes.get(target) ?? -1 }))
      .filter(({ target }) => target >= 0);
    dependencies.forEach(({ source, target }) => this.connect(source, target));
    dependencies.forEach(({ source, target }) => this.connectObjects(source, target));
    return crossing;
  }

  private connect(source: number, target: number): void {
    const list = this.edges.get(source);
    if (list) {
      list.push(target);
      return;
    }
    this.edges.set(source, [target]);
    const { chartOf, parents } = this.tree;
    for (let chart = chartOf[source]; chart >= 0; chart = chart > 0 ? chartOf[parents[chart]] : -1) {
      this.chartsWithEdges.add(chart);
    }
  }

  private connectObjects(source: number, target: number): void {
    const targets = this.objectsBelow(target);
    if (targets.length === 0) {
      return;
    }
    const sources = this.objectsBelow(source);
    const overlap = new Set(this.overlap(source, target) ? targets : []);
    const shared = sources.filter((each) => overlap.has(each));
    for (const each of sources) {
      if (targets.length === 1 || (shared.length === 1 && each === shared[0])) {
        // an object does not depend on itself, though it stands at both ends
        targets.filter((other) => other !== each).forEach((other) => this.connect(each, other));
      } else {
        this.connect(each, this.joint(target, targets));
      }
    }
  }

  private overlap(a: number, b: number): boolean {
    const { ends } = this.tree;
    return (a <= b && b < ends[a]) || (b <= a && a < ends[b]);
  }

  private joint(target: number, objects: readonly number[]): number {
    let joint = this.joints.get(target);
    if (joint === undefined) {
      joint = this.tree.constructs.length + this.jointTargets.push(target) - 1;
      this.joints.set(target, joint);
      this.edges.set(joint, [...objects]);
    }
    return joint;
  }

  /** The objects of a construct's own chart that stand in it. */
  private objectsBelow(construct: number): readonly number[] {
    const objects = this.tree.objectsOf(this.tree.chartOf[construct]);
    return objects.slice(lowerBound(objects, construct), lowerBound(objects, this.tree.ends[construct]));
  }
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (sorted[middle] < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
