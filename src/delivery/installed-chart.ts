import type { Construct } from 'constructs';
import { chartAddress } from './address';
import type { GroupKind, ProjectDefinition } from './application-project';
import type { ApplicationElement, ApplicationSetDefinition } from './application-set';
import { ARGO_CD_SETTINGS } from './argo-cd-settings';
import type { IgnoredDifference } from './ignored-difference';
import { releaseName } from './release-name';
import type { RepositoryPlace } from './repository-place';
import { requireTextFile } from '../inputs/text-file';
import type { Environment } from '../profile/environment';
import { PlatformProfile } from '../profile/platform-profile';
import { fail } from '../values/errors';
import { sorted } from '../values/sorted';
import { dnsLabel, dnsSubdomain, show } from '../values/value-checks';

/**
 * A Helm chart that somebody else publishes.
 */
export interface InstalledChartOptions {
  /**
   * The address of the repository of charts, such as `https://charts.example.com/stable`.
   */
  readonly repository: string;

  /**
   * The name of the chart there.
   *
   * @default - the name of the release
   */
  readonly chart?: string;

  /**
   * The version of the chart, such as `1.4.2`. Not a range, which would install something else some day.
   */
  readonly version: string;

  /**
   * The namespace that it is installed in, which must exist.
   */
  readonly namespace: string;

  /**
   * Kinds of the chart that live in no namespace, as `Kind.group`, such as `ClusterRole.rbac.authorization.k8s.io`; those of the core
   * without a group. Argo CD applies no others.
   *
   * @default - none
   */
  readonly clusterKinds?: string[];

  /**
   * The environments that have an installation each, with the values of `<environment>/values.yaml` over those of `values-base.yaml`.
   *
   * @default - one installation for all
   */
  readonly environments?: Environment[];

  /**
   * Fields that the software writes itself, such as the certificate of a webhook.
   *
   * @default - none
   */
  readonly ignoreDifferences?: IgnoredDifference[];
}

/** The folder of what others publish. */
const FOLDER = 'thirdparties';

/** After the namespaces that all environments share, and before what needs its kinds. */
export const CHART_WAVE = '1';

/** The name under which Argo CD finds values files: `$values`. */
const VALUES = 'values';

const VERSION = /^v?(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** A chart as Argo CD is told of it. */
interface InstalledChart {
  readonly folder: string;
  readonly set: ApplicationSetDefinition;
  readonly project: ProjectDefinition;
}

/** The ApplicationSet and the AppProject of a chart, both in a folder of its own. Fails on what could not be installed. */
export function installedChart(scope: Construct, name: string, options: InstalledChartOptions, place: RepositoryPlace): InstalledChart {
  releaseName(scope, 'name of the release', name);
  const { namespace, version } = options;
  const chart = dnsSubdomain(scope, 'chart', options.chart ?? name);
  const repository = chartAddress(scope, options.repository);
  dnsLabel(scope, 'namespace', namespace);
  if (typeof version !== 'string' || !VERSION.test(version)) {
    fail(scope, `version ${show(version)} of the chart '${chart}' is not one version`, "Write all three numbers, such as '1.4.2'");
  }
  const folder = `${FOLDER}/${name}`;
  const values = `${place.directory}/${folder}`;
  const files = ['values-base.yaml', ...options.environments?.map((environment) => `${environment.name}/values.yaml`) ?? []];
  files.forEach((file) => requireTextFile(place.directory, `${values}/${file}`, 'Write it, empty if the chart needs nothing said: Argo CD fails without it'));

  const elements = elementsOf(scope, name, options, place);
  return {
    folder,
    set: {
      name,
      project: name,
      settings: place.settings,
      elements,
      sources: [
        {
          repoURL: repository,
          chart,
          targetRevision: version,
          helm: {
            releaseName: name,
            // a lost file would install the defaults of the chart
            ignoreMissingValueFiles: false,
            valueFiles: ['values-base.yaml', ...options.environments ? ['{{ .environment }}/values.yaml'] : []].map((file) => `$${VALUES}/${values}/${file}`),
          },
        },
        { repoURL: place.repository, targetRevision: '{{ .revision }}', ref: VALUES },
      ],
      ignoreDifferences: (options.ignoreDifferences ?? []).map((difference) => checkedDifference(scope, difference)),
    },
    project: {
      description: `The chart ${chart}`,
      repositories: [repository, place.repository],
      destinations: elements.map(({ settings: { cluster } }) => ({ name: cluster, namespace })),
      clusterKinds: options.clusterKinds?.map((kind) => parseKind(scope, kind)) ?? [],
    },
  };
}

function elementsOf(scope: Construct, name: string, options: InstalledChartOptions, { settings }: RepositoryPlace): ApplicationElement[] {
  const { environments, namespace } = options;
  if (!environments) {
    return [{ name, namespace, settings }];
  }
  if (environments.length === 0) {
    fail(scope, `'${name}' is installed for no environment`, 'Name one in environments, or leave that out for one installation for all');
  }
  const profile = PlatformProfile.of(scope);
  const elements = environments.map((environment) => ({
    name: `${name}-${environment.name}`,
    environment: environment.name,
    namespace,
    settings: ARGO_CD_SETTINGS.of(profile._in(environment)),
  }));
  const twin = elements.find(({ settings: { cluster } }, index) => elements.findIndex((other) => other.settings.cluster === cluster) !== index);
  if (twin) {
    fail(scope, `'${name}' would be installed twice in namespace '${namespace}' of the cluster '${twin.settings.cluster}'`,
      'Leave environments out for one installation for all, or give each environment a cluster of its own by argoCd.cluster');
  }
  return sorted(elements, (element) => element.name);
}

function parseKind(scope: Construct, text: string): GroupKind {
  const [, kind, group] = /^([A-Z][A-Za-z0-9]*)(?:\.([a-z0-9][a-z0-9.-]*))?$/.exec(typeof text === 'string' ? text : '')
    ?? fail(scope, `${show(text)} in clusterKinds is not a kind`, "Write kind and group, such as 'ClusterRole.rbac.authorization.k8s.io'");
  return { group: group ?? '', kind };
}

/** In the template of an ApplicationSet, each text is a template. */
function checkedDifference(scope: Construct, difference: IgnoredDifference): IgnoredDifference {
  const { group, kind, name, jsonPointers = [], jqPathExpressions = [] } = difference;
  const wrong = [group, kind, name, ...jsonPointers, ...jqPathExpressions].find((text) => typeof text !== 'string' || text.includes('{{'));
  if (wrong !== undefined) {
    fail(scope, `${show(wrong)} in ignoreDifferences is a template, which Argo CD would fill in`, 'Write the value itself');
  }
  const pointer = jsonPointers.find((text) => !/^(?:\/[^/\s]+)+$/.test(text));
  if (jsonPointers.length + jqPathExpressions.length === 0 || pointer !== undefined) {
    fail(scope, `${pointer === undefined ? 'a field is missing' : `${show(pointer)} is not a JSON pointer`} in ignoreDifferences of ${show(kind)}`, "Write fields such as '/spec/replicas'");
  }
  parseKind(scope, group === '' ? kind : `${kind}.${group}`);
  return {
    group,
    kind,
    name: dnsSubdomain(scope, 'name in ignoreDifferences', name),
    ...jsonPointers.length > 0 && { jsonPointers },
    ...jqPathExpressions.length > 0 && { jqPathExpressions },
  };
}
