import type { IConstruct } from 'constructs';
import type { Environment } from './environment';
import type { ProfileChanges } from './profile-changes';
import { checkProfile } from './profile-checks';
import type { Origins, ProfileValues } from './profile-values';
import { mergeValues } from './profile-values';
import { standardValues } from './standard-profile';
import type { DisruptionLimit } from '../scaling/disruption-limit';
import type { DaprVersion } from '../values/dapr-version';
import type { KubernetesVersion } from '../values/kubernetes-version';
import { TreeValue } from '../values/tree-value';
import type { DeliveryStrategy } from '../workloads/progressive/delivery-strategy';

const PROFILE = new TreeValue<PlatformProfile>('profile');
let standard: PlatformProfile | undefined;

/**
 * Every default of a platform in one value.
 *
 * Constructs hold no default of their own: they read the profile that is in force where they stand in the tree.
 * A profile never changes; `customize` gives a new one.
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
    standard ??= new PlatformProfile(standardValues(), new Map());
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
   * Call it before the constructs below are defined: they read the profile when they are.
   */
  public static provide(scope: IConstruct, profile: PlatformProfile): void {
    PROFILE.set(scope, profile);
  }

  /** @internal */
  public readonly _values: ProfileValues;

  private readonly origins: Origins;

  private readonly inEnvironments = new Map<Environment, PlatformProfile>();

  private constructor(values: ProfileValues, origins: Origins) {
    this._values = values;
    this.origins = origins;
  }

  /**
   * This profile with some settings changed. Structs are merged field by field; lists and values are replaced.
   *
   * Fails if a setting is out of its range.
   */
  public customize(changes: ProfileChanges): PlatformProfile {
    return this._customize(changes, 'PlatformProfile.customize');
  }

  /** The Kubernetes version that manifests are rendered for. */
  public get kubernetesVersion(): KubernetesVersion {
    return this._values.kubernetesVersion;
  }

  /** The Dapr version that manifests are rendered for. */
  public get daprVersion(): DaprVersion {
    return this._values.daprVersion;
  }

  /** How many replicas of a service a node drain may take. */
  public get disruptionLimit(): DisruptionLimit {
    return this._values.disruptionLimit;
  }

  /** How a new version of a service replaces the old one. */
  public get delivery(): DeliveryStrategy {
    return this._values.delivery;
  }

  /** @internal */
  public _customize(changes: ProfileChanges, origin: string): PlatformProfile {
    const origins = new Map(this.origins);
    const values = mergeValues(this._values, changes, origin, origins);
    checkProfile(values, origin);
    return new PlatformProfile(values, origins);
  }

  /**
   * This profile with the changes of an environment, which are made once: every group and every store of it asks.
   *
   * @internal
   */
  public _in(environment: Environment | undefined): PlatformProfile {
    if (!environment) {
      return this;
    }
    const known = this.inEnvironments.get(environment) ?? this._customize(environment._profileChanges, `Environment '${environment.name}'`);
    this.inEnvironments.set(environment, known);
    return known;
  }

  /**
   * Who set a setting, by its dotted name such as `calls.timeout`.
   *
   * @internal
   */
  public _origin(setting: string): string {
    return this.origins.get(setting) ?? 'PlatformProfile.standard';
  }
}
