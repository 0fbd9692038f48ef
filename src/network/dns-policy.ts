import type { Construct } from 'constructs';
import { defineNetworkPolicy } from './network-policy';
import { NETWORK_SETTINGS } from './network-settings';
import { dnsRules } from './platform-peers';
import type * as k8s from '../../imports/k8s';
import { CILIUM_NAMESPACE, type CiliumPorts, defineCiliumPolicy } from '../core/cilium-policy';
import { policyEngine } from '../core/policy-engine';
import type { PlatformProfile } from '../profile/platform-profile';
import { NetworkPolicyEngine } from '../values/network-policy-engine';
import { DNS_PORT } from '../values/ports';

/**
 * Lets every pod of a namespace ask for names: `allow-dns`.
 *
 * Cilium learns the addresses of hosts from the answers, but only of questions that a rule of its own lets through.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer3/#dns-based
 */
export function defineDnsPolicy(scope: Construct, id: string, profile: PlatformProfile, name = 'allow-dns', selector: k8s.LabelSelector = {}): void {
  const network = NETWORK_SETTINGS.of(profile);
  const { dns, nodeLocalDns } = network;
  if (policyEngine(profile) !== NetworkPolicyEngine.CILIUM) {
    defineNetworkPolicy(scope, id, { name, selector, egress: () => dnsRules(network) });
    return;
  }
  const toPorts: CiliumPorts[] = [{ ports: [{ port: String(DNS_PORT), protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }];
  defineCiliumPolicy(scope, id, name, () => ({
    endpointSelector: selector.matchLabels ? { matchLabels: selector.matchLabels } : {},
    egress: [
      {
        toEndpoints: [{ matchLabels: { [CILIUM_NAMESPACE]: dns.namespace }, matchExpressions: [{ key: dns.label, operator: 'In', values: [...dns.values].sort() }] }],
        toPorts,
      },
      ...nodeLocalDns ? [{ toCIDR: [`${nodeLocalDns}/32`], toPorts }] : [],
    ],
  }));
}
