import type { Construct } from 'constructs';
import { dnsLabel } from '../values/value-checks';

/** The most characters that Helm takes in the name of a release, because charts append to it. */
const LONGEST_RELEASE = 53;

/** Fails where Helm could not name a release so, and Argo CD could not render its chart. */
export function releaseName(where: Construct, what: string, name: string): string {
  return dnsLabel(where, what, name, LONGEST_RELEASE);
}
