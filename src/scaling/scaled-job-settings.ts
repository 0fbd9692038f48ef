import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { section } from '../profile/section';
import { wholeNumber, wholeSeconds } from '../values/value-checks';

/**
 * How Jobs are made for what waits in a queue, where nothing else is said. What holds for Jobs of every kind is in `batch`.
 *
 * @see https://keda.sh/docs/latest/reference/scaledjob-spec/
 */
export interface ScaledJobSettings {
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
}

/** Fails where a setting is out of its range. */
function checkScaledJob(where: Construct | string, settings: Required<ScaledJobSettings>): void {
  // in the code of a workload, the settings have the names of its properties
  const prefix = typeof where === 'string' ? 'scaledJobs.' : '';
  wholeNumber(where, settings.max, 1, undefined, `${prefix}max`);
  wholeNumber(where, settings.queueLength, 1, undefined, `${prefix}queueLength`);
  wholeSeconds(where, `${prefix}pollingInterval`, settings.pollingInterval, 1);
}

/** The default scaling of Jobs on a queue. */
export const SCALED_JOB_SETTINGS = section<Required<ScaledJobSettings>>('scaledJobs', () => ({ max: 10, queueLength: 1, pollingInterval: Duration.seconds(30) }), { check: checkScaledJob });
