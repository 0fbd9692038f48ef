import type { Authentication } from './authentication';
import type { CertificateSource } from './certificate-source';
import type { CorsOptions } from './cors';
import type { GatewayEngine } from './gateway-engine';
import type { RateLimit } from './rate-limit';

/**
 * Properties for `ApiGateway`.
 */
export interface ApiGatewayProps {
  /**
   * The names by which clients outside of the cluster know it, such as `api.example.com` or `*.shop.example.com`. At most 16.
   *
   * @default - the profile's `gateway.hostnames` (none)
   */
  readonly hostnames?: string[];

  /**
   * Who may call what it exposes.
   *
   * @default - each route says it itself
   */
  readonly authentication?: Authentication;

  /**
   * How many requests come through: by each route, and with Istio by all of them together.
   *
   * @default - as many as the services take
   */
  readonly rateLimit?: RateLimit;

  /**
   * Which web pages of other origins may call.
   *
   * @default - none
   */
  readonly cors?: CorsOptions;

  /**
   * What takes the requests and passes them on.
   *
   * @default - the profile's `gateway.engine` (envoy-gateway)
   */
  readonly engine?: GatewayEngine;

  /**
   * Where the certificates come from.
   *
   * @default - the profile's `gateway.certificates` (ClusterIssuer letsencrypt)
   */
  readonly certificates?: CertificateSource;
}
