import { NetworkPeer } from '../../src/values/network-peer';

test('a peer is a namespace, a workload, pods of any namespace, or addresses', () => {
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'observing' } };
  expect(NetworkPeer.namespace('shop')._peers).toEqual([{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }]);
  expect(NetworkPeer.workload('shop', 'order')._peers).toEqual([{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, podSelector: { matchLabels: { app: 'order' } } }]);
  expect(NetworkPeer.pods('observing', 'app', ['loki'])._peers).toEqual([{ namespaceSelector, podSelector: { matchLabels: { app: 'loki' } } }]);
  expect(NetworkPeer.pods('observing', 'app', ['b', 'a'])._peers).toEqual([{ namespaceSelector, podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }] } }]);
});

test('pods of different labels are different peers', () => {
  expect(NetworkPeer.pods('a', 'app', ['x'])._key).not.toBe(NetworkPeer.pods('a', 'k8s-app', ['x'])._key);
});

test.each(['10.1.0.0/16', '203.0.113.7/32', 'fd00::/8', '::1/128', '2001:db8:0:0:0:0:0:1/128'])('%s is a range', (cidr) => {
  expect(NetworkPeer.cidr(cidr)._peers).toEqual([{ ipBlock: { cidr } }]);
});

test.each(['10.1.0.0', '10.1.0/16', '10.1.0.256/24', '10.1.0.0/33', '10.1.0.0/08', '0.0.0.0/00', 'example.com/24', 'fd00:::/8', '1:2:3/64', 'fd00::/129', ''])('fails on %s, which is no range', (cidr) => {
  expect(() => NetworkPeer.cidr(cidr)).toThrow(new Error(`NetworkPeer.cidr: expected a range such as 10.1.0.0/16, got '${cidr}'. Write an address, a slash and the number of fixed bits.`));
});

test.each([
  ['203.0.113.10/24', '203.0.113.0/24', 24],
  ['10.1.128.0/16', '10.1.0.0/16', 16],
  ['10.0.0.1/31', '10.0.0.0/31', 31],
  ['2001:db8::1/32', '2001:db8::/32', 32],
  ['fd00:1:2:3:4:5:6:7/127', 'fd00:1:2:3:4:5:6:6/127', 127],
])('fails on %s, which is an address of a range', (cidr, range, bits) => {
  expect(() => NetworkPeer.cidr(cidr)).toThrow(new Error(
    `NetworkPeer.cidr: ${cidr} names an address and not a range, because it has bits after the first ${bits}. Write ${range}.`));
  expect(NetworkPeer.cidr(range)._peers).toEqual([{ ipBlock: { cidr: range } }]);
});

test.each([
  ['0.0.0.0/0', 'holds every address'], ['::/0', 'holds every address'],
  ['0.0.0.0/1', 'holds a large part of all addresses'], ['128.0.0.0/1', 'holds a large part of all addresses'],
  ['64.0.0.0/7', 'holds a large part of all addresses'], ['2000::/3', 'holds a large part of all addresses'],
])('fails on %s, which is the internet or a large part of it', (cidr, problem) => {
  expect(() => NetworkPeer.cidr(cidr)).toThrow(new Error(`NetworkPeer.cidr: ${cidr} ${problem}, so little would be denied. `
    + 'Name the range that is really needed, or use NetworkPeer.internet({ reason }) in a ServiceNetworkPolicy.'));
});

describe('the internet', () => {
  const reason = 'it reads the sites of customers';

  test('is every address but private ones and the metadata of cloud machines', () => {
    expect(NetworkPeer.internet({ reason })._peers).toEqual([
      { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '168.63.129.16/32', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] } },
      { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } },
    ]);
  });

  test('has the exceptions that the program names', () => {
    expect(NetworkPeer.internet({ reason, except: ['169.254.0.0/16'] })._peers).toEqual([{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }, { ipBlock: { cidr: '::/0' } }]);
    expect(NetworkPeer.internet({ reason, except: [] })._key).not.toBe(NetworkPeer.internet({ reason })._key);
  });

  test.each<[any, string]>([
    [undefined, 'expected reason to be text, got undefined. Write it in quotes.'],
    [{ reason: ' ' }, 'reason is empty. Write at least one word.'],
    [{ reason, except: ['10.0.0.1/8'] }, '10.0.0.1/8 names an address and not a range, because it has bits after the first 8. Write 10.0.0.0/8.'],
    [{ reason, except: ['0.0.0.0/0'] }, 'except has 0.0.0.0/0, so no address would be left. Name smaller ranges.'],
  ])('fails: %#', (options, message) => {
    expect(() => NetworkPeer.internet(options)).toThrow(new Error(`NetworkPeer.internet: ${message}`));
  });
});

test('fails on pods that no value selects', () => {
  expect(() => NetworkPeer.pods('a', 'app', [])).toThrow(new Error("NetworkPeer.pods: no value of label 'app' given, so no pod would be selected. Name at least one value."));
});
