import { secretName } from './certificates';
import { GATEWAY_API, type GatewayDefinition, HTTP_PORT, HTTPS_PORT, REDIRECT, routeKind } from './gateway-definition';
import type * as api from '../../imports/gateway-api';
import { ConnectionIndex } from '../core/connection-index';
import { defineObject, late } from '../core/kubernetes-object';
import { hostnameInName } from '../values/hostname';
import { sorted } from '../values/sorted';

type Listener = api.GatewaySpecListeners;
type AllowedRoutes = api.GatewaySpecListenersAllowedRoutes;

/** For ever, so that browsers remember it. The generator makes a name of the number. */
const MOVED_PERMANENTLY = 301 as never;
/** The listener that leads to the one with TLS. */
const HTTP_LISTENER = 'http';

/** Defines the Gateway with a listener for each hostname. */
export function defineGateway(gateway: GatewayDefinition, gatewayClassName: string, infrastructure?: object): void {
  const { construct, name, settings } = gateway;
  defineObject<api.GatewaySpec>(construct, 'Gateway', {
    apiVersion: `${GATEWAY_API}/v1`,
    kind: 'Gateway',
    metadata: { name },
    spec: {
      gatewayClassName,
      infrastructure,
      listeners: late(() => [
        ...settings.redirectHttp ? [{ name: HTTP_LISTENER, port: HTTP_PORT, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'Same' as const } } }] : [],
        ...sorted([...gateway.hostnames], (hostname) => hostname).map((hostname) => listener(gateway, hostname)),
      ]),
    },
  });
  if (settings.redirectHttp) {
    defineRedirect(gateway);
  }
}

export function listenerName(hostname: string): string {
  return `https-${hostnameInName(hostname)}`;
}

function listener(gateway: GatewayDefinition, hostname: string): Listener {
  return {
    name: listenerName(hostname),
    port: HTTPS_PORT,
    protocol: 'HTTPS',
    hostname,
    tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: secretName(gateway, hostname) }] },
    allowedRoutes: allowedRoutes(gateway),
  };
}

/** Whoever may write a route for a hostname gets its requests: only namespaces that the program exposes a service of. */
function allowedRoutes(gateway: GatewayDefinition): AllowedRoutes {
  const { construct, group, routes } = gateway;
  const connections = ConnectionIndex.of(construct);
  const services = routes.flatMap(({ backends: [main] }) => connections.service(main.service, gateway) ?? []);
  const namespaces = new Set([group, ...services.map((service) => service.group)].map(({ namespace }) => namespace));
  const kinds = [...new Set(routes.map(routeKind))].sort().map((kind) => ({ group: GATEWAY_API, kind }));
  return {
    kinds: kinds.length > 0 ? kinds : undefined,
    namespaces: namespaces.size === 1 ? { from: 'Same' }
      : { from: 'Selector', selector: { matchExpressions: [among([...namespaces].sort())] } },
  };
}

/** By a label that the API server sets, so that nobody can give it to a namespace of his own. */
function among(namespaces: string[]): object {
  return { key: 'kubernetes.io/metadata.name', operator: 'In', values: namespaces };
}

function defineRedirect({ construct, name, hostnames }: GatewayDefinition): void {
  defineObject<api.HttpRouteSpec>(construct, 'Redirect', {
    apiVersion: `${GATEWAY_API}/v1`,
    kind: 'HTTPRoute',
    metadata: { name: `${name}-${REDIRECT}` },
    spec: {
      parentRefs: [{ group: GATEWAY_API, kind: 'Gateway', name, sectionName: HTTP_LISTENER }],
      hostnames: sorted([...hostnames], (hostname) => hostname),
      rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: MOVED_PERMANENTLY } }] }],
    },
  });
}
