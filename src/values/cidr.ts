import { bitsOf } from './address-bits';
import { fail } from './errors';
import type { Place } from './value-checks';
import { show } from './value-checks';

/**
 * A range of addresses in CIDR notation, such as `10.1.0.0/16`.
 *
 * Fails on an address with bits after the prefix. Kubernetes 1.36 refuses it, and earlier versions treat it in different ways.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#ipblock-v1-networking-k8s-io
 */
export function cidrRange(where: string, cidr: string): string {
  const range = parse(cidr);
  if (!range) {
    return fail(where, `expected a range such as 10.1.0.0/16, got ${show(cidr)}`, 'Write an address, a slash and the number of fixed bits');
  }
  const { bits, prefix } = range;
  if (bits.includes('1', prefix)) {
    fail(where, `${cidr} names an address and not a range, because it has bits after the first ${prefix}`,
      `Write ${print(bits.slice(0, prefix).padEnd(bits.length, '0'))}/${prefix}`);
  }
  return cidr;
}

/** An address without a prefix, such as `10.1.0.4`. */
export function ipAddress(where: Place, what: string, address: string): string {
  return parse(`${address}/0`) ? address : fail(where, `expected ${what} as an IP address, got ${show(address)}`, "Write an address such as '10.1.0.4'");
}

/** Numbers without leading zeros. */
const IPV4 = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;
/** Groups of hexadecimal digits alone; `::` stands for one of eight groups at least. */
const IPV6 = /^[0-9a-fA-F:]+$/;

/** The bits of the address, and how many of them all addresses of the range share. */
function parse(cidr: unknown): { bits: string; prefix: number } | undefined {
  const [address, length, ...rest] = typeof cidr === 'string' ? cidr.split('/') : [];
  if (length === undefined || rest.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(length)) {
    return undefined;
  }
  const isWritten = IPV4.test(address) || (IPV6.test(address) && !(address.includes('::') && address.split(':').filter((group) => group !== '').length > 7));
  const bits = isWritten ? bitsOf(address) : undefined;
  return bits !== undefined && Number(length) <= bits.length ? { bits, prefix: Number(length) } : undefined;
}

function print(bits: string): string {
  const numbers = (bits.match(bits.length === 32 ? /.{8}/g : /.{16}/g) ?? []).map((each) => parseInt(each, 2));
  return numbers.length === 4 ? numbers.join('.') : numbers.map((number) => number.toString(16)).join(':').replace(/(?::0)+$/, '::');
}
