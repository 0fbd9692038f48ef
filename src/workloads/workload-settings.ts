import type { Construct } from 'constructs';
import { checkBestEffort, refuseAmounts } from './best-effort';
import { refuseVariables, VariableSources } from './built-in-variables';
import { checkedPorts } from './connection-checks';
import type { FileStorage } from './file-storage';
import type { PodSettings } from './pod-settings';
import { podSettings } from './pod-settings';
import { keyOfSetting, nearestSettings, sourceOf } from './setting-sources';
import { checkSizes } from './variable-sizes';
import type { WorkloadKind } from './workload-kind';
import type { WorkloadProps } from './workload-props';
import { workloadTexts } from './workload-texts';
import { CONTAINER_SETTINGS } from '../containers/container-settings';
import { PodContainers } from '../containers/pod-containers';
import type { ServiceGroup } from '../core/service-group';
import { SIDECAR_SETTINGS } from '../dapr/dapr-settings';
import { place } from '../inputs/service-values';
import type { ServiceValues } from '../inputs/service-values';
import type { PlatformProfile } from '../profile/platform-profile';
import type { ApiRule } from '../security/api-rule';
import { defined } from '../values/defined';
import { fail } from '../values/errors';
import { Image } from '../values/image';
import type { Labels } from '../values/labels';
import { checkLabels, serviceLabels, versionLabel } from '../values/labels';
import { LOG_LEVELS, oneOf } from '../values/one-of';
import type { QualityOfService } from '../values/quality-of-service';
import { QualityOfService as Quality } from '../values/quality-of-service';
import type { ResourceAmounts } from '../values/resources';
import { Resources } from '../values/resources';
import type { SecretReference } from '../values/secret-reference';
import type { Tier } from '../values/tier';
import { show } from '../values/value-checks';

const NO_VALUES: Pick<ServiceValues, 'image' | 'replicas' | 'autoscaling' | 'resources' | 'sidecar' | 'env' | 'config' | 'unset'> = {
  image: {}, replicas: {}, autoscaling: {}, resources: {}, sidecar: {}, env: {}, config: {}, unset: [],
};

/** Resources of services without changes, by the amounts of the profile. */
const UNCHANGED = new WeakMap<ResourceAmounts, Map<QualityOfService, Resources>>();

type Files = Partial<ServiceValues> & typeof NO_VALUES;

/**
 * The settings that all kinds of workloads share: profile, environment, code and values files, merged in that order. A new setting of every
 * pod is a field here, and a line of the pod template.
 */
export class WorkloadSettings {
  public readonly tier: Tier;
  /** Which pods of a node are given up first. */
  public readonly quality: QualityOfService;
  public readonly image: Image;
  public readonly labels: Labels;
  public readonly resources: Resources;
  public readonly sidecarResources: Resources;
  public readonly logLevel: string;
  public readonly env: Readonly<Record<string, string>>;
  /** The data of its ConfigMap. */
  public readonly config: Readonly<Record<string, string>>;
  public readonly secretEnv: Readonly<Record<string, SecretReference>>;
  public readonly secretFiles: readonly SecretReference[];
  public readonly storage?: FileStorage;
  public readonly pod: PodSettings;
  public readonly apiAccess?: ApiRule[];

  /** The containers beside its own. */
  public readonly containers: PodContainers;

  /** Who sets each variable. */
  public readonly variables: VariableSources;

  /** What the values files contain. */
  public readonly files: Files;

  private readonly profile: PlatformProfile;

  constructor(
    private readonly workload: Construct, name: string, group: ServiceGroup,
    public readonly kind: WorkloadKind, private readonly props: WorkloadProps,
  ) {
    this.profile = group.profile;
    this.files = (group.environment && group.values?._read(name, group.environment.name)) ?? NO_VALUES;
    this.containers = new PodContainers(
      { workload, name, group, ports: checkedPorts(workload, kind.ports), dapr: kind.dapr._injected }, props);
    const values = this.profile._values;
    this.tier = props.tier ?? kind.tier ?? values.tier;
    this.quality = this.qualityOfTier();
    this.image = this.resolveImage(name);
    const version = versionLabel(this.image.tag, this.image.digest);
    this.labels = {
      ...values.labels,
      ...serviceLabels({ name, type: props.type ?? kind.type, version, partOf: group.name, managedBy: values.managedBy }),
    };
    checkLabels(workload, this.labels);
    checkBestEffort(workload, group, this);
    this.resources = this.resourcesOf(values.resources, props.resources?._amountTexts(), this.files.resources);
    this.sidecarResources = this.resourcesOf(SIDECAR_SETTINGS.of(this.profile).resources, kind.dapr._options.resources, this.files.sidecar);
    this.logLevel = this.files.logLevel ?? (props.logLevel === undefined ? values.logLevel : oneOf(workload, 'logLevel', props.logLevel, LOG_LEVELS));
    ({ env: this.env, config: this.config } = workloadTexts(workload, props, this.files));
    this.secretEnv = props.secretEnv ?? {};
    this.secretFiles = props.secretFiles ?? [];
    this.storage = props.storage;
    this.pod = podSettings(workload, props, this.resources);
    this.apiAccess = props.apiAccess;
    this.variables = this.recordSources();
    checkSizes(workload, this.env, this.config);
  }

  /**
   * The origin of a setting: `<file>:<line>`, the code of the workload, the environment, or the profile.
   */
  public explain(asked: string): string {
    const setting = keyOfSetting(asked);
    // a fixed number in a file decides the range too
    const file = this.inFile(setting) ?? (/^replicas\.(?:min|max)$/.test(setting) ? this.inFile('replicas.count') : undefined);
    if (file) {
      return file;
    }
    const near = nearestSettings(setting);
    const source = sourceOf(setting, this.props, this.kind, this.profile) ?? fail(this.workload, `has no setting ${show(setting)}`,
      near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'Write a key of a values file or of the platform profile, such as replicas.max');
    return source.code === undefined ? this.profile._origin(source.profile) : this.kind.props;
  }

  /**
   * The resources of a container beside the application: by its own, or the profile, and by the quality of service of the pod.
   */
  public resourcesBeside(own: Resources | undefined): Resources {
    return this.withQuality(Resources._partial(this.workload, { ...CONTAINER_SETTINGS.of(this.profile).resources, ...own?._amountTexts() }));
  }

  /** Fails if a values file has one of these keys. */
  public refuseInFiles(keys: readonly string[], problem: string, remedy: string): void {
    const wrong = keys.find((key) => this.files.origin?.(key));
    if (wrong) {
      fail(this.inFile(wrong)!, `'${wrong}' ${problem}`, remedy);
    }
  }

  /**
   * Fails if a setting has the name of a variable that the pods get anyway.
   *
   * @param purpose what these variables are for: `by which a leaf knows which it is`
   */
  public refuseVariables(names: readonly string[], purpose: string): void {
    refuseVariables(this.workload, names, this, purpose);
    names.forEach((name) => this.variables.set(name, this.kind.props.replace(/Props$/, '')));
  }

  /** The place of a setting in a values file, if one contains it. */
  private inFile(setting: string): string | undefined {
    const origin = this.files.origin?.(setting);
    return origin && place(origin);
  }

  private qualityOfTier(): QualityOfService {
    const { tiers } = this.profile._values;
    const { name } = this.tier;
    return Object.hasOwn(tiers, name) ? tiers[name].qualityOfService : fail(this.workload, `tier '${name}' is not in the platform profile, which has ${Object.keys(tiers).sort().join(', ')}`,
      `Add it to tiers by PlatformProfile.customize({ tiers: { '${name}': ... } })`);
  }

  private resolveImage(name: string): Image {
    const { repository, tag, digest } = this.files.image;
    const said = tag ?? digest;
    if (said === undefined && repository === undefined && this.props.image) {
      return this.props.image;
    }
    const reference = said === undefined ? this.props.image : { tag, digest };
    const address = repository ?? this.props.image?.repository ?? `${this.registry()}/${name}`;
    if (!reference) {
      fail(this.workload, `image '${address}' has neither tag nor digest`,
        this.files.tagFile ? `Add image.tag to ${this.files.tagFile}` : "Set image: Image.of(...), or image.tag in the chart's values");
    }
    const origin = this.inFile('image.tag') ?? this.inFile('image.digest') ?? this.inFile('image.repository');
    return Image._at(origin ?? this.workload, address, { tag: reference.tag, digest: reference.digest });
  }

  private registry(): string {
    return this.profile._values.imageRegistry || fail(this.workload, 'has an image without a registry, and the platform profile has no imageRegistry',
      "Set image: Image.of('registry.example.com/...'), or PlatformProfile.customize({ imageRegistry: ... })");
  }

  /**
   * The resources of a container: its defaults, code and files, by the quality of service of the pod.
   */
  public resourcesOf(defaults: ResourceAmounts, code: ResourceAmounts = {}, files: ResourceAmounts = {}): Resources {
    const asked = { ...defined(code), ...defined(files) };
    if (this.quality === Quality.BEST_EFFORT) {
      refuseAmounts(this.workload, this.tier, Resources._partial(this.workload, asked));
    }
    if (Object.keys(asked).length > 0) {
      return this.withQuality(Resources._partial(this.workload, { ...defaults, ...asked }));
    }
    const known = UNCHANGED.get(defaults)?.get(this.quality) ?? this.withQuality(Resources._partial(this.workload, defaults));
    UNCHANGED.set(defaults, (UNCHANGED.get(defaults) ?? new Map<QualityOfService, Resources>()).set(this.quality, known));
    return known;
  }

  private withQuality(resources: Resources): Resources {
    switch (this.quality) {
      case Quality.GUARANTEED:
        return resources._guaranteed();
      case Quality.BEST_EFFORT:
        return resources._bestEffort();
      default:
        return resources;
    }
  }

  /** Records who sets a variable. */
  private recordSources(): VariableSources {
    const sources = new VariableSources(this.workload, this.containers.main.dapr);
    for (const kind of ['env', 'config', 'secretEnv'] as const) {
      for (const name of Object.keys(this[kind])) {
        const file = this.inFile(`${kind}.${name}`);
        sources.set(name, file === undefined ? kind : `${kind} (${file})`);
      }
    }
    return sources;
  }
}
