import type { Construct } from 'constructs';
import type { BatchProps } from './batch-props';
import { BatchWorkload } from './batch-workload';
import { JobScaler } from '../../scaling/job-scaler';
import type { QueueSource } from '../../scaling/queue-source';
import type { ScaledJobSettings } from '../../scaling/scaled-job-settings';
import { SCALED_JOB_SETTINGS } from '../../scaling/scaled-job-settings';

/**
 * Properties for `ScaledJob`. All are optional: what is left out comes from the platform profile in force.
 */
export interface ScaledJobProps extends BatchProps, ScaledJobSettings {
  /**
   * Whether KEDA makes no more Jobs; those that run go on. Recorded for those who review the manifests.
   *
   * @default false
   */
  readonly paused?: boolean;
}

/**
 * Work that takes long: a Job for each entry of a queue, which no scaling down interrupts.
 *
 * Defines what every piece of work has that ends, and in place of a Job a ScaledJob of KEDA with the name `id`, and a TriggerAuthentication
 * for each store that holds a queue. Its queues are what `scalesOn` names. KEDA makes as many Jobs as there are entries, less those that have
 * not ended, so that a queue must hold what is in work until it is done. The application reads the queue by itself.
 *
 * A changed ScaledJob lets the Jobs go on that run already.
 *
 * KEDA 2.17 or later must be installed, and may read the Secrets of the namespace. Synthesis fails if its Dapr sidecars would never end.
 *
 * @see https://keda.sh/docs/latest/concepts/scaling-jobs/
 *
 * @example
 *
 * declare const redis: stores.IStore;
 * const film = new workloads.ScaledJob(this, 'film', { max: 5, dapr: Dapr.none('reads its queue itself') });
 * film.uses(redis);
 * film.scalesOn(workloads.QueueSource.redisStream(redis, 'films', 'film'));
 */
export class ScaledJob extends BatchWorkload {
  private readonly sources: QueueSource[] = [];

  /**
   * Defines the ScaledJob `id`, which is a DNS label that begins with a letter, at most 58 characters long.
   */
  constructor(scope: Construct, id: string, props: ScaledJobProps = {}) {
    super(scope, id, props);
    const { max, queueLength, pollingInterval } = props;
    const settings = SCALED_JOB_SETTINGS.decide(this, this._group.profile, { max, queueLength, pollingInterval });
    this._claimStorage(settings.max);
    new JobScaler(this, 'JobScaler', {
      service: this._serviceNode,
      settings,
      successfulJobsHistoryLimit: this._batch.successfulJobsHistoryLimit,
      failedJobsHistoryLimit: this._batch.failedJobsHistoryLimit,
      paused: props.paused === true,
      sources: () => this.sources,
      job: this._jobSpec({ fatalAction: 'FailJob', parallel: true }),
    });
  }

  /**
   * A Job is made for what waits there.
   *
   * Gives: a trigger of the ScaledJob, and the way of KEDA's operator to the store. The way of the Jobs there is given by `uses`.
   */
  public scalesOn(source: QueueSource): void {
    this.sources.push(source);
  }
}
