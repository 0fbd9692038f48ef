import { binary } from './support/binary';
import { Cluster } from './support/cluster';
import { type Manifest, nameOf } from './support/manifest';
import { eventually } from './support/process';
import { Mesh } from '../../src/mesh';
import { NetworkPolicyEngine } from '../../src/network';
import { meshed, type MeshedProgram } from '../support/meshed';

const CRDS = ['istio.networking.istio.io.yaml', 'istio.security.istio.io.yaml', 'linkerd.policy.linkerd.io.yaml', 'calico.projectcalico.org.yaml'];
const GROUPS = ['networking.istio.io', 'security.istio.io', 'policy.linkerd.io', 'cilium.io', 'projectcalico.org', 'networking.k8s.io'];

const PROGRAMS: Record<string, MeshedProgram> = {
  istio: { changes: { mesh: Mesh.istio({ revision: 'stable', daprControlPlaneAddresses: ['10.96.10.20/32'] }) }, shift: true, fault: true },
  linkerd: { changes: { mesh: Mesh.linkerd() }, shift: true },
  cilium: { changes: { mesh: Mesh.cilium() }, apiAccess: true },
  calico: { changes: { network: { policyEngine: NetworkPolicyEngine.CALICO } }, apiAccess: true },
};

/** The namespaces of a program, under names of its own, and what its mesh and its network plug-in read in them. */
function rendered(name: string): Manifest[] {
  const all: Manifest[] = JSON.parse(JSON.stringify(meshed(PROGRAMS[name])).replaceAll('-qa', `-${name}`));
  return all.filter(({ kind, apiVersion }) => kind === 'Namespace' || GROUPS.includes(apiVersion.split('/')[0]));
}

type Change = (spec: any) => void;

describe.each(['1.36', '1.27'])('on Kubernetes %s, with the CRDs of Istio 1.30, Linkerd 2026.8, Cilium 1.18 and Calico 3.32', (version) => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await Cluster.start(version);
    expect(await cluster.installCrds(...CRDS)).toMatchObject({ status: 0, stderr: '' });
    await cluster.kubectl('create', '-f', await binary('cilium-crd-1.18'));
    // waiting ends at once, with an error, when it has no conditions yet
    await eventually(() => cluster.kubectl('wait', '--for=condition=Established', '--timeout=60s', 'crd/ciliumnetworkpolicies.cilium.io'));
  }, 300_000);
  afterAll(() => cluster?.stop());

  const KINDS: [string, string[]][] = [
    ['istio', ['AuthorizationPolicy', 'DestinationRule', 'Namespace', 'NetworkPolicy', 'PeerAuthentication', 'ServiceEntry', 'Sidecar', 'VirtualService']],
    ['linkerd', ['AuthorizationPolicy', 'HTTPRoute', 'MeshTLSAuthentication', 'Namespace', 'NetworkAuthentication', 'NetworkPolicy', 'Server']],
    ['cilium', ['CiliumNetworkPolicy', 'Namespace', 'NetworkPolicy']],
    ['calico', ['Namespace', 'NetworkPolicy']],
  ];
  test.each(KINDS)('all that %s reads is taken, without a warning, and is not changed when it is applied again', async (name, kinds) => {
    const manifests = rendered(name);
    expect([...new Set(manifests.map(({ kind }) => kind))].sort()).toEqual(kinds);
    const { status, stdout, stderr } = await cluster.apply(manifests);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(manifests.length);
    const again = await cluster.apply(manifests);
    expect(again).toMatchObject({ status: 0, stderr: '', stdout });
    const found = await Promise.all(manifests.filter(({ kind }) => kind !== 'Namespace').map(({ kind, apiVersion, metadata }) =>
      cluster.get(`${kind}.${apiVersion.replace('/', '.').split('.').slice(-1)[0]}.${apiVersion.split('/')[0]}`, metadata.name, '-n', metadata.namespace!)));
    expect(found.filter(({ metadata }) => metadata.generation > 1).map(nameOf)).toEqual([]);
  });

  const REFUSED: [string, string, string, Change, string][] = [
    ['istio', 'misspells who may call', 'AuthorizationPolicy', (spec) => { spec.rules[0].from[0].source.principal = []; }, 'principal: field not declared in schema'],
    ['istio', 'allows by an unknown word', 'AuthorizationPolicy', (spec) => { spec.action = 'PERMIT'; }, 'Unsupported value: "PERMIT"'],
    ['istio', 'is about pods and about a Service', 'AuthorizationPolicy', (spec) => { spec.targetRefs = [{ kind: 'Service', name: 'order' }]; },
      'only one of targetRefs or selector can be set'],
    ['istio', 'selects pods by a pattern', 'AuthorizationPolicy', (spec) => { spec.selector.matchLabels.app = '*'; }, 'wildcard not allowed in label value match'],
    ['istio', 'wants encryption of one port of nobody', 'PeerAuthentication', (spec) => { spec.portLevelMtls = { 8000: { mode: 'STRICT' } }; }, 'portLevelMtls requires selector'],
    ['istio', 'names every host', 'ServiceEntry', (spec) => { spec.hosts = ['*']; }, 'hostname cannot be wildcard'],
    ['istio', 'resolves addresses by DNS', 'ServiceEntry', (spec) => { spec.addresses = ['203.0.113.0/24']; }, 'CIDR addresses are allowed only for NONE/STATIC resolution types'],
    ['istio', 'waits for a time that is none', 'VirtualService', (spec) => { spec.http[0].timeout = 'soon'; }, 'must be a valid duration'],
    ['istio', 'delays for a time that is none', 'VirtualService', (spec) => { spec.http[0].fault.delay.fixedDelay = '0s'; }, 'must be a valid duration'],
    ['istio', 'counts errors over a time that is none', 'DestinationRule', (spec) => { spec.trafficPolicy.outlierDetection.interval = 'often'; }, 'must be a valid duration'],
    ['istio', 'encrypts in an unknown way', 'DestinationRule', (spec) => { spec.trafficPolicy.tls.mode = 'STRICT'; }, 'Unsupported value: "STRICT"'],
    ['istio', 'lets out in an unknown way', 'Sidecar', (spec) => { spec.outboundTrafficPolicy.mode = 'DENY'; }, 'Unsupported value: "DENY"'],
    ['linkerd', 'has no port', 'Server', (spec) => { delete spec.port; }, 'spec.port: Required value'],
    ['linkerd', 'selects no pods', 'Server', (spec) => { delete spec.podSelector; }, 'spec.podSelector: Required value'],
    ['linkerd', 'lists nobody', 'MeshTLSAuthentication', (spec) => { spec.identities = []; }, 'spec.identities in body should have at least 1 items'],
    ['linkerd', 'is about nothing', 'AuthorizationPolicy', (spec) => { delete spec.targetRef; }, 'spec.targetRef: Required value'],
    ['linkerd', 'matches paths in an unknown way', 'HTTPRoute', (spec) => { spec.rules[0].matches[0].path.type = 'Prefix'; }, 'Unsupported value: "Prefix"'],
    ['linkerd', 'has a method that HTTP has not', 'HTTPRoute', (spec) => { spec.rules[0].matches.at(-1).method = 'FETCH'; }, 'Unsupported value: "FETCH"'],
    ['linkerd', 'lists no network', 'NetworkAuthentication', (spec) => { delete spec.networks; }, 'spec.networks: Required value'],
    ['cilium', 'authenticates in an unknown way', 'CiliumNetworkPolicy', (spec) => { spec.ingress[0].authentication.mode = 'strict'; }, 'Unsupported value: "strict"'],
    ['cilium', 'opens a port that is a number', 'CiliumNetworkPolicy', (spec) => { spec.ingress[0].toPorts[0].ports[0].port = 8000; }, 'expected string'],
    ['cilium', 'selects nothing', 'CiliumNetworkPolicy', (spec) => { delete spec.endpointSelector; }, 'spec.endpointSelector: Required value'],
    ['cilium', 'lets out to an unknown part of the cluster', 'CiliumNetworkPolicy', (spec) => { spec.egress = [{ toEntities: ['api-server'] }]; }, 'Unsupported value: "api-server"'],
    ['cilium', 'lets out to a name with a blank', 'CiliumNetworkPolicy', (spec) => { spec.egress = [{ toFQDNs: [{ matchName: 'api payments' }] }]; }, 'matchName'],
  ];
  test.each(REFUSED)('with %s, a document is refused that %s', async (name, _what, kind, change, message) => {
    const candidates = rendered(name).filter((manifest) => manifest.kind === kind && manifest.spec && Object.keys(manifest.spec).length > 0);
    const fitting = candidates.find(({ metadata, spec }) => metadata.name.startsWith('order') && spec.egress === undefined) ?? candidates[0];
    const twin: Manifest = JSON.parse(JSON.stringify(fitting));
    twin.metadata.name = `${twin.metadata.name}-twin`;
    change(twin.spec);
    const { status, stderr } = await cluster.apply([twin]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
  });

  test('with calico, a policy is refused that names ports of a Service', async () => {
    const twin: Manifest = JSON.parse(JSON.stringify(rendered('calico').find(({ apiVersion }) => apiVersion.startsWith('projectcalico'))));
    twin.metadata.name = `${twin.metadata.name}-twin`;
    twin.spec.egress[0].destination.ports = [443];
    const { status, stderr } = await cluster.apply([twin]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('ports and notPorts cannot be specified with services') });
  });
});
