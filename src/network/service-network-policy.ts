import { Construct } from 'constructs';
import { defineNetworkPolicy } from './network-policy';
import type { IWorkload } from '../core/workload';
import type { NetworkRule } from '../model/network-peer';

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
