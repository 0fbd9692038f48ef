import { Construct } from 'constructs';
import { type CiliumEgress, defineCiliumPolicy, tcpPorts } from '../core/cilium-policy';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { policyEngine } from '../core/policy-engine';
import { beforeSynthesis } from '../core/preparation';
import type { ExternalHost } from '../core/service-reference';
import { describe } from '../values/errors';
import { NetworkPeer, type NetworkRule } from '../values/network-peer';
import { NetworkPolicyEngine } from '../values/network-policy-engine';

/**
 * The way of a service to hosts outside of the cluster by their names, where the network plug-in learns their addresses from DNS:
 * `<service>-external`. Elsewhere their addresses are part of `<service>-calls`.
 *
 * @internal
 */
export class ExternalHosts extends Construct {
  constructor(scope: Construct, id: string, private readonly service: ServiceNode) {
    super(scope, id);
    this.node.addValidation({ validate: () => this.unreachable() });
    beforeSynthesis(this, () => this.render());
  }

  private render(): void {
    if (byName(this.service) && hostsOf(this.service).length > 0 && !this.node.tryFindChild('Resource')) {
      defineCiliumPolicy(this, 'Resource', `${this.service.name}-external`, () => ({
        endpointSelector: { matchLabels: this.service.selectorLabels },
        egress: hostsOf(this.service).map(({ host, ports }): CiliumEgress => ({
          toFQDNs: [{ matchName: host }], toPorts: [{ ports: tcpPorts(ports) }],
        })),
      }));
    }
  }

  private unreachable(): string[] {
    return byName(this.service) ? [] : hostsOf(this.service).filter(({ cidrs }) => cidrs.length === 0).map(({ host }) => describe(
      `calls '${host}', and a NetworkPolicy knows addresses but no names, so nothing would let it out`,
      `Name its addresses by ExternalService.fromHost('${host}', { cidrs: [...] }), or set network.policyEngine to NetworkPolicyEngine.CILIUM where Cilium is installed`,
    ));
  }
}

/** The rule of a plain policy for a host, if it is known by its addresses. */
export function addressRules(service: ServiceNode, { cidrs, ports }: ExternalHost): NetworkRule[] {
  return byName(service) || cidrs.length === 0 ? [] : [{ peers: cidrs.map((cidr) => NetworkPeer.cidr(cidr)), ports: [...ports] }];
}

function byName({ group }: ServiceNode): boolean {
  return policyEngine(group.profile) === NetworkPolicyEngine.CILIUM;
}

function hostsOf(service: ServiceNode): ExternalHost[] {
  return ConnectionIndex.of(service.construct).callsFrom(service).flatMap(({ callee }) => callee._external ?? []);
}
