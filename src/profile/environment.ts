import type { ProfileChanges } from './core-settings';
import { CORE } from './core-settings';
import { ProfileDefaults } from './profile-defaults';
import { Stage } from './stage';
import { dnsLabel } from '../values/value-checks';

/**
 * What is different in one environment.
 */
export interface EnvironmentChanges extends ProfileChanges {
  /**
   * What the environment is for, which chooses the size of replicas and stores.
   *
   * @default - none: the values of the profile, and the checks of production
   */
  readonly stage?: Stage;

  /**
   * The value of `APP_ENV` in the containers, such as `production`.
   *
   * @default - the stage, or the name of the environment where it has no stage
   */
  readonly appEnv?: string;

  /**
   * The capacity pool that the environment's namespaces are taken from, a name in `capacity` of the platform profile.
   *
   * @default - the value of `appEnv`
   */
  readonly capacityPool?: string;
}

/**
 * One place where the whole platform runs: dev, staging, prod.
 *
 * Environments differ in data only. A chart class takes an environment and is instantiated once for each.
 */
export class Environment {
  /**
   * The three usual environments, in the order in which a change passes through them.
   *
   * - `dev`: 1 to 3 replicas of a service
   * - `staging`: 2 to 5 replicas
   * - `prod`: 3 to 10 replicas, so that a zone or a node may be lost
   */
  public static standard(): Environment[] {
    return [
      Environment.of('dev', { stage: Stage.DEVELOPMENT }),
      Environment.of('staging', { stage: Stage.STAGING }),
      Environment.of('prod', { stage: Stage.PRODUCTION }),
    ];
  }

  /**
   * An environment of your own.
   *
   * Fails if the name is not a DNS label, because it becomes part of namespace names.
   */
  public static of(name: string, changes: EnvironmentChanges = {}): Environment {
    const { stage, appEnv = stage ?? name, capacityPool = appEnv, ...core } = changes;
    dnsLabel('Environment.of', 'name', name);
    return new Environment(name, appEnv, capacityPool, stage, [ProfileDefaults._of(`Environment '${name}'`, CORE, core)]);
  }

  private constructor(
    /** The name, such as `prod`: the last part of the environment's namespaces. */
    public readonly name: string,
    /** The value of `APP_ENV` in the containers. */
    public readonly appEnv: string,
    /** The capacity pool that the environment's namespaces are taken from. */
    public readonly capacityPool: string,
    /** @internal */
    public readonly _stage: Stage | undefined,
    /** @internal */
    public readonly _defaults: readonly ProfileDefaults[],
  ) {}

  /** Whether users depend on it: its stage is production, or it has none. */
  public get isProduction(): boolean {
    return this._stage === undefined || this._stage === Stage.PRODUCTION;
  }

  /**
   * This environment with other defaults of some capabilities, merged field by field.
   *
   * @example
   *
   * const prod = Environment.of('prod', { stage: pipeline.Stage.PRODUCTION }).with(stores.StoreDefaults.of({ postgresql: { storage: '500Gi' } }));
   */
  public with(...defaults: ProfileDefaults[]): Environment {
    return new Environment(this.name, this.appEnv, this.capacityPool, this._stage, [...this._defaults, ...defaults]);
  }
}
