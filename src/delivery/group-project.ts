import type { ProjectDefinition } from './application-project';
import { ARGO_CD_SETTINGS } from './argo-cd-settings';
import { type Instance, manifestsOf } from './deployable';
import type { RepositoryPlace } from './repository-place';
import type { ManifestSet } from '../manifests/manifest-set';

/** The AppProject of a group: it permits what is rendered for the group, and nothing else. */
export function groupProject(name: string, instances: readonly Instance[], place: RepositoryPlace, manifests: ManifestSet): ProjectDefinition {
  const objects = instances.flatMap((instance) => manifestsOf(instance, manifests).map(({ group, kind, namespace }) => (
    { kind: { group, kind }, namespace, cluster: ARGO_CD_SETTINGS.of(instance.profile).cluster })));
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
