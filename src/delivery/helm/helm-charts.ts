import { Construct } from 'constructs';
import { codePoint, lostCharacter } from './carried';
import type { ChartValue } from './chart-values';
import { HEADER, serviceChartFiles } from './service-chart-files';
import type { ChartObject } from './service-facts';
import { testObjects } from './test-pod';
import type { ManifestSet } from '../../manifests/manifest-set';
import { type DerivedFile, deriveTrees } from '../../output/derived-tree';
import { compareForInstallation } from '../../output/install-order';
import { constructId } from '../../values/construct-id';
import { fail, nearest } from '../../values/errors';
import type { Image } from '../../values/image';
import { sorted } from '../../values/sorted';
import { show } from '../../values/value-checks';
import { repositoryFolder } from '../address';
import { type Deployable, deployablesOf, type Instance, manifestsOf } from '../deployable';
import { releaseName } from '../release-name';

/**
 * Properties for `HelmCharts`.
 */
export interface HelmChartsProps {
  /**
   * The folder of the charts, from the root of the repository, which is the working directory: `<directory>/<service>/Chart.yaml`.
   */
  readonly directory: string;

  /**
   * The services that have a chart.
   *
   * @default - all
   */
  readonly services?: string[];

  /**
   * An image with `curl`, by which `helm test` asks a service whether it is ready.
   *
   * @default - charts have no test
   */
  readonly testImage?: Image;

  /**
   * The version of the charts, such as `1.4.2`. Argo CD reads charts from a commit, whose name is version enough; who publishes them
   * to a registry says a new one each time.
   *
   * @default - `1.0.0`
   */
  readonly version?: string;
}

const UNVERSIONED = '1.0.0';

/** As Helm reads the versions of charts. */
const VERSION = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/**
 * A Helm chart of each service, or of some, made of what is rendered for all environments.
 *
 * What all environments have in common stands in the templates as it is in the manifests. What differs is a value, and so is what
 * people know by a name: `image.tag`, `image.digest`, `replicas`, `autoscaling`, `resources`, `logLevel`, `env` and `config`, the names
 * of values files of services. `helm template` with `values-base.yaml`, `environments/<environment>/values.yaml` and
 * `environments/<environment>/tag.yaml`, in this order, gives the objects of that environment's manifests. A schema refuses any other
 * value.
 *
 * Writes a folder for each service. Each file begins with a line that says that it is rendered. A file without that line is never
 * overwritten or removed. When the output folder of the app is outside of the working directory, the folders go below it.
 *
 * Needs the `App` of this library. Synthesis fails on a service that is not there, and on values that Helm would change: text with a
 * control character or a line separator that differs between environments.
 *
 * @see https://helm.sh/docs/topics/charts/
 * @example
 *
 * declare const app: App;
 * new delivery.HelmCharts(app, 'charts', { directory: 'charts' });
 */
export class HelmCharts extends Construct {
  /**
   * The folder of the charts, from the root of the repository.
   */
  public readonly directory: string;

  private readonly props: HelmChartsProps;

  /**
   * Defines charts of services, wherever in the tree these are.
   */
  constructor(scope: Construct, id: string, props: HelmChartsProps) {
    super(scope, constructId(scope, id, new.target, props));
    this.props = props;
    this.directory = repositoryFolder(this, 'directory', props.directory);
    const { services, version } = props;
    const twice = services?.find((service, index) => services.indexOf(service) !== index);
    if (twice !== undefined) {
      fail(this, `${show(twice)} is named twice in services`, 'Name it once');
    }
    if (version !== undefined && !(typeof version === 'string' && VERSION.test(version))) {
      fail(this, `version ${show(version)} is not the version of a chart`, "Write all three numbers, such as '1.4.2'");
    }
    deriveTrees(this, (manifests) => (
      [{ directory: this.directory, header: HEADER, files: this.deployables().flatMap((service) => this.filesOf(service, manifests)) }]));
  }

  /**
   * Whether a service has a chart here.
   *
   * @internal
   */
  public _has(service: string): boolean {
    return !this.props.services || this.props.services.includes(service);
  }

  private deployables(): Deployable[] {
    const all = deployablesOf(this, 'a folder holds one chart of a name').filter(({ role }) => role === 'service');
    const names = all.map(({ name }) => name);
    const unknown = this.props.services?.find((service) => !names.includes(service));
    if (unknown !== undefined) {
      const near = nearest(unknown, names);
      fail(this, `there is no service ${show(unknown)}`,
        near !== undefined ? `Did you mean '${near}'?` : names.length > 0 ? `Services are ${names.join(', ')}` : 'Define it in a ServiceChart');
    }
    return all.filter(({ name }) => this._has(name));
  }

  private filesOf({ name, instances }: Deployable, manifests: ManifestSet): DerivedFile[] {
    releaseName(this, 'the name of the service', name);
    const { testImage, version } = this.props;
    const own = sorted(instances, ({ environment }) => environment!.name);
    const objects = new Map(own.map((instance): [string, ChartObject[]] => (
      [instance.environment!.name, manifestsOf(instance, manifests).sort(compareForInstallation).map(({ json }) => json)])));
    const test = new Map(own.map(({ environment, profile }) => [environment!.name, testImage
      ? testObjects({ service: name, image: testImage, profile }, objects.get(environment!.name)!) : []]));
    const { files, values } = serviceChartFiles({
      service: name,
      description: `The service ${name} of ${own[0].group.name}`,
      version: version ?? UNVERSIONED,
      kubernetesVersion: oldest(own),
      objects,
      test,
    });
    values.all.forEach((value) => refuseLost(value, own));
    return [...files].map(([file, text]) => ({ file: `${name}/${file}`, text, owner: this }));
  }
}

/** Fails where Helm would change a value. */
function refuseLost({ description, values }: ChartValue, instances: readonly Instance[]): void {
  for (const [environment, value] of values) {
    const lost = lostCharacter(value);
    if (lost !== undefined) {
      fail(instances.find((instance) => instance.environment!.name === environment)!.construct,
        `${description} differs between environments and holds the character ${codePoint(lost)}, which Helm would lose`,
        'Remove it, or say the same in all environments');
    }
  }
}

function oldest(instances: readonly Instance[]): string {
  const versions = instances.map(({ profile }) => profile.kubernetesVersion);
  return `${versions.find((version) => versions.every((other) => other.atLeast(`${version}`)))!}`;
}
