import type { ProjectDefinition } from './application-project';
import { API_VERSION, syncPolicy } from './application-set';
import type { RepositoryPlace } from './repository-place';
import type { KubernetesObject } from '../core/kubernetes-object';

/** The cluster that Argo CD runs in, as it names it itself: nowhere else would somebody act on ApplicationSets. */
const OWN_CLUSTER = 'in-cluster';

/** The files that synthesis writes, in all folders. In these patterns `*` stands for folders too. */
const FILES = '{*-appset.yaml,*-project.yaml}';

/** What brings ApplicationSets and AppProjects may bring these, and nothing else. */
export function rootProject({ repository, settings: { namespace } }: RepositoryPlace): ProjectDefinition {
  return {
    description: 'The ApplicationSets and AppProjects of all groups',
    repositories: [repository],
    destinations: [{ name: OWN_CLUSTER, namespace }],
    clusterKinds: [],
    kinds: ['ApplicationSet', 'AppProject'].map((kind) => ({ group: API_VERSION.split('/')[0], kind })),
  };
}

/** The Application that brings all others. */
export function rootApplication(name: string, { repository, directory, settings }: RepositoryPlace): KubernetesObject {
  const { namespace, revision, autoSync, prune, selfHeal } = settings;
  return {
    apiVersion: API_VERSION,
    kind: 'Application',
    metadata: { name, namespace },
    spec: {
      project: name,
      source: { repoURL: repository, targetRevision: revision, path: directory, directory: { include: FILES, recurse: true } },
      destination: { name: OWN_CLUSTER, namespace },
      syncPolicy: { ...autoSync && { automated: { prune, selfHeal } }, ...syncPolicy(settings) },
    },
  };
}
