import type { Manifest } from '../../manifests/manifest';
import type { IRule } from '../rule';
import { Severity } from '../severity';
import type { Violation } from '../violation';

/** The annotation of a NetworkPolicy with the reasons to open the internet. */
export const INTERNET_REASON = 'cdk8s-microservices/internet';

/** The longest prefix of a range that is a large part of all addresses. */
const LONGEST_PREFIX = { v4: 7, v6: 6 };

export const OPEN_INTERNET: IRule = {
  id: 'MS-NET-001',
  severity: Severity.WARNING,
  why: 'A NetworkPolicy opens the whole internet, so a pod that is taken over can send data anywhere.',
  fix: 'Name ranges, or hosts by ExternalService.fromHost(). Acknowledge it with the reason otherwise.',
  check: (manifests) => manifests.of('NetworkPolicy', 'networking.k8s.io')
    .flatMap((manifest) => [...violations(manifest, 'egress', 'to'), ...violations(manifest, 'ingress', 'from')].slice(0, 1)),
};

function violations(manifest: Manifest, direction: 'egress' | 'ingress', end: 'to' | 'from'): Violation[] {
  const rules: any[] = manifest.json.spec?.[direction] ?? [];
  const reason = manifest.annotations[INTERNET_REASON];
  return rules.flatMap((rule, index) => ((rule?.[end] ?? []) as any[]).flatMap((peer, place): Violation[] => !isWide(peer?.ipBlock?.cidr) ? []
    : [{ manifest, field: `/spec/${direction}/${index}/${end}/${place}/ipBlock`, ...reason === undefined ? {} : { problem: `opens the internet: ${reason}` } }]));
}

function isWide(cidr: unknown): boolean {
  const [, prefix] = typeof cidr === 'string' ? cidr.split('/') : [];
  return prefix !== undefined && Number(prefix) <= (String(cidr).includes(':') ? LONGEST_PREFIX.v6 : LONGEST_PREFIX.v4);
}
