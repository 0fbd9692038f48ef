import type { Duration } from 'cdk8s';

/** As Go reads it. */
export function durationText(duration: Duration): string {
  return `${duration.toSeconds({ integral: false })}s`;
}
