/**
 * The protocol of a connection.
 */
export enum Protocol {
  /** TCP. */
  TCP = 'TCP',
  /** UDP. */
  UDP = 'UDP',
  /** SCTP. */
  SCTP = 'SCTP',
}

/**
 * Consecutive ports of one protocol.
 */
export interface PortRange {
  /** The protocol. */
  readonly protocol: Protocol;

  /** The first port, 1 to 65535. */
  readonly first: number;

  /** The last port, at least `first`. */
  readonly last: number;
}

const HIGHEST_PORT = 65535;

/** @internal */
export const PROTOCOLS: readonly Protocol[] = [Protocol.TCP, Protocol.UDP, Protocol.SCTP];

/** @internal */
export const ALL_PORTS: readonly PortRange[] = PROTOCOLS.map(everyPort);

/** @internal */
export function everyPort(protocol: Protocol): PortRange {
  return { protocol, first: 1, last: HIGHEST_PORT };
}

/**
 * The ports of all ranges, as the fewest ranges, by protocol and number.
 *
 * @internal
 */
export function union(ranges: readonly PortRange[]): PortRange[] {
  return PROTOCOLS.flatMap((protocol) => {
    const joined: PortRange[] = [];
    for (const range of ranges.filter((each) => each.protocol === protocol).sort((a, b) => a.first - b.first)) {
      const before = joined.at(-1);
      if (before && range.first <= before.last + 1) {
        joined[joined.length - 1] = { ...before, last: Math.max(before.last, range.last) };
      } else {
        joined.push(range);
      }
    }
    return joined;
  });
}

/**
 * The ports that are in both lists.
 *
 * @internal
 */
export function intersection(one: readonly PortRange[], other: readonly PortRange[]): PortRange[] {
  return union(one.flatMap((a) => other.filter(({ protocol }) => protocol === a.protocol)
    .map((b) => ({ protocol: a.protocol, first: Math.max(a.first, b.first), last: Math.min(a.last, b.last) }))
    .filter(({ first, last }) => first <= last)));
}

/** @internal */
export function includesPort(ranges: readonly PortRange[], port: number, protocol: Protocol): boolean {
  return ranges.some((range) => range.protocol === protocol && range.first <= port && port <= range.last);
}

/** Ranges as text, such as `TCP 8000, TCP 9000-9010`. @internal */
export function portsText(ranges: readonly PortRange[]): string {
  return ranges.map(({ protocol, first, last }) => `${protocol} ${first === last ? first : `${first}-${last}`}`).join(', ');
}
