import { Chart, Testing } from 'cdk8s';
import { Checks } from '../../src/checks/checks';
import { Endpoint } from '../../src/graph/endpoint';
import type { ServiceNetworkPolicyProps } from '../../src/network/service-network-policy';
import { ServiceNetworkPolicy } from '../../src/network/service-network-policy';
import { Dapr } from '../../src/values/dapr';
import { NetworkPeer } from '../../src/values/network-peer';
import { findings, group, manifestsOf, service } from '../support/platform';
import { workload } from '../support/workload';

function policy(props: Omit<ServiceNetworkPolicyProps, 'workload'>): any {
  const chart = new Chart(Testing.app(), 'plain');
  new ServiceNetworkPolicy(chart, 'Policy', { workload: workload(chart, 'payment'), ...props });
  return manifestsOf(chart).of('NetworkPolicy')[0];
}

test('a workload may reach some addresses for one reason, in anybody\'s chart', () => {
  expect(policy({ reason: 'payment-provider', egress: [{ peers: [NetworkPeer.cidr('203.0.113.0/24')], ports: [443] }] })).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'payment-payment-provider' },
    spec: {
      podSelector: { matchLabels: { app: 'payment' } },
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 443, protocol: 'TCP' }] }],
    },
  });
});

test('peers and ports are sorted, and no ports are all ports', () => {
  const { spec } = policy({
    reason: 'all',
    ingress: [
      { peers: [NetworkPeer.namespace('zoo'), NetworkPeer.namespace('ant')], ports: [9000, 8000], udp: true },
      { peers: [NetworkPeer.workload('ant', 'bee')], ports: [] },
    ],
  });
  expect(spec.policyTypes).toEqual(['Ingress']);
  expect(spec.ingress).toEqual([
    {
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ant' } } }, { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'zoo' } } }],
      ports: [{ port: 8000, protocol: 'UDP' }, { port: 9000, protocol: 'UDP' }, { port: 8000, protocol: 'TCP' }, { port: 9000, protocol: 'TCP' }],
    },
    { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ant' } }, podSelector: { matchLabels: { app: 'bee' } } }] },
  ]);
});

test.each<[Omit<ServiceNetworkPolicyProps, 'workload'>, string]>([
  [{ reason: 'Payment Provider', egress: [{ peers: [NetworkPeer.namespace('a')], ports: [] }] }, "reason 'Payment Provider' is not a DNS label: it has 'P'. Write 'payment-provider'."],
  [{ reason: 'nothing' }, 'allows nothing, and a policy without rules denies. Name a rule in ingress or egress.'],
  [{ reason: 'nothing', ingress: [], egress: [] }, 'allows nothing, and a policy without rules denies. Name a rule in ingress or egress.'],
  [{ reason: 'all', ingress: [{ peers: [], ports: [8000, 9000] }] }, 'has a rule for ports 8000, 9000 without peers, which would admit everybody. Name the peers of the rule.'],
  [{ reason: 'all', egress: [{ peers: [], ports: [] }] }, 'has a rule for all ports without peers, which would admit everybody. Name the peers of the rule.'],
  [{ reason: 'port', egress: [{ peers: [NetworkPeer.namespace('a')], ports: [70000] }] }, 'expected a whole number from 1 to 65535, got 70000. Use 65535 or less.'],
])('fails on a policy that says the wrong thing: %#', (props, message) => {
  expect(() => policy(props)).toThrow(new Error(`[plain/Policy] ${message}`));
});

describe('a policy for the internet', () => {
  const program = () => {
    const chart = group();
    const crawler = service(chart, 'crawler', { dapr: Dapr.none('it only reads') });
    const own = new ServiceNetworkPolicy(chart, 'Crawling', {
      workload: crawler, reason: 'crawling', egress: [{ peers: [NetworkPeer.internet({ reason: 'it reads the sites of customers' })], ports: [443] }],
    });
    return { chart, own };
  };

  test('lets out to public addresses, and to neither private ones nor the metadata of machines', () => {
    const { reachability } = manifestsOf(program().chart);
    const reaches = (address: string, port = 443) => reachability.leaves(Endpoint.ofPods('core-business-prod', { app: 'crawler' }), Endpoint.ofAddress(address), port);
    expect(['203.0.113.7', '2001:db8::1', '10.1.2.3', '169.254.169.254', 'fd00:ec2::254', '168.63.129.16'].map((address) => reaches(address)))
      .toEqual([true, true, false, false, false, false]);
    expect(reaches('203.0.113.7', 80)).toBe(false);
  });

  test('is a finding with its reason, until it is acknowledged', () => {
    const { chart, own } = program();
    const opened = () => findings(chart).filter((finding) => finding.startsWith('MS-NET-001'));
    expect(opened()).toEqual(['MS-NET-001 [core-business-prod/Crawling/Resource] opens the internet: it reads the sites of customers (/spec/egress/0/to/0/ipBlock)']);
    Checks.of(own).acknowledge('MS-NET-001', { reason: 'the security team agrees' });
    expect(opened()).toEqual([]);
  });
});
