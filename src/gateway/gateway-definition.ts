import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Authentication } from './authentication';
import type { CertificateSource } from './certificate-source';
import type { CorsOptions } from './cors';
import type { GatewayEngine } from './gateway-engine';
import type { GatewaySettings } from './gateway-settings';
import type { RateLimit } from './rate-limit';
import type { RoutePath } from './route-path';
import type { ExposedProtocol, GatewayNode } from '../core/edges';
import type { ServiceGroup } from '../core/service-group';
import type { ServiceReference } from '../core/service-reference';

/** A gateway that is decided in every detail, but has no object yet. */
export interface GatewayDefinition {
  readonly construct: Construct;
  readonly node: GatewayNode;
  readonly name: string;
  readonly group: ServiceGroup;
  readonly settings: Required<GatewaySettings>;
  readonly engine: GatewayEngine;
  readonly hostnames: readonly string[];
  readonly certificates: CertificateSource;
  readonly authentication?: Authentication;
  readonly rateLimit?: RateLimit;
  readonly cors?: CorsOptions;
  /** What it exposes; later statements add to it. */
  readonly routes: RouteDefinition[];
}

/** Where the requests of a route go. */
export interface Backend {
  readonly service: ServiceReference;
  /** Undefined where there is one alone. */
  readonly percent?: number;
}

/** A route that is decided in every detail. */
export interface RouteDefinition {
  readonly name: string;
  /** The service that is exposed comes first. */
  readonly backends: readonly Backend[];
  readonly protocol: ExposedProtocol;
  readonly port?: string;
  readonly hostnames: readonly string[];
  readonly paths: readonly RoutePath[];
  readonly methods: readonly string[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly authentication: Authentication;
  readonly timeout: Duration;
  readonly retries: number;
  readonly idempotent: boolean;
  readonly rateLimit?: RateLimit;
  readonly cors?: CorsOptions;
  readonly stripPrefix: boolean;
}

export const GATEWAY_API = 'gateway.networking.k8s.io';
/** The route from the port without TLS to the one with it. */
export const REDIRECT = 'redirect';
/** Where clients expect TLS, and where browsers begin without it. */
export const HTTPS_PORT = 443;
/** Where requests without TLS arrive. */
export const HTTP_PORT = 80;

/** How a browser asks whether a page of another origin may call, without a token and without the headers that are asked for. */
export const PREFLIGHT = 'OPTIONS';

/** The name of a route's objects. */
export function objectName({ name }: GatewayDefinition, route: RouteDefinition): string {
  return `${name}-${route.name}`;
}

/** The kind of a route's object in Gateway API. */
export function routeKind({ protocol }: RouteDefinition): 'GRPCRoute' | 'HTTPRoute' {
  return protocol === 'grpc' ? 'GRPCRoute' : 'HTTPRoute';
}

/** The methods that a route takes, or none for all: with those by which browsers ask whether they may call. */
export function matchedMethods({ methods, cors }: RouteDefinition): readonly string[] {
  return cors && methods.length > 0 && !methods.includes(PREFLIGHT) ? [...methods, PREFLIGHT] : methods;
}

/** As Gateway API reads it, of which numbers have at most five digits. */
export function durationText(duration: Duration): string {
  const milliseconds = duration.toMilliseconds();
  const parts = [
    [Duration.hours(1), 'h'],
    [Duration.minutes(1), 'm'],
    [Duration.seconds(1), 's'],
    [Duration.millis(1), 'ms'],
  ] as const;
  let rest = milliseconds;
  const text = parts.map(([unit, name]) => {
    const count = Math.floor(rest / unit.toMilliseconds());
    rest -= count * unit.toMilliseconds();
    return count > 0 ? `${count}${name}` : '';
  }).join('');
  return text === '' ? '0s' : text;
}

/** The metadata of an object in the namespace of its chart, or in another. */
export function metadataIn(name: string, namespace?: string): { name: string; namespace?: string } {
  // cdk8s would take undefined for an answer
  return namespace === undefined ? { name } : { name, namespace };
}
