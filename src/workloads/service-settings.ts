import type { Construct } from 'constructs';
import { checkBestEffort, refuseAmounts } from './best-effort';
import type { MicroserviceProps } from './microservice-props';
import { sourceOf } from './setting-sources';
import { CONTAINER_SETTINGS } from '../containers/container-settings';
import type { ServiceGroup } from '../core/service-group';
import { SIDECAR_SETTINGS } from '../dapr/dapr-settings';
import { place } from '../inputs/service-values';
import type { ServiceValues } from '../inputs/service-values';
import { MESH_PROXY_SETTINGS } from '../mesh/mesh-settings';
import type { PlatformProfile } from '../profile/platform-profile';
import { WORKER_SETTINGS } from '../scaling/worker-settings';
import { defined } from '../values/defined';
import { fail } from '../values/errors';
import { Image } from '../values/image';
import type { QualityOfService } from '../values/quality-of-service';
import { QualityOfService as Quality } from '../values/quality-of-service';
import type { ResolvedQueue } from '../values/queue-scaling';
import type { ResourceAmounts } from '../values/resources';
import { Resources } from '../values/resources';
import { Scaling } from '../values/scaling';
import type { Tier } from '../values/tier';
import { environmentVariableName, secretLooking, show } from '../values/value-checks';

const NO_VALUES: Pick<ServiceValues, 'image' | 'replicas' | 'autoscaling' | 'resources' | 'sidecar' | 'env' | 'config'> = {
  image: {}, replicas: {}, autoscaling: {}, resources: {}, sidecar: {}, env: {}, config: {},
};

/** Resources of services without changes, by the amounts of the profile. */
const UNCHANGED = new WeakMap<ResourceAmounts, Map<QualityOfService, Resources>>();

type Files = Partial<ServiceValues> & typeof NO_VALUES;

/**
 * What a service is in the end: profile, environment, code and files laid over each other, in that order.
 */
export class ServiceSettings {
  public readonly image: Image;
  public readonly scaling: ReturnType<Scaling['_resolve']> | ResolvedQueue;
  public readonly resources: Resources;
  public readonly sidecarResources: Resources;
  public readonly meshProxyResources: Resources;
  public readonly logLevel: string;
  public readonly env: Readonly<Record<string, string>>;
  public readonly config: Readonly<Record<string, string>>;

  public readonly tier: Tier;
  /** What an autoscaler is told. */
  public readonly chosenScaling: Scaling;

  private readonly profile: PlatformProfile;
  private readonly files: Files;
  /** Which pods of a node are given up first. */
  public readonly quality: QualityOfService;

  /**
   * @param unscaled why nobody chooses a number of replicas by files, if it is so: `a job has no replicas`
   */
  constructor(
    private readonly service: Construct, name: string, group: ServiceGroup, private readonly props: MicroserviceProps,
    private readonly unscaled?: string,
  ) {
    this.profile = group.profile;
    this.files = (group.environment && group.values?._read(name, group.environment.name)) ?? NO_VALUES;

    const values = this.profile._values;
    this.quality = this.tierSettings().qualityOfService;
    this.image = this.resolveImage(name);
    this.tier = props.tier ?? values.tier;
    this.chosenScaling = this.chooseScaling();
    this.scaling = this.chosenScaling._resolveQueue(WORKER_SETTINGS.of(this.profile), service)
      ?? this.chosenScaling._resolve(values.scaling, service);
    checkBestEffort(service, { group, quality: this.quality, tier: this.tier, scaled: unscaled === undefined && this.scaling.kind === 'utilization' });
    this.resources = this.resolveResources(values.resources, props.resources?._amountTexts(), this.files.resources);
    this.sidecarResources = this.resolveResources(SIDECAR_SETTINGS.of(this.profile).resources, props.dapr?._options.resources, this.files.sidecar);
    this.meshProxyResources = this.resolveResources(MESH_PROXY_SETTINGS.of(this.profile), undefined, {});
    this.logLevel = this.files.logLevel ?? props.logLevel ?? values.logLevel;
    this.env = { ...this.checkTexts('env', props.env), ...this.files.env };
    this.config = { ...this.checkTexts('config', props.config), ...this.files.config };
    this.checkNames();
  }

  /**
   * Who decided a setting: `<file>:<line>`, the code of the service, the environment, or the profile.
   */
  public explain(setting: string, code: string): string {
    // a fixed number in a file decides the range too
    const file = this.inFile(setting) ?? (/^replicas\.(?:min|max)$/.test(setting) ? this.inFile('replicas.count') : undefined);
    if (file) {
      return file;
    }
    const source = sourceOf(setting, this.props) ?? fail(this.service, `nothing is known of the setting ${show(setting)}`, 'Write a key of a values file, such as replicas.max');
    return source.code === undefined ? this.profile._origin(source.profile) : code;
  }

  /**
   * The resources of a container beside the application: by its own, or the profile, and by the quality of service of the pod.
   */
  public resourcesBeside(own: Resources | undefined): Resources {
    return this.withQuality(Resources._partial(this.service, { ...CONTAINER_SETTINGS.of(this.profile).resources, ...own?._amountTexts() }));
  }

  /** The line of the values file that says a setting, if one does. */
  public inFile(setting: string): string | undefined {
    const origin = this.files.origin?.(setting);
    return origin && place(origin);
  }

  private tierSettings(): { qualityOfService: QualityOfService } {
    const tier = this.props.tier ?? this.profile._values.tier;
    const { tiers } = this.profile._values;
    return Object.hasOwn(tiers, tier.name) ? tiers[tier.name] : fail(this.service, `tier '${tier.name}' is not in the platform profile, which has ${Object.keys(tiers).sort().join(', ')}`,
      `Add it to tiers by PlatformProfile.customize({ tiers: { '${tier.name}': ... } })`);
  }

  private resolveImage(name: string): Image {
    const { repository, tag, digest } = this.files.image;
    const said = tag ?? digest;
    if (said === undefined && repository === undefined && this.props.image) {
      return this.props.image;
    }
    const reference = said === undefined ? this.props.image : { tag, digest };
    const address = repository ?? this.props.image?.repository ?? `${this.profile._values.imageRegistry}/${name}`;
    if (!reference) {
      fail(this.service, `image '${address}' has neither tag nor digest`,
        this.files.tagFile ? `Add image.tag to ${this.files.tagFile}` : "Set image: Image.of(...), or image.tag in the chart's values");
    }
    const origin = this.files.origin?.('image.tag') ?? this.files.origin?.('image.digest') ?? this.files.origin?.('image.repository');
    return Image._at(origin ? place(origin) : this.service, address, { tag: reference.tag, digest: reference.digest });
  }

  private chooseScaling(): Scaling {
    const { min, max, count } = this.files.replicas;
    if (this.unscaled !== undefined) {
      this.refuseInFiles(['replicas.min', 'replicas.max', 'replicas.count', 'autoscaling.cpuPercent', 'autoscaling.memoryPercent'],
        `is for a service that is scaled, and ${this.unscaled}`, 'Remove it');
      return Scaling.replicas(1);
    }
    const code = this.props.scaling ?? Scaling._STANDARD;
    const over = code._over({ min, max, ...this.files.autoscaling });
    const onQueues = code._kind === 'queue';
    if (count !== undefined && over) {
      this.failInFile('replicas.count', `would fix the number of replicas, but the service is scaled ${onQueues ? 'on its queues' : 'by its use'}`, 'Set replicas.min and replicas.max');
    }
    const use = ['autoscaling.cpuPercent', 'autoscaling.memoryPercent'];
    const scaledByUse = 'is for a service that is scaled by its use, but the code';
    if (!over) {
      this.refuseInFiles(['replicas.min', 'replicas.max', ...use], `${scaledByUse} fixes the number of replicas`, 'Set replicas.count');
    }
    if (onQueues) {
      this.refuseInFiles(use, `${scaledByUse} scales it on its queues`, 'Remove it');
    }
    return count === undefined ? over ?? code : Scaling.replicas(count);
  }

  private refuseInFiles(keys: readonly string[], problem: string, remedy: string): void {
    const wrong = keys.find((key) => this.files.origin?.(key));
    if (wrong) {
      this.failInFile(wrong, problem, remedy);
    }
  }

  private failInFile(key: string, problem: string, remedy: string): never {
    return fail(place(this.files.origin!(key)!), `'${key}' ${problem}`, remedy);
  }

  private resolveResources(defaults: ResourceAmounts, code: ResourceAmounts | undefined, files: ResourceAmounts): Resources {
    const asked = { ...defined(code ?? {}), ...defined(files) };
    if (this.quality === Quality.BEST_EFFORT) {
      refuseAmounts(this.service, this.tier, Resources._partial(this.service, asked));
    }
    if (Object.keys(asked).length > 0) {
      return this.withQuality(Resources._partial(this.service, { ...defaults, ...asked }));
    }
    const known = UNCHANGED.get(defaults)?.get(this.quality) ?? this.withQuality(Resources._partial(this.service, defaults));
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

  /** The keys of the ConfigMap become variables too, and a name in two places would be one too many. */
  private checkNames(): void {
    for (const key of Object.keys(this.files.config)) {
      const { file, line } = this.files.origin!(`config.${key}`)!;
      environmentVariableName(`${file}:${line}`, key);
    }
    for (const [name, secret] of Object.entries(this.props.secretEnv ?? {})) {
      environmentVariableName(this.service, name);
      if (Object.hasOwn(this.env, name) || Object.hasOwn(this.config, name)) {
        fail(this.service, `the variable '${name}' is said twice: as the secret '${secret}', and in env or config`, 'Leave one of them out');
      }
    }
  }

  /** Those of files are checked where they are read, so that an error names the line. */
  private checkTexts(kind: 'env' | 'config', texts: { [name: string]: string } = {}): { [name: string]: string } {
    for (const [name, value] of Object.entries(texts)) {
      environmentVariableName(this.service, name);
      if (typeof value !== 'string') {
        fail(this.service, `${kind} '${name}' is ${String(value)}, and an environment variable is text`, 'Write it in quotes');
      }
      const reason = secretLooking(name, value);
      if (reason) {
        fail(this.service, `${kind} '${name}' ${reason}`, 'Use a SecretReference in secretFiles');
      }
    }
    return texts;
  }
}
