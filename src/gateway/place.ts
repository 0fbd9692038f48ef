import type { Construct } from 'constructs';
import type { GatewayDefinition, RouteDefinition } from './gateway-definition';
import type { ServiceNode } from '../core/edges';

/** Where the objects of a route go: into the namespace of its service, so that they reach no other. */
export interface RoutePlace {
  readonly scope: Construct;
  /** What all routes to the same namespace have in common. */
  readonly home: Construct;
  readonly namespace: string;
  readonly gateway: GatewayDefinition;
  readonly route: RouteDefinition;
  /** The services that get its requests, as they are defined. */
  readonly services: readonly ServiceNode[];
}
