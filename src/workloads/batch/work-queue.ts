import type { Construct } from 'constructs';
import type { OnceProps } from './batch-props';
import { BatchWorkload } from './batch-workload';
import type { JobSpec } from './job-spec';
import { restartPolicyOf } from './job-spec';
import { defineOnce } from './once';
import type { WorkItems } from './work-items';
import { wholeNumber } from '../../values/value-checks';
import { serviceUrl } from '../service-url';

/**
 * Properties for `WorkQueue`.
 */
export interface WorkQueueProps extends OnceProps {
  /**
   * Where the workers get their items from.
   */
  readonly items: WorkItems;

  /**
   * How many workers are there at a time at most, from 1 to 10,000.
   */
  readonly parallelism: number;
}

/** The variables by which a worker learns what it is to do. The first is given by Kubernetes itself. */
const ITEM = 'JOB_COMPLETION_INDEX';
const COUNT = 'JOB_COMPLETIONS';
const COORDINATOR = 'COORDINATOR_URL';

/** The most workers of a Job with 100,000 items. */
const MOST_WORKERS = 10_000;

/** The first version that counts failures for each item. */
const BACKOFF_PER_INDEX = '1.29';

/** What Kubernetes holds in an int32 field. */
const INT32_MAX = 2_147_483_647;

/**
 * Work that comes in items, which several workers do side by side: a parallel Job.
 *
 * Items are numbered, or handed out by a service of yours that the workers call. An item may be done twice, if its worker is lost
 * before it said that it was done. As with `OneOffJob`, the Job is named after the version of its image, or after its run.
 *
 * Synthesis fails if its Dapr sidecars would never end.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#parallel-jobs
 *
 * @example
 *
 * const thumbnails = new workloads.WorkQueue(this, 'thumbnails', {
 *   image: Image.of('registry.example.com/thumbnails', { tag: '1.0.3' }),
 *   items: workloads.WorkItems.numbered(200),
 *   parallelism: 10,
 * });
 */
export class WorkQueue extends BatchWorkload {
  /** The name of the Job: that of the workload, and that of the run. */
  public readonly jobName: string;

  /**
   * Defines the queue `id`, which is a DNS label that begins with a letter, at most 58 characters long.
   */
  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id, props);
    const { _count: count, _coordinator: coordinator } = props.items;
    wholeNumber(this, props.parallelism, 1, MOST_WORKERS, 'parallelism');
    this._settings.refuseVariables([ITEM, COUNT, COORDINATOR], 'which a work queue gives its workers');
    // a pod of numbered items has its number in its name
    this.jobName = this._jobName(props.run, count === undefined ? 0 : `-${count - 1}`.length);
    this._claimStorage(Math.min(props.parallelism, count ?? props.parallelism));
    if (coordinator) {
      this.calls(coordinator);
    }

    const lateVariables = () => ({
      ...this._pod.lateVariables(),
      ...count === undefined ? undefined : { [COUNT]: `${count}` },
      ...coordinator && { [COORDINATOR]: serviceUrl(this._connections, this._serviceNode, coordinator) ?? '' },
    });
    const limits = count === undefined ? {} : this.limitsOf(count);
    const spec = this._jobSpec({
      fatalAction: limits.backoffLimitPerIndex === undefined ? 'FailJob' : 'FailIndex',
      parallel: true,
    }, { ...this._pod, lateVariables });
    const numbered = count === undefined ? {} : { completions: count, completionMode: 'Indexed' };
    defineOnce(this, this.jobName, props, () => ({ ...spec(), ...numbered, ...limits, parallelism: props.parallelism } as JobSpec));
  }

  /** How often each item is tried again, or all of them together where nobody counts for each. */
  private limitsOf(count: number): { backoffLimit?: number; backoffLimitPerIndex?: number } {
    const { kubernetesVersion } = this._group.profile;
    if (kubernetesVersion.atLeast(BACKOFF_PER_INDEX) && restartPolicyOf(this._pod) === 'Never') {
      return { backoffLimit: undefined, backoffLimitPerIndex: this._batch.backoffLimit };
    }
    return { backoffLimit: Math.min(this._batch.backoffLimit * count, INT32_MAX) };
  }
}
