import { Construct } from 'constructs';
import { portsOnTheWire } from './connection-policies';
import { defineDnsPolicy } from './dns-policy';
import { defineMeshControlPlanePolicy, meshMetricsPorts } from './mesh-components';
import { defineNetworkPolicy, joinRules } from './network-policy';
import { NETWORK_SETTINGS } from './network-settings';
import { podsOf } from './platform-peers';
import { podsOfGroup, policyName } from './policy-scope';
import { tracePorts } from './trace-ports';
import { ConnectionIndex } from '../core/connection-index';
import { peerOf } from '../core/peer-of';
import { beforeSynthesis } from '../core/preparation';
import type { ServiceGroup } from '../core/service-group';
import { DAPR_CONTROL_PLANE, DAPRD } from '../values/ports';

/**
 * What holds for every pod of a namespace: nothing is allowed (`default-deny`) but what the platform itself needs: names
 * (`allow-dns`), Dapr's control plane, the collection of metrics, the delivery of traces, and the way out to services
 * that admit the whole group.
 *
 * @internal
 */
export class NamespacePolicies extends Construct {
  constructor(scope: Construct, id: string, group: ServiceGroup) {
    super(scope, id);
    const network = NETWORK_SETTINGS.of(group.profile);
    const selector = podsOfGroup(group);
    const nameOf = (policy: string) => policyName(group, policy);

    defineNetworkPolicy(this, 'DefaultDeny', { name: nameOf('default-deny'), selector, deny: ['Ingress', 'Egress'] });
    defineDnsPolicy(this, 'Dns', group.profile, nameOf('allow-dns'), selector);
    defineMeshControlPlanePolicy(this, 'MeshControlPlane', group);
    if (group.profile._hasDapr) {
      defineNetworkPolicy(this, 'DaprControlPlane', {
        name: nameOf('allow-dapr-control-plane'),
        selector,
        egress: () => [{ peers: [podsOf(network.daprControlPlane)], ports: controlPlanePorts() }],
      });
    }
    defineNetworkPolicy(this, 'Traces', {
      name: nameOf('allow-traces'),
      selector,
      egress: () => [{ peers: [podsOf(network.traceCollector)], ports: tracePorts(group.profile) }],
    });
    beforeSynthesis(this, () => {
      this.renderMetrics(group);
      this.renderAdmitting(group);
    });
  }

  /** A rule without ports would admit the collector to all of them. */
  private renderMetrics(group: ServiceGroup): void {
    const { metricsCollector } = NETWORK_SETTINGS.of(group.profile);
    const ports = () => scrapedPorts(ConnectionIndex.of(this), group);
    if (ports().length > 0 && !this.node.tryFindChild('Metrics')) {
      defineNetworkPolicy(this, 'Metrics', {
        name: policyName(group, 'allow-metrics'),
        selector: podsOfGroup(group),
        ingress: () => [{ peers: [podsOf(metricsCollector)], ports: ports() }],
      });
    }
  }

  /** The other end of `allowsGroup`: whom a service admits must also be let out to it. */
  private renderAdmitting(group: ServiceGroup): void {
    const rules = () => joinRules(ConnectionIndex.of(this).admitting(group).map((service) => ({
      peers: [peerOf(service)],
      ports: portsOnTheWire(service),
    })));
    if (rules().length > 0 && !this.node.tryFindChild('AdmittingServices')) {
      defineNetworkPolicy(this, 'AdmittingServices', { name: policyName(group, 'allow-admitting-services'), selector: podsOfGroup(group), egress: rules });
    }
  }
}

/** The ports on which sidecars reach the control plane; the injector is called by the API server only. */
export function controlPlanePorts(): number[] {
  const { operator, sentry, placement, scheduler } = DAPR_CONTROL_PLANE;
  return [operator, sentry, placement, scheduler];
}

/** The metrics of Dapr's sidecars, and those of applications and of what stands beside them. */
function scrapedPorts(connections: ConnectionIndex, group: ServiceGroup): number[] {
  const ports = connections.servicesOf(group).flatMap((service) => [
    ...portsOnTheWire(service, service.scraped.map((port) => port.number)), ...service.metricsPorts ?? [],
  ]);
  return [...new Set([...group.profile._hasDapr ? [DAPRD.metrics] : [], ...meshMetricsPorts(group.profile), ...ports])];
}
