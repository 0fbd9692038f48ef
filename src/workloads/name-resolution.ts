import type { Construct } from 'constructs';
import type { WorkloadProps } from './workload-props';
import type * as k8s from '../../imports/k8s';
import { ipAddress } from '../values/cidr';
import { fail } from '../values/errors';
import { dnsSubdomain, show } from '../values/value-checks';

/** What the API server accepts. */
const MOST_SEARCHES = 32;

/** How pods resolve host names. */
export function nameResolution(where: Construct, { hostAliases = {}, dnsSearches = [], dnsOptions = {} }: WorkloadProps): Pick<k8s.PodSpec, 'hostAliases' | 'dnsConfig'> {
  const aliases = Object.entries(hostAliases).map(([ip, hostnames]) => ({
    ip: ipAddress(where, 'each key of hostAliases', ip),
    hostnames: hostnames.map((name) => dnsSubdomain(where, `a host name of ${ip}`, name)),
  }));
  const empty = aliases.find(({ hostnames }) => hostnames.length === 0);
  if (empty) {
    fail(where, `hostAliases has no host name for ${empty.ip}`, 'Name at least one, or leave the address out');
  }
  const hasDns = dnsSearches.length + Object.keys(dnsOptions).length > 0;
  return {
    hostAliases: aliases.length > 0 ? aliases : undefined,
    dnsConfig: hasDns ? { searches: searches(where, dnsSearches), options: options(where, dnsOptions) } : undefined,
  };
}

function searches(where: Construct, domains: readonly string[]): string[] | undefined {
  if (domains.length > MOST_SEARCHES) {
    fail(where, `has ${domains.length} dnsSearches, and Kubernetes accepts ${MOST_SEARCHES} at most`, 'Leave some out');
  }
  return domains.length > 0 ? domains.map((domain) => dnsSubdomain(where, 'each of dnsSearches', domain)) : undefined;
}

function options(where: Construct, given: { readonly [name: string]: string }): k8s.PodDnsConfigOption[] | undefined {
  const list = Object.entries(given).map(([name, value]) => {
    if (!/^[a-z][a-z0-9-]*$/.test(name) || typeof value !== 'string' || !/^[0-9]*$/.test(value)) {
      fail(where, `dnsOptions has ${show(name)} with the value ${show(value)}, which is no option of a resolver`, "Write such as { ndots: '2' }, and '' for an option without a value");
    }
    return value === '' ? { name } : { name, value };
  });
  return list.length > 0 ? list : undefined;
}
