/** Text that is equal for equal data, and for no other. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => withSortedKeys(each));
}

/** A map with its keys in order, because their order means nothing, and any other value as it is. */
export function withSortedKeys(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)) : value;
}
