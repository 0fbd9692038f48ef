import type { Duration } from 'cdk8s';
import type { BatchProps } from './batch-props';
import type { ISchedule } from '../../values/cron-expression';

/**
 * Properties for `ScheduledJob`.
 */
export interface ScheduledJobProps extends BatchProps {
  /**
   * When it runs, in its time zone: a `Schedule`, or a `CronExpression`.
   */
  readonly schedule: ISchedule;

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

  /**
   * Whether no run starts for now.
   *
   * @default false
   */
  readonly suspend?: boolean;
}
