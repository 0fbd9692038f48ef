import { readFileSync } from 'node:fs';
import { Duration } from 'cdk8s';
import { load } from 'js-yaml';
import { GOLDEN, goldenPath, ofGateway } from './golden';
import { ServiceReference } from '../../src';
import { ConnectionIndex } from '../../src/core/connection-index';
import { Authentication, CertificateSource, GatewayEngine, RateLimit, RoutePath } from '../../src/gateway';
import { Endpoint } from '../../src/graph/endpoint';
import type { Shop } from '../support/gateway';
import { INGRESS, JWT, objectsOfShop, shop, TOKENS } from '../support/gateway';
import { findings, Manifests, manifestsOf } from '../support/platform';

const ISTIO = GatewayEngine.ISTIO;
const manifestsOfShop = (all: Shop) => new Manifests(objectsOfShop(all));
const OPEN = Authentication.none('a test');

describe('a gateway with everything', () => {
  test.each([...GOLDEN])('is %s', (file, text) => {
    expect(text() === readFileSync(goldenPath(file), 'utf8') ? '' : `${file} is out of date. Run: npx tsx test/gateway/write-golden.ts`).toBe('');
  });
});

describe('a gateway', () => {
  test('has for each engine just these objects where it exposes one service', () => {
    const names = (props: Parameters<typeof shop>[0], changes = {}) => {
      const all = shop(props, changes);
      all.gateway.exposes(all.checkout);
      return new Manifests(ofGateway(objectsOfShop(all))).names;
    };
    const common = ['Certificate/api-api.example.com', 'Gateway/api', 'HTTPRoute/api-checkout', 'HTTPRoute/api-redirect', 'NetworkPolicy/api-acme', 'NetworkPolicy/checkout-gateways'];
    expect(names({})).toEqual([...common, 'BackendTrafficPolicy/api-checkout', 'ClientTrafficPolicy/api', 'SecurityPolicy/api', 'SecurityPolicy/api-checkout'].sort());
    expect(names({ engine: ISTIO })).toEqual([
      ...common, 'AuthorizationPolicy/api', 'ConfigMap/api-proxies', 'EnvoyFilter/api', 'NetworkPolicy/api-proxies', 'RequestAuthentication/api',
    ].sort());
    expect(names({ engine: GatewayEngine.INGRESS, authentication: OPEN }, INGRESS)).toEqual([
      'Certificate/api-api.example.com', 'Ingress/api-checkout', 'NetworkPolicy/api-acme', 'NetworkPolicy/checkout-gateways',
    ]);
  });

  test('speaks TLS 1.3 alone, by each engine that can say it', () => {
    const all = manifestsOfShop(shop());
    expect(all.get('ClientTrafficPolicy', 'api').spec.tls).toEqual({ minVersion: '1.3' });
    const [patch] = manifestsOfShop(shop({ engine: ISTIO })).get('EnvoyFilter', 'api').spec.configPatches;
    expect(patch.patch.value.transport_socket.typed_config.common_tls_context.tls_params).toEqual({
      tls_minimum_protocol_version: 'TLSv1_3', tls_maximum_protocol_version: 'TLSv1_3',
    });
  });

  test('lets nobody in by a route that somebody else attaches', () => {
    const policy = manifestsOfShop(shop()).get('SecurityPolicy', 'api');
    expect(policy.spec).toEqual({
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'api', sectionName: 'https-api.example.com' }],
      authorization: { defaultAction: 'Deny' },
    });
    const { rules } = manifestsOfShop(shop({ engine: ISTIO }, { gateway: { redirectHttp: false } })).get('AuthorizationPolicy', 'api').spec;
    expect(rules).toEqual([]);
  });

  test('takes routes of the namespaces whose services it exposes, and of no others', () => {
    const allowed = (expose: (all: ReturnType<typeof shop>) => void) => {
      const all = shop();
      expose(all);
      return manifestsOfShop(all).get('Gateway', 'api').spec.listeners[1].allowedRoutes.namespaces;
    };
    expect(allowed(({ gateway, checkout }) => gateway.exposes(checkout))).toEqual({ from: 'Same' });
    expect(allowed(({ gateway, auth }) => gateway.exposes(auth))).toEqual({
      from: 'Selector',
      selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['core-business-prod', 'platform-prod'] }] },
    });
  });

  test('has its hostnames, engine and certificates from the environment unless it says otherwise', () => {
    const settings = {
      gateway: { hostnames: ['shop.example.org'], engine: ISTIO, certificates: CertificateSource.issuer('own'), certificateLifetime: Duration.days(30), certificateRenewal: Duration.days(10) },
    };
    const manifests = manifestsOfShop(shop({ hostnames: undefined }, settings));
    expect(manifests.get('Gateway', 'api').spec.gatewayClassName).toBe('istio');
    expect(manifests.get('Certificate', 'api-shop.example.org').spec).toMatchObject({
      dnsNames: ['shop.example.org'], duration: '720h', renewBefore: '240h', issuerRef: { kind: 'Issuer', name: 'own', group: 'cert-manager.io' },
    });
    const own = manifestsOfShop(shop({ engine: GatewayEngine.ENVOY_GATEWAY, certificates: CertificateSource.secret('bought') }, settings));
    expect(own.of('Certificate')).toEqual([]);
    expect(own.get('Gateway', 'api').spec.listeners[1].tls.certificateRefs).toEqual([{ kind: 'Secret', name: 'bought' }]);
  });

  test('listens to nothing without TLS where nothing is redirected', () => {
    const manifests = manifestsOfShop(shop({}, { gateway: { redirectHttp: false } }));
    expect(manifests.get('Gateway', 'api').spec.listeners.map(({ port }: any) => port)).toEqual([443]);
    expect(manifests.of('HTTPRoute')).toEqual([]);
  });

  test('trusts as many proxies before it as the profile says', () => {
    const of = (trustedHops: number) => manifestsOfShop(shop({}, { gateway: { trustedHops } })).get('ClientTrafficPolicy', 'api').spec.clientIPDetection;
    expect([of(0), of(2)]).toEqual([undefined, { xForwardedFor: { numTrustedHops: 2 } }]);
  });

  test('is patched where nothing else can set a detail', () => {
    const all = shop();
    all.gateway.patch('Gateway', '/spec/infrastructure', { annotations: { 'example.com/scheme': 'internal' } }, 'our clients are in the intranet');
    expect(manifestsOfShop(all).get('Gateway', 'api').spec.infrastructure).toEqual({ annotations: { 'example.com/scheme': 'internal' } });
  });

  test('does not depend on the order of statements, nor on where a service is named', () => {
    const one = shop();
    one.gateway.exposes(one.checkout, { paths: [RoutePath.prefix('/checkout')] });
    one.gateway.exposes(one.auth, { paths: [RoutePath.prefix('/auth')] });
    const other = shop();
    other.gateway.exposes(ServiceReference.of('platform', 'auth'), { paths: [RoutePath.prefix('/auth')] });
    other.gateway.exposes(ServiceReference.of('core-business', 'checkout'), { paths: [RoutePath.prefix('/checkout')] });
    expect(other.app.synthYaml()).toBe(one.app.synthYaml());
  });

  test('is rendered by the synthesis of cdk8s as by ours', () => {
    const all = shop();
    all.gateway.exposes(all.auth);
    const stock = ofGateway(manifestsOf(all.core).all).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(stock).toEqual(ofGateway(objectsOfShop(all)).map(({ kind, metadata }) => `${kind} ${metadata.name}`).filter((name) => !name.endsWith('-gateways')));
  });
});

describe('routes', () => {
  test('stand in the namespace of their service', () => {
    const all = shop();
    all.gateway.exposes(all.auth);
    const route = manifestsOfShop(all).get('HTTPRoute', 'api-auth');
    expect(route.metadata.namespace).toBe('platform-prod');
    expect(route.spec).toEqual({
      hostnames: ['api.example.com'],
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'api', namespace: 'core-business-prod', sectionName: 'https-api.example.com' }],
      rules: [{
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        backendRefs: [{ kind: 'Service', name: 'auth', port: 8000 }],
        timeouts: { request: '30s' },
      }, { matches: ['/dapr', '/job'].map((value) => ({ path: { type: 'PathPrefix', value } })) }],
    });
  });

  test('lead to the port that speaks their protocol, or to the one that is named', () => {
    const all = shop({ hostnames: ['api.example.com', 'grpc.example.com', 'admin.example.com'] });
    all.gateway.exposes(all.checkout, { hostnames: ['api.example.com'] });
    all.gateway.exposes(all.checkout, { name: 'grpc', hostnames: ['grpc.example.com'], protocol: 'grpc' });
    all.gateway.exposes(all.checkout, { name: 'admin', hostnames: ['admin.example.com'], port: 'grpc' });
    const manifests = manifestsOfShop(all);
    const port = (kind: string, name: string) => manifests.get(kind, name).spec.rules[0].backendRefs[0].port;
    expect([port('HTTPRoute', 'api-checkout'), port('GRPCRoute', 'api-grpc'), port('HTTPRoute', 'api-admin')]).toEqual([8000, 9000, 9000]);
  });

  test('of gRPC say how long a client waits by a policy, because they have no field', () => {
    const all = shop();
    all.gateway.exposes(all.checkout, { protocol: 'grpc', timeout: Duration.seconds(0), retries: 0 });
    expect(manifestsOfShop(all).get('BackendTrafficPolicy', 'api-checkout').spec).toEqual({
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'GRPCRoute', name: 'api-checkout' }],
      timeout: { http: { requestTimeout: '0s' } },
    });
  });

  test('repeat only what did not reach the service, unless the work may be done twice', () => {
    const triggers = (idempotent: boolean) => {
      const all = shop();
      all.gateway.exposes(all.checkout, { idempotent });
      return manifestsOfShop(all).get('BackendTrafficPolicy', 'api-checkout').spec.retry;
    };
    expect(triggers(false)).toEqual({ numRetries: 3, retryOn: { triggers: ['connect-failure', 'refused-stream', 'reset-before-request'] } });
    expect(triggers(true).retryOn.triggers).toEqual(['connect-failure', 'refused-stream', 'reset-before-request', 'gateway-error', 'reset']);
  });

  test('have no policy for what they do not limit nor repeat', () => {
    const all = shop();
    all.gateway.exposes(all.checkout, { retries: 0 });
    expect(manifestsOfShop(all).of('BackendTrafficPolicy')).toEqual([]);
  });

  test.each([
    [Duration.seconds(0), '0s'], [Duration.millis(1500), '1s500ms'], [Duration.seconds(90), '1m30s'], [Duration.hours(30), '30h'], [Duration.minutes(61), '1h1m'],
  ])('write %s as Gateway API reads it', (timeout, text) => {
    const all = shop();
    all.gateway.exposes(all.checkout, { timeout });
    expect(manifestsOfShop(all).get('HTTPRoute', 'api-checkout').spec.rules[0].timeouts.request).toBe(text);
  });

  test('share requests out by percent, the rest to the service itself', () => {
    const all = shop();
    all.gateway.exposes(all.checkout, { alongside: [{ service: all.catalog, percent: 10 }] });
    expect(manifestsOfShop(all).get('HTTPRoute', 'api-checkout').spec.rules[0].backendRefs).toEqual([
      { kind: 'Service', name: 'checkout', port: 8000, weight: 90 }, { kind: 'Service', name: 'catalog', port: 8000, weight: 10 },
    ]);
  });

  test('compare each path with each method', () => {
    const all = shop();
    all.gateway.exposes(all.checkout, { paths: [RoutePath.prefix('/a'), RoutePath.exact('/b')], methods: ['GET', 'PUT'], headers: { 'X-B': '2', 'X-A': '1' } });
    const headers = [{ type: 'Exact', name: 'X-A', value: '1' }, { type: 'Exact', name: 'X-B', value: '2' }];
    expect(manifestsOfShop(all).get('HTTPRoute', 'api-checkout').spec.rules[0].matches).toEqual([
      { path: { type: 'PathPrefix', value: '/a' }, method: 'GET', headers }, { path: { type: 'PathPrefix', value: '/a' }, method: 'PUT', headers },
      { path: { type: 'Exact', value: '/b' }, method: 'GET', headers }, { path: { type: 'Exact', value: '/b' }, method: 'PUT', headers },
    ]);
  });

  test('are limited as the gateway says, or as they say themselves', () => {
    const all = shop({ rateLimit: RateLimit.perSecond(50) });
    all.gateway.exposes(all.checkout, { paths: [RoutePath.prefix('/a')] });
    all.gateway.exposes(all.catalog, { paths: [RoutePath.prefix('/b')], rateLimit: RateLimit.perHour(5, { shared: true }) });
    const of = (name: string) => manifestsOfShop(all).get('BackendTrafficPolicy', name).spec.rateLimit;
    expect(of('api-checkout')).toEqual({ type: 'Local', local: { rules: [{ limit: { requests: 50, unit: 'Second' } }] } });
    expect(of('api-catalog')).toEqual({ type: 'Global', global: { rules: [{ limit: { requests: 5, unit: 'Hour' } }] } });
  });
});

describe('who may call', () => {
  const policyOf = (authentication: Authentication, paths = [RoutePath.prefix('/')]) => {
    const all = shop({ authentication });
    all.gateway.exposes(all.checkout, { paths });
    const { targetRefs, ...spec } = manifestsOfShop(all).get('SecurityPolicy', 'api-checkout').spec;
    expect(targetRefs).toEqual([{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'api-checkout' }]);
    return spec;
  };
  const providers = [{
    name: 'jwt', issuer: JWT.issuer, audiences: JWT.audiences, remoteJWKS: { uri: JWT.jwksUri, cacheDuration: '5m' },
  }];

  test('is whoever shows a good token', () => {
    expect(policyOf(TOKENS)).toEqual({ jwt: { providers } });
  });

  test('is who has its scopes and claims too', () => {
    const claims = [{ name: 'tenant', values: ['a'] }, { name: 'roles', values: ['clerk', 'chief'], list: true }];
    expect(policyOf(Authentication.jwt({ ...JWT, scopes: ['orders'], claims }))).toEqual({
      jwt: { providers },
      authorization: {
        defaultAction: 'Deny',
        rules: [{
          action: 'Allow',
          principal: {
            jwt: {
              provider: 'jwt',
              scopes: ['orders'],
              claims: [{ name: 'tenant', values: ['a'], valueType: 'String' }, { name: 'roles', values: ['clerk', 'chief'], valueType: 'StringArray' }],
            },
          },
        }],
      },
    });
  });

  test('is who has logged in, whom the provider sends back below the path of the route', () => {
    const login = Authentication.oidc({ issuer: 'https://login.example.com/', clientId: 'office', clientSecret: 'office-login' });
    expect(policyOf(login, [RoutePath.prefix('/office')])).toEqual({
      oidc: {
        provider: { issuer: 'https://login.example.com/' },
        clientID: 'office',
        clientSecret: { name: 'office-login' },
        redirectURL: '%REQ(x-forwarded-proto)%://%REQ(:authority)%/office/oauth2/callback',
        logoutPath: '/office/logout',
      },
    });
  });

  test('is everybody where that is said, which is a finding', () => {
    expect(policyOf(Authentication.none('prices are public'))).toEqual({ authorization: { defaultAction: 'Allow' } });
    const all = shop();
    all.gateway.exposes(all.catalog, { authentication: Authentication.none('prices are public') });
    expect(findings(all.gateway)).toEqual([
      "MS-GATE-002 [core-business-prod/api] lets everybody call 'catalog' by the route 'catalog': prices are public",
    ]);
  });
});

describe('network policies', () => {
  const proxyOf = (gateway: string) => Endpoint.ofPods('envoy-gateway-system', {
    'gateway.envoyproxy.io/owning-gateway-name': gateway, 'gateway.envoyproxy.io/owning-gateway-namespace': 'core-business-prod',
  });
  const proxy = proxyOf('api');
  const pods = (app: string, namespace = 'core-business-prod') => Endpoint.ofPods(namespace, { app });
  const controller = Endpoint.ofPods('traefik', { 'app.kubernetes.io/name': 'traefik' });

  test('let the proxies of this gateway in to the ports that are exposed, and to no others', () => {
    const all = shop();
    all.gateway.exposes(all.checkout);
    const { reachability } = manifestsOfShop(all);
    const entered: [string, number][] = [['checkout', 8000], ['checkout', 9000], ['catalog', 8000]];
    expect(entered.map(([app, port]) => reachability.enters(proxy, pods(app), port))).toEqual([true, false, false]);
    expect(reachability.enters(proxyOf('other'), pods('checkout'), 8000)).toBe(false);
  });

  test('let those who get a part of the requests be reached too', () => {
    const all = shop();
    all.gateway.exposes(all.checkout, { alongside: [{ service: all.catalog, percent: 10 }] });
    expect(manifestsOfShop(all).reachability.enters(proxy, pods('catalog'), 8000)).toBe(true);
  });

  test('let Istio\'s proxies, which are in the namespace of the gateway, go just where routes lead', () => {
    const all = shop({ engine: ISTIO });
    all.gateway.exposes(all.auth);
    const { reachability } = manifestsOfShop(all);
    const self = Endpoint.ofPods('core-business-prod', { 'gateway.networking.k8s.io/gateway-name': 'api' });
    const out = (app: string, namespace: string, port: number) => reachability.leaves(self, pods(app, namespace), port);
    expect([out('auth', 'platform-prod', 8000), out('auth', 'platform-prod', 9000), out('checkout', 'core-business-prod', 8000), out('istiod', 'istio-system', 15012)])
      .toEqual([true, false, false, true]);
    const anybody = Endpoint.ofPods('somewhere', {});
    expect([443, 80, 15021, 15020].map((port) => reachability.enters(anybody, self, port))).toEqual([true, true, true, false]);
    expect(reachability.enters(self, pods('auth', 'platform-prod'), 8000)).toBe(true);
  });

  test('let an authority ask whether a hostname leads here', () => {
    const solverIn = (namespace: string) => Endpoint.ofPods(namespace, { 'acme.cert-manager.io/http01-solver': 'true' });
    expect(manifestsOfShop(shop()).reachability.enters(proxy, solverIn('core-business-prod'), 8089)).toBe(true);
    expect(manifestsOfShop(shop({ certificates: CertificateSource.secret('bought') })).find('NetworkPolicy', 'api-acme')).toBeUndefined();
    const istio = manifestsOfShop(shop({ engine: ISTIO }));
    const self = Endpoint.ofPods('core-business-prod', { 'gateway.networking.k8s.io/gateway-name': 'api' });
    expect(istio.reachability.reaches(self, solverIn('core-business-prod'), 8089)).toBe(true);
    const all = shop({ engine: GatewayEngine.INGRESS, authentication: OPEN }, INGRESS);
    all.gateway.exposes(all.auth);
    expect(manifestsOfShop(all).reachability.enters(controller, solverIn('platform-prod'), 8089)).toBe(true);
  });

  test('let the controller of an Ingress in', () => {
    const all = shop({ engine: GatewayEngine.INGRESS, authentication: OPEN }, INGRESS);
    all.gateway.exposes(all.checkout);
    expect(manifestsOfShop(all).reachability.enters(controller, pods('checkout'), 8000)).toBe(true);
  });

  test('follow from edges that others can read', () => {
    const all = shop({ engine: ISTIO });
    all.gateway.exposes(all.auth, { paths: [RoutePath.prefix('/auth'), RoutePath.exact('/login')], methods: ['GET'] });
    const connections = ConnectionIndex.of(all.app);
    const node = connections.servicesOf(connections.groups[1])[0];
    expect(connections.exposuresOf(node).map(({ gateway, service, ...edge }) => ({ ...edge, gateway: gateway.name, account: gateway.serviceAccount, service: `${service}` }))).toEqual([{
      gateway: 'api',
      account: { namespace: 'core-business-prod', name: 'api-istio' },
      service: 'platform/auth',
      route: 'auth',
      protocol: 'http',
      port: undefined,
      methods: ['GET'],
      paths: [{ path: '/auth', exact: false }, { path: '/login', exact: true }],
    }]);
  });
});

describe('the proxies that Istio runs', () => {
  test('are counted in the quota of the namespace', () => {
    const all = shop({ engine: ISTIO }, { gateway: { proxies: 60 } });
    expect(() => all.app.synthYaml()).toThrow('api-istio 60 x (1)');
  });

  test('pass Pod Security and keep serving while nodes are drained', () => {
    const { data } = manifestsOfShop(shop({ engine: ISTIO })).get('ConfigMap', 'api-proxies');
    expect(data.podDisruptionBudget).toBe('spec:\n  maxUnavailable: 1\n  unhealthyPodEvictionPolicy: AlwaysAllow\n');
    expect((load(data.deployment) as any).spec.template.spec).toMatchObject({
      priorityClassName: 'core-business-prod-critical', securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
  });
});

describe('findings', () => {
  test('tell of a wildcard certificate, of TLS 1.2, and of what an Ingress leaves to its controller', () => {
    expect(findings(shop({ hostnames: ['*.example.com'] }).gateway)).toEqual([
      "MS-GATE-004 [core-business-prod/api] gets a certificate for '*.example.com' from ClusterIssuer letsencrypt",
    ]);
    expect(findings(shop({}, { gateway: { minTlsVersion: '1.2' } }).gateway)).toEqual(['MS-GATE-005 [core-business-prod/api]']);
    const all = shop({ engine: GatewayEngine.INGRESS, authentication: OPEN }, INGRESS);
    all.gateway.exposes(all.catalog);
    expect(findings(all.gateway)).toContain('MS-GATE-001 [core-business-prod/api/Routes-core-business-prod/catalog/Ingress]');
  });
});
