import { mergeRolling, type RollingOptions, rollingUpdate } from './rolling-options';
import { frozen } from './shared';

/** A strategy that a controller other than that of Deployments carries out, with its own options. */
interface Progressive {
  /** What it is called in tables and messages. */
  readonly kind: string;
  readonly options: unknown;
}

/** The `strategy` of a Deployment. */
interface KubeStrategy {
  readonly type: 'RollingUpdate' | 'Recreate';
  readonly rollingUpdate?: ReturnType<typeof rollingUpdate>;
}

/**
 * How a new version of a service replaces the old one.
 *
 * `ProgressiveDelivery` makes strategies that Argo Rollouts carries out: blue-green and canary.
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
   * All old pods stop before new ones start, for a service of which two versions can never run at a time. It does not answer meanwhile, and a
   * disruption budget does not limit that. No pod runs above the wanted number, so one replica can have a volume of its own.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment
   */
  public static recreate(): DeliveryStrategy {
    return new DeliveryStrategy({}, undefined, true);
  }

  /** @internal */
  public static _progressive(kind: string, options: object): DeliveryStrategy {
    return new DeliveryStrategy({}, { kind, options });
  }

  private rendered?: KubeStrategy;
  private readonly completed = new WeakMap<DeliveryStrategy, DeliveryStrategy>();

  private constructor(private readonly options: RollingOptions, private readonly progressive?: Progressive, private readonly stopsFirst = false) {
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

  /**
   * The options of a progressive strategy of a kind, or undefined for another strategy.
   *
   * @internal
   */
  public _optionsOf(kind: string): unknown {
    return this.progressive?.kind === kind ? this.progressive.options : undefined;
  }

  /**
   * This strategy with the surge and the missing pods of another where it sets none.
   *
   * @internal
   */
  public _completedBy(defaults: DeliveryStrategy): DeliveryStrategy {
    if (this.stopsFirst) {
      return this;
    }
    const known = this.completed.get(defaults) ?? new DeliveryStrategy(mergeRolling(this.options, defaults._options), this.progressive);
    this.completed.set(defaults, known);
    return known;
  }

  /**
   * The `strategy` field of a Deployment.
   *
   * @internal
   */
  public _toKube(): KubeStrategy {
    this.rendered ??= frozen<KubeStrategy>(this.stopsFirst ? { type: 'Recreate' } : { type: 'RollingUpdate', rollingUpdate: rollingUpdate(this.options) });
    return this.rendered;
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
    return this.progressive?.kind ?? (this.stopsFirst ? 'recreate' : 'rolling');
  }
}
