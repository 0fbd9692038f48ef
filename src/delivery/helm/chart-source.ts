import type { HelmCharts } from './helm-charts';
import { factsOf } from './service-facts';
import type { Values } from '../../inputs/values';
import type { ManifestSet } from '../../manifests/manifest-set';
import type { ApplicationSource } from '../application-set';
import { type Deployable, type Instance, manifestsOf } from '../deployable';
import type { RepositoryPlace } from '../repository-place';

/** Where an Application finds the chart of a service: what all environments share, and what differs. */
export interface ChartSource {
  readonly sources: readonly ApplicationSource[];
  readonly parameters: (instance: Instance) => { readonly [name: string]: string };
}

/** The chart of a service as Argo CD reads it: base values, those of the environment, and its version. */
export function chartSource({ name }: Deployable, charts: HelmCharts, place: RepositoryPlace, manifests: ManifestSet): ChartSource {
  return {
    sources: [{
      repoURL: place.repository,
      targetRevision: '{{ .revision }}',
      path: `${charts.directory}/${name}`,
      helm: {
        releaseName: name,
        // a lost file would deploy without the version, or without what the environment says
        ignoreMissingValueFiles: false,
        // Argo CD runs no tests of charts, and would apply what they need
        skipTests: true,
        valueFiles: ['values-base.yaml', 'environments/{{ .environment }}/values.yaml', '{{ .tagFile }}'],
      },
    }],
    parameters: (instance) => ({ tagFile: tagFile(name, instance, manifests) }),
  };
}

/** The file that alone says the version of a service: that of CI, or else that of the chart. */
function tagFile(service: string, instance: Instance, manifests: ManifestSet): string {
  const { group: { values }, environment } = instance;
  const { name } = environment!;
  return values?._directory !== undefined && saysVersion(values, service, instance, manifests)
    // from the root of the repository
    ? `/${values._directory}/${service}/${name}/tag.yaml` : `environments/${name}/tag.yaml`;
}

/** Whether what is rendered is what the tag file of CI says, and no other file or code says a part of it. */
function saysVersion(values: Values, service: string, instance: Instance, manifests: ManifestSet): boolean {
  const { name } = instance.environment!;
  const { image, origin, tagFile: file } = values._read(service, name);
  const objects = manifestsOf(instance, manifests).map(({ json }) => json);
  const rendered = factsOf(service, new Map([[name, objects]])).get(name)!.image;
  return rendered !== undefined && (['tag', 'digest'] as const).every((part) => (
    image[part] === rendered[part] && (image[part] === undefined || origin(`image.${part}`)?.file === file)));
}
