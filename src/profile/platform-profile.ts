import type { Construct, IConstruct } from 'constructs';
import type { CoreValues, ProfileChanges } from './core-settings';
import { CORE } from './core-settings';
import type { Environment } from './environment';
import type { Origins } from './merge';
import { ProfileDefaults } from './profile-defaults';
import type { Section } from './section';
import type { Stage } from './stage';
import type { DaprVersion } from '../values/dapr-version';
import type { DeliveryStrategy } from '../values/delivery-strategy';
import type { DisruptionLimit } from '../values/disruption-limit';
import { fail } from '../values/errors';
import type { KubernetesVersion } from '../values/kubernetes-version';
import { TreeValue } from '../values/tree-value';

const PROFILE = new TreeValue<PlatformProfile>('profile');
/** Constructs whose profile something below them has read. */
const READ = new TreeValue<true>('profile-read');
let standard: PlatformProfile | undefined;

/** What a profile changes of the one that it is made of. */
interface Layer {
  readonly base: PlatformProfile;
  /** Who changes it, for messages and `explain`. */
  readonly origin: string;
  readonly stage?: Stage;
  readonly changes: ReadonlyMap<string, readonly unknown[]>;
}

/**
 * Every default of a platform in one value.
 *
 * Constructs hold no default of their own: they read the profile that is in force where they stand in the tree.
 * A profile never changes; `customize` and `with` give a new one.
 *
 * @example
 *
 * const organisation = PlatformProfile.standard().customize({
 *   imageRegistry: 'registry.example.com',
 *   kubernetesVersion: KubernetesVersion.of('1.36'),
 * });
 */
export class PlatformProfile {
  /**
   * The profile of this library.
   */
  public static standard(): PlatformProfile {
    standard ??= new PlatformProfile();
    return standard;
  }

  /**
   * The profile in force for a construct: its own, or that of the nearest construct above it that has one.
   *
   * @default - the standard profile, where no construct above has one
   */
  public static of(scope: IConstruct): PlatformProfile {
    return PROFILE.find(scope) ?? PlatformProfile.standard();
  }

  /**
   * Puts a profile in force for a construct and everything below it.
   *
   * Call it before you define the constructs below, which read the profile when you define them. Below the chart of a group, derive the
   * profile from the one in force. Settings of a namespace or a cluster, such as quotas, belong to the profile of the chart.
   *
   * @example
   *
   * declare const part: Construct;
   * PlatformProfile.provide(part, PlatformProfile.of(part).customize({ scaling: { min: 20, max: 400 } }));
   */
  public static provide(scope: IConstruct, profile: PlatformProfile): void {
    if (READ.own(scope)) {
      fail(scope as Construct, 'gets a platform profile after constructs below it read another one', 'Call PlatformProfile.provide before you define them');
    }
    PROFILE.set(scope, profile);
  }

  /**
   * The profile in force for a construct, which keeps it from now on. So does everything around it, up to a construct.
   *
   * @internal
   */
  public static _settle(scope: IConstruct, outermost: IConstruct): PlatformProfile {
    for (let at: IConstruct | undefined = scope; at && !READ.own(at); at = at === outermost ? undefined : at.node.scope) {
      READ.set(at, true);
    }
    return PlatformProfile.of(scope);
  }

  /** @internal */
  public readonly _values: CoreValues;

  private readonly resolved = new Map<string, unknown>();
  private readonly origins: Origins = new Map();
  private readonly inEnvironments = new Map<Environment, PlatformProfile>();

  private constructor(private readonly layer?: Layer) {
    this._values = Object.fromEntries(Object.entries(CORE).map(([name, core]) => [name, this._get<any>(core)])) as unknown as CoreValues;
  }

  /**
   * This profile with some settings changed. Structs are merged field by field; lists and values are replaced.
   *
   * Fails if a setting is out of its range.
   */
  public customize(changes: ProfileChanges): PlatformProfile {
    return this.layered('PlatformProfile.customize', [ProfileDefaults._of('PlatformProfile.customize', CORE, changes)]);
  }

  /**
   * This profile with other defaults of some capabilities, merged field by field.
   *
   * Fails if a setting is out of its range.
   *
   * @example
   *
   * const organisation = PlatformProfile.standard().with(stores.StoreDefaults.of({ postgresql: { storage: '200Gi' } }));
   */
  public with(...defaults: ProfileDefaults[]): PlatformProfile {
    return this.layered(defaults[0]?._origin ?? 'PlatformProfile.with', defaults);
  }

  /** All core settings, none of them undefined. Submodules return theirs by `inForce`, such as `NetworkDefaults.inForce`. */
  public get settings(): ProfileChanges {
    return this._values;
  }

  /** The Kubernetes version that manifests are rendered for. */
  public get kubernetesVersion(): KubernetesVersion {
    return this._values.kubernetesVersion;
  }

  /** The Dapr version that manifests are rendered for. */
  public get daprVersion(): DaprVersion {
    return this._values.daprVersion;
  }

  /**
   * Whether the platform has Dapr.
   *
   * @internal
   */
  public get _hasDapr(): boolean {
    return this._values.dapr._injected;
  }

  /** How many replicas of a service a node drain may take. */
  public get disruptionLimit(): DisruptionLimit {
    return this._values.disruptionLimit;
  }

  /** How a new version of a service replaces the old one. */
  public get delivery(): DeliveryStrategy {
    return this._values.delivery;
  }

  /**
   * The settings of a section, with all changes applied.
   *
   * @internal
   */
  public _get<T>(section: Section<T>): T {
    if (!this.resolved.has(section.name)) {
      this.resolved.set(section.name, this.layer ? this.apply(section, this.layer) : section.standard);
    }
    return this.resolved.get(section.name) as T;
  }

  /**
   * This profile with the changes of an environment, which are applied once for all groups and stores of the environment.
   *
   * @internal
   */
  public _in(environment: Environment | undefined): PlatformProfile {
    if (!environment) {
      return this;
    }
    const known = this.inEnvironments.get(environment) ?? this.layered(`Environment '${environment.name}'`, environment._defaults, environment._stage);
    this.inEnvironments.set(environment, known);
    return known;
  }

  /**
   * Who set a setting, by its dotted name such as `calls.timeout`.
   *
   * @internal
   */
  public _origin(setting: string): string {
    return this.origins.get(setting) ?? this.layer?.base._origin(setting) ?? 'PlatformProfile.standard';
  }

  /**
   * The names of the sections that this profile changes of another one. Undefined if it is not derived from that.
   *
   * @internal
   */
  public _changesSince(base: PlatformProfile): string[] | undefined {
    if (base === this) {
      return [];
    }
    const before = this.layer?.base._changesSince(base);
    return before && [...before, ...this.layer!.changes.keys()];
  }

  private layered(origin: string, defaults: readonly ProfileDefaults[], stage?: Stage): PlatformProfile {
    const changed = new Map<string, { readonly section: Section<any>; readonly changes: unknown[] }>();
    for (const [section, changes] of defaults.flatMap(({ _changes }) => _changes)) {
      const known = changed.get(section.name) ?? { section, changes: [] };
      known.changes.push(changes);
      changed.set(section.name, known);
    }
    const profile = new PlatformProfile({ base: this, origin, stage, changes: new Map([...changed].map(([name, { changes }]) => [name, changes])) });
    changed.forEach(({ section }) => section.check(origin, profile._get(section)));
    return profile;
  }

  private apply<T>(section: Section<T>, { base, origin, stage, changes }: Layer): T {
    const staged = section.merge(base._get(section), section.changesIn(stage), origin, this.origins);
    return (changes.get(section.name) ?? []).reduce<T>((value, change) => section.merge(value, change, origin, this.origins), staged);
  }
}
