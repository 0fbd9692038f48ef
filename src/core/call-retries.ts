import type { CallEdge } from './edges';
import { CALL_SETTINGS } from '../dapr/dapr-settings';

/** @see https://www.rfc-editor.org/rfc/rfc9110.html#section-9.2.2 */
const IDEMPOTENT_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PUT'];

/** How often a failed call is repeated. A call that may do its work twice is sent once. */
export function retriesOf({ caller, options }: CallEdge): number {
  const calls = CALL_SETTINGS.of(caller.group.profile);
  const { retries, methods } = options;
  const repeatable = options.idempotent
    ?? (retries !== undefined || (methods?.every((method) => IDEMPOTENT_METHODS.includes(method)) ?? calls.idempotent));
  return repeatable ? retries ?? calls.retries : 0;
}
