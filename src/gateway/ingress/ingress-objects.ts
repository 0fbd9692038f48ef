import type { Construct } from 'constructs';
import type * as k8s from '../../../imports/k8s';
import { exposedPort } from '../../core/exposed-port';
import { defineObject } from '../../core/kubernetes-object';
import type { ServiceGroup } from '../../core/service-group';
import { NETWORK_SETTINGS } from '../../network/network-settings';
import { podsOf } from '../../network/platform-peers';
import { fail } from '../../values/errors';
import type { NetworkPeer } from '../../values/network-peer';
import { sorted } from '../../values/sorted';
import { defineCertificates, secretName } from '../certificates';
import type { ExposeOptions } from '../expose-options';
import { type GatewayDefinition, metadataIn, objectName, type RouteDefinition } from '../gateway-definition';
import type { RoutePlace } from '../place';

const PATH_TYPE = { prefix: 'Prefix', exact: 'Exact', grpc: 'Exact' } as const;

/** Defines the Ingress of a route, and the certificates beside it: an Ingress finds Secrets in its own namespace alone. */
export function defineIngress({ scope, home, namespace, gateway, route, services: [service] }: RoutePlace): void {
  const { ingressClass, ingressAnnotations } = gateway.settings;
  const hostnames = sorted([...route.hostnames], (hostname) => hostname);
  const backend = { service: { name: service.name, port: { number: exposedPort(route, service.ports)!.servicePort } } };
  const paths = route.paths.map(({ _kind, _path }) => ({ path: _path, pathType: PATH_TYPE[_kind], backend }));
  const annotations = Object.keys(ingressAnnotations).length > 0 ? { annotations: ingressAnnotations } : {};
  defineObject<k8s.IngressSpec>(scope, 'Ingress', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...metadataIn(objectName(gateway, route), namespace), ...annotations },
    spec: {
      ingressClassName: ingressClass,
      tls: hostnames.map((hostname) => ({ hosts: [hostname], secretName: secretName(gateway, hostname) })),
      rules: hostnames.map((host) => ({ host, http: { paths } })),
    },
  });
  const undefinedYet = hostnames.filter((hostname) => !home.node.tryFindChild(`Certificate-${hostname}`));
  defineCertificates(gateway, undefinedYet, home, namespace);
}

/** The pods of the controller; fails where nobody said which they are. */
export function controllerPods(construct: Construct, { profile }: ServiceGroup): NetworkPeer {
  const { ingressController } = NETWORK_SETTINGS.of(profile);
  if (ingressController.namespace === '' || ingressController.values.length === 0) {
    fail(construct, 'exposes services by a controller whose pods no network policy could let in, because nobody said where they are',
      "Set network.ingressController by NetworkDefaults.of(), such as { namespace: 'traefik', values: ['traefik'] }");
  }
  return podsOf(ingressController);
}

export function checkIngressGateway({ construct, settings, authentication, rateLimit, cors }: GatewayDefinition): void {
  if (settings.ingressClass === '') {
    fail(construct, 'is an Ingress of no class, so that any controller would take it, or none', "Set gateway.ingressClass by GatewayDefaults.of(), such as 'traefik'");
  }
  if (authentication && authentication._kind !== 'none') {
    fail(construct, 'checks who calls, which an Ingress cannot say, so that everybody could call', "Use GatewayEngine.ENVOY_GATEWAY, or Authentication.none('<why>')");
  }
  if (rateLimit ?? cors) {
    fail(construct, `has ${rateLimit ? 'a rate limit' : 'cors'}, which an Ingress cannot say`, `Leave ${rateLimit ? 'rateLimit' : 'cors'} out, and tell the controller by gateway.ingressAnnotations`);
  }
}

export function checkIngressRoute({ construct }: GatewayDefinition, route: RouteDefinition, options: ExposeOptions): void {
  const { name } = route;
  const cannot = (what: string, remedy: string): never => fail(construct, `route '${name}' ${what}, which an Ingress cannot say`, remedy);
  if (route.authentication._kind !== 'none') {
    fail(construct, `route '${name}' checks who calls, which an Ingress cannot say, so that everybody could call`, "Use GatewayEngine.ENVOY_GATEWAY, or Authentication.none('<why>')");
  }
  if (route.protocol === 'grpc') {
    cannot('is gRPC', 'Use GatewayEngine.ENVOY_GATEWAY or GatewayEngine.ISTIO');
  }
  if (route.methods.length > 0 || route.headers.length > 0) {
    fail(construct, `route '${name}' compares ${route.methods.length > 0 ? 'methods' : 'headers'}, which an Ingress cannot say, so that it would take every request of its paths`,
      'Leave them out, or use another engine');
  }
  if (route.backends.length > 1) {
    cannot('shares requests out', 'Leave alongside out, or use another engine');
  }
  if (route.stripPrefix) {
    cannot('strips a prefix', 'Let the service take whole paths, or use another engine');
  }
  const said = (['timeout', 'retries', 'idempotent', 'rateLimit', 'cors'] as const).find((field) => options[field] !== undefined);
  if (said !== undefined) {
    cannot(`has ${said}`, `Leave ${said} out, and tell the controller by gateway.ingressAnnotations`);
  }
}
