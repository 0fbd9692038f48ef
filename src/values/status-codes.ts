import type { Construct } from 'constructs';
import { fail } from './errors';
import { show } from './value-checks';

/** Fails unless the text is a list of status codes and ranges, as Dapr reads it. */
export function statusCodes(where: Construct | string, what: string, text: unknown, least: number, most: number): void {
  const valid = typeof text === 'string' && text.split(',').every((each) => {
    const [, first, last = first] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(each) ?? [];
    return first !== undefined && least <= Number(first) && Number(first) <= Number(last) && Number(last) <= most;
  });
  if (!valid) {
    fail(where, `expected ${what} to be status codes from ${least} to ${most}, got ${show(text)}`, "Write codes and ranges without spaces, such as '4,14' or '502-504'");
  }
}
