import { Duration } from 'cdk8s';
import type { ProfileChanges } from './profile-changes';
import { dnsLabel } from '../values/value-checks';

/**
 * What is different in one environment.
 */
export interface EnvironmentChanges extends ProfileChanges {
  /**
   * The value of `APP_ENV` in the containers, such as `production`.
   *
   * @default - the name of the environment
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
      Environment.of('dev', {
        appEnv: 'development',
        faultRehearsals: true,
        scaling: { max: 3 },
        // people may try something by hand
        argoCd: { prune: true, selfHeal: false },
        pipeline: { checks: ['integration', 'smoke'] },
        postgresql: {
          instances: 1,
          synchronousMode: 'off',
          storage: '20Gi',
          resources: { cpuRequest: '250m', cpuLimit: '250m', memoryRequest: '1Gi', memoryLimit: '1Gi' },
        },
        redis: { storage: '10Gi', resources: { cpuRequest: '100m', cpuLimit: '100m', memoryRequest: '256Mi', memoryLimit: '256Mi' } },
        kafka: { storage: '50Gi', resources: { cpuRequest: '250m', cpuLimit: '250m', memoryRequest: '1Gi', memoryLimit: '1Gi' } },
        broker: { replication: 1, storage: '10Gi', resources: { cpuRequest: '100m', cpuLimit: '100m', memoryRequest: '256Mi', memoryLimit: '256Mi' } },
      }),
      Environment.of('staging', {
        appEnv: 'staging',
        faultRehearsals: true,
        scaling: { min: 2, max: 5 },
        argoCd: { prune: true },
        pipeline: { checks: ['regression', 'performance'] },
        postgresql: { resources: { cpuRequest: '500m', cpuLimit: '500m', memoryRequest: '1Gi', memoryLimit: '1Gi' } },
        redis: { resources: { cpuRequest: '250m', cpuLimit: '250m', memoryRequest: '512Mi', memoryLimit: '512Mi' } },
        kafka: { storage: '500Gi', resources: { cpuRequest: '500m', cpuLimit: '500m', memoryRequest: '1Gi', memoryLimit: '1Gi' } },
        broker: { replication: 2, resources: { cpuRequest: '100m', cpuLimit: '100m', memoryRequest: '256Mi', memoryLimit: '256Mi' } },
      }),
      Environment.of('prod', {
        appEnv: 'production',
        scaling: { min: 3 },
        pipeline: { approval: true, rollback: true, soak: Duration.minutes(5) },
      }),
    ];
  }

  /**
   * An environment of your own.
   *
   * Fails if the name is not a DNS label, because it becomes part of namespace names.
   */
  public static of(name: string, changes: EnvironmentChanges = {}): Environment {
    return new Environment(name, changes);
  }

  /** The name, such as `prod`: the last part of the environment's namespaces. */
  public readonly name: string;

  /** The value of `APP_ENV` in the containers. */
  public readonly appEnv: string;

  /** The capacity pool that the environment's namespaces are taken from. */
  public readonly capacityPool: string;

  /** @internal */
  public readonly _profileChanges: ProfileChanges;

  private constructor(name: string, changes: EnvironmentChanges) {
    const { appEnv, capacityPool, ...profileChanges } = changes;
    dnsLabel('Environment.of', 'name', name);
    this.name = name;
    this.appEnv = appEnv ?? name;
    this.capacityPool = capacityPool ?? this.appEnv;
    this._profileChanges = profileChanges;
  }
}
