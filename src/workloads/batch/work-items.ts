import type { ICallable, ServiceReference } from '../../core/service-reference';
import { wholeNumber } from '../../values/value-checks';

/** The most for which Kubernetes remembers which are done. */
const MOST_ITEMS = 100_000;

/**
 * Where the workers of a queue get their items from.
 */
export class WorkItems {
  /**
   * Items that have numbers, from 0 on: a pod for each, which reads its number from `JOB_COMPLETION_INDEX` and how many there are
   * from `JOB_COMPLETIONS`. Kubernetes is the coordinator: it hands out each number until it is done. 1 to 100,000.
   *
   * @see https://kubernetes.io/docs/tasks/job/indexed-parallel-processing-static/
   */
  public static numbered(count: number): WorkItems {
    return new WorkItems(wholeNumber('WorkItems.numbered', count, 1, MOST_ITEMS, 'count'));
  }

  /**
   * Items that a service of yours hands out: workers call it, at the address in `COORDINATOR_URL`, for one after the other, and end
   * with 0 when it has none left. Kubernetes starts no worker any more after the first that did.
   *
   * What it is asked and what it answers is between your two images. It must hand out an item again whose worker was lost.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#parallel-jobs
   */
  public static handedOutBy(coordinator: ICallable): WorkItems {
    return new WorkItems(undefined, coordinator.reference);
  }

  /** @internal */
  public readonly _count?: number;

  /** @internal */
  public readonly _coordinator?: ServiceReference;

  private constructor(count?: number, coordinator?: ServiceReference) {
    this._count = count;
    this._coordinator = coordinator;
  }
}
