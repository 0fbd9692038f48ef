import type { Construct } from 'constructs';
import { defined } from './defined';
import { fail } from './errors';
import { checkQueueOptions, type QueueOptions, type ResolvedQueue, resolveQueue } from './queue-scaling';
import type { UtilizationOptions } from './utilization-options';
import { checkMeasured, checkUtilization } from './utilization-options';
import { wholeNumber } from './value-checks';
import type { WorkerSettings } from '../scaling/worker-settings';

/** The options with every setting in place. */
interface ResolvedUtilization {
  readonly kind: 'utilization';
  readonly min: number;
  readonly max: number;
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  readonly resources: readonly string[];
  readonly podMetrics: { readonly [metric: string]: string };
  readonly externalMetrics: { readonly [metric: string]: string };
  readonly scaleUpPeriodSeconds: number;
  readonly scaleDownWindowSeconds: number;
}

interface ResolvedReplicas {
  readonly kind: 'replicas';
  readonly min: number;
  readonly max: number;
}

/**
 * How many replicas of a service run.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export class Scaling {
  /**
   * Scaling with the values of the profile.
   *
   * @internal
   */
  public static readonly _STANDARD = new Scaling('utilization', {});

  /**
   * As many replicas as keep processors and memory at the aimed use, and metrics at the aimed value. The most demanding of them decides.
   *
   * Synthesis fails if `min` is more than `max`.
   */
  public static utilization(options: UtilizationOptions = {}): Scaling {
    checkUtilization('Scaling.utilization', options);
    return new Scaling('utilization', options);
  }

  /**
   * As many replicas of a `Worker` as the events that wait for it ask for, and none where nothing waits and `min` is 0. KEDA must be
   * installed.
   *
   * Synthesis fails if `min` is more than `max`.
   *
   * @see https://keda.sh/docs/latest/concepts/scaling-deployments/
   */
  public static queue(options: QueueOptions = {}): Scaling {
    checkQueueOptions('Scaling.queue', options);
    return new Scaling('queue', options);
  }

  /**
   * Always the same number of replicas, 1 or more, and no autoscaler.
   */
  public static replicas(count: number): Scaling {
    return new Scaling('replicas', {}, wholeNumber('Scaling.replicas', count, 1));
  }

  /** @internal */
  public readonly _kind: 'utilization' | 'queue' | 'replicas';
  private readonly options: UtilizationOptions | QueueOptions;
  private readonly count?: number;
  private readonly resolved = new WeakMap<UtilizationOptions, ResolvedUtilization>();

  private constructor(kind: 'utilization' | 'queue' | 'replicas', options: UtilizationOptions | QueueOptions, count?: number) {
    this._kind = kind;
    this.options = options;
    this.count = count;
  }

  /**
   * What this scaling itself says of a setting.
   *
   * @internal
   */
  public _says(setting: string): unknown {
    return this.count ?? (this.options as Record<string, unknown>)[setting];
  }

  /**
   * This scaling with the settings of a file laid over it, or undefined where it is a fixed number of replicas.
   *
   * @internal
   */
  public _over(options: UtilizationOptions): Scaling | undefined {
    if (this.count !== undefined) {
      return undefined;
    }
    const changes = defined(options);
    return Object.keys(changes).length === 0 ? this : new Scaling(this._kind, { ...this.options, ...changes });
  }

  /**
   * The scaling with every setting in place. Fails if `min` is more than `max` once the defaults are filled in.
   *
   * @internal
   */
  public _resolve(defaults: UtilizationOptions, where: Construct | string = 'Scaling.utilization'): ResolvedUtilization | ResolvedReplicas {
    if (this.count !== undefined) {
      return { kind: 'replicas', min: this.count, max: this.count };
    }
    const known = this.resolved.get(defaults) ?? this.complete(defaults, where);
    this.resolved.set(defaults, known);
    return known;
  }

  private complete(defaults: UtilizationOptions, where: Construct | string): ResolvedUtilization {
    const own: UtilizationOptions = this.options;
    const setting = <K extends keyof UtilizationOptions>(key: K): NonNullable<UtilizationOptions[K]> =>
      own[key] ?? defaults[key] ?? fail(where, `${key} is not set, and the platform profile has none`, `Set ${key}`);
    const full = {
      min: setting('min'),
      max: setting('max'),
      cpuPercent: setting('cpuPercent'),
      memoryPercent: setting('memoryPercent'),
      resources: setting('resources'),
      podMetrics: setting('podMetrics'),
      externalMetrics: setting('externalMetrics'),
      scaleUpPeriod: setting('scaleUpPeriod'),
      scaleDownWindow: setting('scaleDownWindow'),
    };
    checkUtilization(where, full);
    checkMeasured(where, own, full);
    const { scaleUpPeriod, scaleDownWindow, ...rest } = full;
    return {
      kind: 'utilization',
      ...rest,
      scaleUpPeriodSeconds: scaleUpPeriod.toSeconds(),
      scaleDownWindowSeconds: scaleDownWindow.toSeconds(),
    };
  }

  /**
   * The scaling on queues with every setting in place, or undefined for one of another kind.
   *
   * @internal
   */
  public _resolveQueue(defaults: Required<WorkerSettings>, where: Construct | string): ResolvedQueue | undefined {
    return this._kind === 'queue' ? resolveQueue(this.options, defaults, where) : undefined;
  }
}
