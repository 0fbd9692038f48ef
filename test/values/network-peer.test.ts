import { NetworkPeer } from '../../src/values/network-peer';

test('a peer is a namespace, a workload, pods of any namespace, or addresses', () => {
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'observing' } };
  expect(NetworkPeer.namespace('shop')._peer).toEqual({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } });
  expect(NetworkPeer.workload('shop', 'order')._peer).toEqual({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, podSelector: { matchLabels: { app: 'order' } } });
  expect(NetworkPeer.pods('observing', 'app', ['loki'])._peer).toEqual({ namespaceSelector, podSelector: { matchLabels: { app: 'loki' } } });
  expect(NetworkPeer.pods('observing', 'app', ['b', 'a'])._peer).toEqual({ namespaceSelector, podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }] } });
});

test('pods of different labels are different peers', () => {
  expect(NetworkPeer.pods('a', 'app', ['x'])._key).not.toBe(NetworkPeer.pods('a', 'k8s-app', ['x'])._key);
});

test.each(['10.1.0.0/16', '203.0.113.7/32', 'fd00::/8', '::1/128', '2001:db8:0:0:0:0:0:1/128'])('%s is a range', (cidr) => {
  expect(NetworkPeer.cidr(cidr)._peer).toEqual({ ipBlock: { cidr } });
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
  expect(NetworkPeer.cidr(range)._peer).toEqual({ ipBlock: { cidr: range } });
});

test.each(['0.0.0.0/0', '::/0'])('fails on %s, which is everybody', (cidr) => {
  expect(() => NetworkPeer.cidr(cidr)).toThrow(new Error(`NetworkPeer.cidr: ${cidr} holds every address, so nothing would be denied. Name the range that is really needed.`));
});

test('fails on pods that no value selects', () => {
  expect(() => NetworkPeer.pods('a', 'app', [])).toThrow(new Error("NetworkPeer.pods: no value of label 'app' given, so no pod would be selected. Name at least one value."));
});
