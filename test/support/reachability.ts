import type { Manifests } from './platform';

/** Pods of a service, as policies select them. */
export interface Pods {
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

type Direction = 'egress' | 'ingress';

/** Whether the policies of one end, read as Kubernetes reads them, allow a TCP connection. */
export function allows(manifests: Manifests, direction: Direction, self: Pods, peer: Pods, port: number): boolean {
  return manifests.of('NetworkPolicy')
    .filter(({ metadata, spec }) => metadata.namespace === self.namespace && selects(spec.podSelector, self.labels))
    .flatMap(({ spec }) => spec[direction] ?? [])
    .some((rule: any) => portFits(rule, port) && peerFits(manifests, rule[direction === 'egress' ? 'to' : 'from'], peer));
}

function portFits({ ports }: any, port: number): boolean {
  return ports === undefined || ports.some((each: any) => each.port === port && each.protocol === 'TCP');
}

function peerFits(manifests: Manifests, peers: any[] | undefined, { namespace, labels }: Pods): boolean {
  const namespaceLabels = { ...manifests.find('Namespace', namespace)?.metadata.labels, 'kubernetes.io/metadata.name': namespace };
  return peers === undefined || peers.some(({ namespaceSelector, podSelector, ipBlock }) => ipBlock === undefined
    && selects(namespaceSelector ?? { matchLabels: { never: 'selected' } }, namespaceLabels) && selects(podSelector ?? {}, labels));
}

function selects({ matchLabels = {}, matchExpressions = [] }: any, labels: Record<string, string>): boolean {
  return Object.entries(matchLabels).every(([name, value]) => labels[name] === value)
    && matchExpressions.every(({ key, operator, values }: any) => operator === 'In' && values.includes(labels[key]));
}
