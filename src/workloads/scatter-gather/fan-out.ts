import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { fail } from '../../values/errors';
import { wholeNumber } from '../../values/value-checks';

/**
 * How a root asks its leaves: it is told by environment variables, and does it itself.
 */
export interface FanOutPolicy {
  /**
   * How long the root waits for the answers of its leaves, as `FAN_OUT_TIMEOUT_MS`. At least one millisecond.
   *
   * @default - the profile's `calls.timeout` (30 s)
   */
  readonly timeout?: Duration;

  /**
   * How many leaves must have answered, as `FAN_OUT_REQUIRED`: from 1 to all of them. So many are kept while nodes are drained.
   *
   * @default - all but one, at least one
   */
  readonly required?: number;

  /**
   * After how long a leaf that has not answered is asked a second time, by another connection, as `FAN_OUT_HEDGE_AFTER_MS`. Shorter
   * than the timeout.
   *
   * @default - no leaf is asked twice
   */
  readonly hedgeAfter?: Duration;
}

/** A policy in milliseconds; a type, so that it is no part of the API. */
export type FanOutLimits = {
  readonly timeout: number;
  readonly required: number;
  readonly hedgeAfter?: number;
};

/** The policy over so many leaves; fails where the root could never be content, or would hedge in vain. */
export function fanOutLimits(where: Construct | string, leaves: number, policy: FanOutPolicy, timeout: Duration): FanOutLimits {
  const limits = {
    timeout: milliseconds(where, 'fanOut.timeout', policy.timeout ?? timeout),
    required: wholeNumber(where, policy.required ?? Math.max(1, leaves - 1), 1, leaves, 'fanOut.required'),
    hedgeAfter: policy.hedgeAfter && milliseconds(where, 'fanOut.hedgeAfter', policy.hedgeAfter),
  };
  if (limits.hedgeAfter !== undefined && limits.hedgeAfter >= limits.timeout) {
    fail(where, `fanOut.hedgeAfter ${limits.hedgeAfter} ms is no less than fanOut.timeout ${limits.timeout} ms, so a leaf would be asked again when nobody waits any more`,
      'Hedge earlier, or wait longer');
  }
  return limits;
}

function milliseconds(where: Construct | string, what: string, duration: Duration): number {
  const value = duration.toMilliseconds({ integral: false });
  return Number.isInteger(value) && value >= 1 ? value
    : fail(where, `expected ${what} to be 1 or more whole milliseconds, got ${value} ms`, `Use Duration.millis(${Math.max(1, Math.ceil(value))})`);
}
