import type { ApplicationSetDefinition } from './application-set';
import { ARGO_CD_SETTINGS } from './argo-cd-settings';
import type { ArgoCdSource } from './argo-cd-source';
import { type Deployable, type Instance, manifestsOf } from './deployable';
import { type ChartSource, chartSource } from './helm/chart-source';
import type { IgnoredDifference } from './ignored-difference';
import type { RepositoryPlace } from './repository-place';
import { changedByRollouts } from './rollout-differences';
import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';
import { sorted } from '../values/sorted';

/** In which order ApplicationSets come: each needs what those before it bring. Installed charts come after the first. */
export const SET_WAVES: Readonly<Record<Deployable['role'], string>> = { sharedNamespace: '0', namespace: '2', store: '3', service: '4' };

/** What scales a workload, and so owns its number of replicas. */
const AUTOSCALERS: ReadonlySet<string> = new Set(['HorizontalPodAutoscaler.autoscaling', 'ScaledObject.keda.sh']);

/** What KEDA takes where a ScaledObject does not say it. */
const SCALED_BY_DEFAULT = { apiVersion: 'apps/v1', kind: 'Deployment' };

/** The ApplicationSet of a service, store or namespace: its rendered file in each environment, or its chart. */
export function deployableSet(
  deployable: Deployable, place: RepositoryPlace, source: ArgoCdSource, manifests: ManifestSet,
): ApplicationSetDefinition {
  const { name, instances } = deployable;
  const { sources, parameters } = source._charts ? chartSource(deployable, source._charts, place, manifests) : manifestSource(place);
  return {
    name,
    project: instances[0].groupName,
    settings: place.settings,
    elements: instances.map((instance) => ({
      name: instance.name,
      environment: instance.environment?.name,
      namespace: instance.group.namespace,
      // what must stay has an annotation, see waveAnnotations
      settings: { ...ARGO_CD_SETTINGS.of(instance.profile), prune: true },
      parameters: parameters(instance),
    })),
    sources,
    ignoreDifferences: ignoredOf(instances, manifests),
  };
}

function manifestSource({ repository, manifests, extension }: RepositoryPlace): ChartSource {
  return {
    sources: [{ repoURL: repository, targetRevision: '{{ .revision }}', path: '{{ .path }}', directory: { include: '{{ .file }}' } }],
    parameters: ({ file }) => {
      const at = file.lastIndexOf('/');
      return { path: `${manifests}/${file.slice(0, at)}`, file: `${file.slice(at + 1)}${extension}` };
    },
  };
}

function ignoredOf(instances: readonly Instance[], manifests: ManifestSet): IgnoredDifference[] {
  const key = ({ group, kind, name }: IgnoredDifference) => `${group} ${kind} ${name}`;
  const own = instances.flatMap((instance) => manifestsOf(instance, manifests));
  const all = [...scaledBySomebody(own), ...changedByRollouts(own, manifests)];
  return sorted([...new Map(all.map((each) => [key(each), each])).values()], key);
}

function scaledBySomebody(own: readonly Manifest[]): IgnoredDifference[] {
  return own.filter(({ qualifiedKind }) => AUTOSCALERS.has(qualifiedKind)).map(({ spec }): IgnoredDifference => {
    const { apiVersion, kind, name } = { ...SCALED_BY_DEFAULT, ...spec.scaleTargetRef };
    return { group: apiVersion.includes('/') ? apiVersion.split('/')[0] : '', kind, name, jsonPointers: ['/spec/replicas'] };
  });
}
