/**
 * What enforces network policies in a cluster, where it can say more than a NetworkPolicy of Kubernetes.
 */
export enum NetworkPolicyEngine {
  /**
   * Any network plug-in: policies of Kubernetes alone, which know pods and addresses.
   */
  KUBERNETES = 'kubernetes',

  /**
   * Calico, open source: knows the Service of the API server. It knows no host names, which are in Calico Enterprise and Cloud only.
   *
   * @see https://docs.tigera.io/calico/latest/network-policy/policy-rules/service-policy
   */
  CALICO = 'calico',

  /**
   * Cilium: knows the API server, and host names outside of the cluster.
   *
   * @see https://docs.cilium.io/en/stable/security/policy/
   */
  CILIUM = 'cilium',
}
