import type { Construct } from 'constructs';
import type * as k8s from '../../imports/k8s';
import { defineObject, late } from '../core/kubernetes-object';
import { isOpen } from '../core/service-group';
import { defined } from '../values/defined';
import { describe } from '../values/errors';
import { ANYWHERE, type NetworkRule } from '../values/network-peer';
import { sorted } from '../values/sorted';

/**
 * What a NetworkPolicy is made of, with rules that later statements may still add to.
 */
export interface PolicyDefinition {
  readonly name: string;
  /** Undefined for that of the chart. */
  readonly namespace?: string;
  readonly annotations?: { readonly [name: string]: string };
  readonly selector: k8s.LabelSelector;
  readonly ingress?: () => NetworkRule[];
  readonly egress?: () => NetworkRule[];
  /** Directions that are denied although there is no rule for them. */
  readonly deny?: ('Ingress' | 'Egress')[];
}

export function defineNetworkPolicy(scope: Construct, id: string, policy: PolicyDefinition): void {
  if (isOpen(scope)) {
    return;
  }
  defineObject<k8s.NetworkPolicySpec>(scope, id, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: defined({ name: policy.name, namespace: policy.namespace, annotations: policy.annotations }),
    spec: late(() => toSpec(policy)),
  });
}

function toSpec(policy: PolicyDefinition): k8s.NetworkPolicySpec {
  const ingress = policy.ingress?.() ?? [];
  const egress = policy.egress?.() ?? [];
  return {
    podSelector: policy.selector,
    policyTypes: policy.deny ?? [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])],
    ingress: ingress.length > 0 ? ingress.map((rule) => ({ from: peersOf(rule), ports: portsOf(rule) })) : undefined,
    egress: egress.length > 0 ? egress.map((rule) => ({ to: peersOf(rule), ports: portsOf(rule) })) : undefined,
  };
}

function peersOf(rule: NetworkRule): k8s.NetworkPolicyPeer[] | undefined {
  if (rule.peers.length === 0) {
    // Kubernetes reads an empty list as everybody
    throw new Error(describe(`a rule for ports ${rule.ports.join(', ')} names no peer, which would admit everybody`, 'Name the peers of the rule'));
  }
  if (rule.peers.some((peer) => peer._key === ANYWHERE)) {
    return undefined;
  }
  return sorted(rule.peers, (peer) => peer._key).flatMap((peer) => peer._peers);
}

function portsOf(rule: NetworkRule): k8s.NetworkPolicyPort[] | undefined {
  if (rule.ports.length === 0) {
    return undefined;
  }
  const protocols = rule.udp ? ['UDP', 'TCP'] : ['TCP'];
  return protocols.flatMap((protocol) => [...rule.ports].sort((a, b) => a - b).map((port) => ({ port, protocol })));
}

/**
 * Rules with equal ports as one rule, so that a policy stays as short as it can be.
 */
export function joinRules(rules: readonly NetworkRule[]): NetworkRule[] {
  const joined = new Map<string, { peers: Map<string, NetworkRule['peers'][number]>; rule: NetworkRule }>();
  for (const rule of rules) {
    const ports = [...new Set(rule.ports)].sort((a, b) => a - b);
    const key = `${ports.join(',')}${rule.udp ? 'u' : ''}`;
    const entry = joined.get(key) ?? { peers: new Map(), rule: { ...rule, ports } };
    rule.peers.forEach((peer) => entry.peers.set(peer._key, peer));
    joined.set(key, entry);
  }
  return sorted([...joined], ([key]) => key).map(([, { peers, rule }]) => ({ ...rule, peers: [...peers.values()] }));
}
