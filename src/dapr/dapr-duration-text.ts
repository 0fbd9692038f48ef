import type { Duration } from 'cdk8s';
import { shared } from '../values/shared';

/** As Go reads it. */
export const durationText = shared((duration: Duration) => `${duration.toSeconds({ integral: false })}s`);
