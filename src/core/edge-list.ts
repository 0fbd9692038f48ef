import { sorted } from '../values/sorted';

/** Edges of one kind, by both of their ends, each pair of ends once. */
export class EdgeList<Edge> {
  private readonly bySource = new Map<string, Map<string, Edge>>();
  private readonly byTarget = new Map<string, Map<string, Edge>>();

  public add(edge: Edge, source: string, target: string): void {
    nested(this.bySource, source).set(target, edge);
    nested(this.byTarget, target).set(source, edge);
  }

  public from(source: string): Edge[] {
    return byKey(this.bySource.get(source));
  }

  public to(target: string): Edge[] {
    return byKey(this.byTarget.get(target));
  }
}

function nested<V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const inner = map.get(key) ?? new Map<string, V>();
  map.set(key, inner);
  return inner;
}

/** In the order of names, so that output does not depend on the order of statements. */
function byKey<V>(map: Map<string, V> | undefined): V[] {
  return map ? sorted([...map], ([key]) => key).map(([, value]) => value) : [];
}
