import { namespace, reachabilityOf, workload } from './manifests';
import { Endpoint } from '../../src/graph/endpoint';

type Meta = Parameters<typeof workload>[2];

/** Whether a request of `web`, or of pods outside of the mesh, arrives at `cart`. */
function asker(objects: readonly any[], from: 'web' | 'outside' = 'web') {
  const reachability = reachabilityOf(...objects);
  const cart = reachability.workload('cart', 'shop');
  const source = from === 'web' ? reachability.workload('web', 'shop') : Endpoint.ofPods('elsewhere', { app: 'job' });
  return (path = '/', method = 'GET', port = 8000) => reachability.admits(source, cart, port, { method, path });
}

describe('Istio', () => {
  const meshed = (name: string, annotations: Record<string, string> = {}): any =>
    workload(name, 'shop', { labels: { 'sidecar.istio.io/inject': 'true' }, annotations, spec: { serviceAccountName: name } } satisfies Meta);
  const BOTH = [meshed('web'), meshed('cart')];
  const istio = (kind: string, spec: object, within = 'shop') => ({ apiVersion: 'security.istio.io/v1', kind, metadata: { name: 'policy', namespace: within }, spec });
  const authorization = (spec: object, within?: string) => istio('AuthorizationPolicy', spec, within);
  const mode = (spec: object, within?: string) => istio('PeerAuthentication', spec, within);
  const STRICT = { mtls: { mode: 'STRICT' } };

  test('admits everything without policies', () => {
    expect([asker(BOTH)(), asker(BOTH, 'outside')()]).toEqual([true, true]);
  });

  test.each<[string, object[], boolean]>([
    ['for the mesh', [mode(STRICT, 'istio-system')], false],
    ['for the namespace', [mode(STRICT)], false],
    ['for the pods', [mode({ ...STRICT, selector: { matchLabels: { app: 'cart' } } })], false],
    ['for other pods', [mode({ ...STRICT, selector: { matchLabels: { app: 'web' } } })], true],
    ['for another namespace', [mode(STRICT, 'platform')], true],
    ['and not for the pods', [mode(STRICT), mode({ mtls: { mode: 'PERMISSIVE' }, selector: { matchLabels: { app: 'cart' } } })], true],
    ['and not for the port', [mode({ ...STRICT, selector: { matchLabels: { app: 'cart' } }, portLevelMtls: { 8000: { mode: 'DISABLE' } } })], true],
    ['for the mesh, which the namespace leaves as it is', [mode({ mtls: { mode: 'UNSET' } }), mode(STRICT, 'istio-system')], false],
  ])('requires mutual TLS %s', (_, policies, expected) => {
    expect([asker([...BOTH, ...policies], 'outside')(), asker([...BOTH, ...policies])()]).toEqual([expected, true]);
  });

  test.each<[string, object[], boolean]>([
    ['a policy without rules admits nothing', [{}], false],
    ['an empty rule admits everything', [{ rules: [{}] }], true],
    ['the account', [{ rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }] }] }], true],
    ['the account in another trust domain', [{ rules: [{ from: [{ source: { principals: ['example.com/ns/shop/sa/web'] } }] }] }], true],
    ['another account', [{ rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/order'] } }] }] }], false],
    ['accounts by a pattern', [{ rules: [{ from: [{ source: { principals: ['*/sa/web'] } }] }] }], true],
    ['anybody of the mesh', [{ rules: [{ from: [{ source: { principals: ['*'] } }] }] }], true],
    ['all but the account', [{ rules: [{ from: [{ source: { notPrincipals: ['cluster.local/ns/shop/sa/web'] } }] }] }], false],
    ['the namespace', [{ rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] }], true],
    ['another namespace', [{ rules: [{ from: [{ source: { namespaces: ['platform'] } }] }] }], false],
    ['the port', [{ rules: [{ to: [{ operation: { ports: ['8000'] } }] }] }], true],
    ['another port', [{ rules: [{ to: [{ operation: { ports: ['9000'] } }] }] }], false],
    ['source and operation of one rule', [{ rules: [{ from: [{ source: { namespaces: ['shop'] } }], to: [{ operation: { methods: ['POST'] } }] }] }], false],
    ['two policies add up', [{ rules: [{ to: [{ operation: { methods: ['POST'] } }] }] }, { rules: [{ to: [{ operation: { methods: ['GET'] } }] }] }], true],
    ['a denial wins', [{ rules: [{}] }, { action: 'DENY', rules: [{ to: [{ operation: { methods: ['GET'] } }] }] }], false],
    ['a denial of something else', [{ action: 'DENY', rules: [{ to: [{ operation: { methods: ['POST'] } }] }] }], true],
    ['a condition counts as met where it allows', [{ rules: [{ when: [{ key: 'request.auth.claims[role]', values: ['clerk'] }] }] }], true],
    ['a condition does not count where it denies', [{ action: 'DENY', rules: [{ when: [{ key: 'request.auth.claims[role]', values: ['clerk'] }] }] }], true],
    ['a policy for other pods has no effect', [{ selector: { matchLabels: { app: 'web' } } }], true],
    ['an audit has no effect', [{ action: 'AUDIT', rules: [{}] }], true],
    ['a policy of a gateway has no effect', [{ targetRefs: [{ kind: 'Gateway', name: 'api' }] }], true],
  ])('AuthorizationPolicy: %s', (_, specs, expected) => {
    expect(asker([...BOTH, ...specs.map((spec) => authorization(spec))])()).toBe(expected);
  });

  test('a policy of the root namespace is for all namespaces', () => {
    expect(asker([...BOTH, authorization({}, 'istio-system')])()).toBe(false);
  });

  test('paths are whole, prefixes or suffixes', () => {
    const admits = asker([...BOTH, authorization({ rules: [{ to: [{ operation: { paths: ['/carts', '/carts/*', '*.html'], notPaths: ['/carts/admin'] } }] }] })]);
    expect(['/carts', '/carts/1', '/cartsx', '/index.html', '/carts/admin'].map((path) => admits(path))).toEqual([true, true, false, true, false]);
  });

  test('a caller outside of the mesh has no account', () => {
    expect(asker([...BOTH, authorization({ rules: [{ from: [{ source: { principals: ['*'] } }] }] })], 'outside')()).toBe(false);
  });

  test('a port around the proxy is open at both ends or at none', () => {
    const ends = (sent: string, taken: string) => [
      meshed('web', { 'traffic.sidecar.istio.io/excludeOutboundPorts': sent }), meshed('cart', { 'traffic.sidecar.istio.io/excludeInboundPorts': taken }), mode(STRICT),
    ];
    expect([['', ''], ['8000', ''], ['', '8000'], ['9000,8000', '7000-8000']].map(([sent, taken]) => asker(ends(sent, taken))())).toEqual([true, false, false, true]);
  });

  test('a namespace puts its pods into the mesh, but for those that leave it', () => {
    const shop = namespace('shop', { 'istio-injection': 'enabled' });
    expect(asker([workload('web', 'shop'), workload('cart', 'shop'), shop, mode(STRICT)], 'outside')()).toBe(false);
    expect(asker([workload('web', 'shop'), workload('cart', 'shop', { labels: { 'sidecar.istio.io/inject': 'false' } }), shop, mode(STRICT)], 'outside')()).toBe(true);
  });
});

describe('Linkerd', () => {
  const meshed = (name: string, annotations: Record<string, string> = {}): any =>
    workload(name, 'shop', { annotations: { 'linkerd.io/inject': 'enabled', ...annotations }, spec: { serviceAccountName: name } } satisfies Meta);
  const linkerd = (kind: string, name: string, spec: object) => ({ apiVersion: 'policy.linkerd.io/v1beta3', kind, metadata: { name, namespace: 'shop' }, spec });
  const SERVER = linkerd('Server', 'cart-http', { podSelector: { matchLabels: { app: 'cart' } }, port: 'http' });
  const allow = (kind: string, name: string, identity: string) => [
    linkerd('MeshTLSAuthentication', `${name}-callers`, { identities: [identity] }),
    linkerd('AuthorizationPolicy', name, { targetRef: { kind, name }, requiredAuthenticationRefs: [{ kind: 'MeshTLSAuthentication', name: `${name}-callers` }] }),
  ];
  const identity = (account: string, within = 'shop') => `${account}.${within}.serviceaccount.identity.linkerd.cluster.local`;
  const BOTH = [meshed('web'), meshed('cart')];

  test.each<[string, string, boolean, boolean]>([
    ['deny', 'deny', false, false], ['all-authenticated', 'all-authenticated', true, false], ['all-unauthenticated', 'all-unauthenticated', true, true], ['audit', 'audit', true, true],
  ])('without a Server, the default %s of the pod holds', (_, byDefault, inside, outside) => {
    const objects = [meshed('web'), meshed('cart', { 'config.linkerd.io/default-inbound-policy': byDefault })];
    expect([asker(objects)(), asker(objects, 'outside')()]).toEqual([inside, outside]);
  });

  test('a Server denies what no policy allows', () => {
    expect(asker([...BOTH, SERVER])()).toBe(false);
    expect(asker([...BOTH, SERVER, ...allow('Server', 'cart-http', identity('web'))])()).toBe(true);
  });

  test.each([['web', 'shop', true], ['order', 'shop', false], ['web', 'platform', false], ['*', 'shop', true], ['*', 'platform', false]])('the identity %s of %s: %s', (account, within, expected) => {
    const objects = [...BOTH, SERVER, ...allow('Server', 'cart-http', identity(account, within))];
    expect([asker(objects)(), asker(objects, 'outside')()]).toEqual([expected, false]);
  });

  test('a service account and a range of addresses are authentications too', () => {
    const by = (reference: object) => [...BOTH, SERVER, linkerd('NetworkAuthentication', 'everywhere', { networks: [{ cidr: '0.0.0.0/0' }] }),
      linkerd('AuthorizationPolicy', 'p', { targetRef: { kind: 'Server', name: 'cart-http' }, requiredAuthenticationRefs: [reference] })];
    const references = [{ kind: 'ServiceAccount', name: 'web' }, { kind: 'ServiceAccount', name: 'web', namespace: 'platform' }, { kind: 'NetworkAuthentication', name: 'everywhere' },
      { kind: 'NetworkAuthentication', name: 'nowhere' }, { kind: 'MeshTLSAuthentication', name: 'nobody' }];
    expect(references.map((reference) => asker(by(reference))())).toEqual([true, false, true, false, false]);
  });

  test('the route that fits best decides, and what fits no route is denied', () => {
    const route = (name: string, ...matches: object[]) => linkerd('HTTPRoute', name, { parentRefs: [{ kind: 'Server', name: 'cart-http' }], rules: [{ matches }] });
    const prefix = (value: string, method?: string) => ({ path: { type: 'PathPrefix', value }, ...method && { method } });
    const admits = asker([
      ...BOTH, SERVER, route('carts', prefix('/carts')), route('admin', prefix('/carts/admin')), route('health', { path: { type: 'Exact', value: '/health' } }), route('orders', prefix('/orders', 'GET')),
      ...allow('HTTPRoute', 'carts', identity('web')), ...allow('HTTPRoute', 'admin', identity('operator')), ...allow('HTTPRoute', 'health', identity('web')), ...allow('HTTPRoute', 'orders', identity('web')),
    ]);
    expect([admits('/carts/1'), admits('/carts/admin'), admits('/cartsx'), admits('/health'), admits('/health/live'), admits('/orders/1'), admits('/orders/1', 'POST')])
      .toEqual([true, false, false, true, false, true, false]);
  });

  test('network policies see the port of the proxy', () => {
    const only = (port: number) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'p', namespace: 'shop' }, spec: { podSelector: { matchLabels: { app: 'cart' } }, ingress: [{ ports: [{ port }] }] } });
    expect([asker([...BOTH, only(4143)])(), asker([...BOTH, only(8000)])()]).toEqual([true, false]);
  });

  test('a port around the proxy of the called pods is open', () => {
    const cart = meshed('cart', { 'config.linkerd.io/skip-inbound-ports': '8000', 'config.linkerd.io/default-inbound-policy': 'deny' });
    expect([asker([meshed('web'), cart])(), asker([meshed('web'), cart], 'outside')()]).toEqual([true, true]);
  });
});

describe('Dapr', () => {
  const sidecar = (name: string) => workload(name, 'shop', { annotations: { 'dapr.io/app-id': name, 'dapr.io/config': 'access' } });
  const configuration = (accessControl?: object) => ({ apiVersion: 'dapr.io/v1alpha1', kind: 'Configuration', metadata: { name: 'access', namespace: 'shop' }, spec: { accessControl } });
  const ask = (accessControl: object | undefined, path = '/carts/1', method = 'GET', port = 50002) =>
    asker([sidecar('web'), sidecar('cart'), configuration(accessControl)])(path, method, port);
  const web = (policy: object) => ({ defaultAction: 'deny', policies: [{ appId: 'web', namespace: 'shop', ...policy }] });

  test.each<[string, object | undefined, boolean]>([
    ['no access control', undefined, true],
    ['an action for all', { defaultAction: 'deny' }, false],
    ['an action for the caller', web({ defaultAction: 'allow' }), true],
    ['an operation', web({ defaultAction: 'deny', operations: [{ name: '/carts/**', httpVerb: ['GET'], action: 'allow' }] }), true],
    ['an operation with another method', web({ defaultAction: 'deny', operations: [{ name: '/carts/**', httpVerb: ['POST'], action: 'allow' }] }), false],
    ['an operation with another path', web({ defaultAction: 'deny', operations: [{ name: '/carts', action: 'allow' }] }), false],
    ['a denied operation', web({ defaultAction: 'allow', operations: [{ name: '/carts/**', httpVerb: ['*'], action: 'deny' }] }), false],
    ['a caller of another namespace', { defaultAction: 'deny', policies: [{ appId: 'web', namespace: 'platform', defaultAction: 'allow' }] }, false],
  ])('%s decides', (_, accessControl, expected) => {
    expect(ask(accessControl)).toBe(expected);
  });

  test('decides on the port of the sidecar alone', () => {
    expect(ask({ defaultAction: 'deny' }, '/', 'GET', 8000)).toBe(true);
  });
});
