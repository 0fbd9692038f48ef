/** The fields that are said: one that is set to undefined would otherwise cover what stands below it. */
export function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
