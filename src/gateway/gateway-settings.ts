import { Duration } from 'cdk8s';
import { CertificateSource } from './certificate-source';
import { GatewayEngine } from './gateway-engine';
import { section } from '../profile/section';
import { fail } from '../values/errors';
import { checkHostname } from '../values/hostname';
import { oneOf } from '../values/one-of';
import { Quantity } from '../values/quantity';
import { type ResourceAmounts, Resources } from '../values/resources';
import { Tier } from '../values/tier';
import { dnsSubdomain, type Place, show, wholeNumber, wholeSeconds } from '../values/value-checks';

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
  /** The IngressClass, where the engine is `GatewayEngine.INGRESS`. */
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

/** More attempts than this only lengthen an outage. */
export const MOST_RETRIES = 10;
/** cert-manager counts whole hours of both, and refuses a certificate of less than one. */
const HOUR = 3600;

/** Fails where no gateway could run as it is said. */
export function checkGateway(where: Place, gateway: Required<GatewaySettings>): void {
  const seconds = (field: keyof GatewaySettings, min: number) => wholeSeconds(where, `gateway.${field}`, gateway[field] as Duration, min);
  const whole = (field: keyof GatewaySettings, min: number, max?: number) => wholeNumber(where, gateway[field] as number, min, max, `gateway.${field}`);
  gateway.hostnames.forEach((hostname) => checkHostname(where, hostname));
  for (const field of ['envoyGatewayClass', 'istioGatewayClass', 'ingressClass'] as const) {
    if (gateway[field] !== '') {
      dnsSubdomain(where, `gateway.${field}`, gateway[field]);
    }
  }
  oneOf(where, 'gateway.minTlsVersion', gateway.minTlsVersion, ['1.3', '1.2']);
  seconds('timeout', 1);
  whole('retries', 0, MOST_RETRIES);
  seconds('headersTimeout', 1);
  seconds('idleTimeout', 1);
  seconds('streamIdleTimeout', 1);
  seconds('keyCache', 1);
  seconds('corsMaxAge', 1);
  whole('maxConcurrentStreams', 1);
  whole('trustedHops', 0);
  whole('proxies', 1);
  Quantity._of('storage', where, 'gateway.bufferLimit', gateway.bufferLimit);
  Resources._partial(where, gateway.proxyResources);
  checkLifetime(where, gateway);
}

function checkLifetime(where: Place, { certificateLifetime, certificateRenewal }: Required<GatewaySettings>): void {
  const lifetime = wholeSeconds(where, 'gateway.certificateLifetime', certificateLifetime, HOUR);
  const renewal = wholeSeconds(where, 'gateway.certificateRenewal', certificateRenewal, 1);
  for (const [field, value] of Object.entries({ certificateLifetime: lifetime, certificateRenewal: renewal })) {
    if (value % HOUR !== 0) {
      fail(where, `gateway.${field} ${show(value)} seconds are not whole hours`, `Use Duration.hours(${Math.ceil(value / HOUR)})`);
    }
  }
  if (renewal >= lifetime) {
    fail(where, `gateway.certificateRenewal ${renewal / HOUR} h is not before the end of a certificate that is good for ${lifetime / HOUR} h, so that it would be replaced without end`,
      'Use a third of gateway.certificateLifetime');
  }
}

/** The way into the cluster. */
export const GATEWAY_SETTINGS = section<Required<GatewaySettings>>('gateway', () => ({
  engine: GatewayEngine.ENVOY_GATEWAY,
  // every environment has its own
  hostnames: [],
  envoyGatewayClass: 'eg',
  istioGatewayClass: 'istio',
  // every cluster has its own
  ingressClass: '',
  ingressAnnotations: {},
  certificates: CertificateSource.clusterIssuer('letsencrypt'),
  certificateLifetime: Duration.days(90),
  certificateRenewal: Duration.days(30),
  minTlsVersion: '1.3',
  redirectHttp: true,
  timeout: Duration.seconds(30),
  retries: 3,
  headersTimeout: Duration.seconds(10),
  idleTimeout: Duration.hours(1),
  streamIdleTimeout: Duration.minutes(5),
  maxConcurrentStreams: 100,
  bufferLimit: '32Ki',
  trustedHops: 0,
  keyCache: Duration.minutes(5),
  corsMaxAge: Duration.minutes(10),
  proxies: 2,
  proxyResources: {
    cpuRequest: '100m',
    cpuLimit: '1',
    memoryRequest: '128Mi',
    memoryLimit: '512Mi',
    ephemeralStorageRequest: '64Mi',
    ephemeralStorageLimit: '64Mi',
  },
  tier: Tier.CRITICAL,
}), { check: checkGateway, openKeys: ['ingressAnnotations'] });
