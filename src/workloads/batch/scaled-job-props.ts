import type { Duration } from 'cdk8s';
import type { BatchProps } from './batch-props';

/**
 * Properties for `ScaledJob`. All are optional: what is left out comes from the platform profile in force.
 */
export interface ScaledJobProps extends BatchProps {
  /**
   * The most Jobs at a time. At least 1.
   *
   * @default - the profile's `scaledJobs.max` (10)
   */
  readonly max?: number;

  /**
   * How many entries of its queues one Job takes. At least 1.
   *
   * @default - the profile's `scaledJobs.queueLength` (1)
   */
  readonly queueLength?: number;

  /**
   * How often KEDA asks for the length of the queues, in whole seconds, 1 or more.
   *
   * @default - the profile's `scaledJobs.pollingInterval` (30 s)
   */
  readonly pollingInterval?: Duration;

  /**
   * Whether KEDA makes no more Jobs; those that run go on. Recorded for those who review the manifests.
   *
   * @default false
   */
  readonly paused?: boolean;
}
