/**
 * What takes requests from outside of the cluster and passes them on. Services are exposed through each in the same way.
 */
export enum GatewayEngine {
  /**
   * Envoy Gateway, which must be installed with the standard channel of Gateway API: its proxies run in its own namespace.
   *
   * It supports all settings of a gateway.
   *
   * @see https://gateway.envoyproxy.io/docs/
   */
  ENVOY_GATEWAY = 'envoy-gateway',

  /**
   * Istio, which must be installed with the standard channel of Gateway API: it runs the proxies in the namespace of the gateway.
   *
   * It cannot log users in, limit single routes, nor be told how often a request is repeated.
   *
   * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/
   */
  ISTIO = 'istio',

  /**
   * An Ingress for each route, for clusters without Gateway API.
   *
   * It supports hostnames, paths and certificates, and nothing else: no check of tokens, no gRPC, no limits.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
   */
  INGRESS = 'ingress',
}
