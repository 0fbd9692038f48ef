import { defineEnvoyFilter } from './envoy-filter';
import { type AuthorizationRule, authorizationRules, checkCallers, type JwtRule, jwtRules } from './istio-gateway-authorization';
import { defineProxies, defineProxyPolicy } from './proxies';
import { defineObject, late } from '../../core/kubernetes-object';
import { fail } from '../../values/errors';
import type { ExposeOptions } from '../expose-options';
import { GATEWAY_API, type GatewayDefinition, type RouteDefinition } from '../gateway-definition';
import { defineGateway } from '../listeners';

/** Defines a gateway that Istio runs. All that it is told of routes stands beside the gateway, because Istio looks for it there. */
export function defineIstioGateway(gateway: GatewayDefinition): void {
  const { construct, name, settings } = gateway;
  const targetRefs = [{ group: GATEWAY_API, kind: 'Gateway', name }];
  defineGateway(gateway, settings.istioGatewayClass, defineProxies(gateway));
  defineProxyPolicy(gateway);
  defineEnvoyFilter(gateway);
  defineObject<{ targetRefs: object[]; action: 'ALLOW'; rules: AuthorizationRule[] }>(construct, 'AuthorizationPolicy', {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name },
    // without any rule it denies all
    spec: { targetRefs, action: 'ALLOW', rules: late(() => authorizationRules(gateway)) },
  });
}

/** Whose tokens are read, once a route takes any. */
export function defineTokens({ construct, name, routes }: GatewayDefinition): void {
  const any = routes.some(({ authentication }) => authentication._jwt);
  if (any && !construct.node.tryFindChild('RequestAuthentication')) {
    defineObject<{ targetRefs: object[]; jwtRules: JwtRule[] }>(construct, 'RequestAuthentication', {
      apiVersion: 'security.istio.io/v1',
      kind: 'RequestAuthentication',
      metadata: { name },
      spec: { targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name }], jwtRules: late(() => jwtRules(routes)) },
    });
  }
}

export function checkIstioGateway({ construct, rateLimit, settings }: GatewayDefinition): void {
  if (rateLimit?._shared) {
    fail(construct, 'has a rate limit that all proxies share, which Istio has no service for', 'Leave shared out: each proxy counts for itself then');
  }
  if (settings.trustedHops > 0) {
    fail(construct, `trusts ${settings.trustedHops} proxies before it, which Istio is told for the whole mesh`, 'Set meshConfig.defaultConfig.gatewayTopology.numTrustedProxies, and gateway.trustedHops to 0');
  }
}

export function checkIstioRoute(gateway: GatewayDefinition, route: RouteDefinition, options: ExposeOptions): void {
  const { construct } = gateway;
  if (route.authentication._kind === 'oidc') {
    fail(construct, `route '${route.name}' logs users in, which Istio does not do by itself`, 'Use GatewayEngine.ENVOY_GATEWAY, or Authentication.jwt({...}) behind a proxy that logs in');
  }
  if (options.retries !== undefined || options.idempotent !== undefined) {
    fail(construct, `route '${route.name}' says how requests are repeated, for which the standard channel of Gateway API has no field and Istio reads no other`,
      'Leave retries and idempotent out: Istio repeats what did not reach the service, twice');
  }
  if (options.rateLimit) {
    fail(construct, `route '${route.name}' has a rate limit of its own, and Istio counts the requests of a whole gateway`, 'Give the rateLimit to the gateway');
  }
  if (options.timeout && route.protocol === 'grpc') {
    fail(construct, `route '${route.name}' is gRPC and has a timeout, for which a GRPCRoute has no field`, 'Leave timeout out, and let clients set deadlines');
  }
  checkCallers(gateway, route);
}
