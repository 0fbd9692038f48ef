import { Construct } from 'constructs';
import { NETWORK_SETTINGS } from './network-settings';
import { apiServerRule } from './platform-peers';
import { ServiceNetworkPolicy } from './service-network-policy';
import type * as calico from '../../imports/calico';
import { defineCiliumPolicy, tcpPorts } from '../core/cilium-policy';
import { defineObject } from '../core/kubernetes-object';
import { policyEngine } from '../core/policy-engine';
import { isOpen } from '../core/service-group';
import type { IPods } from '../core/workload';
import type { PlatformProfile } from '../profile/platform-profile';
import { NetworkPolicyEngine } from '../values/network-policy-engine';

/**
 * The way of a workload to the API server: by its addresses, or by what it is where the network plug-in knows that.
 *
 * @internal
 */
export class ApiServerPolicy extends Construct {
  constructor(scope: Construct, id: string, workload: IPods, profile: PlatformProfile) {
    super(scope, id);
    if (isOpen(this)) {
      return;
    }
    const name = `${workload.name}-api-server`;
    const network = NETWORK_SETTINGS.of(profile);
    switch (policyEngine(profile)) {
      case NetworkPolicyEngine.CILIUM:
        defineCiliumPolicy(this, 'Resource', name, () => ({
          endpointSelector: { matchLabels: workload.selectorLabels },
          egress: [{ toEntities: ['kube-apiserver'], toPorts: [{ ports: tcpPorts(network.apiServerPorts) }] }],
        }));
        break;
      case NetworkPolicyEngine.CALICO:
        defineObject<calico.NetworkPolicySpec>(this, 'Resource', {
          apiVersion: 'projectcalico.org/v3',
          kind: 'NetworkPolicy',
          metadata: { name },
          spec: {
            selector: Object.entries(workload.selectorLabels).map(([label, value]) => `${label} == '${value}'`).join(' && '),
            types: ['Egress'],
            egress: [{ action: 'Allow', destination: { services: { name: 'kubernetes', namespace: 'default' } } }],
          },
        });
        break;
      default:
        new ServiceNetworkPolicy(this, 'Resource', {
          workload,
          reason: 'api-server',
          egress: [apiServerRule(scope, network, 'has apiAccess, but no network policy could let it reach the API server, whose addresses are not known')],
        });
    }
  }
}
