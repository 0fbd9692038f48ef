import type { Construct } from 'constructs';
import type { BatchProps } from './batch-props';
import type { ScheduleSettings } from './batch-settings';
import { BatchWorkload } from './batch-workload';
import type * as k8s from '../../../imports/k8s';
import { defineWorkload, late } from '../../core/kubernetes-object';
import type { ISchedule } from '../../values/cron-expression';
import { CronFields } from '../../values/cron-fields';
import { fail } from '../../values/errors';

/**
 * Properties for `ScheduledJob`.
 */
export interface ScheduledJobProps extends BatchProps, ScheduleSettings {
  /**
   * When it runs, in its time zone: a `Schedule`, or a `CronExpression`.
   */
  readonly schedule: ISchedule;

  /**
   * Whether no run starts for now.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** Its Jobs have 11 characters more: the time of the run behind a dash. */
const LONGEST_NAME = 52;

/**
 * Work that is done again and again, at the times of a schedule: a CronJob.
 *
 * A run that is due while the one before it goes on is left out unless something else is said, and no run goes on for ever. Kubernetes
 * may start a run twice or not at all in rare cases, so the work should do no harm when it is done again.
 *
 * Synthesis fails on a schedule or a time zone that the API server does not know, on a name of more than 52 characters, and if its
 * Dapr sidecar would never end.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 *
 * @example
 *
 * const invoices = new workloads.ScheduledJob(this, 'invoices', {
 *   image: Image.of('registry.example.com/invoices', { tag: '2.0.1' }),
 *   schedule: workloads.CronExpression.of('0 6 * * mon-fri'),
 *   timeZone: 'Europe/Berlin',
 * });
 */
export class ScheduledJob extends BatchWorkload {
  /**
   * Defines the job `id`, which is a DNS label that begins with a letter, at most 52 characters long because Kubernetes appends to it.
   */
  constructor(scope: Construct, id: string, props: ScheduledJobProps) {
    super(scope, id, props);
    if (this.name.length > LONGEST_NAME) {
      fail(this, `name '${this.name}' has ${this.name.length} characters, and a CronJob takes ${LONGEST_NAME}, because its Jobs have the time of their run behind it`, 'Shorten it');
    }
    const settings = this._batch;
    const times = CronFields.parse(this, props.schedule.expression);
    const deadline = settings.activeDeadline.toSeconds();
    const allowed = settings.concurrencyPolicy === 'Allow';
    this._claimStorage(allowed ? times.mostWithin(deadline) : 1);
    const spec = this._jobSpec({ fatalAction: 'FailJob', parallel: false });
    defineWorkload<k8s.CronJobSpec>(this, 'CronJob', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: this.name },
      spec: late(() => ({
        schedule: props.schedule.expression,
        timeZone: settings.timeZone,
        concurrencyPolicy: settings.concurrencyPolicy,
        startingDeadlineSeconds: settings.startingDeadline.toSeconds(),
        successfulJobsHistoryLimit: settings.successfulJobsHistoryLimit,
        failedJobsHistoryLimit: settings.failedJobsHistoryLimit,
        // not said, it is left to whoever stops runs by hand
        suspend: props.suspend,
        jobTemplate: {
          metadata: { labels: { ...this._settings.labels } },
          spec: { ...spec(), ttlSecondsAfterFinished: settings.ttlAfterFinished.toSeconds() },
        },
      })),
    });
  }
}
