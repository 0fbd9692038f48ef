import { wholeNumber } from '../values/checks';
import { fail } from '../values/errors';

/**
 * How many pods a rolling update adds and takes away at a time, each in pods or in percent of the replicas.
 */
export interface RollingOptions {
  /**
   * Pods that may run above the wanted number, 0 or more. Not together with `maxSurgePercent`.
   *
   * @default - `delivery` of the platform profile in force
   */
  readonly maxSurge?: number;

  /**
   * Pods above the wanted number in percent of it, from 0 to 100, rounded up to whole pods.
   *
   * @default - `delivery` of the platform profile in force
   */
  readonly maxSurgePercent?: number;

  /**
   * Pods that may be missing from the wanted number, 0 or more. Not together with `maxUnavailablePercent`.
   *
   * @default - `delivery` of the platform profile in force
   */
  readonly maxUnavailable?: number;

  /**
   * Missing pods in percent of the wanted number, from 0 to 100, rounded down to whole pods.
   *
   * @default - `delivery` of the platform profile in force
   */
  readonly maxUnavailablePercent?: number;
}

interface KubeStrategy {
  type: 'RollingUpdate';
  rollingUpdate: { maxSurge?: number | string; maxUnavailable?: number | string };
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

  private constructor(private readonly options: RollingOptions) {
    const surge = amount('maxSurge', options.maxSurge, options.maxSurgePercent);
    const unavailable = amount('maxUnavailable', options.maxUnavailable, options.maxUnavailablePercent);
    if (surge === 0 && unavailable === 0) {
      fail('DeliveryStrategy.rolling', 'maxSurge and maxUnavailable are both 0, so no pod could ever be replaced', 'Use maxSurge 1');
    }
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
   * This strategy with the defaults where it says nothing: of the surge, and of the missing pods.
   *
   * @internal
   */
  public _merge(defaults: RollingOptions): DeliveryStrategy {
    const { maxSurge, maxSurgePercent, maxUnavailable, maxUnavailablePercent } = this.options;
    const surge = maxSurge ?? maxSurgePercent;
    const unavailable = maxUnavailable ?? maxUnavailablePercent;
    return new DeliveryStrategy({
      maxSurge: surge === undefined ? defaults.maxSurge : maxSurge,
      maxSurgePercent: surge === undefined ? defaults.maxSurgePercent : maxSurgePercent,
      maxUnavailable: unavailable === undefined ? defaults.maxUnavailable : maxUnavailable,
      maxUnavailablePercent: unavailable === undefined ? defaults.maxUnavailablePercent : maxUnavailablePercent,
    });
  }

  /**
   * The `strategy` field of a Deployment.
   *
   * @internal
   */
  public _toKube(): KubeStrategy {
    const surge = amount('maxSurge', this.options.maxSurge, this.options.maxSurgePercent);
    const unavailable = amount('maxUnavailable', this.options.maxUnavailable, this.options.maxUnavailablePercent);
    return {
      type: 'RollingUpdate',
      rollingUpdate: {
        ...(surge === undefined ? undefined : { maxSurge: surge }),
        ...(unavailable === undefined ? undefined : { maxUnavailable: unavailable }),
      },
    };
  }

  /**
   * How many pods may run above so many replicas during an update; none if nothing is set.
   *
   * @internal
   */
  public _surge(replicas: number): number {
    return this.options.maxSurge ?? Math.ceil(replicas * (this.options.maxSurgePercent ?? 0) / 100);
  }
}

/** A count of pods, or a percentage as Kubernetes writes it; nothing at all is 0 in either form. */
function amount(what: 'maxSurge' | 'maxUnavailable', pods?: number, percent?: number): number | string | undefined {
  const where = 'DeliveryStrategy.rolling';
  if (pods !== undefined && percent !== undefined) {
    fail(where, `${what} ${pods} and ${what}Percent ${percent} are two forms of one field`, `Leave out ${what} or ${what}Percent`);
  }
  if (pods !== undefined) {
    return wholeNumber(where, pods, 0, undefined, what);
  }
  return percent === undefined ? undefined : wholeNumber(where, percent, 0, 100, `${what}Percent`) === 0 ? 0 : `${percent}%`;
}
