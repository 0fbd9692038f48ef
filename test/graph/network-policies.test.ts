import { ALL, edgesOf, namespace, policy, reachabilityOf, workload } from './manifests';
import { Endpoint } from '../../src/graph/endpoint';
import { Protocol } from '../../src/graph/ports';

const WEB = workload('web', 'shop');
const CART = workload('cart', 'shop', { labels: { tier: 'backend' }, ports: { http: 8000, admin: 9000 } });
const AUTH = workload('auth', 'platform');
const ALL_THREE = [WEB, CART, AUTH];
const FREE = [`platform/auth -> platform/auth ${ALL}`, `platform/auth -> shop/web ${ALL}`, `shop/web -> platform/auth ${ALL}`, `shop/web -> shop/web ${ALL}`];

/** What a policy for the ingress of `cart` lets in. */
const into = (rules: object, ...others: any[]) => edgesOf(...ALL_THREE, policy({ podSelector: { matchLabels: { app: 'cart' } }, policyTypes: ['Ingress'], ...rules }), ...others)
  .filter((edge) => edge.includes('-> shop/cart'));

test('pods that no policy selects connect to all pods', () => {
  expect(edgesOf(WEB, AUTH)).toEqual(FREE);
});

test('a set without workloads has no edges', () => {
  expect(edgesOf()).toEqual([]);
  expect(edgesOf(policy({ podSelector: {} }))).toEqual([]);
});

describe('policyTypes', () => {
  test('without it, a policy restricts ingress', () => {
    expect(edgesOf(...ALL_THREE, policy({ podSelector: {} }))).toEqual([
      `platform/auth -> platform/auth ${ALL}`, `shop/cart -> platform/auth ${ALL}`, `shop/web -> platform/auth ${ALL}`,
    ]);
  });

  test('without it, a policy with egress rules restricts both directions', () => {
    expect(edgesOf(WEB, AUTH, policy({ podSelector: {}, egress: [{ ports: [{ port: 8000 }] }] }))).toEqual([
      `platform/auth -> platform/auth ${ALL}`, 'shop/web -> platform/auth TCP 8000',
    ]);
    expect(edgesOf(WEB, AUTH, policy({ podSelector: {}, egress: [] }))).toContain(`shop/web -> platform/auth ${ALL}`);
  });

  test('with it, rules of another direction have no effect', () => {
    expect(edgesOf(WEB, AUTH, policy({ podSelector: {}, policyTypes: ['Egress'], ingress: [{}] }))).toEqual([
      `platform/auth -> platform/auth ${ALL}`, `platform/auth -> shop/web ${ALL}`,
    ]);
  });
});

describe('peers', () => {
  test.each<[string, object, string[]]>([
    ['a rule without peers and ports allows everybody', { ingress: [{}] }, [`platform/auth -> shop/cart ${ALL}`, `shop/cart -> shop/cart ${ALL}`, `shop/web -> shop/cart ${ALL}`]],
    ['empty lists mean the same as no lists', { ingress: [{ from: [], ports: [] }] },
      [`platform/auth -> shop/cart ${ALL}`, `shop/cart -> shop/cart ${ALL}`, `shop/web -> shop/cart ${ALL}`]],
    ['no rule allows nobody', { ingress: [] }, []],
    ['an empty peer is nobody', { ingress: [{ from: [{}] }] }, []],
    ['a podSelector selects in the namespace of the policy', { ingress: [{ from: [{ podSelector: {} }] }] }, [`shop/cart -> shop/cart ${ALL}`, `shop/web -> shop/cart ${ALL}`]],
    ['a namespaceSelector alone selects all pods of the namespaces', { ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'platform' } } }] }] },
      [`platform/auth -> shop/cart ${ALL}`]],
    ['an empty namespaceSelector selects all pods of the cluster', { ingress: [{ from: [{ namespaceSelector: {} }] }] },
      [`platform/auth -> shop/cart ${ALL}`, `shop/cart -> shop/cart ${ALL}`, `shop/web -> shop/cart ${ALL}`]],
    ['both selectors in one peer must fit', { ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'platform' } }, podSelector: { matchLabels: { app: 'web' } } }] }] }, []],
    ['both selectors in two peers add up', { ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'platform' } } }, { podSelector: { matchLabels: { app: 'web' } } }] }] },
      [`platform/auth -> shop/cart ${ALL}`, `shop/web -> shop/cart ${ALL}`]],
    ['every namespace has its name as a label', { ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'platform' } } }] }] },
      [`platform/auth -> shop/cart ${ALL}`]],
    ['a label beside the name of a namespace must fit too', {
      ingress: [{
        from: [
          { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'platform', 'team': 'platform' } }, podSelector: { matchLabels: { app: 'auth' } } },
        ],
      }],
    }, [`platform/auth -> shop/cart ${ALL}`]],
    ['a name with a label that its namespace lacks is no namespace', {
      ingress: [{
        from: [
          { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'platform', 'name': 'platform' } } },
        ],
      }],
    }, []],
    ['an ipBlock contains no pods', { ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] }, []],
  ])('%s', (_, rules, expected) => {
    expect(into(rules, namespace('platform', { team: 'platform' }))).toEqual(expected);
  });

  test.each<[string, object, string[]]>([
    ['In', { key: 'tier', operator: 'In', values: ['backend', 'frontend'] }, ['shop/cart']],
    ['NotIn also fits pods without the label', { key: 'tier', operator: 'NotIn', values: ['backend'] }, ['shop/web']],
    ['Exists', { key: 'tier', operator: 'Exists' }, ['shop/cart']],
    ['DoesNotExist', { key: 'tier', operator: 'DoesNotExist' }, ['shop/web']],
  ])('the operator %s', (_, expression, expected) => {
    expect(into({ ingress: [{ from: [{ podSelector: { matchExpressions: [expression] } }] }] })).toEqual(expected.map((from) => `${from} -> shop/cart ${ALL}`));
    expect(into({ ingress: [{ from: [{ podSelector: { matchLabels: { app: 'cart' }, matchExpressions: [expression] } }] }] }))
      .toEqual(expected.includes('shop/cart') ? [`shop/cart -> shop/cart ${ALL}`] : []);
  });

  test('a manifest cannot set the name of its namespace', () => {
    const from = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }];
    expect(into({ ingress: [{ from }] }, namespace('platform', { 'kubernetes.io/metadata.name': 'shop' })))
      .toEqual([`shop/cart -> shop/cart ${ALL}`, `shop/web -> shop/cart ${ALL}`]);
  });

  test('an operator of a namespaceSelector', () => {
    const from = [{ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['shop'] }] } }];
    expect(into({ ingress: [{ from }] })).toEqual([`platform/auth -> shop/cart ${ALL}`]);
  });

  test('a policy of another namespace selects nothing here', () => {
    expect(edgesOf(WEB, AUTH, policy({ podSelector: {} }, 'elsewhere'))).toEqual(FREE);
  });

  test('a manifest without namespace is in the default one', () => {
    const { metadata: { name }, ...rest } = WEB;
    const outside = policy({ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] });
    delete outside.metadata.namespace;
    expect(edgesOf({ ...rest, metadata: { name } }, CART, outside)).toEqual([
      `default/web -> default/web ${ALL}`, `default/web -> shop/cart ${ALL}`, `shop/cart -> shop/cart ${ALL}`,
    ]);
  });
});

describe('ports', () => {
  test.each<[string, object[], string]>([
    ['a number is TCP', [{ port: 8000 }], 'TCP 8000'],
    ['a protocol alone is all of its ports', [{ protocol: 'UDP' }], 'UDP 1-65535'],
    ['a range includes both ends', [{ port: 8000, endPort: 8010 }], 'TCP 8000-8010'],
    ['ranges that touch are one', [{ port: 8011 }, { port: 8000, endPort: 8010 }, { port: 8005 }, { port: 53, protocol: 'UDP' }], 'TCP 8000-8011, UDP 53'],
    ['a name is the port of the called pods', [{ port: 'admin' }], 'TCP 9000'],
  ])('%s', (_, ports, expected) => {
    expect(into({ ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports }] })).toEqual([`shop/web -> shop/cart ${expected}`]);
  });

  test('a name that the called pods do not have, or have for another protocol, allows nothing', () => {
    expect(into({ ingress: [{ ports: [{ port: 'metrics' }, { port: 'admin', protocol: 'UDP' }, { port: '8000' }] }] })).toEqual([]);
  });

  test('a name in an egress rule differs by the called pods', () => {
    const other = workload('order', 'shop', { ports: { http: 7000 } });
    expect(edgesOf(WEB, CART, other, policy({ podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }] }] }))
      .filter((edge) => edge.startsWith('shop/web'))).toEqual(['shop/web -> shop/cart TCP 8000', 'shop/web -> shop/order TCP 7000', 'shop/web -> shop/web TCP 8000']);
  });

  test('both ends must allow a port', () => {
    const egress = policy({ podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [{ ports: [{ port: 7000, endPort: 8004 }, { protocol: 'UDP' }] }] });
    expect(into({ ingress: [{ ports: [{ port: 8000, endPort: 8010 }] }] }, egress)).toEqual([
      'platform/auth -> shop/cart TCP 8000-8010', 'shop/cart -> shop/cart TCP 8000-8010', 'shop/web -> shop/cart TCP 8000-8004',
    ]);
  });
});

test('policies of the same pods add up', () => {
  const rule = (app: string, port: number) => policy({ podSelector: { matchLabels: { app: 'cart' } }, ingress: [{ from: [{ podSelector: { matchLabels: { app } } }], ports: [{ port }] }] });
  expect(edgesOf(WEB, CART, rule('web', 8000), rule('web', 9000), rule('cart', 7000)).filter((edge) => edge.includes('-> shop/cart'))).toEqual([
    'shop/cart -> shop/cart TCP 7000', 'shop/web -> shop/cart TCP 8000, TCP 9000',
  ]);
});

describe('ends that no manifest describes', () => {
  const reachability = reachabilityOf(WEB, namespace('monitoring', { purpose: 'metrics' }), policy({
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ namespaceSelector: { matchLabels: { purpose: 'metrics' } }, podSelector: { matchLabels: { app: 'prometheus' } } }], ports: [{ port: 'http' }] }],
    egress: [{ to: [{ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.128/25'] } }, { ipBlock: { cidr: '2001:db8::/32' } }], ports: [{ port: 443 }, { port: 53, protocol: 'UDP' }] }],
  }));
  const web = reachability.workload('web', 'shop');

  test('are matched by their labels', () => {
    const pods = (namespaceName: string, app: string) => Endpoint.ofPods(namespaceName, { app });
    expect([['monitoring', 'prometheus'], ['monitoring', 'grafana'], ['shop', 'prometheus']].map(([within, app]) => reachability.reaches(pods(within, app), web, 8000)))
      .toEqual([true, false, false]);
  });

  test('are restricted by policies of their namespace', () => {
    const closed = reachabilityOf(WEB, policy({ podSelector: { matchLabels: { app: 'job' } }, policyTypes: ['Egress'] }));
    const target = closed.workload('web', 'shop');
    expect(['job', 'other'].map((app) => closed.reaches(Endpoint.ofPods('shop', { app }), target, 8000))).toEqual([false, true]);
  });

  test.each([
    ['203.0.113.5', true], ['203.0.113.127', true], ['203.0.113.128', false], ['203.0.114.5', false], ['::ffff:203.0.113.5', false],
    ['2001:db8::1', true], ['2001:db8:0:0:0:0:0:1', true], ['2001:db9::1', false], ['not an address', false],
  ])('the address %s is reached: %s', (address, expected) => {
    expect(reachability.reaches(web, Endpoint.ofAddress(address), 443)).toBe(expected);
  });

  test('are reached by the protocol of the rule alone', () => {
    const dns = Endpoint.ofAddress('203.0.113.53');
    const asked: [number, Protocol?][] = [[53], [53, Protocol.UDP], [443, Protocol.UDP]];
    expect(asked.map(([port, protocol]) => reachability.reaches(web, dns, port, protocol))).toEqual([false, true, false]);
  });

  test('show which end refuses', () => {
    const prometheus = Endpoint.ofPods('monitoring', { app: 'prometheus' });
    expect([reachability.leaves(web, prometheus, 9090), reachability.enters(web, prometheus, 9090)]).toEqual([false, true]);
  });
});

test('ends have names', () => {
  const { workloads } = reachabilityOf(...ALL_THREE);
  expect([...workloads, Endpoint.ofPods('shop', { tier: 'backend', app: 'cart' }), Endpoint.ofAddress('203.0.113.5')].map(String)).toEqual([
    'platform/auth', 'shop/cart', 'shop/web', 'shop/app=cart,tier=backend', '203.0.113.5',
  ]);
});

test('an unknown workload is an error with the known ones', () => {
  expect(() => reachabilityOf(WEB, CART).workload('card', 'shop')).toThrow(new Error("Reachability: there is no workload 'card' in namespace 'shop'. Known are shop/cart, shop/web."));
});

test('policies that are not evaluated are listed', () => {
  const calico = { ...policy({ selector: "app == 'web'", types: ['Egress'] }), apiVersion: 'projectcalico.org/v3' };
  const admin = { apiVersion: 'policy.networking.k8s.io/v1alpha1', kind: 'AdminNetworkPolicy', metadata: { name: 'all' }, spec: {} };
  const denying = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'deny', namespace: 'shop' }, spec: { endpointSelector: {}, ingressDeny: [{}] } };
  const reachability = reachabilityOf(WEB, AUTH, calico, admin, denying);
  expect(reachability.ignored.map(({ id }) => id)).toEqual([
    'NetworkPolicy.projectcalico.org/shop/policy', 'AdminNetworkPolicy.policy.networking.k8s.io/all', 'CiliumNetworkPolicy.cilium.io/shop/deny',
  ]);
  expect(reachability.edges.map(String)).toEqual(FREE);
});

test('the order of manifests changes nothing', () => {
  const objects = [...ALL_THREE, namespace('platform'), policy({ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 'http' }] }] }),
    policy({ podSelector: { matchLabels: { app: 'auth' } }, policyTypes: ['Egress'] }, 'platform')];
  expect(edgesOf(...[...objects].reverse())).toEqual(edgesOf(...objects));
});
