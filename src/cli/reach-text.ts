import type { Connection } from './connection';
import type { PolicyDecision } from '../graph/policy-decision';
import type { Reachability } from '../graph/reachability';
import type { Manifest } from '../manifests/manifest';

/** Whether a connection is open, and what decides it at each end. */
export function decisionText(reachability: Reachability, connection: Connection): { readonly text: string; readonly allowed: boolean } {
  const { from, to, port, protocol } = connection;
  const egress = reachability.egressDecision(from, to, port, protocol);
  const ingress = reachability.ingressDecision(from, to, port, protocol);
  const allowed = egress.allowed && ingress.allowed;
  const lines = [
    `${from} ${allowed ? 'reaches' : 'does not reach'} ${to} on ${protocol} ${port}.`,
    ...reasons(`Egress of ${from}`, egress),
    ...reasons(`Ingress of ${to}`, ingress),
  ];
  return { text: lines.map((line) => `${line}\n`).join(''), allowed };
}

function reasons(end: string, { allowed, policies }: PolicyDecision): string[] {
  const reason = policies.length === 0 ? 'is not restricted.' : allowed ? 'is allowed by:' : 'is allowed by none of:';
  return [`${end} ${reason}`, ...policies.map((policy) => `  ${policyText(policy)}`)];
}

function policyText({ kind, name, namespace, place: { file, line } }: Manifest): string {
  return `${kind} ${namespace}/${name}${file === undefined ? '' : ` (${line === undefined ? file : `${file}:${line}`})`}`;
}

/** All connections, one in each line. */
export function matrixText(reachability: Reachability): string {
  return reachability.edges.map((edge) => `${edge}\n`).join('') || 'No workload reaches another.\n';
}

/** The connections that opened and closed between two sets of manifests. */
export function differenceText(before: Reachability, after: Reachability): { readonly text: string; readonly differs: boolean } {
  const [old, now] = [before, after].map(({ edges }) => new Set(edges.map(String)));
  const opened = [...now].filter((edge) => !old.has(edge)).map((edge) => `opened  ${edge}\n`);
  const closed = [...old].filter((edge) => !now.has(edge)).map((edge) => `closed  ${edge}\n`);
  const lines = [...opened, ...closed];
  return { text: lines.join('') || 'No connection opened or closed.\n', differs: lines.length > 0 };
}
