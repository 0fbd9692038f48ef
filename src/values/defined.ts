/** The fields that are said: one that is set to undefined would otherwise cover what stands below it. */
export function defined<T extends object>(fields: T): T {
  const result = {} as T;
  for (const key of Object.keys(fields) as (keyof T)[]) {
    if (fields[key] !== undefined) {
      result[key] = fields[key];
    }
  }
  return result;
}
