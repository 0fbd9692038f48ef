import type { Construct } from 'constructs';
import type { NetworkSettings, PeerSettings } from './network-settings';
import { fail } from '../values/errors';
import { NetworkPeer, type NetworkRule } from '../values/network-peer';
import { DNS_PORT } from '../values/ports';
import { shared } from '../values/shared';

/** Pods of the platform, such as those that collect metrics. */
export const podsOf = shared((peer: PeerSettings) => NetworkPeer.pods(peer.namespace, peer.label, peer.values));

/** Names are asked of the cluster's servers, or of the cache on the node. */
export function dnsRules({ dns, nodeLocalDns }: Required<NetworkSettings>): NetworkRule[] {
  return [{
    peers: [podsOf(dns), ...(nodeLocalDns ? [NetworkPeer.cidr(`${nodeLocalDns}/32`)] : [])],
    ports: [DNS_PORT],
    udp: true,
  }];
}

/** The way to the API server; fails with this problem where nobody said what its addresses are. */
export function apiServerRule(construct: Construct, { apiServerCidrs, apiServerPorts }: Required<NetworkSettings>, problem: string): NetworkRule {
  if (apiServerCidrs.length === 0) {
    fail(construct, problem, "Set network.apiServerCidrs by NetworkDefaults.of(), such as ['10.0.0.1/32']");
  }
  return { peers: apiServerCidrs.map((cidr) => NetworkPeer.cidr(cidr)), ports: apiServerPorts };
}
