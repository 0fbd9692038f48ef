import { fail } from './errors';
import { isLabelValue, isQualifiedName } from './labels';
import { oneOf } from './one-of';
import type { Place } from './value-checks';
import { show } from './value-checks';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

interface Toleration {
  readonly key: string;
  readonly operator: 'Equal' | 'Exists';
  readonly value?: string;
  readonly effect?: string;
}

/**
 * The toleration of a taint, in the notation of `kubectl taint`: `dedicated=gpu:NoSchedule`. Without a value, every value is tolerated, and
 * without an effect, every effect.
 */
export function tolerationOf(where: Place, taint: string): Toleration {
  const [, key, value, effect] = /^([^=:]*)(?:=([^:]*))?(?::(.*))?$/.exec(typeof taint === 'string' ? taint : '') ?? [];
  if (key === undefined || !isQualifiedName(key) || (value !== undefined && !isLabelValue(value))) {
    return fail(where, `${show(taint)} is not a taint`, "Write key, value and effect, such as 'dedicated=gpu:NoSchedule', or the key alone");
  }
  return {
    key,
    ...value === undefined ? { operator: 'Exists' } : { operator: 'Equal', value },
    ...effect === undefined ? {} : { effect: oneOf(where, `the effect of the taint '${key}'`, effect, EFFECTS) },
  };
}
