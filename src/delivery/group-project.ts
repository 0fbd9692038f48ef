import type { ApiObject } from 'cdk8s';
import type { GroupKind, ProjectDefinition } from './application-project';
import { ARGO_CD_SETTINGS } from './argo-cd-settings';
import type { Deployable } from './deployable';
import { objectsOf } from './deployable';
import type { RepositoryPlace } from './repository-place';
import { namespaceOf } from '../core/kubernetes-object';

/** The AppProject of a group: it permits what is rendered for the group, and nothing else. */
export function groupProject(name: string, deployables: readonly Deployable[], place: RepositoryPlace): ProjectDefinition {
  const instances = deployables.flatMap((deployable) => deployable.instances).filter(({ group }) => group.name === name);
  const objects = instances.flatMap((instance) => objectsOf(instance).map((object) => (
    { kind: groupKind(object), namespace: namespaceOf(object), cluster: ARGO_CD_SETTINGS.of(instance.profile).cluster })));
  const inNamespaces = objects.flatMap(({ kind, namespace, cluster }) => (
    namespace === undefined ? [] : { kind, destination: { name: cluster, namespace } }));
  return {
    description: `What the group ${name} deploys`,
    repositories: [place.repository],
    destinations: [
      ...inNamespaces.map(({ destination }) => destination),
      ...instances.map(({ group, profile }) => ({ name: ARGO_CD_SETTINGS.of(profile).cluster, namespace: group.namespace })),
    ],
    clusterKinds: objects.filter(({ namespace }) => namespace === undefined).map(({ kind }) => kind),
    kinds: inNamespaces.map(({ kind }) => kind),
  };
}

function groupKind({ apiGroup, kind }: ApiObject): GroupKind {
  return { group: apiGroup === 'core' ? '' : apiGroup, kind };
}
