import type { GatewayDefinition, RouteDefinition } from './gateway-definition';
import { GatewayEngine } from './gateway-engine';
import type { RoutePath } from './route-path';
import { callbacksOf, unknownCallbacks } from '../core/callbacks';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { exposedPort } from '../core/exposed-port';
import { describe } from '../values/errors';
import { isBelow } from '../values/requests';
import { sorted } from '../values/sorted';

/** A path that a route takes and must not pass on. */
export interface ExcludedPath {
  readonly path: string;
  readonly exact: boolean;
}

/** What a route would pass on to callbacks of its services, as clients write it. */
interface Exposed extends ExcludedPath {
  readonly service: ServiceNode;
  readonly declared: boolean;
  /** Whether the route is for this path and nothing else. */
  readonly named: boolean;
}

/** The paths of a route that lead to callbacks. A gateway answers them itself. */
export function excludedPaths(gateway: GatewayDefinition, route: RouteDefinition, services: readonly ServiceNode[]): ExcludedPath[] {
  const paths = exposed(gateway, route, services).filter(({ path, named }) => !named && !takenByOthers(gateway, route, path))
    .flatMap(({ path, exact }): ExcludedPath[] => exact ? [{ path, exact }, { path: `${path}/`, exact }] : [{ path, exact }]);
  return sorted([...new Map(paths.map((each) => [each.path, each])).values()], ({ path }) => path);
}

/** The errors of a route that would let clients call what only a sidecar may. */
export function callbackProblems(gateway: GatewayDefinition, route: RouteDefinition, services: readonly ServiceNode[]): string[] {
  const token = 'set Dapr.sidecar({ appToken }) and let the application refuse calls without it';
  const connections = ConnectionIndex.of(gateway.construct);
  const unknown = reachable(route, services).flatMap((service) => unknownCallbacks(connections, service).map((topic) => describe(
    `route '${route.name}' leads to '${service.name}', which declares its subscription of '${topic}' at an unknown path, so clients could send it events`,
    `Name the path by subscribes(..., { route }), or ${token}`,
  )));
  const open = exposed(gateway, route, services).filter(({ named, declared }) => named || (declared && gateway.engine === GatewayEngine.INGRESS));
  return [...unknown, ...open.map(({ path, service }) => describe(
    `route '${route.name}' takes ${path}, at which only the Dapr sidecar calls '${service.name}', so clients could forge events, jobs or calls of actors`,
    `Name other paths, or ${token}`,
  ))];
}

/** The services whose sidecars call the port that the route leads to, and send no token there. */
function reachable(route: RouteDefinition, services: readonly ServiceNode[]): ServiceNode[] {
  return services.filter(({ appChannel, ports }) => appChannel && !appChannel.token && exposedPort(route, ports)?.number === appChannel.port);
}

function exposed(gateway: GatewayDefinition, route: RouteDefinition, services: readonly ServiceNode[]): Exposed[] {
  const connections = ConnectionIndex.of(gateway.construct);
  const [{ _path: prefix }] = route.paths;
  return reachable(route, services).flatMap((service) => callbacksOf(connections, service).flatMap(({ path: inner, exact, declared }): Exposed[] => {
    const path = route.stripPrefix ? `${prefix}${inner}` : inner;
    const named = route.paths.some((each) => exact ? each._path === path : isBelow(each._path, path));
    return named || route.paths.some((each) => takes(each, path)) ? [{ path, exact, declared, service, named }] : [];
  }));
}

/** Whether another route takes a path on the same hostnames, because its own is longer. */
function takenByOthers({ routes }: GatewayDefinition, route: RouteDefinition, path: string): boolean {
  const taking = (paths: readonly RoutePath[]) => paths.filter((each) => takes(each, path)).map((each) => each._path.length);
  const own = Math.max(...taking(route.paths));
  return routes.some(({ hostnames, paths, methods, headers }) => methods.length + headers.length === 0
    && route.hostnames.every((hostname) => hostnames.includes(hostname)) && Math.max(0, ...taking(paths)) > own);
}

function takes({ _path, _exact }: RoutePath, path: string): boolean {
  return _exact ? _path === path : isBelow(path, _path);
}
