import type { Duration } from 'cdk8s';
import type { CertificateSource } from './certificate-source';
import type { GatewayEngine } from './gateway-engine';
import type { ResourceAmounts } from '../values/resources';
import type { Tier } from '../values/tier';

/**
 * The way into the cluster: what holds for all gateways.
 */
export interface GatewaySettings {
  /** What takes requests from outside of the cluster and passes them on. */
  readonly engine?: GatewayEngine;
  /** The hostnames of a gateway that names none: for an environment with a single gateway. */
  readonly hostnames?: string[];
  /** The GatewayClass of Envoy Gateway. */
  readonly envoyGatewayClass?: string;
  /** The GatewayClass of Istio. */
  readonly istioGatewayClass?: string;
  /** The IngressClass, where the engine is `GatewayEngine.ingress()`. */
  readonly ingressClass?: string;
  /** Annotations of every Ingress, by which its controller is told what an Ingress cannot say. */
  readonly ingressAnnotations?: { [name: string]: string };
  /** Where certificates come from. */
  readonly certificates?: CertificateSource;
  /** How long a certificate is good, in whole hours. */
  readonly certificateLifetime?: Duration;
  /** How long before its end a certificate is replaced, in whole hours. */
  readonly certificateRenewal?: Duration;
  /** The oldest version of TLS that clients may speak: `1.3` or `1.2`. */
  readonly minTlsVersion?: string;
  /** Whether requests without TLS are led to the same address with TLS. Otherwise nothing listens on port 80. */
  readonly redirectHttp?: boolean;
  /** How long a client waits for an answer, however often the request is repeated. */
  readonly timeout?: Duration;
  /** How often a request is repeated that did not reach a service: 0 to 10. */
  readonly retries?: number;
  /** How long the header of a request may take to arrive. */
  readonly headersTimeout?: Duration;
  /** How long a connection of a client may be idle. */
  readonly idleTimeout?: Duration;
  /** How long a request may make no progress. */
  readonly streamIdleTimeout?: Duration;
  /** How many requests a client may have open on one connection by HTTP/2. */
  readonly maxConcurrentStreams?: number;
  /** How much of a request or answer is held in memory for a connection, such as `32Ki`. */
  readonly bufferLimit?: string;
  /** How many proxies that are trusted stand before the gateway, such as a load balancer that adds `X-Forwarded-For`. */
  readonly trustedHops?: number;
  /** How long the keys of an issuer of tokens are kept before they are asked for again. */
  readonly keyCache?: Duration;
  /** How long browsers remember which origins may call. */
  readonly corsMaxAge?: Duration;
  /** How many proxies Istio runs for a gateway. */
  readonly proxies?: number;
  /** Processors and memory of each proxy that Istio runs. */
  readonly proxyResources?: ResourceAmounts;
  /** The tier of the proxies that Istio runs. */
  readonly tier?: Tier;
}
