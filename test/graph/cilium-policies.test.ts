import { ALL, edgesOf, namespace, policy, reachabilityOf, workload } from './manifests';
import { Endpoint } from '../../src/graph/endpoint';
import { Protocol } from '../../src/graph/ports';

const WEB = workload('web', 'shop');
const CART = workload('cart', 'shop', { ports: { http: 8000, admin: 9000 }, spec: { serviceAccountName: 'cart' } });
const AUTH = workload('auth', 'platform', { spec: { serviceAccountName: 'auth' } });

function cilium(spec: object): any {
  return { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'policy', namespace: 'shop' }, spec };
}

/** What a policy for the ingress of `cart` lets in. */
const into = (...ingress: object[]) => edgesOf(WEB, CART, AUTH, namespace('platform', { team: 'platform' }), cilium({ endpointSelector: { matchLabels: { 'k8s:app': 'cart' } }, ingress }))
  .filter((edge) => edge.includes('-> shop/cart'));

test.each<[string, object[], string[]]>([
  ['an empty rule allows nobody', [{}], []],
  ['an empty list of endpoints is nobody', [{ fromEndpoints: [] }], []],
  ['an empty selector is all pods of the namespace', [{ fromEndpoints: [{}] }], [`shop/cart -> shop/cart ${ALL}`, `shop/web -> shop/cart ${ALL}`]],
  ['labels mean pods of the namespace', [{ fromEndpoints: [{ matchLabels: { app: 'web' } }, { matchLabels: { app: 'auth' } }] }], [`shop/web -> shop/cart ${ALL}`]],
  ['the label of the namespace means pods of another', [{ fromEndpoints: [{ matchLabels: { 'app': 'auth', 'k8s:io.kubernetes.pod.namespace': 'platform' } }] }],
    [`platform/auth -> shop/cart ${ALL}`]],
  ['an expression for the namespace means pods of all', [{ fromEndpoints: [{ matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] }] }],
    [`platform/auth -> shop/cart ${ALL}`, `shop/cart -> shop/cart ${ALL}`, `shop/web -> shop/cart ${ALL}`]],
  ['labels of namespaces', [{ fromEndpoints: [{ matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.team': 'platform' } }] }], [`platform/auth -> shop/cart ${ALL}`]],
  ['service accounts', [{ fromEndpoints: [{ matchLabels: { 'io.cilium.k8s.policy.serviceaccount': 'cart' } }] }], [`shop/cart -> shop/cart ${ALL}`]],
  ['the entity cluster is all pods', [{ fromEntities: ['cluster'], toPorts: [{ ports: [{ port: '8000', protocol: 'TCP' }] }] }],
    ['platform/auth -> shop/cart TCP 8000', 'shop/cart -> shop/cart TCP 8000', 'shop/web -> shop/cart TCP 8000']],
  ['other entities are no pods', [{ fromEntities: ['world', 'host', 'kube-apiserver'] }, { fromCIDR: ['0.0.0.0/0'] }], []],
  ['a rule of ports alone allows everybody', [{ toPorts: [{ ports: [{ port: 'admin', protocol: 'TCP' }] }] }],
    ['platform/auth -> shop/cart TCP 9000', 'shop/cart -> shop/cart TCP 9000', 'shop/web -> shop/cart TCP 9000']],
  ['a port without protocol is one of each', [{ fromEndpoints: [{ matchLabels: { app: 'web' } }], toPorts: [{ ports: [{ port: '53' }, { port: '8000', endPort: 8010, protocol: 'TCP' }] }] }],
    ['shop/web -> shop/cart TCP 53, TCP 8000-8010, UDP 53, SCTP 53']],
  ['port 0 is all ports of the protocol', [{ fromEndpoints: [{ matchLabels: { app: 'web' } }], toPorts: [{ ports: [{ port: '0', protocol: 'UDP' }] }] }], ['shop/web -> shop/cart UDP 1-65535']],
])('%s', (_, ingress, expected) => {
  expect(into(...ingress)).toEqual(expected);
});

test('an empty list of rules restricts nothing', () => {
  expect(edgesOf(WEB, cilium({ endpointSelector: {}, ingress: [] }))).toEqual([`shop/web -> shop/web ${ALL}`]);
});

test('specs count as so many policies', () => {
  const rule = (app: string, port: string) => ({ endpointSelector: { matchLabels: { app: 'cart' } }, ingress: [{ fromEndpoints: [{ matchLabels: { app } }], toPorts: [{ ports: [{ port, protocol: 'TCP' }] }] }] });
  const { spec, ...rest } = cilium({});
  expect(edgesOf(WEB, CART, { ...rest, specs: [rule('web', '8000'), rule('cart', '9000')] }).filter((edge) => edge.includes('-> shop/cart')))
    .toEqual(['shop/cart -> shop/cart TCP 9000', 'shop/web -> shop/cart TCP 8000']);
  expect(spec).toEqual({});
});

test('they add to the NetworkPolicies of the same pods', () => {
  const plain = policy({ podSelector: { matchLabels: { app: 'cart' } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 8000 }] }] });
  const more = cilium({ endpointSelector: { matchLabels: { app: 'cart' } }, ingress: [{ fromEndpoints: [{ matchLabels: { app: 'web' } }], toPorts: [{ ports: [{ port: '9000', protocol: 'TCP' }] }] }] });
  expect(edgesOf(WEB, CART, plain, more).filter((edge) => edge.includes('-> shop/cart'))).toEqual(['shop/web -> shop/cart TCP 8000, TCP 9000']);
});

test('egress reaches addresses by ranges, and host names reach nothing that is known', () => {
  const reachability = reachabilityOf(WEB, cilium({
    endpointSelector: {},
    egress: [
      { toCIDRSet: [{ cidr: '203.0.113.0/24', except: ['203.0.113.128/25'] }], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] },
      { toFQDNs: [{ matchName: 'api.payments.example' }], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] },
      { toEntities: ['world'], toPorts: [{ ports: [{ port: '123', protocol: 'UDP' }] }] },
    ],
  }));
  const web = reachability.workload('web', 'shop');
  const reached = (address: string, port: number, protocol?: Protocol) => reachability.reaches(web, Endpoint.ofAddress(address), port, protocol);
  expect([reached('203.0.113.5', 443), reached('203.0.113.200', 443), reached('198.51.100.1', 443), reached('198.51.100.1', 123, Protocol.UDP)]).toEqual([true, false, false, true]);
});

describe('requests', () => {
  const limited = (...toPorts: object[]) => {
    const reachability = reachabilityOf(WEB, CART, cilium({ endpointSelector: { matchLabels: { app: 'cart' } }, ingress: [{ fromEndpoints: [{ matchLabels: { app: 'web' } }], toPorts }] }));
    const [web, cart] = [reachability.workload('web', 'shop'), reachability.workload('cart', 'shop')];
    return (method: string, path: string, port = 8000) => reachability.admits(web, cart, port, { method, path });
  };
  const ports = [{ port: '8000', protocol: 'TCP' }];

  test('are limited to methods and paths, which are whole regular expressions', () => {
    const admits = limited({ ports, rules: { http: [{ method: 'GET|HEAD', path: '/carts(/.*)?' }, { path: '/health' }] } });
    expect([admits('GET', '/carts/1'), admits('HEAD', '/carts'), admits('POST', '/carts'), admits('GET', '/cartsx'), admits('POST', '/health'), admits('GET', '/carts', 9000)])
      .toEqual([true, true, false, false, true, false]);
  });

  test('are not limited where another rule allows the connection', () => {
    expect(limited({ ports, rules: { http: [{ method: 'GET' }] } }, { ports })('POST', '/')).toBe(true);
    expect(limited({ ports, rules: { http: [{ method: 'GET' }] } }, { ports: [{ port: '9000', protocol: 'TCP' }] })('POST', '/')).toBe(false);
  });

  test('without limits are GET / at first', () => {
    const reachability = reachabilityOf(WEB, CART, cilium({ endpointSelector: { matchLabels: { app: 'cart' } }, ingress: [{ toPorts: [{ ports, rules: { http: [{ method: 'GET', path: '/' }] } }] }] }));
    expect(reachability.admits(reachability.workload('web', 'shop'), reachability.workload('cart', 'shop'), 8000)).toBe(true);
  });
});
