/** What `frozen` returned, at every depth. */
const FROZEN = new WeakSet<object>();

/**
 * Computes a value once for each key. Services share values that depend on the profile alone.
 *
 * The value is frozen, because all services get the same one.
 */
export function shared<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    if (!known.has(key)) {
      known.set(key, frozen(compute(key)));
    }
    return known.get(key)!;
  };
}

/** Makes plain data immutable at every depth, and returns it. Rendering copies and prints it once. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype)) {
    Object.values(value).forEach(frozen);
    FROZEN.add(Object.freeze(value));
  }
  return value;
}

/** Whether a value is a result of `frozen` or part of one. */
export function isFrozen(value: object): boolean {
  return FROZEN.has(value);
}
