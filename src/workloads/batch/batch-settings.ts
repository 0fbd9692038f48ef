import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { section } from '../../profile/section';
import { checkLabels } from '../../values/labels';
import { oneOf } from '../../values/one-of';
import { Tier } from '../../values/tier';
import { checkTimeZone } from '../../values/time-zone';
import { wholeNumber, wholeSeconds } from '../../values/value-checks';

const CONCURRENCY_POLICIES = ['Forbid', 'Replace', 'Allow'];

/**
 * When runs of a schedule start, and how long they are kept.
 */
export interface ScheduleSettings {
  /**
   * The time zone of the schedule, a name of the IANA database such as `Europe/Berlin`. Where clocks change in summer, a time
   * between 1:00 and 3:00 comes twice on one day of the year, and not at all on another.
   *
   * @default - the profile's `batch.timeZone` (Etc/UTC)
   */
  readonly timeZone?: string;

  /**
   * What happens when a run is due while the one before it goes on: `Forbid` leaves it out, `Replace` stops the older one, and `Allow`
   * lets both go on.
   *
   * @default - the profile's `batch.concurrencyPolicy` (Forbid)
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy
   */
  readonly concurrencyPolicy?: string;

  /**
   * How late a run may start, where the control plane was away at its time. Whole seconds, 10 or more.
   *
   * @default - the profile's `batch.startingDeadline` (600 s)
   */
  readonly startingDeadline?: Duration;

  /**
   * How many runs that succeeded are kept, with their logs. 0 or more.
   *
   * @default - the profile's `batch.successfulJobsHistoryLimit` (3)
   */
  readonly successfulJobsHistoryLimit?: number;

  /**
   * How many runs that failed are kept, with their logs. 0 or more.
   *
   * @default - the profile's `batch.failedJobsHistoryLimit` (3)
   */
  readonly failedJobsHistoryLimit?: number;

  /**
   * How long a finished run is kept at most. Whole seconds.
   *
   * @default - the profile's `batch.ttlAfterFinished` (604800 s)
   */
  readonly ttlAfterFinished?: Duration;
}

/**
 * Work that ends: jobs, scheduled jobs and work queues.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export interface BatchSettings extends ScheduleSettings {
  /** The tier of a job that names none. */
  readonly tier?: Tier;
  /** What kind of workload a job is that says nothing: the value of the label `type`. */
  readonly serviceType?: string;
  /** How often a pod that failed is replaced before the Job has failed; in a work queue, how often for each item. 0 or more. */
  readonly backoffLimit?: number;
  /** How long a run may take in all, with all its attempts, before it is stopped and has failed. Whole seconds, 1 or more. */
  readonly activeDeadline?: Duration;
}

/** A time of a schedule that was missed by less is found by the controller, which looks each 10 seconds. */
const SHORTEST_STARTING_DEADLINE = 10;

/** Fails on what the API server refuses, and on what its controller would never do. */
function checkBatch(where: Construct | string, batch: Required<BatchSettings>): void {
  // in the code of a workload, the settings have the names of its properties
  const prefix = typeof where === 'string' ? 'batch.' : '';
  checkLabels(where, { type: batch.serviceType });
  wholeNumber(where, batch.backoffLimit, 0, undefined, `${prefix}backoffLimit`);
  wholeSeconds(where, `${prefix}activeDeadline`, batch.activeDeadline, 1);
  wholeSeconds(where, `${prefix}startingDeadline`, batch.startingDeadline, SHORTEST_STARTING_DEADLINE);
  wholeSeconds(where, `${prefix}ttlAfterFinished`, batch.ttlAfterFinished, 0);
  oneOf(where, `${prefix}concurrencyPolicy`, batch.concurrencyPolicy, CONCURRENCY_POLICIES);
  checkTimeZone(where, `${prefix}timeZone`, batch.timeZone);
  wholeNumber(where, batch.successfulJobsHistoryLimit, 0, undefined, `${prefix}successfulJobsHistoryLimit`);
  wholeNumber(where, batch.failedJobsHistoryLimit, 0, undefined, `${prefix}failedJobsHistoryLimit`);
}

/** Jobs, scheduled jobs and work queues. */
export const BATCH_SETTINGS = section<Required<BatchSettings>>('batch', () => ({
  tier: Tier.BATCH,
  serviceType: 'job',
  backoffLimit: 3,
  activeDeadline: Duration.hours(1),
  startingDeadline: Duration.minutes(10),
  concurrencyPolicy: 'Forbid',
  timeZone: 'Etc/UTC',
  successfulJobsHistoryLimit: 3,
  failedJobsHistoryLimit: 3,
  ttlAfterFinished: Duration.days(7),
}), { check: checkBatch });
