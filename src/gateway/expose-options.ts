import type { Duration } from 'cdk8s';
import type { Authentication } from './authentication';
import type { CorsOptions } from './cors';
import type { RateLimit } from './rate-limit';
import type { RoutePath } from './route-path';
import type { ICallable } from '../core/service-reference';

/**
 * Another service that takes a part of the requests of a route.
 */
export interface TrafficShare {
  /** The service. It is in the namespace of the one that is exposed. */
  readonly service: ICallable;

  /** Its part of the requests in percent: 0 to 100. */
  readonly percent: number;
}

/**
 * Which requests reach a service through a gateway, and how.
 */
export interface ExposeOptions {
  /**
   * The name of the route: a DNS label, unique among those of the gateway.
   *
   * @default - the name of the service
   */
  readonly name?: string;

  /**
   * The hostnames, each one of the gateway or below one of its wildcards.
   *
   * @default - all of the gateway
   */
  readonly hostnames?: string[];

  /**
   * What requests ask for: any of these.
   *
   * @default - everything
   */
  readonly paths?: RoutePath[];

  /**
   * The methods of HTTP: any of these.
   *
   * @default - all
   */
  readonly methods?: string[];

  /**
   * Headers that a request has, all of them, each with exactly this value.
   *
   * @default - any
   */
  readonly headers?: { [name: string]: string };

  /**
   * What the service speaks: `http` or `grpc`. A hostname is for one of them.
   *
   * @default - `grpc` where `paths` are services of gRPC, or else `http`
   */
  readonly protocol?: string;

  /**
   * The name of the service's port.
   *
   * @default - the first port that speaks the protocol
   */
  readonly port?: string;

  /**
   * Who may call.
   *
   * @default - `authentication` of the gateway
   */
  readonly authentication?: Authentication;

  /**
   * How long a client waits for an answer, all repetitions included. None at all waits for ever, which a stream needs.
   *
   * @default - the profile's `gateway.timeout` (30 s)
   */
  readonly timeout?: Duration;

  /**
   * How often a request is repeated. From 0 to 10.
   *
   * @default - the profile's `gateway.retries` (3)
   */
  readonly retries?: number;

  /**
   * Whether a request may be repeated without doing its work twice. One that may not is repeated only where it did not reach the service.
   *
   * @default false - nobody knows what clients outside of the cluster send
   */
  readonly idempotent?: boolean;

  /**
   * How many requests come through.
   *
   * @default - `rateLimit` of the gateway
   */
  readonly rateLimit?: RateLimit;

  /**
   * Which web pages of other origins may call.
   *
   * @default - `cors` of the gateway, but for gRPC and where headers are compared
   */
  readonly cors?: CorsOptions;

  /**
   * Whether the service gets paths without the prefix of the route: `/7` for `/orders/7`.
   *
   * @default false
   */
  readonly stripPrefix?: boolean;

  /**
   * The part of the requests in percent that the service itself gets, where `alongside` names others: 0 to 100.
   *
   * @default - what the others leave of 100
   */
  readonly percent?: number;

  /**
   * Other services that take a part of the requests, such as a new version. All parts add up to 100.
   *
   * @default - none
   */
  readonly alongside?: TrafficShare[];
}
