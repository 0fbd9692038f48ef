import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { wholeNumber, wholeSeconds } from './checks';

/**
 * How Jobs are made for what waits in a queue, where nothing else is said.
 *
 * @see https://keda.sh/docs/latest/reference/scaledjob-spec/
 */
export interface ScaledJobSettings {
  /** What kind of service it is that says nothing: the value of the label `type`. */
  readonly type?: string;
  /** The most Jobs at a time: 1 or more. */
  readonly max?: number;
  /** How many entries of its queues one Job takes: 1 or more. */
  readonly queueLength?: number;
  /** How often KEDA asks for the length of the queues: 1 second or more. */
  readonly pollingInterval?: Duration;
  /** How long a Job may take with all of its attempts: 1 second or more. Then its pod is stopped, and it has failed. */
  readonly deadline?: Duration;
  /** How often a Job is tried again whose pod failed: 0 or more. */
  readonly retries?: number;
  /** How many Jobs that succeeded are kept: 0 or more. */
  readonly succeededHistory?: number;
  /** How many Jobs that failed are kept: 0 or more. */
  readonly failedHistory?: number;
}

/** Fails where a setting is out of its range. */
export function checkScaledJob(where: Construct | string, settings: Omit<Required<ScaledJobSettings>, 'type'>, prefix = ''): void {
  for (const [what, least] of [['max', 1], ['queueLength', 1], ['retries', 0], ['succeededHistory', 0], ['failedHistory', 0]] as const) {
    wholeNumber(where, settings[what], least, undefined, prefix + what);
  }
  for (const what of ['pollingInterval', 'deadline'] as const) {
    wholeSeconds(where, prefix + what, settings[what], 1);
  }
}
