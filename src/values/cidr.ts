import { fail } from './errors';
import { show } from './value-checks';

/** An address range as numbers: 4 of 8 bits for IPv4, 8 of 16 bits for IPv6. */
interface Range {
  readonly numbers: readonly number[];
  /** How many bits all addresses of the range share. */
  readonly bits: number;
}

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
  const network = { ...range, numbers: range.numbers.map((number, index) => number - number % freeValues(range, index)) };
  if (network.numbers.some((number, index) => number !== range.numbers[index])) {
    fail(where, `${cidr} names an address and not a range, because it has bits after the first ${range.bits}`, `Write ${print(network)}`);
  }
  return cidr;
}

function parse(cidr: unknown): Range | undefined {
  const [address, bits, ...rest] = typeof cidr === 'string' ? cidr.split('/') : [];
  if (bits === undefined || rest.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(bits)) {
    return undefined;
  }
  const numbers = address.includes(':') ? ipv6(address) : ipv4(address);
  return numbers && Number(bits) <= numbers.length * width({ numbers }) ? { numbers, bits: Number(bits) } : undefined;
}

function ipv4(address: string): number[] | undefined {
  const parts = address.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255) ? parts.map(Number) : undefined;
}

function ipv6(address: string): number[] | undefined {
  const halves = address.split('::').map((half) => half === '' ? [] : half.split(':'));
  const groups = halves.flat();
  const missing = 8 - groups.length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0) || !groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) {
    return undefined;
  }
  const [before, after = []] = halves;
  return [...before, ...Array.from({ length: missing }, () => '0'), ...after].map((group) => parseInt(group, 16));
}

function width({ numbers }: Pick<Range, 'numbers'>): number {
  return numbers.length === 4 ? 8 : 16;
}

/** How many values a number has that differs only in bits after the prefix. */
function freeValues(range: Range, index: number): number {
  const size = width(range);
  return 2 ** Math.min(size, Math.max(0, (index + 1) * size - range.bits));
}

function print({ numbers, bits }: Range): string {
  const address = numbers.length === 4 ? numbers.join('.') : numbers.map((number) => number.toString(16)).join(':').replace(/(?::0)+$/, '::');
  return `${address}/${bits}`;
}
