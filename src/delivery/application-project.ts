import { API_VERSION, WAVE } from './application-set';
import type { KubernetesObject } from '../core/kubernetes-object';
import { sorted } from '../values/sorted';

/** A namespace of a cluster, as Argo CD names both. */
export interface Destination {
  readonly name: string;
  readonly namespace: string;
}

/** The group and kind of an API object. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** What the Applications of a project may do, and nothing beyond it. */
export interface ProjectDefinition {
  readonly description: string;
  readonly repositories: readonly string[];
  readonly destinations: readonly Destination[];
  /** Kinds that live in no namespace. */
  readonly clusterKinds: readonly GroupKind[];
  /** Kinds that live in one; undefined for all. */
  readonly kinds?: readonly GroupKind[];
}

/** An AppProject waits for nothing, and all else needs it. */
const FIRST_WAVE = '-1';

/** The AppProject of a group. */
export function applicationProject(name: string, namespace: string, project: ProjectDefinition): KubernetesObject {
  return { apiVersion: API_VERSION, kind: 'AppProject', metadata: { name, namespace, annotations: { [WAVE]: FIRST_WAVE } }, spec: spec(project) };
}

function spec({ description, repositories, destinations, clusterKinds, kinds }: ProjectDefinition): object {
  return {
    description,
    sourceRepos: [...new Set(repositories)].sort(),
    destinations: distinct(destinations, (each) => `${each.namespace} ${each.name}`),
    // without a list, a project permits no such kind
    clusterResourceWhitelist: distinct(clusterKinds, groupKindKey),
    // without a list, it permits every such kind
    ...kinds && { namespaceResourceWhitelist: distinct(kinds, groupKindKey) },
  };
}

function groupKindKey({ group, kind }: GroupKind): string {
  return `${group} ${kind}`;
}

function distinct<T>(items: readonly T[], key: (item: T) => string): T[] {
  return sorted([...new Map(items.map((item) => [key(item), item])).values()], key);
}
