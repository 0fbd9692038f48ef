import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { defined } from './defined';
import { fail } from './errors';
import { checkQueueOptions, type QueueOptions, type ResolvedQueue, resolveQueue } from './queue-scaling';
import { wholeNumber, wholeSeconds } from './value-checks';
import type { WorkerSettings } from '../scaling/worker-settings';

/**
 * How far and how fast a service is scaled on the use of its processors and memory.
 */
export interface UtilizationOptions {
  /**
   * The fewest replicas, 1 or more. Three or more survive the loss of a node without an outage.
   *
   * @default - the profile's `scaling.min` (1)
   */
  readonly min?: number;

  /**
   * The most replicas; at least `min`.
   *
   * @default - the profile's `scaling.max` (10)
   */
  readonly max?: number;

  /**
   * The use of the requested processors that is aimed at, from 1 to 100.
   *
   * @default - the profile's `scaling.cpuPercent` (70)
   */
  readonly cpuPercent?: number;

  /**
   * The use of the requested memory that is aimed at, from 1 to 100.
   *
   * @default - the profile's `scaling.memoryPercent` (80)
   */
  readonly memoryPercent?: number;

  /**
   * The time in which the number of replicas may grow by one step, from 1 to 1800 seconds.
   *
   * @default - the profile's `scaling.scaleUpPeriod` (60 s)
   */
  readonly scaleUpPeriod?: Duration;

  /**
   * How long the use must stay low before replicas go, from 0 (at once) to 1800 seconds.
   *
   * @default - the profile's `scaling.scaleDownWindow` (300 s)
   */
  readonly scaleDownWindow?: Duration;
}

interface ResolvedUtilization {
  readonly kind: 'utilization';
  readonly min: number;
  readonly max: number;
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  readonly scaleUpPeriodSeconds: number;
  readonly scaleDownWindowSeconds: number;
}

interface ResolvedReplicas {
  readonly kind: 'replicas';
  readonly min: number;
  readonly max: number;
}

/** The longest period and window that a HorizontalPodAutoscaler takes. */
const LONGEST_SECONDS = 1800;

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
   * As many replicas as keep processors and memory at the aimed use; the more demanding of the two decides.
   *
   * Synthesis fails if `min` is more than `max`.
   */
  public static utilization(options: UtilizationOptions = {}): Scaling {
    checked('Scaling.utilization', options);
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
      scaleUpPeriod: setting('scaleUpPeriod'),
      scaleDownWindow: setting('scaleDownWindow'),
    };
    checked(where, full);
    const { scaleUpPeriod, scaleDownWindow, ...numbers } = full;
    return {
      kind: 'utilization',
      ...numbers,
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

function checked(where: Construct | string, options: UtilizationOptions): void {
  const { min, max, cpuPercent, memoryPercent, scaleUpPeriod, scaleDownWindow } = options;
  for (const [what, value, most] of [
    ['min', min, undefined], ['max', max, undefined], ['cpuPercent', cpuPercent, 100], ['memoryPercent', memoryPercent, 100],
  ] as const) {
    if (value !== undefined) {
      wholeNumber(where, value, 1, most, what);
    }
  }
  if (min !== undefined && max !== undefined && min > max) {
    fail(where, `min ${min} is more than max ${max}`, `Raise max to ${min} or lower min to ${max}`);
  }
  if (scaleUpPeriod) {
    wholeSeconds(where, 'scaleUpPeriod', scaleUpPeriod, 1, LONGEST_SECONDS);
  }
  if (scaleDownWindow) {
    wholeSeconds(where, 'scaleDownWindow', scaleDownWindow, 0, LONGEST_SECONDS);
  }
}
