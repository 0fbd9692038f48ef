import type { ConstructTree } from './construct-tree';
import { DependencyEdges } from './dependency-edges';

/**
 * The order of charts, and of the objects in each, that cdk8s gives them: dependencies first, otherwise as they
 * stand in the tree. Fails for a dependency cycle.
 *
 * cdk8s walks every path through the dependencies. Here each vertex is visited once.
 */
export class SynthesisOrder {
  /** Whether a chart depends on another or stands in another: cdk8s then numbers the output. */
  public readonly hasDependentCharts: boolean;

  /** All charts in the order of output. */
  public readonly charts: readonly number[];

  private readonly dependencies: DependencyEdges;

  constructor(private readonly tree: ConstructTree) {
    this.dependencies = new DependencyEdges(tree);
    this.hasDependentCharts = this.dependencies.crossCharts;
    this.charts = this.sortCharts();
  }

  /** The objects of a chart, without those of the charts in it, in the order of output. */
  public objectsOf(chart: number): readonly number[] {
    const objects = this.tree.objectsOf(chart);
    if (objects.length < 2 || !this.dependencies.chartsWithEdges.has(chart)) {
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
    if (!this.dependencies.chartsWithEdges.has(chart)) {
      return sorted;
    }
    const objects = new Set(this.tree.objectsOf(chart));
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
      this.targetsOf(object).filter((target) => objects.has(target)).sort(byRank).forEach(visit);
      if (rank.has(object)) {
        result.push(object);
      }
    };
    sorted.forEach(visit);
    return result;
  }

  private targetsOf(vertex: number): number[] {
    return (this.dependencies.edges.get(vertex) ?? [])
      .flatMap((target) => target < this.tree.constructs.length
        ? [target]
        : this.dependencies.edges.get(target)!.filter((each) => each !== vertex));
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
    if (this.dependencies.edges.size === 0) {
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
      const construct = vertex < constructs.length ? vertex : this.dependencies.jointTargets[vertex - constructs.length];
      return root <= construct && construct < end;
    };
    const dependents = new Set<number>();
    const mark = (vertex: number) => {
      for (const target of this.dependencies.edges.get(vertex) ?? []) {
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
        const targets = this.dependencies.edges.get(top.vertex);
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
    const cycle = route.slice(route.indexOf(route[route.length - 1])).filter((vertex) => vertex < constructs.length);
    // a joint may have closed it
    const closed = cycle.length > 1 && cycle[0] === cycle[cycle.length - 1] ? cycle : [...cycle, cycle[0]];
    return new Error(`Dependency cycle detected: ${closed.map((vertex) => constructs[vertex].node.path).join(' => ')}`);
  }
}

function isArrayIndex(id: string): boolean {
  return /^(?:0|[1-9]\d{0,9})$/.test(id) && Number(id) < 2 ** 32 - 1;
}
