import { sorted } from '../values/sorted';

interface End<Edge> {
  /** By the other end. */
  readonly edges: Map<string, Edge>;
  sorted?: readonly Edge[];
}

/** Edges of one kind, by both of their ends, each pair of ends once for each variant. */
export class EdgeList<Edge> {
  private readonly bySource = new Map<string, End<Edge>>();
  private readonly byTarget = new Map<string, End<Edge>>();

  public add(edge: Edge, source: string, target: string, variant = ''): void {
    put(this.bySource, source, `${target}${variant}`, edge);
    put(this.byTarget, target, `${source}${variant}`, edge);
  }

  public from(source: string): readonly Edge[] {
    return inOrder(this.bySource.get(source));
  }

  public to(target: string): readonly Edge[] {
    return inOrder(this.byTarget.get(target));
  }
}

const NONE: readonly never[] = [];

function put<Edge>(ends: Map<string, End<Edge>>, end: string, other: string, edge: Edge): void {
  const known = ends.get(end);
  if (known) {
    known.edges.set(other, edge);
    known.sorted = undefined;
  } else {
    ends.set(end, { edges: new Map([[other, edge]]) });
  }
}

/** In the order of names, so that output does not depend on the order of statements. */
function inOrder<Edge>(end: End<Edge> | undefined): readonly Edge[] {
  if (!end) {
    return NONE;
  }
  end.sorted ??= sorted([...end.edges], ([key]) => key).map(([, edge]) => edge);
  return end.sorted;
}
