import type { BlueGreenOptions, CanaryOptions } from './progressive-options';
import { checkBlueGreen, checkCanary } from './progressive-options';
import type { RollingOptions } from './rolling-options';
import { mergeRolling, rollingUpdate } from './rolling-options';

/** What a strategy that Argo Rollouts carries out says. */
interface Progressive {
  readonly blueGreen?: BlueGreenOptions;
  readonly canary?: CanaryOptions;
}

/**
 * How a new version of a service replaces the old one.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
 */
export class DeliveryStrategy {
  /**
   * New pods start while old ones go; both versions serve in between.
   *
   * Synthesis fails if no pod may be added and none may be missing, because no pod could ever be replaced.
   */
  public static rolling(options: RollingOptions = {}): DeliveryStrategy {
    return new DeliveryStrategy(options);
  }

  /**
   * All pods of the new version start beside the old ones, are tried out behind a Service of their own, and then take all requests at once.
   * If they fail afterwards, the old ones, which are still there, take them back.
   *
   * The service becomes a Rollout of Argo Rollouts in place of a Deployment, with the same name and labels. A namespace needs room for both
   * versions. Calls between Dapr sidecars and events reach the new pods as soon as they are ready: see `docs/delivery-strategies.md`.
   *
   * @see https://argo-rollouts.readthedocs.io/en/stable/features/bluegreen/
   */
  public static blueGreen(options: BlueGreenOptions = {}): DeliveryStrategy {
    checkBlueGreen('DeliveryStrategy.blueGreen', options);
    return new DeliveryStrategy({}, { blueGreen: options });
  }

  /**
   * The new version takes a share of the requests that grows in steps. It is measured in each, and taken back when it fails.
   *
   * The service becomes a Rollout of Argo Rollouts in place of a Deployment, with the same name and labels.
   *
   * Fails if the weights of the steps do not rise to 100.
   *
   * @see https://argo-rollouts.readthedocs.io/en/stable/features/canary/
   */
  public static canary(options: CanaryOptions = {}): DeliveryStrategy {
    checkCanary('DeliveryStrategy.canary', options);
    return new DeliveryStrategy({}, { canary: options });
  }

  private constructor(private readonly options: RollingOptions, private readonly progressive: Progressive = {}) {
    rollingUpdate(options);
  }

  /**
   * The options that are set: the defaults of another strategy.
   *
   * @internal
   */
  public get _options(): RollingOptions {
    return this.options;
  }

  /** @internal */
  public get _blueGreen(): BlueGreenOptions | undefined {
    return this.progressive.blueGreen;
  }

  /** @internal */
  public get _canary(): CanaryOptions | undefined {
    return this.progressive.canary;
  }

  /**
   * This strategy with the defaults where it says nothing: of the surge, and of the missing pods.
   *
   * @internal
   */
  public _merge(defaults: RollingOptions): DeliveryStrategy {
    return new DeliveryStrategy(mergeRolling(this.options, defaults), this.progressive);
  }

  /**
   * The `strategy` field of a Deployment.
   *
   * @internal
   */
  public _toKube(): { type: 'RollingUpdate'; rollingUpdate: ReturnType<typeof rollingUpdate> } {
    return { type: 'RollingUpdate', rollingUpdate: rollingUpdate(this.options) };
  }

  /**
   * How many pods may run above so many replicas during an update; none if nothing is set.
   *
   * @internal
   */
  public _surge(replicas: number): number {
    return this.options.maxSurge ?? Math.ceil(replicas * (this.options.maxSurgePercent ?? 0) / 100);
  }

  /** What it is called in tables and messages, such as `blueGreen`. */
  public toString(): string {
    return this._blueGreen ? 'blueGreen' : this._canary ? 'canary' : 'rolling';
  }
}
