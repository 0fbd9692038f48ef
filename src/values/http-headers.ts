import { fail } from './errors';
import type { Place } from './value-checks';
import { show } from './value-checks';

/** Fails on a text that is not the name of a header. */
export function checkHeaderName(where: Place, name: string): void {
  if (!/^[-A-Za-z0-9]+$/.test(name)) {
    fail(where, `${show(name)} is not the name of a header`, "Use letters, digits and '-', such as 'X-Probe'");
  }
}

/** Fails on a value that would begin another header. */
export function checkHeaderValue(where: Place, name: string, value: string): void {
  if (typeof value !== 'string' || !/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value)) {
    fail(where, `the header '${name}' cannot have the value ${show(value)}`, 'Write one line of printable ASCII text');
  }
}

/**
 * Fails on headers of a probe that the API server refuses, and on credentials, which anyone could read in the manifest. A cookie need not be one.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe
 */
export function checkProbeHeaders(where: Place, headers: { readonly [name: string]: string }): void {
  const names = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    checkHeaderName(where, name);
    checkHeaderValue(where, name, value);
    if (/^(?:proxy-)?authorization$/i.test(name)) {
      fail(where, `the header '${name}' is a credential, and everyone who may read the manifest would see it`, 'Serve the path of the probe without authentication');
    }
    if (names.has(name.toLowerCase())) {
      fail(where, `has the header '${name}' twice, because case does not matter`, 'Remove one of them');
    }
    names.add(name.toLowerCase());
  }
}
