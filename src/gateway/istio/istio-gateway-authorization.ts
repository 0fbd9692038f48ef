import type { Construct } from 'constructs';
import type * as istio from '../../../imports/istio-security';
import { fail } from '../../values/errors';
import { covers, isWildcard } from '../../values/hostname';
import { sorted } from '../../values/sorted';
import type { Authentication, JwtOptions } from '../authentication';
import { type GatewayDefinition, HTTP_PORT, PREFLIGHT, type RouteDefinition } from '../gateway-definition';
import type { RoutePath } from '../route-path';

export type JwtRule = istio.RequestAuthenticationSpecJwtRules;
export type AuthorizationRule = istio.AuthorizationPolicySpecRules;
type Operation = NonNullable<istio.AuthorizationPolicySpecRulesTo['operation']>;
type Condition = istio.AuthorizationPolicySpecRulesWhen;

/** Whose tokens are read: a rule for each issuer, for the audiences of all routes. Which route takes which of them is a matter of authorization. */
export function jwtRules(routes: readonly RouteDefinition[]): JwtRule[] {
  const issuers = new Map<string, { jwksUri: string; audiences: Set<string> }>();
  for (const { issuer, jwksUri, audiences } of routes.flatMap(({ authentication }) => authentication._jwt ?? [])) {
    const known = issuers.get(issuer) ?? { jwksUri, audiences: new Set<string>() };
    audiences.forEach((audience) => known.audiences.add(audience));
    issuers.set(issuer, known);
  }
  return sorted([...issuers], ([issuer]) => issuer).map(([issuer, { jwksUri, audiences }]) => ({
    issuer, jwksUri, audiences: [...audiences].sort(), forwardOriginalToken: true,
  }));
}

/** Who may send what: whatever no rule allows is denied. Each request is one of one route, the one whose path is the longest. */
export function authorizationRules({ settings, routes }: GatewayDefinition): AuthorizationRule[] {
  const redirect = settings.redirectHttp ? [{ to: [{ operation: { ports: [`${HTTP_PORT}`] } }] }] : [];
  return [...redirect, ...sorted([...routes], ({ name }) => name).flatMap((route) => rulesOf(route, routes))];
}

function rulesOf(route: RouteDefinition, routes: readonly RouteDefinition[]): AuthorizationRule[] {
  const operations = route.hostnames.flatMap((hostname) => route.paths.map((path) => operation(route, hostname, path, routes)));
  const { _jwt: jwt } = route.authentication;
  if (!jwt) {
    return [{ to: operations.map((each) => ({ operation: each })) }];
  }
  const checked: AuthorizationRule = {
    from: [{ source: { requestPrincipals: [`${jwt.issuer}/*`] } }],
    to: operations.map((each) => ({ operation: each })),
    when: conditions(jwt),
  };
  // a browser asks without a token whether it may call, and Istio looks at tokens first
  return route.cors ? [checked, { to: operations.map((each) => ({ operation: { ...each, methods: [PREFLIGHT] } })) }] : [checked];
}

function conditions({ audiences, scopes, claims }: JwtOptions): Condition[] {
  return [
    { key: 'request.auth.audiences', values: audiences },
    ...(scopes ?? []).map((scope) => ({ key: 'request.auth.claims[scope]', values: [scope] })),
    ...(claims ?? []).map(({ name, values }) => ({ key: `request.auth.claims[${name}]`, values })),
  ];
}

/** What a path of a route takes on a hostname, but for what another route takes whose callers are others. */
function operation(route: RouteDefinition, hostname: string, path: RoutePath, routes: readonly RouteDefinition[]): Operation {
  const strangers = routes.filter((other) => !sameCallers(other.authentication, route.authentication));
  const notHosts = strangers.flatMap((other) => other.hostnames).filter((other) => other !== hostname && covers(hostname, other));
  const notPaths = strangers.filter((other) => other.hostnames.includes(hostname))
    .flatMap((other) => other.paths).filter((other) => isBelow(other, path));
  return {
    hosts: hostForms(hostname),
    notHosts: nonEmpty(notHosts.flatMap(hostForms)),
    paths: pathForms(path),
    notPaths: nonEmpty(notPaths.flatMap(pathForms)),
    methods: nonEmpty(route.methods),
  };
}

function nonEmpty(texts: readonly string[]): string[] | undefined {
  return texts.length > 0 ? [...new Set(texts)].sort() : undefined;
}

/** With and without a port, as clients write it. */
function hostForms(hostname: string): string[] {
  return isWildcard(hostname) ? [hostname] : [hostname, `${hostname}:*`];
}

function pathForms(path: RoutePath): string[] {
  if (path._exact) {
    return [path._path];
  }
  return path._path === '/' ? ['/*'] : [path._path, `${path._path}/*`];
}

function isBelow(narrow: RoutePath, wide: RoutePath): boolean {
  const folder = wide._path === '/' ? '/' : `${wide._path}/`;
  return !wide._exact && (narrow._path === wide._path ? narrow._exact : narrow._path.startsWith(folder));
}

function sameCallers(one: Authentication, other: Authentication): boolean {
  return one._kind === other._kind && JSON.stringify(one._jwt) === JSON.stringify(other._jwt);
}

/** Fails where Istio, which decides by host and path, could not tell the callers of two routes apart. */
export function checkCallers({ construct, routes }: GatewayDefinition, route: RouteDefinition): void {
  const { _jwt: jwt } = route.authentication;
  for (const other of routes) {
    const known = other.authentication._jwt;
    if (jwt && known && jwt.issuer === known.issuer && jwt.jwksUri !== known.jwksUri) {
      fail(construct, `routes '${other.name}' and '${route.name}' take tokens of '${jwt.issuer}' by different keys, and Istio keeps one set for an issuer`, 'Give both the same jwksUri');
    }
    if (!sameCallers(route.authentication, other.authentication)) {
      checkApart(construct, route, other);
      checkApart(construct, other, route);
    }
  }
}

/** The requests of the narrow route are left out of the wide one's rule by their paths, so paths must say all of them. */
function checkApart(construct: Construct, narrow: RouteDefinition, wide: RouteDefinition): void {
  if (!narrow.hostnames.some((hostname) => wide.hostnames.includes(hostname))) {
    return;
  }
  for (const path of narrow.paths) {
    const same = wide.paths.some((other) => other._path === path._path && other._exact === path._exact);
    const below = wide.paths.some((other) => isBelow(path, other));
    if (same || (below && (narrow.methods.length > 0 || narrow.headers.length > 0))) {
      fail(construct, `routes '${wide.name}' and '${narrow.name}' let different callers to ${path}, and Istio tells them apart by hostname and path alone`,
        'Give both the same authentication, or one of them a path or a hostname of its own');
    }
  }
}
