import { Construct } from 'constructs';
import { defineNetworkPolicy } from './network-policy';
import { INTERNET_REASON } from '../checks/rules/open-internet';
import { groupOf, isOpen } from '../core/service-group';
import type { IPods } from '../core/workload';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import type { NetworkRule } from '../values/network-peer';
import { dnsLabel, portNumber } from '../values/value-checks';

/**
 * Properties for `ServiceNetworkPolicy`.
 */
export interface ServiceNetworkPolicyProps {
  /**
   * The workload whose pods the policy selects.
   */
  readonly workload: IPods;

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
 * new network.ServiceNetworkPolicy(this, 'PaymentProvider', {
 *   workload: payment,
 *   reason: 'payment-provider',
 *   egress: [{ peers: [network.NetworkPeer.cidr('203.0.113.0/24')], ports: [443] }],
 * });
 */
export class ServiceNetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, props: ServiceNetworkPolicyProps) {
    super(scope, constructId(scope, id, new.target, props));
    dnsLabel(this, 'reason', props.reason);
    if (isOpen(this)) {
      fail(this, `is a network policy in '${groupOf(this).name}', whose pods accept every connection`, 'Remove it, or remove defaultDeny: false from the namespace of the group');
    }
    const rules = [...props.ingress ?? [], ...props.egress ?? []];
    if (rules.length === 0) {
      fail(this, 'allows nothing, and a policy without rules denies', 'Name a rule in ingress or egress');
    }
    const everybody = rules.find((rule) => rule.peers.length === 0);
    if (everybody) {
      fail(this, `has a rule for ${everybody.ports.length > 0 ? `ports ${everybody.ports.join(', ')}` : 'all ports'} without peers, which would admit everybody`, 'Name the peers of the rule');
    }
    rules.forEach((rule) => rule.ports.forEach((port) => portNumber(this, port)));
    const reasons = [...new Set(rules.flatMap(({ peers }) => peers.flatMap(({ _reason }) => _reason ?? [])))];
    defineNetworkPolicy(this, 'Resource', {
      name: `${props.workload.name}-${props.reason}`,
      ...reasons.length > 0 ? { annotations: { [INTERNET_REASON]: reasons.join('; ') } } : {},
      selector: { matchLabels: props.workload.selectorLabels },
      ingress: () => props.ingress ?? [],
      egress: () => props.egress ?? [],
    });
  }
}
