import type { BackendTrafficPolicySpec, ClientTrafficPolicySpec, RateLimitSpec, SecurityPolicySpec, TargetRef } from './envoy-gateway-manifests';
import { securitySpec } from './security';
import { defineObject } from '../../core/kubernetes-object';
import { sorted } from '../../values/sorted';
import { durationText, GATEWAY_API, type GatewayDefinition, metadataIn, objectName, type RouteDefinition, routeKind } from '../gateway-definition';
import { listenerName } from '../listeners';
import type { RoutePlace } from '../place';
import type { RateLimit } from '../rate-limit';

const API_VERSION = 'gateway.envoyproxy.io/v1alpha1';
/** Requests that did not reach a service, so that repeating them does no work twice. */
const LOST = ['connect-failure', 'refused-stream', 'reset-before-request'] as const;
/** Requests whose work may have been done, or not. */
const UNCERTAIN = { http: ['gateway-error', 'reset'], grpc: ['unavailable', 'reset'] } as const;

/** Defines what Envoy Gateway is told of a gateway as a whole. */
export function defineEnvoyGateway(gateway: GatewayDefinition): void {
  const { construct, name, settings, hostnames } = gateway;
  const { trustedHops } = settings;
  defineObject<ClientTrafficPolicySpec>(construct, 'ClientTrafficPolicy', {
    apiVersion: API_VERSION,
    kind: 'ClientTrafficPolicy',
    metadata: { name },
    spec: {
      targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name }],
      tls: { minVersion: settings.minTlsVersion as '1.3' },
      // a path with an escaped slash is one for the rules here and another for the service
      path: { escapedSlashesAction: 'UnescapeAndRedirect' },
      clientIPDetection: trustedHops > 0 ? { xForwardedFor: { numTrustedHops: trustedHops } } : undefined,
      connection: { bufferLimit: settings.bufferLimit },
      http2: { maxConcurrentStreams: settings.maxConcurrentStreams },
      timeout: {
        http: {
          requestHeadersReceivedTimeout: durationText(settings.headersTimeout),
          idleTimeout: durationText(settings.idleTimeout),
          streamIdleTimeout: durationText(settings.streamIdleTimeout),
        },
      },
    },
  });
  // a route that somebody else attaches has no policy of its own, and lets nobody in; the listener without TLS only redirects
  defineObject<SecurityPolicySpec>(construct, 'SecurityPolicy', {
    apiVersion: API_VERSION,
    kind: 'SecurityPolicy',
    metadata: { name },
    spec: {
      targetRefs: sorted([...hostnames], (hostname) => hostname)
        .map((hostname): TargetRef => ({ group: GATEWAY_API, kind: 'Gateway', name, sectionName: listenerName(hostname) })),
      authorization: { defaultAction: 'Deny' },
    },
  });
}

/** Defines what Envoy Gateway is told of a route: who may call, how often, and when a request is repeated. */
export function defineEnvoyRoute({ scope, namespace, gateway, route }: RoutePlace): void {
  const name = objectName(gateway, route);
  const targetRefs: TargetRef[] = [{ group: GATEWAY_API, kind: routeKind(route), name }];
  defineObject<SecurityPolicySpec>(scope, 'SecurityPolicy', {
    apiVersion: API_VERSION,
    kind: 'SecurityPolicy',
    metadata: metadataIn(name, namespace),
    spec: { targetRefs, ...securitySpec(gateway, route) },
  });
  const traffic = trafficSpec(route);
  if (Object.values(traffic).some((value) => value !== undefined)) {
    defineObject<BackendTrafficPolicySpec>(scope, 'BackendTrafficPolicy', {
      apiVersion: API_VERSION,
      kind: 'BackendTrafficPolicy',
      metadata: metadataIn(name, namespace),
      spec: { targetRefs, ...traffic },
    });
  }
}

function trafficSpec(route: RouteDefinition): BackendTrafficPolicySpec {
  const { protocol, retries, idempotent, rateLimit } = route;
  return {
    // an HTTPRoute says it itself
    timeout: protocol === 'grpc' ? { http: { requestTimeout: durationText(route.timeout) } } : undefined,
    retry: retries === 0 ? undefined : { numRetries: retries, retryOn: { triggers: [...LOST, ...idempotent ? UNCERTAIN[protocol] : []] } },
    rateLimit: rateLimit ? rateLimitSpec(rateLimit) : undefined,
  };
}

function rateLimitSpec({ _requests: requests, _unit: unit, _shared }: RateLimit): RateLimitSpec {
  const rules = [{ limit: { requests, unit } }];
  return _shared ? { type: 'Global', global: { rules } } : { type: 'Local', local: { rules } };
}
