import { DEFAULT_NAMESPACE } from './endpoint';
import type { PeerSet, PeerSets } from './peer-sets';
import type { Policy, PolicyRule, RulePort } from './policy';
import { everyPort, Protocol } from './ports';
import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';

/**
 * The NetworkPolicies of a set, read as the API server reads them: defaults of `policyTypes` and `protocol` included.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export function networkPolicies(manifests: ManifestSet, sets: PeerSets): Policy[] {
  return manifests.of('NetworkPolicy', 'networking.k8s.io').map((manifest) => read(manifest, sets));
}

function read(source: Manifest, sets: PeerSets): Policy {
  const { namespace = DEFAULT_NAMESPACE, spec } = source;
  const types: string[] = spec.policyTypes?.length > 0 ? spec.policyTypes : ['Ingress', ...spec.egress?.length > 0 ? ['Egress'] : []];
  const rules = (list: any[] | null | undefined, peers: 'from' | 'to') => (list ?? []).map((rule): PolicyRule => (
    { peers: peersOf(rule?.[peers], namespace, sets), ports: portsOf(rule?.ports) }));
  return {
    source,
    namespace,
    pods: sets.podsOf(namespace, spec.podSelector ?? {}),
    ingress: types.includes('Ingress') ? rules(spec.ingress, 'from') : undefined,
    egress: types.includes('Egress') ? rules(spec.egress, 'to') : undefined,
  };
}

/** No list, and an empty one, are everybody. A peer that names nothing is nobody: the API server refuses it. */
function peersOf(peers: any[] | null | undefined, namespace: string, sets: PeerSets): PeerSet[] {
  return (peers?.length ?? 0) === 0 ? [sets.everything] : peers!.flatMap(({ ipBlock, namespaceSelector, podSelector }) =>
    ipBlock ? sets.range(ipBlock.cidr, ipBlock.except)
      : namespaceSelector ? sets.podsOfNamespaces(namespaceSelector, podSelector ?? {})
        : podSelector ? sets.podsOf(namespace, podSelector) : []);
}

function portsOf(ports: any[] | null | undefined): RulePort[] | undefined {
  return (ports?.length ?? 0) === 0 ? undefined : ports!.map(({ port, endPort, protocol = Protocol.TCP }): RulePort =>
    port === undefined || port === null ? everyPort(protocol)
      : typeof port === 'string' ? { name: port, protocol } : { protocol, first: port, last: endPort ?? port });
}
