import { type ExcludedPath, excludedPaths } from './callbacks';
import type { CorsOptions } from './cors';
import { durationText, GATEWAY_API, matchedMethods, metadataIn, objectName, type RouteDefinition, routeKind } from './gateway-definition';
import { listenerName } from './listeners';
import type { RoutePlace } from './place';
import type { RoutePath } from './route-path';
import type * as api from '../../imports/gateway-api';
import { canaryRoutingOf } from '../core/canary-routing';
import { exposedPort } from '../core/exposed-port';
import { defineObject } from '../core/kubernetes-object';
import { covers } from '../values/hostname';
import { sorted } from '../values/sorted';

type HttpSpec = api.HttpRouteSpec;
type GrpcSpec = api.GrpcRouteSpec;
type HttpRule = api.HttpRouteSpecRules;
type HttpMatch = api.HttpRouteSpecRulesMatches;
type HttpFilter = api.HttpRouteSpecRulesFilters;
type GrpcMatch = api.GrpcRouteSpecRulesMatches;
type ParentRef = api.HttpRouteSpecParentRefs;
type BackendRef = api.HttpRouteSpecRulesBackendRefs;

/** As many of a rule as Gateway API accepts. */
const MOST_MATCHES = 64;

const PATH_TYPE = { prefix: 'PathPrefix', exact: 'Exact', grpc: 'Exact' } as const;

/** Defines the HTTPRoute or GRPCRoute of a route. */
export function defineRoute(place: RoutePlace): void {
  const { scope, namespace, gateway, route } = place;
  const common = { parentRefs: parentRefs(place), hostnames: sorted([...route.hostnames], (hostname) => hostname) };
  const spec: HttpSpec | GrpcSpec = route.protocol === 'grpc'
    ? { ...common, rules: [{ matches: grpcMatches(route), backendRefs: backendRefs(place) }, ...excluded(place, grpcMatch)] }
    : { ...common, rules: [httpRule(place), ...excluded(place, pathMatch)] };
  defineObject(scope, 'Route', {
    apiVersion: `${GATEWAY_API}/v1`, kind: routeKind(route), metadata: metadataIn(objectName(gateway, route), namespace), spec,
  });
}

/** The listeners with TLS alone: without their names a route would be on the port without it too. */
function parentRefs({ gateway, route }: RoutePlace): ParentRef[] {
  const hostnames = gateway.hostnames.filter((hostname) => route.hostnames.some((each) => covers(hostname, each)));
  return sorted(hostnames, (hostname) => hostname).map((hostname) => ({
    group: GATEWAY_API, kind: 'Gateway', name: gateway.name, namespace: gateway.group.namespace, sectionName: listenerName(hostname),
  }));
}

function backendRefs({ route, services }: RoutePlace): BackendRef[] {
  const canary = canaryRoutingOf(services[0].construct, 'gatewayApi');
  if (canary) {
    const port = exposedPort(route, services[0].ports)!.servicePort;
    // Argo Rollouts knows the two by their names, and changes the weights
    return [{ kind: 'Service', name: canary.stable, port, weight: 100 }, { kind: 'Service', name: canary.canary, port, weight: 0 }];
  }
  return services.map((service, index) => ({
    kind: 'Service', name: service.name, port: exposedPort(route, service.ports)!.servicePort, weight: route.backends[index].percent,
  }));
}

/** Requests that the gateway answers itself, because a rule without services passes nothing on. Their paths are longer than those of the route. */
function excluded<Match>({ gateway, route, services }: RoutePlace, toMatch: (path: ExcludedPath) => Match): { matches: Match[] }[] {
  const matches = excludedPaths(gateway, route, services).map(toMatch);
  const rules = Math.ceil(matches.length / MOST_MATCHES);
  return Array.from({ length: rules }, (_, index) => ({ matches: matches.slice(index * MOST_MATCHES, (index + 1) * MOST_MATCHES) }));
}

function pathMatch({ path, exact }: ExcludedPath): HttpMatch {
  return { path: { type: exact ? 'Exact' : 'PathPrefix', value: path } };
}

function grpcMatch({ path }: ExcludedPath): GrpcMatch {
  return { method: { type: 'Exact', service: path.slice(1) } };
}

function httpRule(place: RoutePlace): HttpRule {
  const { route, gateway } = place;
  const filters: HttpFilter[] = [
    ...route.cors ? [corsFilter(route.cors, gateway.settings.corsMaxAge.toSeconds())] : [],
    ...route.stripPrefix ? [{ type: 'URLRewrite' as const, urlRewrite: { path: { type: 'ReplacePrefixMatch' as const, replacePrefixMatch: '/' } } }] : [],
  ];
  return {
    matches: httpMatches(route),
    filters: filters.length > 0 ? filters : undefined,
    backendRefs: backendRefs(place),
    timeouts: { request: durationText(route.timeout) },
  };
}

function httpMatches(route: RouteDefinition): HttpMatch[] {
  const { paths, headers } = route;
  const methods = matchedMethods(route);
  const match = ({ _kind, _path }: RoutePath, method?: string): HttpMatch => ({
    path: { type: PATH_TYPE[_kind], value: _path },
    method: method as HttpMatch['method'],
    headers: headersOf(headers),
  });
  return paths.flatMap((path) => methods.length > 0 ? methods.map((method) => match(path, method)) : [match(path)]);
}

function grpcMatches({ paths, headers }: RouteDefinition): GrpcMatch[] | undefined {
  const matches = paths.map(({ _service, _method }): GrpcMatch => ({
    method: _service === undefined ? undefined : { type: 'Exact', service: _service, method: _method },
    headers: headersOf(headers),
  }));
  // one without a condition takes everything
  return matches.some(({ method, headers: demanded }) => method === undefined && demanded === undefined) ? undefined : matches;
}

function headersOf(headers: RouteDefinition['headers']): HttpMatch['headers'] {
  return headers.length === 0 ? undefined : sorted([...headers], ([name]) => name).map(([name, value]) => ({ type: 'Exact', name, value }));
}

function corsFilter(cors: CorsOptions, standardMaxAge: number): HttpFilter {
  return {
    type: 'CORS',
    cors: {
      allowOrigins: cors.origins,
      allowMethods: cors.methods as never,
      allowHeaders: cors.headers,
      exposeHeaders: cors.exposedHeaders,
      allowCredentials: cors.credentials ? true : undefined,
      maxAge: cors.maxAge?.toSeconds() ?? standardMaxAge,
    },
  };
}
