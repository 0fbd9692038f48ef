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
   * @default - `batch.timeZone` of the platform profile in force
   */
  readonly timeZone?: string;

  /**
   * What happens when a run is due while the one before it goes on: `Forbid` leaves it out, `Replace` stops the older one, and `Allow`
   * lets both go on.
   *
   * @default - `batch.concurrencyPolicy` of the platform profile in force
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy
   */
  readonly concurrencyPolicy?: string;

  /**
   * How late a run may start, where the control plane was away at its time. Whole seconds, 10 or more.
   *
   * @default - `batch.startingDeadline` of the platform profile in force
   */
  readonly startingDeadline?: Duration;

  /**
   * How many runs that succeeded are kept, with their logs. 0 or more.
   *
   * @default - `batch.successfulJobsHistoryLimit` of the platform profile in force
   */
  readonly successfulJobsHistoryLimit?: number;

  /**
   * How many runs that failed are kept, with their logs. 0 or more.
   *
   * @default - `batch.failedJobsHistoryLimit` of the platform profile in force
   */
  readonly failedJobsHistoryLimit?: number;

  /**
   * How long a finished run is kept at most. Whole seconds.
   *
   * @default - `batch.ttlAfterFinished` of the platform profile in force
   */
  readonly ttlAfterFinished?: Duration;

  /**
   * Whether no run starts for now.
   *
   * @default false
   */
  readonly suspend?: boolean;
}
