import { isInRange } from './addresses';
import type { Endpoint } from './endpoint';
import { DEFAULT_NAMESPACE } from './endpoint';
import type { ManifestSet } from '../manifests/manifest-set';
import { selects } from '../manifests/selector';
import { NAMESPACE_NAME } from '../values/network-peer';

/** Endpoints that a policy selects. Equal selectors give the same object. */
export interface PeerSet {
  /** The workloads among them. */
  readonly members: readonly Endpoint[];
  /** Whether an endpoint is one of them, also one that no manifest describes. */
  contains(endpoint: Endpoint): boolean;
}

/** Finds endpoints by selectors, by the indexes of a `ManifestSet`. */
export class PeerSets {
  /** All pods and all addresses. */
  public readonly everything: PeerSet;

  private readonly known = new Map<string, PeerSet>();
  private readonly namespaces = new Map<string, { readonly [name: string]: string }>();
  private readonly byManifest: ReadonlyMap<unknown, Endpoint>;

  public constructor(private readonly manifests: ManifestSet, workloads: readonly Endpoint[]) {
    this.everything = { contains: () => true, members: workloads };
    this.byManifest = new Map(workloads.map((endpoint) => [endpoint.workload, endpoint]));
    for (const { namespace } of workloads) {
      this.namespaces.set(namespace!, this.labelsOf(namespace!));
    }
    for (const { name } of manifests.of('Namespace', '')) {
      this.namespaces.set(name, this.labelsOf(name));
    }
  }

  /** Addresses of a range. Pods are in none: a policy cannot know their addresses. */
  public range(cidr: string, except: readonly string[] = []): PeerSet {
    return this.once(['range', cidr, except], () => ({
      contains: ({ address }) => address !== undefined && isInRange(address, cidr) && !except.some((each) => isInRange(address, each)),
      members: [],
    }));
  }

  /** Pods of one namespace. */
  public podsOf(namespace: string, podSelector: any): PeerSet {
    return this.once(['namespace', namespace, podSelector], () => ({
      contains: (endpoint) => endpoint.namespace === namespace && selects(podSelector, endpoint.labels),
      members: this.podsIn(namespace, podSelector),
    }));
  }

  /** Pods of the namespaces that a selector fits. */
  public podsOfNamespaces(namespaceSelector: any, podSelector: any): PeerSet {
    const name = namespaceSelector.matchLabels?.[NAMESPACE_NAME];
    return name !== undefined && selects(namespaceSelector, this.labelsOf(name)) ? this.podsOf(name, podSelector)
      : this.once(['namespaces', namespaceSelector, podSelector], () => this.podsWhere((labels) => selects(namespaceSelector, labels), podSelector));
  }

  /** Pods of all namespaces whose labels fit a condition, narrowed by a condition of their own. */
  public podsWhere(fits: (namespaceLabels: { readonly [name: string]: string }) => boolean, podSelector: any): PeerSet {
    return {
      contains: ({ namespace, labels }) => namespace !== undefined && fits(this.labelsOf(namespace)) && selects(podSelector, labels),
      members: [...this.namespaces].filter(([, labels]) => fits(labels)).flatMap(([namespace]) => this.podsIn(namespace, podSelector)),
    };
  }

  /** Labels of a namespace, with the one that the API server sets. */
  public labelsOf(namespace: string): { readonly [name: string]: string } {
    return this.namespaces.get(namespace) ?? { ...this.manifests.named('Namespace', namespace)?.labels, [NAMESPACE_NAME]: namespace };
  }

  /** The set of a key, made when it is first wanted. */
  public once(key: readonly unknown[], make: () => PeerSet): PeerSet {
    const text = JSON.stringify(key);
    const set = this.known.get(text) ?? make();
    this.known.set(text, set);
    return set;
  }

  private podsIn(namespace: string, podSelector: any): Endpoint[] {
    return [namespace, ...namespace === DEFAULT_NAMESPACE ? [''] : []]
      .flatMap((name) => this.manifests.podsWith(name, podSelector)).flatMap((manifest) => this.byManifest.get(manifest) ?? []);
  }
}
