import type { Microservice } from '../../src';
import { Dapr, Port, Probe, SecretReference, Topic } from '../../src';
import { DaprComponent } from '../../src/components';
import type { ExposeOptions } from '../../src/gateway';
import { Authentication, GatewayEngine, RoutePath } from '../../src/gateway';
import { EtcdCluster, RedisCluster } from '../../src/stores';
import { LoadBalancer } from '../../src/workloads';
import type { Shop } from '../support/gateway';
import { INGRESS, objectsOfShop, shop, TOKENS } from '../support/gateway';
import { messageOf } from '../support/message-of';
import { findings, Manifests, service } from '../support/platform';


const OPEN = Authentication.none('everybody orders');
const PAID = '/events/paid';

/** A shop whose `checkout`, or another service, takes the event `paid`. */
function subscribed(engine = GatewayEngine.ENVOY_GATEWAY, subscriber: (all: Shop) => Microservice = ({ checkout }) => checkout, options = {}): Shop {
  const all = shop({ engine, authentication: engine === GatewayEngine.INGRESS ? OPEN : TOKENS }, engine === GatewayEngine.INGRESS ? INGRESS : {});
  subscriber(all).subscribes(new Topic(all.core, 'paid', { broker: RedisCluster.fromNamespace(all.core, 'redis', 'infrastructure') }), options);
  return all;
}

/** The paths that a route excludes. */
function excluded(all: Shop, name = 'checkout', kind = 'HTTPRoute'): string[] {
  const { rules } = new Manifests(objectsOfShop(all)).get(kind, `api-${name}`).spec;
  return rules.filter(({ backendRefs }: any) => backendRefs === undefined)
    .flatMap(({ matches }: any) => matches.map(({ path, method }: any) => path ? `${path.type} ${path.value}` : `${method.type} ${method.service}`));
}

const ALL = ['PathPrefix /dapr', `Exact ${PAID}`, `Exact ${PAID}/`, 'PathPrefix /job'];
const REMEDY = 'Name other paths, or set Dapr.sidecar({ appToken }) and let the application refuse calls without it.';

/** The first error of a program. */
const errorOf = (all: Shop) => messageOf(() => objectsOfShop(all)).split('\n').map((line) => line.trim()).find((line) => line.startsWith('['));

describe('what only the sidecar calls', () => {
  describe.each([GatewayEngine.ENVOY_GATEWAY, GatewayEngine.ISTIO])('is no part of a route of %s', (engine) => {
    test.each<[string, ExposeOptions]>([
      ['for everything', {}], ['for everybody', { authentication: OPEN }], ['for some methods', { methods: ['POST'] }], ['for a header', { headers: { 'x-shop': 'a' } }],
    ])('%s', (_, options) => {
      const all = subscribed(engine);
      all.gateway.exposes(all.checkout, options);
      expect(excluded(all)).toEqual(ALL);
    });

    test('whose paths cover only some callbacks', () => {
      const all = subscribed(engine);
      all.gateway.exposes(all.checkout, { paths: [RoutePath.prefix('/events'), RoutePath.prefix('/orders')] });
      expect(excluded(all)).toEqual([`Exact ${PAID}`, `Exact ${PAID}/`]);
    });

    test('that strips a prefix', () => {
      const all = subscribed(engine);
      all.gateway.exposes(all.checkout, { paths: [RoutePath.prefix('/shop')], stripPrefix: true });
      expect(excluded(all)).toEqual(['PathPrefix /shop/dapr', `Exact /shop${PAID}`, `Exact /shop${PAID}/`, 'PathPrefix /shop/job']);
    });

    test('that shares requests out to a subscriber', () => {
      const all = subscribed(engine, ({ catalog }) => catalog);
      all.gateway.exposes(all.checkout, { alongside: [{ service: all.catalog, percent: 10 }] });
      expect(excluded(all)).toEqual(ALL);
    });
  });

  test('is all that the program declares: routes of subscriptions, bindings and actors', () => {
    const all = subscribed(undefined, undefined, { route: '/paid', declaredByApplication: true });
    all.checkout.uses(EtcdCluster.fromNamespace(all.core, 'etcd', 'infrastructure'), { actors: true });
    all.checkout.triggeredBy(new DaprComponent(all.core, 'nightly', { type: 'bindings.cron', metadata: { schedule: '@daily' } }));
    all.gateway.exposes(all.checkout);
    expect(excluded(all)).toEqual(
      ['PathPrefix /actors', 'PathPrefix /dapr', 'PathPrefix /job', 'Exact /nightly', 'Exact /nightly/', 'Exact /paid', 'Exact /paid/'],
    );
  });

  test('is the callbacks of Dapr, if the application speaks gRPC', () => {
    const all = shop({ hostnames: ['grpc.example.com'] });
    const probes = { startup: Probe.grpc(), liveness: Probe.grpc(), readiness: Probe.grpc() };
    const rpc = service(all.core, 'rpc', { ports: [Port.grpc(9000)], probes, dapr: Dapr.sidecar({ appProtocol: 'grpc' }) });
    all.gateway.exposes(rpc, { protocol: 'grpc' });
    expect(excluded(all, 'rpc', 'GRPCRoute')).toEqual(['AppCallback', 'AppCallbackAlpha', 'AppCallbackHealthCheck'].map((name) => `Exact dapr.proto.runtime.v1.${name}`));
  });

  test('belongs to another service where the gateway has a route for it', () => {
    const all = subscribed();
    all.gateway.exposes(all.checkout);
    all.gateway.exposes(all.catalog, { paths: [RoutePath.prefix('/events')] });
    expect(excluded(all)).toEqual(['PathPrefix /dapr', 'PathPrefix /job']);
  });
});

describe('a route has everything of a service', () => {
  test('that can tell the calls of its sidecar by their token', () => {
    const all = shop();
    const order = service(all.core, 'order', { dapr: Dapr.sidecar({ appToken: SecretReference.of('dapr-app-token', 'token') }) });
    order.subscribes(new Topic(all.core, 'paid', { broker: RedisCluster.fromNamespace(all.core, 'redis', 'infrastructure') }));
    all.gateway.exposes(order);
    all.gateway.exposes(order, { name: 'events', paths: [RoutePath.exact(PAID)] });
    expect([excluded(all, 'order'), excluded(all, 'events')]).toEqual([[], []]);
  });

  test('whose sidecar calls another port', () => {
    const all = shop();
    const order = service(all.core, 'order', { ports: [Port.http(8000), Port.of('events', 8001)], dapr: Dapr.sidecar({ appPort: 8001 }) });
    order.subscribes(new Topic(all.core, 'paid', { broker: RedisCluster.fromNamespace(all.core, 'redis', 'infrastructure') }));
    all.gateway.exposes(order);
    expect(excluded(all, 'order')).toEqual([]);
  });

  test('without a sidecar', () => {
    const all = shop();
    all.gateway.exposes(service(all.core, 'web', { dapr: Dapr.none('plain HTTP') }));
    expect(excluded(all, 'web')).toEqual([]);
  });
});

describe('fails', () => {
  const takes = (path: string) => `[core-business-prod/api] route 'checkout' takes ${path}, at which only the Dapr sidecar calls 'checkout', `
    + `so clients could forge events, jobs or calls of actors. ${REMEDY}`;

  test.each([[RoutePath.exact(PAID), PAID], [RoutePath.prefix(PAID), PAID], [RoutePath.prefix('/job/nightly'), '/job'], [RoutePath.prefix('/dapr'), '/dapr']])(
    'where a route is for a callback: %s', (path, callback) => {
      const all = subscribed();
      all.gateway.exposes(all.checkout, { paths: [path] });
      expect(errorOf(all)).toBe(takes(callback));
    },
  );

  test('where an Ingress, which excludes nothing, covers a callback', () => {
    const all = subscribed(GatewayEngine.INGRESS);
    all.gateway.exposes(all.checkout);
    expect(errorOf(all)).toBe(takes(PAID));
  });

  test('where the application declares its subscription at a path that nobody knows', () => {
    const all = subscribed(undefined, undefined, { declaredByApplication: true });
    all.gateway.exposes(all.checkout, { paths: [RoutePath.prefix('/orders')] });
    expect(errorOf(all)).toBe("[core-business-prod/api] route 'checkout' leads to 'checkout', which declares its subscription of 'paid' at an unknown path, so clients could send it events. "
      + 'Name the path by subscribes(..., { route }), or set Dapr.sidecar({ appToken }) and let the application refuse calls without it.');
  });

  test('behind a load balancer, which knows no paths', () => {
    const all = subscribed();
    new LoadBalancer(all.checkout, 'external');
    expect(errorOf(all)).toBe(`[core-business-prod/checkout/external] is in front of 'checkout' at a port that takes ${PAID}, where only the Dapr sidecar calls, `
      + 'so clients could forge events or calls of actors. Use an ApiGateway, or set Dapr.sidecar({ appToken }) and let the application refuse calls without it.');
  });
});

describe('inside of the cluster, a finding names who could call callbacks', () => {
  const told = (declare: (all: Shop) => void) => {
    const all = subscribed();
    declare(all);
    return findings(all.core).filter((finding) => finding.startsWith('MS-DAPR-012'));
  };

  test.each<[string, (all: Shop) => void, string]>([
    ['a direct caller', ({ auth, checkout }) => auth.calls(checkout, { direct: true }), 'platform-prod/auth'],
    ['a group', ({ checkout }) => checkout.allowsGroup('platform'), 'the group platform'],
  ])('%s', (_, declare, caller) => {
    expect(told(declare)).toEqual([`MS-DAPR-012 [core-business-prod/checkout] takes ${PAID} at the port that ${caller} may call directly`]);
  });

  test.each<[string, (all: Shop) => void]>([
    ['not a caller through Dapr, which authorises it', ({ auth, checkout }) => auth.calls(checkout)],
    ['not a direct caller of some paths', ({ auth, checkout }) => auth.calls(checkout, { direct: true, paths: ['/orders'] })],
  ])('%s', (_, declare) => {
    expect(told(declare)).toEqual([]);
  });
});
