import type { Duration } from 'cdk8s';
import type { WorkloadProps } from '../workload-props';

/**
 * What every piece of work that ends may say. All are optional: what is left out comes from the platform profile in force, where the
 * tier is `batch.tier`, and the label `type` is `batch.serviceType`.
 */
export interface BatchProps extends WorkloadProps {
  /**
   * How often a pod that failed is replaced, after 10 seconds first and then ever later, before the work has failed. 0 or more. A pod
   * that is evicted from its node does not count, where the pod ends with its first failure.
   *
   * @default - the profile's `batch.backoffLimit` (3)
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy
   */
  readonly backoffLimit?: number;

  /**
   * How long the work may take in all, with all its attempts, before it is stopped and has failed. Whole seconds, 1 or more.
   *
   * @default - the profile's `batch.activeDeadline` (3600 s)
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup
   */
  readonly activeDeadline?: Duration;

  /**
   * Exit codes of the container after which another attempt would be in vain, from 1 to 255.
   *
   * @default - none: every failure is tried again
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy
   */
  readonly fatalExitCodes?: number[];
}

/**
 * What work may say that is done once.
 */
export interface OnceProps extends BatchProps {
  /**
   * Which run this is: the end of the Job's name, so that `2026-06` makes `migrate-2026-06`. Each run is made once, and Kubernetes
   * refuses to change its pods afterwards: whoever changes something else than the image, or wants the work done again, names another.
   *
   * @default - the version of the image
   */
  readonly run?: string;

  /**
   * How long the finished Job is kept. Whoever applies the manifests later than that runs it again.
   *
   * @default - it stays, as the record that it was done, until it is no longer among the manifests
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/
   */
  readonly ttlAfterFinished?: Duration;
}
