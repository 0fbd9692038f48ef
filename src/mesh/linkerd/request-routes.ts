import { isBelow } from '../../values/requests';
import { sorted } from '../../values/sorted';
import type { Inbound } from '../inbound';

/** A request: any method, if none is named, at a path or below. */
export interface RequestMatch {
  readonly method?: string;
  readonly path: string;
}

/** Requests that the same callers may make. */
export interface RequestRoute {
  readonly matches: readonly RequestMatch[];
  readonly callers: readonly Inbound[];
}

/**
 * Linkerd asks one route only, the one that fits a request best: first by its path, then by its method. So every path of any caller is combined
 * with every method of any caller, and each combination names all who may. What nobody may has no route, and is denied.
 */
export function requestRoutes(inbound: readonly Inbound[]): RequestRoute[] {
  const limits = inbound.flatMap(({ requests }) => requests ?? []);
  const paths = [...new Set(['/', ...limits.flatMap((limit) => limit.paths ?? [])])].sort();
  const methods = [undefined, ...[...new Set(limits.flatMap((limit) => limit.methods ?? []))].sort()];
  const routes = new Map<string, { matches: RequestMatch[]; callers: Inbound[] }>();
  for (const path of paths) {
    for (const method of methods) {
      const callers = inbound.filter((caller) => mayAsk(caller, { method, path }));
      const key = callers.map(({ namespace, account }) => `${namespace}/${account}`).sort().join(' ');
      const route = routes.get(key) ?? { matches: [], callers };
      route.matches.push({ method, path });
      routes.set(key, route);
    }
  }
  return sorted([...routes.values()].filter(({ callers }) => callers.length > 0), ({ matches: [{ path, method }] }) => `${path} ${method ?? ''}`);
}

function mayAsk({ requests }: Inbound, { method, path }: RequestMatch): boolean {
  const byMethod = !requests?.methods || (method !== undefined && requests.methods.includes(method));
  return byMethod && (!requests?.paths || requests.paths.some((allowed) => isBelow(path, allowed)));
}
