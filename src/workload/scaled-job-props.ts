import type { Duration } from 'cdk8s';
import type { WorkloadProps } from './workload-props';

/**
 * Properties for `ScaledJob`. All are optional: what is left out comes from the platform profile in force.
 *
 * Leave `dapr` out: a Job ends, and nobody would end its sidecar. The label `type` of one that says nothing of it is `scaledJobs.type` of the
 * profile.
 */
export interface ScaledJobProps extends WorkloadProps {
  /**
   * The most Jobs at a time. At least 1.
   *
   * @default - `scaledJobs.max` of the platform profile in force
   */
  readonly max?: number;

  /**
   * How many entries of its queues one Job takes. At least 1.
   *
   * @default - `scaledJobs.queueLength` of the platform profile in force
   */
  readonly queueLength?: number;

  /**
   * How often KEDA asks for the length of the queues, in whole seconds, 1 or more.
   *
   * @default - `scaledJobs.pollingInterval` of the platform profile in force
   */
  readonly pollingInterval?: Duration;

  /**
   * How long a Job may take with all of its attempts, in whole seconds, 1 or more. Then its pod is stopped, and it has failed.
   *
   * @default - `scaledJobs.deadline` of the platform profile in force
   */
  readonly deadline?: Duration;

  /**
   * How often a Job is tried again whose pod failed. From 0.
   *
   * @default - `scaledJobs.retries` of the platform profile in force
   */
  readonly retries?: number;

  /**
   * Whether KEDA makes no more Jobs; those that run go on. Recorded for those who review the manifests.
   *
   * @default false
   */
  readonly paused?: boolean;
}
