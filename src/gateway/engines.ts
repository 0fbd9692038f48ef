import type { Construct } from 'constructs';
import { defineCertificates } from './certificates';
import { NETWORK_SETTINGS } from '../network/network-settings';
import { defineEnvoyGateway, defineEnvoyRoute } from './envoy-gateway/envoy-gateway-objects';
import { checkEnvoyRoute } from './envoy-gateway/security';
import type { ExposeOptions } from './expose-options';
import type { GatewayDefinition, RouteDefinition } from './gateway-definition';
import { GatewayEngine } from './gateway-engine';
import { checkIngressGateway, checkIngressRoute, controllerPods, defineIngress } from './ingress/ingress-objects';
import { checkIstioGateway, checkIstioRoute, defineIstioGateway, defineTokens } from './istio/istio-gateway-objects';
import { proxyLabels } from './istio/proxies';
import { defineGateway } from './listeners';
import type { RoutePlace } from './place';
import { defineRoute } from './routes';
import type { ServiceGroup } from '../core/service-group';
import { NetworkPeer } from '../values/network-peer';

/** What differs between the engines of gateways. */
export interface Engine {
  /** The pods that pass requests on. */
  proxies(gateway: Construct, name: string, group: ServiceGroup): NetworkPeer;
  /** Their namespace, where they are not beside the gateway. */
  proxyNamespace(group: ServiceGroup): string | undefined;
  /** The name of their ServiceAccount, where it is known. */
  serviceAccount?(name: string): string;
  checkGateway(gateway: GatewayDefinition): void;
  /** Fails on what the engine cannot do; `options` is what was said of the route itself. */
  checkRoute(gateway: GatewayDefinition, route: RouteDefinition, options: ExposeOptions): void;
  defineGateway(gateway: GatewayDefinition): void;
  /** Runs when all routes are known. */
  defineRest(gateway: GatewayDefinition): void;
  defineRoute(place: RoutePlace): void;
}

const ENVOY_GATEWAY: Engine = {
  proxies: (_gateway, name, { namespace, profile }) => NetworkPeer._selected(NETWORK_SETTINGS.of(profile).gatewayProxyNamespace, {
    'gateway.envoyproxy.io/owning-gateway-name': name, 'gateway.envoyproxy.io/owning-gateway-namespace': namespace,
  }),
  proxyNamespace: ({ profile }) => NETWORK_SETTINGS.of(profile).gatewayProxyNamespace,
  checkGateway: () => {},
  checkRoute: (gateway, route) => checkEnvoyRoute(gateway, route),
  defineGateway: (gateway) => {
    defineGateway(gateway, gateway.settings.envoyGatewayClass);
    defineCertificates(gateway, gateway.hostnames);
    defineEnvoyGateway(gateway);
  },
  defineRest: () => {},
  defineRoute: (place) => {
    defineRoute(place);
    defineEnvoyRoute(place);
  },
};

const ISTIO: Engine = {
  proxies: (_gateway, name, { namespace }) => NetworkPeer._selected(namespace, proxyLabels(name)),
  proxyNamespace: () => undefined,
  serviceAccount: (name) => `${name}-istio`,
  checkGateway: checkIstioGateway,
  checkRoute: checkIstioRoute,
  defineGateway: (gateway) => {
    defineIstioGateway(gateway);
    defineCertificates(gateway, gateway.hostnames);
  },
  defineRest: defineTokens,
  defineRoute,
};

const INGRESS: Engine = {
  proxies: (gateway, _name, group) => controllerPods(gateway, group),
  proxyNamespace: ({ profile }) => NETWORK_SETTINGS.of(profile).ingressController.namespace,
  checkGateway: checkIngressGateway,
  checkRoute: checkIngressRoute,
  defineGateway: () => {},
  defineRest: () => {},
  defineRoute: defineIngress,
};

export const ENGINES: { readonly [engine in GatewayEngine]: Engine } = {
  [GatewayEngine.ENVOY_GATEWAY]: ENVOY_GATEWAY, [GatewayEngine.ISTIO]: ISTIO, [GatewayEngine.INGRESS]: INGRESS,
};
