import type { Construct } from 'constructs';
import { fail } from './errors';
import { dnsSubdomain, show } from './value-checks';

const WILDCARD = '*.';
/** Names of objects are made of a hostname and of the gateway's name, at most 63 characters, and have 253. */
const LONGEST_HOSTNAME = 180;

/** The host by which clients know a service: a domain name, whose first part may be `*`. */
export function checkHostname(where: Construct | string, hostname: string): string {
  if (typeof hostname !== 'string' || hostname.includes('/') || hostname.includes(':')) {
    fail(where, `${show(hostname)} is not a hostname`, "Write the name alone, without a scheme and a port, such as 'api.example.com'");
  }
  const bare = hostname.startsWith(WILDCARD) ? hostname.slice(WILDCARD.length) : hostname;
  if (bare.includes('*')) {
    fail(where, `${show(hostname)} has '*' in another place than its first part, which no gateway and no certificate knows`, "Write '*.example.com', which takes all names below example.com");
  }
  dnsSubdomain(where, 'hostname', bare);
  if (hostname.length > LONGEST_HOSTNAME) {
    fail(where, `hostname ${show(hostname)} has ${hostname.length} characters, and ${LONGEST_HOSTNAME} are the most`, 'Shorten it');
  }
  if (!bare.includes('.')) {
    fail(where, `${show(hostname)} has a single ${hostname === bare ? '' : 'fixed '}part, and nobody issues a certificate for it`, "Write a whole domain name, such as 'api.example.com'");
  }
  if (/^[0-9.]+$/.test(bare)) {
    fail(where, `${show(hostname)} is an address, and not a hostname`, "Write a domain name, such as 'api.example.com'");
  }
  return hostname;
}

export function isWildcard(hostname: string): boolean {
  return hostname.startsWith(WILDCARD);
}

/** Whether every name that one stands for is also one of the other. */
export function covers(wide: string, narrow: string): boolean {
  return wide === narrow || (isWildcard(wide) && narrow.endsWith(wide.slice(1)));
}

/** As a part of the name of an object, which may hold no `*`. */
export function hostnameInName(hostname: string): string {
  return isWildcard(hostname) ? `wildcard.${hostname.slice(WILDCARD.length)}` : hostname;
}
