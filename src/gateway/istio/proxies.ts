import { Yaml } from 'cdk8s';
import { ConnectionIndex } from '../../core/connection-index';
import { exposedPort } from '../../core/exposed-port';
import { defineObject } from '../../core/kubernetes-object';
import { peerOf } from '../../core/peer-of';
import { antiAffinity } from '../../core/pod-parts';
import { priorityClassOf } from '../../core/priority-class';
import { defineNetworkPolicy, joinRules } from '../../network/network-policy';
import { NETWORK_SETTINGS } from '../../network/network-settings';
import { podsOf } from '../../network/platform-peers';
import { NetworkPeer, type NetworkRule } from '../../values/network-peer';
import { Resources } from '../../values/resources';
import { ACME_SOLVER } from '../certificates';
import { type GatewayDefinition, HTTP_PORT, HTTPS_PORT } from '../gateway-definition';

/** Where a proxy asks for its configuration and its certificate. */
const ISTIOD_PORT = 15012;
/** Where a load balancer asks a proxy for its health. */
const HEALTH_PORT = 15021;
/** Where a proxy tells its metrics, those of Envoy included. */
const METRICS_PORT = 15020;
/** A new pod is there before an old one goes. */
const SURGE = 1;

/** The label by which Istio marks the pods of a gateway. */
export function proxyLabels(name: string): { [label: string]: string } {
  return { 'gateway.networking.k8s.io/gateway-name': name };
}

/**
 * Defines what Istio lays over the Deployment that it makes, so that it fits the namespace: the quota counts its pods, and Pod Security looks at them.
 *
 * @returns the reference by which the Gateway names it
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#automated-deployment
 */
export function defineProxies({ construct, name, group, settings }: GatewayDefinition): object {
  const { profile } = group;
  const resources = Resources._partial(construct, settings.proxyResources);
  const labels = proxyLabels(name);
  defineObject(construct, 'Proxies', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${name}-proxies` },
    data: {
      deployment: Yaml.stringify({
        spec: {
          replicas: settings.proxies,
          strategy: { rollingUpdate: { maxSurge: SURGE, maxUnavailable: 0 } },
          template: {
            spec: {
              priorityClassName: priorityClassOf(group, settings.tier),
              securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
              affinity: { podAntiAffinity: antiAffinity(profile, labels) },
              containers: [{ name: 'istio-proxy', resources: resources._toKube() }],
            },
          },
        },
      }),
      podDisruptionBudget: Yaml.stringify({ spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' } }),
    },
  });
  return { parametersRef: { group: '', kind: 'ConfigMap', name: `${name}-proxies` } };
}

/** Defines what the proxies may take and where they may go. */
export function defineProxyPolicy(gateway: GatewayDefinition): void {
  const { construct, name, group, settings } = gateway;
  const network = NETWORK_SETTINGS.of(group.profile);
  defineNetworkPolicy(construct, 'ProxiesPolicy', {
    name: `${name}-proxies`,
    selector: { matchLabels: proxyLabels(name) },
    ingress: () => [
      { peers: [NetworkPeer._anywhere()], ports: [HTTPS_PORT, HEALTH_PORT, ...settings.redirectHttp ? [HTTP_PORT] : []] },
      { peers: [podsOf(network.metricsCollector)], ports: [METRICS_PORT] },
    ],
    egress: () => [
      { peers: [podsOf(network.istioControlPlane)], ports: [ISTIOD_PORT] },
      ...joinRules([...toSolvers(gateway), ...toServices(gateway)]),
    ],
  });
}

function toSolvers({ certificates, group }: GatewayDefinition): NetworkRule[] {
  const solvers = NetworkPeer._selected(group.namespace, ACME_SOLVER.labels);
  return certificates._kind === 'Secret' ? [] : [{ peers: [solvers], ports: [ACME_SOLVER.port] }];
}

function toServices({ construct, group, routes }: GatewayDefinition): NetworkRule[] {
  const connections = ConnectionIndex.of(construct);
  return routes.flatMap((route) => route.backends.flatMap((backend): NetworkRule[] => {
    const service = connections.service(backend.service, { group });
    const port = service && exposedPort(route, service.ports);
    return service && port ? [{ peers: [peerOf(service)], ports: [port.number] }] : [];
  }));
}
