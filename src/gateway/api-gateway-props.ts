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
   * @default - `gateway.hostnames` of the platform profile in force
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
   * @default - `gateway.engine` of the platform profile in force
   */
  readonly engine?: GatewayEngine;

  /**
   * Where the certificates come from.
   *
   * @default - `gateway.certificates` of the platform profile in force
   */
  readonly certificates?: CertificateSource;
}
