import type { GroupKind, ProjectDefinition } from './application-project';
import { ARGO_CD_SETTINGS } from './argo-cd-settings';
import { type Instance, manifestsOf } from './deployable';
import type { RepositoryPlace } from './repository-place';
import { GRANTS } from './sync-waves';
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
    kinds: [...inNamespaces.map(({ kind }) => kind), ...revocable(manifests)],
  };
}

/** Kinds that permit something and that a platform may always have. */
const ALWAYS = ['NetworkPolicy.networking.k8s.io', 'Role.rbac.authorization.k8s.io', 'RoleBinding.rbac.authorization.k8s.io'];

/** What Argo CD deletes when it is no longer rendered, also if that was the last one of the group: it sees no object whose kind is not permitted. */
function revocable(manifests: ManifestSet): GroupKind[] {
  const rendered = manifests.all.filter(({ namespace, qualifiedKind }) => namespace !== undefined && GRANTS.includes(qualifiedKind));
  return [...new Set([...ALWAYS, ...rendered.map(({ qualifiedKind }) => qualifiedKind)])].map((qualified) => {
    const [kind, ...group] = qualified.split('.');
    return { group: group.join('.'), kind };
  });
}
