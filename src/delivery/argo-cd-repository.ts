import { App, Chart, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { gitAddress, repositoryFolder } from './address';
import { applicationProject, type ProjectDefinition } from './application-project';
import { applicationSet, type ApplicationSetDefinition } from './application-set';
import { ARGO_CD_SETTINGS } from './argo-cd-settings';
import type { ArgoCdSource } from './argo-cd-source';
import { type Deployable, deployablesOf, type Instance } from './deployable';
import { deployableSet, SET_WAVES } from './deployable-set';
import { groupProject } from './group-project';
import { CHART_WAVE, installedChart, type InstalledChartOptions } from './installed-chart';
import type { RepositoryPlace } from './repository-place';
import { rootApplication, rootProject } from './root-application';
import { ServiceSources } from './service-sources';
import { sharedPlaces } from './shared-places';
import { waveAnnotations } from './sync-waves';
import { ConnectionIndex } from '../core/connection-index';
import { dataKinds } from '../core/engine-of';
import { defineObject } from '../core/kubernetes-object';
import { OutputFile } from '../core/output-file';
import { beforeSynthesis } from '../core/preparation';
import type { ManifestSet } from '../manifests/manifest-set';
import { annotateManifests } from '../output/annotations';
import { writeToTree } from '../output/output-tree';
import { giveOwnFilesIn } from '../output/own-files';
import { PlatformProfile } from '../profile/platform-profile';
import { constructId } from '../values/construct-id';
import { describe, fail } from '../values/errors';
import { provideLabels } from '../values/labels';
import { dnsLabel } from '../values/value-checks';

/**
 * Properties for `ArgoCdRepository`.
 */
export interface ArgoCdRepositoryProps {
  /**
   * The address of the Git repository that holds both folders, as Argo CD reads it: `https://...` or `ssh://...`.
   */
  readonly repository: string;

  /**
   * The folder with `main`, `thirdparties` and `infrastructure`, from the root of the repository, which is the working directory.
   */
  readonly directory: string;

  /**
   * The folder of the rendered manifests, from the root of the repository, such as `dist`.
   */
  readonly manifests: string;

  /**
   * What services are rendered from. Stores and namespaces come from manifests.
   *
   * @default - `ArgoCdSource.manifests()`
   */
  readonly source?: ArgoCdSource;

  /**
   * The profile of the organisation.
   *
   * @default - the platform profile in force
   */
  readonly profile?: PlatformProfile;
}

/** Where the files of a group go that has no values files: one of an environment, and one that all environments share. */
const SERVICES = 'main';
const SHARED = 'infrastructure';

/**
 * The part of a Git repository by which Argo CD deploys everything that the program renders.
 *
 * Writes, beside the values and tag files of people and CI, `<app>/<app>-appset.yaml` for each service, store and namespace: an
 * ApplicationSet with an Application for each environment. Writes `<group>-project.yaml` for each group: an AppProject that permits the
 * namespaces and kinds that are rendered, and no others. Writes `<id>.yaml`, which is to be applied once by hand: an Application that
 * brings all these, and its AppProject. What `argoCd` of the platform profile says, each environment can change.
 *
 * Each file begins with a line that says that it is rendered. A file without that line is never overwritten or removed. When the output
 * folder of the app is outside of the working directory, as for a trial, the files go below it.
 *
 * The objects of all groups get annotations: Argo CD applies definitions of kinds first, then namespaces and quotas, then configuration,
 * then workloads, and never deletes namespaces, claims and custom resources that hold data.
 *
 * Needs the `App` of this library. Synthesis fails if two files would be deployed under one name, and with other output types than a
 * file for each chart.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/
 * @example
 *
 * declare const app: App;
 * new delivery.ArgoCdRepository(app, 'shop', {
 *   repository: 'https://git.example.com/acme/shop.git',
 *   directory: 'applications',
 *   manifests: 'dist',
 * });
 */
export class ArgoCdRepository extends Chart {
  private readonly place: RepositoryPlace;
  private readonly sources: ServiceSources;
  private deployables: readonly Deployable[] = [];
  /** The paths of the constructs whose manifests are deployed. */
  /** By the path of a construct with a file: whether Argo CD deletes what is no longer rendered there; undefined if all environments do. */
  private owners: ReadonlyMap<string, boolean | undefined> = new Map();

  /**
   * Defines the repository. The id is the name of the Application that brings all others, and of its project.
   */
  constructor(scope: Construct, id: string, props: ArgoCdRepositoryProps) {
    const name = constructId(scope, id, new.target, props);
    dnsLabel(scope, 'name of the repository', id);
    const profile = props.profile ?? PlatformProfile.of(scope);
    const { labels, managedBy } = profile._values;
    const argoCd = ARGO_CD_SETTINGS.of(profile);
    super(scope, name, { namespace: argoCd.namespace });
    PlatformProfile.provide(this, profile);
    provideLabels(this, { ...labels, 'app.kubernetes.io/part-of': id, 'app.kubernetes.io/managed-by': managedBy });
    this.sources = new ServiceSources(this, props.source);
    this.place = {
      repository: gitAddress(this, props.repository),
      directory: repositoryFolder(this, 'directory', props.directory),
      manifests: repositoryFolder(this, 'manifests', props.manifests),
      extension: App.of(this).outputFileExtension,
      settings: argoCd,
    };
    writeToTree(this, this.place.directory, (manifests) => this.defineDeployables(manifests));

    const root = this.fileOf('Root', id);
    defineObject(root, 'Project', applicationProject(id, argoCd.namespace, rootProject(this.place)));
    defineObject(root, 'Application', rootApplication(id, this.place));
    // after the steps of the program, whose objects may have files of their own
    beforeSynthesis(this, () => this.findDeployables(), 'users');
    annotateManifests(this, (manifest) => {
      const owner = manifest.place.owner ?? '';
      return this.owners.has(owner) ? waveAnnotations(manifest, dataKinds(this), this.owners.get(owner)) : {};
    });
  }

  /**
   * Installs the Helm chart of somebody else, such as that of an operator, with the values files in `thirdparties/<name>`:
   * `values-base.yaml`, and `<environment>/values.yaml` where it is installed for each environment. Later files win.
   *
   * Its AppProject permits its namespace and the given kinds that live in none.
   *
   * Fails if one of the files is missing, and on a version that is a range.
   *
   * @param name the name of the release, and of its ApplicationSet and AppProject
   */
  public installs(name: string, options: InstalledChartOptions): void {
    const { folder, set, project } = installedChart(this, name, options, this.place);
    if (this.node.tryFindChild(`Set-${name}`)) {
      fail(this, `'${name}' is installed already`, 'Give one of them another name');
    }
    this.defineSet(this, folder, name, CHART_WAVE, set);
    this.defineProject(this, folder, name, project);
  }

  /**
   * Says what one service is rendered from, in place of `source`.
   *
   * Synthesis fails if there is no such service, or if it has no chart.
   *
   * @param service the name of the service
   */
  public deploys(service: string, source: ArgoCdSource): void {
    this.sources.set(service, source);
  }

  /** Known before manifests are rendered, because Argo CD needs annotations in them. */
  private findDeployables(): void {
    giveOwnFilesIn(this);
    this.deployables = deployablesOf(this, 'Argo CD has one ApplicationSet of a name');
    this.owners = new Map(this.deployables.flatMap(({ instances }) => {
      const prunes = instances.map(({ profile }) => ARGO_CD_SETTINGS.of(profile).prune);
      // environments differ in values alone, as charts need it
      return instances.map(({ construct }, index) => [construct.node.path, prunes.every(Boolean) ? undefined : prunes[index]] as const);
    }));
  }

  private defineDeployables(manifests: ManifestSet): string[] {
    const { deployables } = this;
    // of an earlier synthesis
    this.node.tryRemoveChild('Deployables');
    const scope = new Construct(this, 'Deployables');
    const groups = new Map<string, { folder: string; instances: Instance[] }>();
    for (const deployable of deployables) {
      const { name, role, instances } = deployable;
      const folder = this.folderOf(name, instances);
      this.defineSet(scope, `${folder}/${name}`, name, SET_WAVES[role], deployableSet(deployable, this.place, this.sources.of(deployable), manifests));
      const { groupName: group } = instances[0];
      groups.set(group, groups.get(group) ?? { folder, instances: [] });
      groups.get(group)!.instances.push(...instances);
    }
    for (const [group, { folder, instances }] of groups) {
      this.defineProject(scope, folder, group, groupProject(group, instances, this.place, manifests));
    }
    return [
      ...App.of(this).yamlOutputType === YamlOutputType.FILE_PER_CHART ? [] : [describe(
        'deploys the files of services, and this app writes others', 'Leave yamlOutputType out, or set it to YamlOutputType.FILE_PER_CHART')],
      ...this.sources.check(deployables),
      ...sharedPlaces(ConnectionIndex.of(this).groups),
    ];
  }

  private defineSet(scope: Construct, folder: string, name: string, wave: string, set: ApplicationSetDefinition): void {
    defineObject(this.fileOf(`Set-${name}`, `${folder}/${name}-appset`, scope), 'Resource', applicationSet(this.place.settings.namespace, wave, set));
  }

  private defineProject(scope: Construct, folder: string, name: string, project: ProjectDefinition): void {
    defineObject(this.fileOf(`Project-${name}`, `${folder}/${name}-project`, scope), 'Resource', applicationProject(name, this.place.settings.namespace, project));
  }

  private fileOf(id: string, file: string, scope: Construct = this): Construct {
    const construct = new Construct(scope, id);
    OutputFile.set(construct, file);
    return construct;
  }

  /** Beside the values files of the group. */
  private folderOf(name: string, instances: readonly Instance[]): string {
    const { directory } = this.place;
    const folders = new Set(instances.map(({ group }) => group.values?._directory
      ?? `${directory}/${group.environment ? SERVICES : SHARED}`));
    const [folder, other] = [...folders].sort();
    if (other !== undefined) {
      fail(this, `the values files of '${name}' are in '${folder}' and in '${other}', so there is no one place beside them`, 'Give all environments of the group one folder');
    }
    if (!folder.startsWith(`${directory}/`)) {
      fail(this, `the values files of '${name}' are in '${folder}', which is not below '${directory}'`, 'Move them below it, such as to main');
    }
    return folder.slice(directory.length + 1);
  }
}
