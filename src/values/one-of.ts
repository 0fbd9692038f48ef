import type { Construct } from 'constructs';
import { fail, nearest } from './errors';
import { show } from './value-checks';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'];
export const APP_PROTOCOLS = ['http', 'https', 'h2c', 'grpc', 'grpcs'];
export const POD_SECURITY_LEVELS = ['privileged', 'baseline', 'restricted'];

/**
 * One of a few words.
 */
export function oneOf(where: Construct | string, what: string, value: string, known: readonly string[]): string {
  if (known.includes(value)) {
    return value;
  }
  const near = nearest(value, known);
  return fail(where, `expected ${what} to be one of ${known.join(', ')}, got ${show(value)}`, `Use '${near ?? known[0]}'`);
}
