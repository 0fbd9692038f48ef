import { bitsOf } from '../values/address-bits';

/**
 * Whether an IPv4 or IPv6 address is in a range such as `10.0.0.0/8`. What is neither an address nor a range contains nothing.
 *
 * @internal
 */
export function isInRange(address: string, range: string): boolean {
  const [base, length] = range.split('/');
  const [one, other] = [bitsOf(address), bitsOf(base)];
  const fixed = length === undefined ? other?.length : Number(length);
  return one !== undefined && one.length === other?.length && one.slice(0, fixed) === other.slice(0, fixed);
}
