import { section } from '../profile/section';
import { wholeNumber } from '../values/value-checks';

/**
 * Where a pod may be placed.
 */
export interface SpreadSettings {
  /** How many more pods one zone, or one node, may have than another. */
  readonly maxSkew?: number;
  /** The weight of the wish to share no node with a pod of the same service: 1 to 100. */
  readonly antiAffinityWeight?: number;
}

/** Where a pod may be placed. */
export const SPREAD_SETTINGS = section<Required<SpreadSettings>>('spread', () => ({ maxSkew: 1, antiAffinityWeight: 100 }), {
  check: (where, { maxSkew, antiAffinityWeight }) => {
    wholeNumber(where, maxSkew, 1, undefined, 'spread.maxSkew');
    wholeNumber(where, antiAffinityWeight, 1, 100, 'spread.antiAffinityWeight');
  },
});
