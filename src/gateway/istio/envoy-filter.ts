import { defineObject } from '../../core/kubernetes-object';
import { GATEWAY_API, type GatewayDefinition, HTTPS_PORT } from '../gateway-definition';
import type { RateLimit } from '../rate-limit';

const INTERVAL = { Second: '1s', Minute: '60s', Hour: '3600s' } as const;

/**
 * Defines what Istio can be told of the proxies of a gateway by their own configuration alone: the oldest version of TLS, which Gateway API
 * has no field for, and a limit of requests.
 */
export function defineEnvoyFilter(gateway: GatewayDefinition): void {
  const { construct, name, settings, rateLimit } = gateway;
  defineObject(construct, 'EnvoyFilter', {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: { name },
    spec: {
      targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name }],
      configPatches: [minimumTls(settings.minTlsVersion), ...rateLimit ? [limit(rateLimit)] : []],
    },
  });
}

/** @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto */
function minimumTls(version: string): object {
  return {
    applyTo: 'FILTER_CHAIN',
    match: { context: 'GATEWAY', listener: { portNumber: HTTPS_PORT } },
    patch: {
      operation: 'MERGE',
      value: {
        transport_socket: {
          name: 'envoy.transport_sockets.tls',
          typed_config: {
            '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
            'common_tls_context': { tls_params: { tls_minimum_protocol_version: `TLSv${version.replace('.', '_')}`, tls_maximum_protocol_version: 'TLSv1_3' } },
          },
        },
      },
    },
  };
}

/** @see https://istio.io/latest/docs/tasks/policy-enforcement/rate-limit/#local-rate-limit */
function limit({ _requests: requests, _unit: unit }: RateLimit): object {
  const always = { runtime_key: 'gateway_rate_limit', default_value: { numerator: 100, denominator: 'HUNDRED' } };
  return {
    applyTo: 'HTTP_FILTER',
    match: { context: 'GATEWAY', listener: { portNumber: HTTPS_PORT, filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager' } } } },
    patch: {
      operation: 'INSERT_BEFORE',
      value: {
        name: 'envoy.filters.http.local_ratelimit',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit',
          'stat_prefix': 'gateway_rate_limit',
          'token_bucket': { max_tokens: requests, tokens_per_fill: requests, fill_interval: INTERVAL[unit] },
          'filter_enabled': always,
          'filter_enforced': always,
        },
      },
    },
  };
}
