import type { GatewayDefinition } from './definition';
import { GATEWAY_API, HTTP_PORT, HTTPS_PORT, metadataIn, REDIRECT, routeKind } from './definition';
import type * as certManager from '../../imports/cert-manager';
import type * as api from '../../imports/gateway-api';
import { Connections } from '../core/connections';
import type { Plain } from '../core/kubernetes-object';
import { defineObject, late } from '../core/kubernetes-object';
import { hostnameInName } from '../model/hostname';
import { sorted } from '../model/sorted';

type CertificateSpec = Plain<certManager.CertificateSpec>;
type Listener = Plain<api.GatewaySpecListeners>;
type AllowedRoutes = Plain<api.GatewaySpecListenersAllowedRoutes>;

/** P-256, as browsers and servers sign fastest with. */
const KEY = { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' } as const;
/** For ever, so that browsers remember it. The generator makes a name of the number. */
const MOVED_PERMANENTLY = 301 as never;
/** The listener that leads to the one with TLS. */
const HTTP_LISTENER = 'http';

/** Defines the Gateway with a listener for each hostname. */
export function defineGateway(gateway: GatewayDefinition, gatewayClassName: string, infrastructure?: object): void {
  const { construct, name, settings } = gateway;
  defineObject<Plain<api.GatewaySpec>>(construct, 'Gateway', {
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

export function secretName({ name, certificates }: GatewayDefinition, hostname: string): string {
  return certificates._kind === 'Secret' ? certificates._name : `${name}-${hostnameInName(hostname)}`;
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
  const connections = Connections.of(construct);
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
  defineObject<Plain<api.HttpRouteSpec>>(construct, 'Redirect', {
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

/** Defines the certificate of each hostname, in the namespace of the gateway or in another. */
export function defineCertificates(gateway: GatewayDefinition, hostnames: readonly string[], scope = gateway.construct, namespace?: string): void {
  const { certificates, settings } = gateway;
  if (certificates._kind === 'Secret') {
    return;
  }
  for (const hostname of hostnames) {
    const secret = secretName(gateway, hostname);
    defineObject<CertificateSpec>(scope, `Certificate-${hostname}`, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: metadataIn(secret, namespace),
      spec: {
        secretName: secret,
        dnsNames: [hostname],
        issuerRef: { group: 'cert-manager.io', kind: certificates._kind, name: certificates._name },
        duration: `${settings.certificateLifetime.toHours()}h`,
        renewBefore: `${settings.certificateRenewal.toHours()}h`,
        privateKey: KEY,
        usages: ['digital signature', 'server auth'],
      },
    });
  }
}
