import type { ConnectionIndex } from './connection-index';
import type { ServiceNode, TopicEdge, TriggerEdge } from './edges';
import { EVENT_SETTINGS } from '../messaging/event-settings';
import { sorted } from '../values/sorted';

/** A path at which only the sidecar calls its application. */
export interface Callback {
  readonly path: string;
  /** Whether the paths below it are no callbacks. */
  readonly exact: boolean;
  /** Whether a connection declares it. All others are paths of Dapr that an application may serve. */
  readonly declared: boolean;
}

/** Methods of applications that speak gRPC with their sidecar. */
const GRPC_CALLBACKS = ['AppCallback', 'AppCallbackAlpha', 'AppCallbackHealthCheck'].map((service) => `/dapr.proto.runtime.v1.${service}`);

/** Subscriptions and configuration of the application, and jobs. */
const PATHS_OF_DAPR = ['/dapr', '/job'];

/** The path at which a service takes the events of a topic. */
export function eventRoute({ options, service }: TopicEdge, topic: string): string {
  return options.route ?? `${EVENT_SETTINGS.of(service.group.profile).routePrefix}${topic}`;
}

/** The path at which a service takes the events of an input binding. */
export function bindingRoute({ route, store }: TriggerEdge): string {
  return route ?? `/${store.name}`;
}

/** All paths at which a service takes the events of a topic, and its dead letters. */
function eventRoutes(edge: TopicEdge): string[] {
  const { rules = {}, deadLetterRoute } = edge.options;
  return [eventRoute(edge, edge.topic.name), ...Object.keys(rules), ...deadLetterRoute === undefined ? [] : [deadLetterRoute]];
}

/** The callbacks of a service at its application, sorted by their paths; none if it has no sidecar or no port for one. */
export function callbacksOf(connections: ConnectionIndex, service: ServiceNode): Callback[] {
  if (!service.appChannel) {
    return [];
  }
  const routes = [
    ...connections.subscriptionsOf(service).flatMap(eventRoutes),
    ...connections.components.triggersFrom(service).map(bindingRoute),
  ];
  const actors = connections.usesOf(service).some(({ options }) => options.actors);
  if (service.appChannel.grpc) {
    return GRPC_CALLBACKS.map((path) => ({ path, exact: false, declared: routes.length > 0 }));
  }
  return sorted([
    ...[...new Set(routes)].map((path) => ({ path, exact: true, declared: true })),
    ...actors ? [{ path: '/actors', exact: false, declared: true }] : [],
    ...PATHS_OF_DAPR.map((path) => ({ path, exact: false, declared: false })),
  ], ({ path }) => path);
}

/** The topics whose subscriptions an application declares at paths that the program does not contain. */
export function unknownCallbacks(connections: ConnectionIndex, service: ServiceNode): string[] {
  if (!service.appChannel || service.appChannel.grpc) {
    return [];
  }
  const unknown = connections.subscriptionsOf(service).filter(({ options }) => options.declaredByApplication && options.route === undefined);
  return unknown.map(({ topic }) => topic.name);
}
