import { Duration } from 'cdk8s';
import { retriesOf } from '../core/call-retries';
import type { CallEdge } from '../core/edges';
import { CALL_SETTINGS } from '../dapr/dapr-settings';

/** How long a caller waits, and how often it repeats: what Dapr's Resiliency says of calls between sidecars, for direct ones. */
export interface RetryBudget {
  /** Of one attempt. */
  readonly timeout: Duration;
  readonly retries: number;
  readonly interval: Duration;
}

export function retryBudget(edge: CallEdge): RetryBudget {
  const { caller, options } = edge;
  const calls = CALL_SETTINGS.of(caller.group.profile);
  return {
    timeout: options.timeout ?? calls.timeout,
    retries: retriesOf(edge),
    interval: calls.retryInterval,
  };
}

/** Of all attempts, and the waits between them. */
export function totalTimeout({ timeout, retries, interval }: RetryBudget): Duration {
  return Duration.millis(milliseconds(timeout) * (retries + 1) + milliseconds(interval) * retries);
}

/** As both meshes read it: a whole number and its unit. */
export function wholeText(duration: Duration): string {
  const amount = milliseconds(duration);
  const seconds = Duration.millis(amount).toSeconds({ integral: false });
  return Number.isInteger(seconds) ? `${seconds}s` : `${amount}ms`;
}

function milliseconds(duration: Duration): number {
  return Math.ceil(duration.toMilliseconds({ integral: false }));
}
