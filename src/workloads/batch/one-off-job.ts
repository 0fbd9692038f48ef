import type { Construct } from 'constructs';
import type { OnceProps } from './batch-props';
import { BatchWorkload } from './batch-workload';
import { defineOnce } from './once';

/**
 * Properties for `OneOffJob`.
 */
export interface OneOffJobProps extends OnceProps {}

/**
 * Work that is done once for each version of its image, such as a migration: a Job.
 *
 * The Job is named after the version, `migrate-1-4-2`, because Kubernetes never changes the pods of a Job: a new version is a new Job,
 * and the finished one stays as a record until it is no longer among the manifests. Everything else carries the name of the workload.
 * A pod that failed is replaced, so the work may begin again after it was done in part.
 *
 * Synthesis fails if its Dapr sidecar would never end.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 *
 * @example
 *
 * const migration = new workloads.OneOffJob(this, 'order-migration', {
 *   image: Image.of('registry.example.com/order', { tag: '1.4.2' }),
 *   command: ['/app/migrate'],
 *   dapr: Dapr.none('speaks to PostgreSQL itself'),
 * });
 */
export class OneOffJob extends BatchWorkload {
  /** The name of the Job: that of the workload, and that of the run. */
  public readonly jobName: string;

  /**
   * Defines the job `id`, which is a DNS label that begins with a letter, at most 58 characters long.
   */
  constructor(scope: Construct, id: string, props: OneOffJobProps = {}) {
    super(scope, id, props);
    this.jobName = this._jobName(props.run, 0);
    this._claimStorage(1);
    defineOnce(this, this.jobName, props, this._jobSpec({ fatalAction: 'FailJob', parallel: false }));
  }
}
