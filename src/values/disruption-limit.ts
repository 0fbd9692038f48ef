import { wholeNumber } from './value-checks';

type Field = 'minAvailable' | 'maxUnavailable';
type Factory = Field | `${Field}Percent`;

/**
 * How many replicas of a workload must stay, or may go, while nodes are drained.
 *
 * Percentages are of the replicas that the workload should have, and Kubernetes rounds both up to whole pods: of three
 * replicas, `minAvailablePercent(50)` keeps two, and `maxUnavailablePercent(50)` lets two go.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export class DisruptionLimit {
  /**
   * At least this many pods stay: 1 or more.
   */
  public static minAvailable(pods: number): DisruptionLimit {
    return new DisruptionLimit('minAvailable', 'minAvailable', wholeNumber('DisruptionLimit.minAvailable', pods, 1));
  }

  /**
   * At least this share of the pods stays: 1 to 99 percent. All of them would forbid every eviction.
   */
  public static minAvailablePercent(percent: number): DisruptionLimit {
    return new DisruptionLimit('minAvailablePercent', 'minAvailable', wholeNumber('DisruptionLimit.minAvailablePercent', percent, 1, 99));
  }

  /**
   * At most this many pods go at a time: 1 or more.
   */
  public static maxUnavailable(pods: number): DisruptionLimit {
    return new DisruptionLimit('maxUnavailable', 'maxUnavailable', wholeNumber('DisruptionLimit.maxUnavailable', pods, 1));
  }

  /**
   * At most this share of the pods goes at a time: 1 to 100 percent.
   */
  public static maxUnavailablePercent(percent: number): DisruptionLimit {
    return new DisruptionLimit('maxUnavailablePercent', 'maxUnavailable', wholeNumber('DisruptionLimit.maxUnavailablePercent', percent, 1, 100));
  }

  private constructor(private readonly factory: Factory, private readonly field: Field, private readonly amount: number) {}

  /**
   * The limit as it is written in a program: `DisruptionLimit.minAvailable(2)`.
   */
  public toString(): string {
    return `DisruptionLimit.${this.factory}(${this.amount})`;
  }

  /**
   * The field of the PodDisruptionBudget.
   *
   * @internal
   */
  public _toKube(): { minAvailable?: number | string; maxUnavailable?: number | string } {
    return { [this.field]: this.factory === this.field ? this.amount : `${this.amount}%` };
  }

  /**
   * How many of so many healthy pods may be evicted at once.
   *
   * @internal
   */
  public _evictable(replicas: number): number {
    const pods = this.factory === this.field ? this.amount : Math.ceil(replicas * this.amount / 100);
    return this.field === 'minAvailable' ? Math.max(0, replicas - pods) : Math.min(replicas, pods);
  }
}
