import type { Endpoint } from './endpoint';
import { DEFAULT_NAMESPACE } from './endpoint';
import type { PeerSet, PeerSets } from './peer-sets';
import type { Policy, PolicyRule, RulePort } from './policy';
import { everyPort, Protocol, PROTOCOLS } from './ports';
import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';
import { selects } from '../manifests/selector';

/** Where Cilium keeps facts of a pod that are no labels of it. */
const [POD_NAMESPACE, NAMESPACE_LABELS, ACCOUNT] = ['io.kubernetes.pod.namespace', 'io.cilium.k8s.namespace.labels.', 'io.cilium.k8s.policy.serviceaccount'];

/** The kinds of peers, without their `from` or `to`. */
const PEERS = ['Endpoints', 'Entities', 'CIDR', 'CIDRSet', 'FQDNs', 'Services', 'Groups', 'Nodes', 'Requires'];

/** Whether a policy denies something, which this reader does not evaluate. */
export function denies(manifest: Manifest): boolean {
  return specsOf(manifest).some(({ ingressDeny, egressDeny }) => (ingressDeny ?? egressDeny) !== undefined);
}

/**
 * The CiliumNetworkPolicies of a set. They add to the NetworkPolicies of the same pods. Host names are no endpoints, so rules for them
 * allow nothing here.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/
 */
export function ciliumPolicies(manifests: ManifestSet, sets: PeerSets): Policy[] {
  return manifests.of('CiliumNetworkPolicy', 'cilium.io').flatMap((manifest) => specsOf(manifest).map((spec): Policy => {
    const { namespace = DEFAULT_NAMESPACE } = manifest;
    const rules = (list: any[] | undefined, way: 'from' | 'to') => list && list.length > 0 ? list.map((rule) => rulesOf(rule, way, namespace, sets)).flat() : undefined;
    return {
      source: manifest,
      namespace,
      pods: endpoints(spec.endpointSelector ?? {}, namespace, sets),
      ingress: rules(spec.ingress, 'from'),
      egress: rules(spec.egress, 'to'),
    };
  }));
}

function specsOf({ json }: Manifest): any[] {
  return [...json.spec ? [json.spec] : [], ...json.specs ?? []];
}

/** Each list of ports has requests of its own. */
function rulesOf(rule: any, way: 'from' | 'to', namespace: string, sets: PeerSets): PolicyRule[] {
  const peers = peersOf(rule, way, namespace, sets);
  return (rule.toPorts ?? [{}]).map(({ ports, rules }: any): PolicyRule => ({ peers, ports: ports && portsOf(ports), requests: rules?.http }));
}

function peersOf(rule: any, way: 'from' | 'to', namespace: string, sets: PeerSets): PeerSet[] {
  if (PEERS.every((kind) => rule[`${way}${kind}`] === undefined)) {
    // an empty rule only makes Cilium deny the rest
    return rule.toPorts ? [sets.everything] : [];
  }
  const listed = (kind: string): any[] => rule[`${way}${kind}`] ?? [];
  return [
    ...listed('Endpoints').map((selector) => endpoints(selector, namespace, sets)),
    ...listed('Entities').flatMap((entity: string) => entities(entity, sets)),
    ...listed('CIDR').map((cidr: string) => sets.range(cidr)),
    ...listed('CIDRSet').map(({ cidr, except }: any) => sets.range(cidr, except)),
  ];
}

function entities(entity: string, sets: PeerSets): PeerSet[] {
  switch (entity) {
    case 'all':
      return [sets.everything];
    case 'cluster':
      return [sets.podsOfNamespaces({}, {})];
    case 'world':
      return [sets.range('0.0.0.0/0'), sets.range('::/0')];
    default:
      return [];
  }
}

function portsOf(ports: any[]): RulePort[] {
  return ports.flatMap(({ port, endPort, protocol = 'ANY' }) => (protocol === 'ANY' ? PROTOCOLS : [protocol as Protocol]).map((each): RulePort =>
    !/^\d+$/.test(port) ? { name: port, protocol: each } : Number(port) === 0 ? everyPort(each) : { protocol: each, first: Number(port), last: endPort ?? Number(port) }));
}

/** The selector of a policy means pods of its own namespace, unless it names another. */
function endpoints(selector: any, namespace: string, sets: PeerSets): PeerSet {
  const { matchLabels = {}, matchExpressions = [] } = withoutSources(selector);
  const { [POD_NAMESPACE]: named, ...labels } = matchLabels;
  const expressed: string[] = matchExpressions.map(({ key }: any) => key);
  if ([...Object.keys(labels), ...expressed].every((key) => !key.startsWith('io.cilium.') && key !== POD_NAMESPACE)) {
    return sets.podsOf(named ?? namespace, { matchLabels: labels, matchExpressions });
  }
  const isOwn = ![...Object.keys(matchLabels), ...expressed].some((key) => key === POD_NAMESPACE || key.startsWith(NAMESPACE_LABELS));
  const contains = (endpoint: Endpoint): boolean => endpoint.namespace !== undefined && (!isOwn || endpoint.namespace === namespace)
    && selects({ matchLabels, matchExpressions }, labelsOf(endpoint, sets));
  return sets.once(['cilium', isOwn && namespace, matchLabels, matchExpressions], () => ({ contains, members: sets.everything.members.filter(contains) }));
}

/** The keys of a selector may say where a label is from: `k8s:app`. */
function withoutSources({ matchLabels = {}, matchExpressions = [] }: any): any {
  const bare = (key: string) => key.replace(/^(?:k8s|any):/, '');
  return {
    matchLabels: Object.fromEntries(Object.entries(matchLabels).map(([key, value]) => [bare(key), value])),
    matchExpressions: matchExpressions.map((expression: any) => ({ ...expression, key: bare(expression.key) })),
  };
}

function labelsOf(endpoint: Endpoint, sets: PeerSets): { readonly [name: string]: string } {
  const { labels, namespace, _template: { spec } } = endpoint;
  const prefixed = Object.entries(sets.labelsOf(namespace!)).map(([name, value]) => [`${NAMESPACE_LABELS}${name}`, value]);
  return { ...labels, ...Object.fromEntries(prefixed), [POD_NAMESPACE]: namespace!, ...spec && { [ACCOUNT]: spec.serviceAccountName ?? 'default' } };
}
