import { componentOf } from './component-node';
import type { StoreNode } from './edges';
import { endpointKey } from './node-keys';
import type { ServiceGroup } from './service-group';
import { environmentName } from './service-group';
import type { StoreEndpoint } from './store-endpoint';

/** The stores of a program: where each was defined, and which of them are the same place. */
export class StoreIndex {
  public readonly all: StoreNode[] = [];
  private readonly definitions = new Map<StoreEndpoint, StoreNode>();
  /** By namespace, the stores that the program defines there. */
  private readonly hosted = new Map<string, StoreNode[]>();
  /** By host, the first store of each environment. */
  private readonly environments = new Map<string, Map<string, StoreNode>>();
  /** By place, the first store of each number of partitions. */
  private readonly partitions = new Map<string, Map<number | undefined, StoreNode>>();

  public add(store: StoreNode): void {
    const { endpoint, group, hosted } = store;
    this.all.push(store);
    if (hosted) {
      const beside = this.hosted.get(group.namespace);
      beside ? beside.push(store) : this.hosted.set(group.namespace, [store]);
    } else if (componentOf(endpoint)) {
      addFirst(this.definitions, endpoint, store);
    } else {
      addFirst(this.definitions, endpoint, store);
      addFirst(nested(this.environments, endpoint.host), environmentName(group), store);
    }
    addFirst(nested(this.partitions, endpointKey(endpoint)), endpoint.partitions, store);
  }

  /** Where a store was defined for an environment; undefined for one that is hosted, or that a program describes in its own way. */
  public definitionOf(store: StoreEndpoint): StoreNode | undefined {
    return this.definitions.get(store);
  }

  /** The stores that the program defines in a namespace. */
  public hostedIn(namespace: string): readonly StoreNode[] {
    return this.hosted.get(namespace) ?? [];
  }

  /** A store of another environment on the same host. */
  public inOtherEnvironment({ host }: StoreEndpoint, group: ServiceGroup): StoreNode | undefined {
    return [...this.environments.get(host) ?? []].find(([name]) => name !== environmentName(group))?.[1];
  }

  /** The same store with another number of partitions. */
  public otherwisePartitioned(store: StoreEndpoint): StoreNode | undefined {
    return [...this.partitions.get(endpointKey(store)) ?? []].find(([partitions]) => partitions !== store.partitions)?.[1];
  }
}

function addFirst<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) {
    map.set(key, value);
  }
}

function nested<K, V>(maps: Map<string, Map<K, V>>, key: string): Map<K, V> {
  const known = maps.get(key) ?? new Map<K, V>();
  maps.set(key, known);
  return known;
}
