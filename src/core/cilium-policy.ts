import type { Construct } from 'constructs';
import { defineObject, late } from './kubernetes-object';
import { isOpen } from './service-group';

/** The label by which Cilium knows the namespace of a pod. */
export const CILIUM_NAMESPACE = 'k8s:io.kubernetes.pod.namespace';

/** What is rendered of a CiliumNetworkPolicy. Its CRD is most of Cilium's API, and nearly none of that is used. */
export interface CiliumPolicySpec {
  readonly endpointSelector: CiliumSelector;
  readonly ingress?: readonly CiliumIngress[];
  readonly egress?: readonly CiliumEgress[];
}

export interface CiliumSelector {
  readonly matchLabels?: { readonly [name: string]: string };
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values: readonly string[] }[];
}

export interface CiliumIngress {
  readonly fromEndpoints: readonly CiliumSelector[];
  readonly toPorts: readonly CiliumPorts[];
  readonly authentication?: { readonly mode: 'required' };
}

export interface CiliumEgress {
  readonly toEndpoints?: readonly CiliumSelector[];
  readonly toCIDR?: readonly string[];
  readonly toEntities?: readonly 'kube-apiserver'[];
  readonly toFQDNs?: readonly { readonly matchName: string }[];
  readonly toPorts: readonly CiliumPorts[];
}

export interface CiliumPorts {
  readonly ports: readonly { readonly port: string; readonly protocol: 'ANY' | 'TCP' }[];
  readonly rules?: {
    readonly dns?: readonly { readonly matchPattern: string }[];
    readonly http?: readonly { readonly method?: string; readonly path?: string }[];
  };
}

/**
 * Defines a policy of Cilium. It adds to the NetworkPolicies of the same pods.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/
 */
export function defineCiliumPolicy(scope: Construct, id: string, name: string, spec: () => CiliumPolicySpec): void {
  if (isOpen(scope)) {
    return;
  }
  defineObject<CiliumPolicySpec>(scope, id, { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name }, spec: late(spec) });
}

export function tcpPorts(ports: readonly number[]): CiliumPorts['ports'] {
  return [...ports].sort((a, b) => a - b).map((port) => ({ port: String(port), protocol: 'TCP' }));
}
