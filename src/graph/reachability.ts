import { ciliumPolicies, denies } from './cilium-policies';
import { Edge } from './edge';
import { Endpoint } from './endpoint';
import type { HttpRequest } from './http-request';
import { MeshAccess } from './mesh-access';
import { networkPolicies } from './network-policies';
import { PeerSets } from './peer-sets';
import type { PolicyDecision } from './policy-decision';
import { PolicyIndex } from './policy-index';
import { includesPort, Protocol } from './ports';
import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';
import { fail } from '../values/errors';
import { sorted } from '../values/sorted';

/** Kinds of policies that are not evaluated, with their API groups. */
const IGNORED = [
  ['NetworkPolicy', 'projectcalico.org'], ['NetworkPolicy', 'crd.projectcalico.org'],
  ['GlobalNetworkPolicy', 'projectcalico.org'], ['GlobalNetworkPolicy', 'crd.projectcalico.org'],
  ['CiliumClusterwideNetworkPolicy', 'cilium.io'],
  ['AdminNetworkPolicy', 'policy.networking.k8s.io'], ['BaselineAdminNetworkPolicy', 'policy.networking.k8s.io'], ['ClusterNetworkPolicy', 'policy.networking.k8s.io'],
] as const;

/**
 * Which pods can reach which, read from manifests as those who enforce them read them.
 *
 * Evaluates NetworkPolicies and CiliumNetworkPolicies at both ends, and for requests also Istio, Linkerd and Dapr access control. Ports
 * are those of pods, as policies see them, not those of Services. Policies match pods by labels and addresses by ranges; a pod
 * is in no range, because its address is unknown. Pods in the network of their node are treated as all others.
 *
 * @example
 *
 * declare const manifests: ManifestSet;
 * const reachability = Reachability.of(manifests);
 * const checkout = reachability.workload('checkout', 'core-business-prod');
 * reachability.reaches(checkout, Endpoint.ofAddress('203.0.113.5'), 443);
 */
export class Reachability {
  /**
   * Reads the policies and workloads of manifests.
   */
  public static of(manifests: ManifestSet): Reachability {
    return new Reachability(manifests);
  }

  /** The workloads, by namespace and name. */
  public readonly workloads: Endpoint[];

  /** Policies that are not evaluated: those of Calico, of clusters as a whole, and of Cilium with deny rules. */
  public readonly ignored: Manifest[];

  private readonly policies: PolicyIndex;
  private readonly access: MeshAccess;
  private known?: Edge[];

  private constructor(manifests: ManifestSet) {
    this.workloads = sorted(manifests.workloads().map((manifest) => Endpoint.ofWorkload(manifest)), (endpoint) => `${endpoint} ${endpoint.workload!.kind}`);
    this.ignored = [
      ...IGNORED.flatMap(([kind, group]) => manifests.of(kind, group)),
      ...manifests.of('CiliumNetworkPolicy', 'cilium.io').filter(denies),
    ];
    const sets = new PeerSets(manifests, this.workloads);
    this.policies = new PolicyIndex([...networkPolicies(manifests, sets), ...ciliumPolicies(manifests, sets)], sets);
    this.access = new MeshAccess(manifests, this.policies);
  }

  /**
   * The workload of a name. Fails if there is none.
   *
   * @param name the name of the Deployment, StatefulSet or other object that runs the pods
   * @param namespace its namespace
   */
  public workload(name: string, namespace: string): Endpoint {
    return this.workloads.find((endpoint) => endpoint.workload!.name === name && endpoint.namespace === namespace)
      ?? fail('Reachability', `there is no workload '${name}' in namespace '${namespace}'`, `Known are ${this.workloads.join(', ')}`);
  }

  /**
   * Whether policies of both ends allow a connection.
   *
   * @param port the port of the pods of `to`
   */
  public reaches(from: Endpoint, to: Endpoint, port: number, protocol: Protocol = Protocol.TCP): boolean {
    return this.leaves(from, to, port, protocol) && this.enters(from, to, port, protocol);
  }

  /**
   * How the egress policies of `from` decide about a connection.
   *
   * @param port the port of the pods of `to`
   */
  public egressDecision(from: Endpoint, to: Endpoint, port: number, protocol: Protocol = Protocol.TCP): PolicyDecision {
    return this.policies.decision(from, to, 'egress', { port, protocol });
  }

  /**
   * How the ingress policies of `to` decide about a connection.
   *
   * @param port the port of the pods of `to`
   */
  public ingressDecision(from: Endpoint, to: Endpoint, port: number, protocol: Protocol = Protocol.TCP): PolicyDecision {
    return this.policies.decision(to, from, 'ingress', { port, protocol });
  }

  /**
   * Whether the egress policies of `from` allow a connection.
   *
   * @param port the port of the pods of `to`
   */
  public leaves(from: Endpoint, to: Endpoint, port: number, protocol: Protocol = Protocol.TCP): boolean {
    return includesPort(this.policies.allowed(from, to, 'egress'), port, protocol);
  }

  /**
   * Whether the ingress policies of `to` allow a connection.
   *
   * @param port the port of the pods of `to`
   */
  public enters(from: Endpoint, to: Endpoint, port: number, protocol: Protocol = Protocol.TCP): boolean {
    return includesPort(this.policies.allowed(to, from, 'ingress'), port, protocol);
  }

  /**
   * Whether an HTTP or gRPC request arrives: by network policies, by the authorization of Istio or Linkerd, and by Dapr access control
   * on the port of the sidecar.
   *
   * Conditions that manifests cannot answer, such as claims of a token, count as met. A port of Linkerd's proxy stands for the ports
   * behind it: name the port of the application.
   *
   * @param port the port of the pods of `to`
   */
  public admits(from: Endpoint, to: Endpoint, port: number, request: HttpRequest = {}): boolean {
    return this.reaches(from, to, this.access.wirePort(to, port)) && this.access.admits(from, to, port, request);
  }

  /**
   * Every pair of workloads that can connect, by the names of both ends. Pods of one workload among each other count as a pair.
   *
   * Covers network policies, not the authorization of a mesh.
   */
  public get edges(): Edge[] {
    this.known ??= sorted([...this.policies.pairs()].map(([from, to, ports]) => Edge._of(from, to, ports)), (edge) => `${edge}`);
    return this.known;
  }
}
