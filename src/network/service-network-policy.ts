import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Plain } from '../core/kubernetes-object';
import { defineObject, late } from '../core/kubernetes-object';
import type { IWorkload } from '../core/workload';
import { describe } from '../model/errors';
import type { NetworkRule } from '../model/network-peer';
import { ANYWHERE } from '../model/network-peer';
import { sorted } from '../model/sorted';

/**
 * Properties for `ServiceNetworkPolicy`.
 */
export interface ServiceNetworkPolicyProps {
  /**
   * The workload whose pods the policy selects.
   */
  readonly workload: IWorkload;

  /**
   * Why the connections are needed: the policy is named `<workload>-<reason>`.
   */
  readonly reason: string;

  /**
   * Connections to the pods.
   *
   * @default - the policy says nothing of them
   */
  readonly ingress?: NetworkRule[];

  /**
   * Connections from the pods.
   *
   * @default - the policy says nothing of them
   */
  readonly egress?: NetworkRule[];
}

/**
 * Allows a workload some connections, for one reason.
 *
 * Policies add up: what none of them allows is denied by the namespace's `default-deny`.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 *
 * @example
 *
 * declare const payment: Microservice;
 * new ServiceNetworkPolicy(this, 'PaymentProvider', {
 *   workload: payment,
 *   reason: 'payment-provider',
 *   egress: [{ peers: [NetworkPeer.cidr('203.0.113.0/24')], ports: [443] }],
 * });
 */
export class ServiceNetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, props: ServiceNetworkPolicyProps) {
    super(scope, id);
    defineNetworkPolicy(this, 'Resource', {
      name: `${props.workload.name}-${props.reason}`,
      selector: { matchLabels: props.workload.selectorLabels },
      ingress: () => props.ingress ?? [],
      egress: () => props.egress ?? [],
    });
  }
}

/**
 * What a NetworkPolicy is made of, with rules that later statements may still add to.
 */
export interface PolicyDefinition {
  readonly name: string;
  readonly selector: Plain<k8s.LabelSelector>;
  readonly ingress?: () => NetworkRule[];
  readonly egress?: () => NetworkRule[];
  /** Directions that are denied although there is no rule for them. */
  readonly deny?: ('Ingress' | 'Egress')[];
}

export function defineNetworkPolicy(scope: Construct, id: string, policy: PolicyDefinition): void {
  defineObject<Plain<k8s.NetworkPolicySpec>>(scope, id, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: policy.name },
    spec: late(() => toSpec(policy)),
  });
}

function toSpec(policy: PolicyDefinition): Plain<k8s.NetworkPolicySpec> {
  const ingress = policy.ingress?.() ?? [];
  const egress = policy.egress?.() ?? [];
  return {
    podSelector: policy.selector,
    policyTypes: policy.deny ?? [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])],
    ingress: ingress.length > 0 ? ingress.map((rule) => ({ from: peersOf(rule), ports: portsOf(rule) })) : undefined,
    egress: egress.length > 0 ? egress.map((rule) => ({ to: peersOf(rule), ports: portsOf(rule) })) : undefined,
  };
}

function peersOf(rule: NetworkRule): Plain<k8s.NetworkPolicyPeer>[] | undefined {
  if (rule.peers.length === 0) {
    // Kubernetes reads an empty list as everybody
    throw new Error(describe(`a rule for ports ${rule.ports.join(', ')} names no peer, which would admit everybody`, 'Name the peers of the rule'));
  }
  if (rule.peers.some((peer) => peer._key === ANYWHERE)) {
    return undefined;
  }
  return sorted(rule.peers, (peer) => peer._key).map((peer) => peer._peer);
}

function portsOf(rule: NetworkRule): Plain<k8s.NetworkPolicyPort>[] | undefined {
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
