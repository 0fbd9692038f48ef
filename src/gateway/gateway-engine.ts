/**
 * What takes requests from outside of the cluster and passes them on. Services are exposed through each in the same way.
 */
export class GatewayEngine {
  /**
   * Envoy Gateway, which must be installed with the standard channel of Gateway API: its proxies run in its own namespace.
   *
   * It can do all that can be said of a gateway.
   *
   * @see https://gateway.envoyproxy.io/docs/
   */
  public static envoyGateway(): GatewayEngine {
    return new GatewayEngine('envoy-gateway');
  }

  /**
   * Istio, which must be installed with the standard channel of Gateway API: it runs the proxies in the namespace of the gateway.
   *
   * It cannot log users in, limit single routes, nor be told how often a request is repeated.
   *
   * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/
   */
  public static istio(): GatewayEngine {
    return new GatewayEngine('istio');
  }

  /**
   * An Ingress for each route, for clusters without Gateway API.
   *
   * It can say hostnames, paths and certificates, and nothing else: no check of tokens, no gRPC, no limits.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
   */
  public static ingress(): GatewayEngine {
    return new GatewayEngine('ingress');
  }

  /**
   * What it is called in messages and tables.
   *
   * @internal
   */
  public readonly _name: string;

  private constructor(name: string) {
    this._name = name;
  }

  /**
   * Its name, such as `istio`.
   */
  public toString(): string {
    return this._name;
  }
}
