import { Construct } from 'constructs';
import { controlPlanePorts } from './namespace-policies';
import { defineNetworkPolicy, joinRules } from './network-policy';
import { NETWORK_SETTINGS, type PeerSettings } from './network-settings';
import { podsOf } from './platform-peers';
import { podsOfGroup, policyName } from './policy-scope';
import { portsOfStore, storeClients } from './store-clients';
import { tracePorts } from './trace-ports';
import { hasAnalysis } from '../core/canary-routing';
import { ConnectionIndex } from '../core/connection-index';
import { endpointKey } from '../core/node-keys';
import { beforeSynthesis } from '../core/preparation';
import type { ServiceGroup } from '../core/service-group';
import type { StoreEndpoint } from '../core/store-endpoint';
import { NetworkPeer, type NetworkRule } from '../values/network-peer';
import { DAPR_CONTROL_PLANE, PROMETHEUS_PORT, PUSHGATEWAY_PORT } from '../values/ports';

/**
 * The other ends, in a namespace that all environments share: each store admits the services that use it and no
 * others, so that an environment never reaches another's stores; and platform components admits every service.
 *
 * Connections from these pods are left alone: what an operator, a backup or a control plane needs outside is known to
 * those who install it, not here.
 *
 * @internal
 */
export class SharedPolicies extends Construct {
  private readonly connections: ConnectionIndex;

  constructor(scope: Construct, id: string, private readonly group: ServiceGroup) {
    super(scope, id);
    this.connections = ConnectionIndex.of(this);
    const { daprControlPlane, metricsCollector, pushgateway, traceCollector } = NETWORK_SETTINGS.of(group.profile);

    defineNetworkPolicy(this, 'DefaultDeny', { name: policyName(group, 'default-deny'), selector: podsOfGroup(group), deny: ['Ingress'] });
    if (group.profile._hasDapr) {
      this.wiring('dapr-control-plane', daprControlPlane, () => [
        // the API server is no pod: it calls the webhooks from an address that is unknown here
        { peers: [NetworkPeer._anywhere()], ports: [DAPR_CONTROL_PLANE.injectorWebhook, DAPR_CONTROL_PLANE.operatorWebhook] },
        ...this.fromGroups(controlPlanePorts(), ({ profile }) => profile._hasDapr),
        { peers: [podsOf(metricsCollector)], ports: [DAPR_CONTROL_PLANE.metrics] },
        // its replicas agree among themselves, each part by ports of its own
        { peers: [podsOf(daprControlPlane)], ports: [] },
      ]);
    }
    this.wiring('trace-collector', traceCollector, () => this.fromGroups(tracePorts(group.profile)));
    this.wiring('pushgateway', pushgateway, () => [
      { peers: [podsOf(metricsCollector), ...this.reporting()], ports: [PUSHGATEWAY_PORT] },
    ]);
    beforeSynthesis(this, () => {
      this.stores();
      this.metricsQueries();
    });
  }

  private wiring(name: string, peer: PeerSettings, ingress: () => NetworkRule[]): void {
    if (peer.namespace === this.group.namespace) {
      defineNetworkPolicy(this, name, { name, selector: podsOf(peer)._podSelector, ingress });
    }
  }

  private stores(): void {
    const used = new Map(this.connections.stores.all.map(({ endpoint }) => endpoint)
      .filter((endpoint) => endpoint.namespace === this.group.namespace && this.connections.clientsOf(endpoint).length > 0)
      .map((endpoint) => [endpointKey(endpoint), endpoint]));
    for (const app of new Set([...used.values()].flatMap((endpoint) => endpoint.app ?? []))) {
      if (!this.node.tryFindChild(app)) {
        defineNetworkPolicy(this, app, {
          name: `${app}-clients`,
          selector: { matchLabels: { app } },
          ingress: () => this.storeRules([...used.values()].filter((endpoint) => endpoint.app === app), app),
        });
      }
    }
  }

  /** KEDA asks for the metrics that some workers are scaled by, Argo Rollouts for those of new versions. */
  private metricsQueries(): void {
    const { argoRollouts, kedaOperator, metricsCollector } = NETWORK_SETTINGS.of(this.group.profile);
    const asking = () => [
      ...this.connections.queueReaders.some((reader) => reader.asksMetrics()) ? [podsOf(kedaOperator)] : [],
      ...hasAnalysis(this) ? [podsOf(argoRollouts)] : [],
    ];
    if (asking().length > 0 && !this.node.tryFindChild('metrics-queries')) {
      this.wiring('metrics-queries', metricsCollector, () => [{ peers: asking(), ports: [PROMETHEUS_PORT] }]);
    }
  }

  private storeRules(endpoints: readonly StoreEndpoint[], app: string): NetworkRule[] {
    const network = NETWORK_SETTINGS.of(this.group.profile);
    const hosted = this.connections.stores.all.some((store) => store.hosted && store.endpoint.app === app && store.group.chart === this.group.chart);
    return [
      ...joinRules(endpoints.map((endpoint) => ({ peers: storeClients(this, endpoint, network), ports: portsOfStore(endpoint) }))),
      // the members of a store that others install among themselves, whatever the ports of their replication are
      ...hosted ? [] : [{ peers: [NetworkPeer.workload(this.group.namespace, app)], ports: [] }],
    ];
  }

  /** The namespaces whose pods report, and this one, in which others may run Jobs that do. */
  private reporting(): NetworkPeer[] {
    const namespaces = [this.group, ...this.connections.reporters].map(({ namespace }) => namespace);
    return [...new Set(namespaces)].map((namespace) => NetworkPeer.namespace(namespace));
  }

  /** Admits the pods of all groups of environments, or of some of them. */
  private fromGroups(ports: number[], admitted: (group: ServiceGroup) => boolean = () => true): NetworkRule[] {
    const groups = this.connections.groups.filter((group) => group.environment && admitted(group));
    const peers = [...new Set(groups.map(({ namespace }) => namespace))].map((namespace) => NetworkPeer.namespace(namespace));
    return peers.length === 0 ? [] : [{ peers, ports }];
  }
}
