import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ConstructTree } from './construct-tree';
import { describeCycle } from './dependency-cycle';

/**
 * The order of charts, and of the objects in each, that cdk8s gives them: dependencies first, otherwise as they
 * stand in the tree. Throws cdk8s's error for a dependency cycle.
 *
 * cdk8s spreads one dependency over all pairs of objects at its two ends, and walks every path through the result.
 * Here the objects at the far end are collected once, behind a joint that all dependants share, and each vertex is
 * visited once. Nothing is added to the constructs, so a second synthesis finds the tree as it was.
 */
export class SynthesisOrder {
  /** Whether a chart depends on another or stands in another: cdk8s then numbers the output. */
  public readonly hasDependentCharts: boolean;

  /** All charts in the order of output. */
  public readonly charts: readonly number[];

  /** The dependencies of each vertex in order. Vertices beyond the constructs are joints. */
  private readonly edges = new Map<number, number[]>();
  private readonly joints = new Map<number, number>();
  private readonly jointTargets: number[] = [];
  /** Charts with an edge somewhere in their subtree. */
  private readonly chartsWithEdges = new Set<number>();

  constructor(private readonly tree: ConstructTree) {
    this.hasDependentCharts = this.collect();
    this.charts = this.sortCharts();
  }

  /** The objects of a chart, without those of the charts in it, in the order of output. */
  public objectsOf(chart: number): readonly number[] {
    const objects = this.tree.objectsOf(chart);
    if (objects.length < 2 || !this.chartsWithEdges.has(chart)) {
      return objects;
    }
    const own = new Set(objects);
    return this.sort(this.range(chart), chart).filter((vertex) => own.has(vertex));
  }

  /**
   * The given objects, one before another only if it must be by a dependency, or else as given.
   *
   * For objects of one chart. Unlike `objectsOf` it asks nothing of the tree but the dependencies.
   */
  public refine(sorted: readonly number[], chart: number): readonly number[] {
    if (!this.chartsWithEdges.has(chart)) {
      return sorted;
    }
    const rank = new Map(sorted.map((object, index) => [object, index]));
    const byRank = (a: number, b: number) => (rank.get(a) ?? Infinity) - (rank.get(b) ?? Infinity) || a - b;
    const done = new Set<number>();
    const result: number[] = [];
    // an object that is not in the list is followed too: two of the list may hang together through it
    const visit = (object: number) => {
      if (done.has(object)) {
        return;
      }
      done.add(object);
      this.objectDependencies(object).filter((target) => this.tree.chartOf[target] === chart).sort(byRank).forEach(visit);
      if (rank.has(object)) {
        result.push(object);
      }
    };
    sorted.forEach(visit);
    return result;
  }

  private objectDependencies(object: number): number[] {
    const targets = new Set<number>();
    for (const target of this.edges.get(object) ?? []) {
      if (target >= this.tree.constructs.length) {
        this.edges.get(target)!.forEach((each) => targets.add(each));
      } else {
        targets.add(target);
      }
    }
    const objects = new Set(this.tree.objectsOf(this.tree.chartOf[object]));
    return [...targets].filter((target) => target !== object && objects.has(target));
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

  private range(construct: number): number[] {
    return Array.from({ length: this.tree.ends[construct] - construct }, (_, index) => construct + index);
  }

  private sortCharts(): number[] {
    const { constructs, charts, ends } = this.tree;
    // cdk8s keeps constructs by path in an object, which lists paths like '12' before all others
    const isIndex = (construct: number) => isArrayIndex(constructs[construct].node.id);
    const numbered: number[] = [];
    for (let child = 1; child < constructs.length; child = ends[child]) {
      if (isIndex(child)) {
        numbered.push(child);
      }
    }
    if (this.edges.size === 0) {
      const first = new Set(numbered);
      return [...charts.filter((chart) => first.has(chart)), ...charts.filter((chart) => !first.has(chart))];
    }
    const first = new Set(numbered);
    const all = [...numbered, ...this.range(0).filter((construct) => !first.has(construct))];
    const isChart = new Set(charts);
    return this.sort(all, 0).filter((vertex) => isChart.has(vertex));
  }

  /**
   * Sorts all constructs in `root`, given in the order in which to begin, so that dependencies come first.
   */
  private sort(vertices: readonly number[], root: number): number[] {
    const { tree: { constructs, ends } } = this;
    const end = ends[root];
    const inScope = (vertex: number) => {
      const construct = vertex < constructs.length ? vertex : this.jointTargets[vertex - constructs.length];
      return root <= construct && construct < end;
    };
    const dependents = new Set<number>();
    const mark = (vertex: number) => {
      for (const target of this.edges.get(vertex) ?? []) {
        if (inScope(target) && !dependents.has(target)) {
          dependents.add(target);
          if (target >= constructs.length) {
            mark(target);
          }
        }
      }
    };
    vertices.forEach(mark);

    const sorted: number[] = [];
    const open = new Set<number>();
    const done = new Set<number>();
    const visit = (start: number) => {
      const stack: Array<{ vertex: number; next: number }> = [];
      const enter = (vertex: number) => {
        if (done.has(vertex)) {
          return;
        }
        if (open.has(vertex)) {
          throw this.cycle([...stack.map((each) => each.vertex), vertex]);
        }
        open.add(vertex);
        stack.push({ vertex, next: 0 });
      };
      enter(start);
      while (stack.length > 0) {
        const top = stack[stack.length - 1];
        const targets = this.edges.get(top.vertex);
        if (targets && top.next < targets.length) {
          const target = targets[top.next++];
          if (inScope(target)) {
            enter(target);
          }
        } else {
          stack.pop();
          open.delete(top.vertex);
          done.add(top.vertex);
          if (top.vertex < constructs.length) {
            sorted.push(top.vertex);
          }
        }
      }
    };
    vertices.filter((vertex) => !dependents.has(vertex)).forEach(visit);
    // what no free construct leads to stands in a cycle, or behind one
    vertices.forEach(visit);
    return sorted;
  }

  /** @param route the open vertices; the last one occurs twice */
  private cycle(route: readonly number[]): Error {
    const { constructs } = this.tree;
    const name = (vertex: number) => constructs[vertex].node.path;
    const simple = route.slice(route.indexOf(route[route.length - 1])).filter((vertex) => vertex < constructs.length);
    if (simple[0] !== simple[simple.length - 1]) {
      simple.push(simple[0]);
    }
    const expand = (vertex: number) => (this.edges.get(vertex) ?? [])
      .flatMap((target) => target < constructs.length ? [target] : this.edges.get(target)!.filter((each) => each !== vertex));
    const cycle = describeCycle(constructs.length, expand) ?? simple;
    return new Error(`Dependency cycle detected: ${cycle.map(name).join(' => ')}`);
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

function isArrayIndex(id: string): boolean {
  return /^(?:0|[1-9]\d{0,9})$/.test(id) && Number(id) < 2 ** 32 - 1;
}
