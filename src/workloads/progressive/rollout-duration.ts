/** As Go reads it, or a number of seconds. */
export function isDuration(duration: unknown): boolean {
  return typeof duration === 'number' ? Number.isInteger(duration) && duration > 0 : /^(?:[0-9]+(?:s|m|h))+$|^[1-9][0-9]*$/.test(String(duration)) && /[1-9]/.test(String(duration));
}
