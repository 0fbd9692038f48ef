/** Beyond these, a message that equals cdk8s's would take too long; it lists every pair of objects. */
const EDGE_LIMIT = 200_000;
const VISIT_LIMIT = 10_000;

/**
 * The cycle as cdk8s reports it, or undefined if that would take too long to find out.
 *
 * cdk8s adds the dependencies one by one and stops at the first that closes a cycle; its route may then lack some
 * steps. Users search the web for the whole message, so the route is repeated as it is.
 *
 * @param count the number of vertices
 * @param targetsOf the dependencies of a vertex in the order in which cdk8s adds them
 */
export function describeCycle(count: number, targetsOf: (vertex: number) => readonly number[]): number[] | undefined {
  const edges: Array<readonly [number, number]> = [];
  for (let source = 0; source < count; source++) {
    for (const target of targetsOf(source)) {
      if (source === target) {
        return undefined; // cdk8s does not see this one: it recurses without end
      }
      edges.push([source, target]);
    }
    if (edges.length > EDGE_LIMIT) {
      return undefined;
    }
  }

  let acyclic = 0;
  let cyclic = edges.length;
  while (cyclic - acyclic > 1) {
    const middle = Math.floor((acyclic + cyclic) / 2);
    if (isAcyclic(edges.slice(0, middle))) {
      acyclic = middle;
    } else {
      cyclic = middle;
    }
  }
  const [source, target] = edges[cyclic - 1];
  const route = findRoute(adjacency(edges.slice(0, acyclic)), target, source);
  return route && [...route, target];
}

function adjacency(edges: ReadonlyArray<readonly [number, number]>): Map<number, Set<number>> {
  const result = new Map<number, Set<number>>();
  for (const [source, target] of edges) {
    (result.get(source) ?? result.set(source, new Set()).get(source)!).add(target);
  }
  return result;
}

function isAcyclic(edges: ReadonlyArray<readonly [number, number]>): boolean {
  const targets = adjacency(edges);
  const inbound = new Map<number, number>();
  for (const list of targets.values()) {
    list.forEach((target) => inbound.set(target, (inbound.get(target) ?? 0) + 1));
  }
  const free = [...targets.keys()].filter((vertex) => !inbound.has(vertex));
  let removed = 0;
  while (free.length > 0) {
    const list = targets.get(free.pop()!);
    removed += list ? 1 : 0;
    list?.forEach((target) => {
      const left = inbound.get(target)! - 1;
      inbound.set(target, left);
      if (left === 0) {
        free.push(target);
      }
    });
  }
  return removed === targets.size;
}

/** cdk8s's `findRoute`, which drops the last step whenever a side branch after it leads nowhere. */
function findRoute(targets: Map<number, Set<number>>, from: number, to: number): number[] | undefined {
  const leading = new Set([to]);
  const sources = adjacency([...targets.entries()].flatMap(([source, list]) => [...list].map((target) => [target, source] as const)));
  for (const vertex of leading) {
    sources.get(vertex)?.forEach((source) => leading.add(source));
  }
  const route: number[] = [];
  let visits = 0;
  const visit = (vertex: number): boolean => {
    if (!leading.has(vertex) || ++visits > VISIT_LIMIT) {
      return false;
    }
    route.push(vertex);
    let found = false;
    for (const target of targets.get(vertex) ?? []) {
      if (target === to) {
        route.push(target);
        return true;
      }
      found = visit(target);
    }
    if (!found) {
      route.pop();
    }
    return found;
  };
  visit(from);
  return visits > VISIT_LIMIT ? undefined : route;
}
