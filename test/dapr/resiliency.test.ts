import { Duration, Yaml } from 'cdk8s';
import type { CallOptions, SubscribeOptions } from '../../src/core/connection-options';
import { ServiceReference } from '../../src/core/service-reference';
import { Topic } from '../../src/messaging/topic';
import { App } from '../../src/platform/app';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { DaprVersion } from '../../src/values/dapr-version';
import { Port } from '../../src/values/port';
import { ImportedService } from '../../src/workloads/imported-service';
import { bare, findings, group, manifestsOf, profileWith, service } from '../support/platform';
import type { AnyChanges } from '../support/settings';

test('a call waits 30 s and is sent once; an idempotent one is tried 3 times more; a service elsewhere has two names', () => {
  const app = new App();
  const chart = group({ app });
  service(group({ app, name: 'platform' }), 'auth');
  const checkout = service(chart);
  checkout.calls(service(chart, 'order'), { idempotent: true });
  checkout.calls(service(chart, 'payment'));
  checkout.calls(ServiceReference.of('platform', 'auth'), { timeout: Duration.seconds(5), retries: 1 });
  expect(Yaml.stringify(bare(manifestsOf(chart).get('Resiliency', 'checkout'))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: dapr.io/v1alpha1
kind: Resiliency
metadata:
  name: checkout
scopes:
  - checkout
spec:
  policies:
    retries:
      retry-1-times-after-1s:
        duration: 1s
        matching:
          gRPCStatusCodes: 4,14
          httpStatusCodes: 502-504
        maxRetries: 1
        policy: constant
      retry-3-times-after-1s:
        duration: 1s
        matching:
          gRPCStatusCodes: 4,14
          httpStatusCodes: 502-504
        maxRetries: 3
        policy: constant
    timeouts:
      timeout-30s: 30s
      timeout-5s: 5s
  targets:
    apps:
      auth:
        retry: retry-1-times-after-1s
        timeout: timeout-5s
      auth.platform-prod:
        retry: retry-1-times-after-1s
        timeout: timeout-5s
      order:
        retry: retry-3-times-after-1s
        timeout: timeout-30s
      payment:
        timeout: timeout-30s"
`);
});

test('only the caller\'s sidecar reads it', () => {
  const chart = group();
  service(chart).calls(service(chart, 'order'));
  expect(manifestsOf(chart).of('Resiliency').map(({ metadata, scopes }) => [metadata.name, scopes])).toEqual([['checkout', ['checkout']]]);
});

test('a service that calls nobody and takes no events has none', () => {
  const chart = group();
  service(chart);
  expect(manifestsOf(chart).of('Resiliency')).toEqual([]);
});

test('without retries in the profile, or at the call, there is a timeout alone', () => {
  const chart = group({ profile: profileWith({ calls: { retries: 0, timeout: Duration.millis(1500) } }) });
  service(chart).calls(service(chart, 'order'), { idempotent: true });
  expect(manifestsOf(chart).get('Resiliency', 'checkout').spec).toEqual({
    policies: { timeouts: { 'timeout-1.5s': '1.5s' } }, targets: { apps: { order: { timeout: 'timeout-1.5s' } } },
  });
});

test('a call that is said again has the options of the last time', () => {
  const chart = group();
  const [checkout, order] = [service(chart), service(chart, 'order')];
  checkout.calls(order, { idempotent: true });
  checkout.calls(order, { idempotent: false });
  expect(manifestsOf(chart).get('Resiliency', 'checkout').spec.targets.apps).toEqual({ order: { timeout: 'timeout-30s' } });
});

test('a service is a target by its Dapr app id', () => {
  const chart = group();
  service(chart).calls(service(chart, 'order', { dapr: Dapr.sidecar({ appId: 'purchase' }) }));
  expect(Object.keys(manifestsOf(chart).get('Resiliency', 'checkout').spec.targets.apps)).toEqual(['purchase']);
});

test('a service without a sidecar is no target, because Dapr sees no call to it', () => {
  const chart = group();
  service(chart).calls(service(chart, 'order', { dapr: Dapr.none('plain TCP server') }));
  expect(manifestsOf(chart).of('Resiliency')).toEqual([]);
});

test('an imported service is one if it is called through Dapr', () => {
  const chart = group();
  const checkout = service(chart);
  checkout.calls(ImportedService.fromName(chart, 'ledger', { namespace: 'legacy' }));
  checkout.calls(ImportedService.fromName(chart, 'mainframe', { namespace: 'legacy', ports: [Port.http(8080)] }));
  expect(Object.keys(manifestsOf(chart).get('Resiliency', 'checkout').spec.targets.apps)).toEqual(['ledger', 'ledger.legacy']);
});

describe('events of a broker', () => {
  const PUBLISHED = { policy: 'exponential', maxInterval: '5s', maxRetries: 10 };

  function mailer(changes: AnyChanges, ...options: SubscribeOptions[]) {
    const chart = group({ profile: profileWith(changes) });
    const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
    const mail = service(chart, 'mailer');
    options.forEach((each, i) => mail.subscribes(new Topic(chart, `topic-${i}`, { broker: redis }), each));
    const manifests = manifestsOf(chart);
    const metadata = Object.fromEntries(manifests.get('Component', 'redis-pubsub').spec.metadata.map(({ name, value }: any) => [name, value]));
    return { ...manifests.get('Resiliency', 'mailer').spec, metadata };
  }

  test('are delivered again for longer than a restart takes, and dead letters published for longer than a failover does', () => {
    const { policies, targets, metadata } = mailer({}, {});
    expect(policies).toEqual({
      retries: {
        'redeliver-10-times-within-15s': { policy: 'exponential', maxInterval: '15s', maxRetries: 10 },
        'publish-10-times-within-5s': PUBLISHED,
      },
    });
    expect(targets).toEqual({ components: { 'redis-pubsub': { inbound: { retry: 'redeliver-10-times-within-15s' }, outbound: { retry: 'publish-10-times-within-5s' } } } });
    // 11 deliveries of 30 s, and waits of at most 1.5 x (0.5 + 0.75 + 1.125 + 1.6875 + 2.53 + 3.80 + 5.70 + 8.54 + 12.81 + 15) s
    expect(metadata).toMatchObject({ processingTimeout: '409s', queueDepth: '10' });
  });

  test('are delivered as often as the most persistent subscription says, because Dapr has one setting for a broker', () => {
    const { targets, metadata } = mailer({}, { retries: 5 }, { retries: 2, handlingTime: Duration.seconds(60) });
    expect(targets.components['redis-pubsub'].inbound).toEqual({ retry: 'redeliver-5-times-within-15s' });
    // 6 deliveries of 60 s, and waits of at most 1.5 x (0.5 + 0.75 + 1.125 + 1.6875 + 2.53) s
    expect(metadata.processingTimeout).toBe('370s');
  });

  test('are delivered again after a fixed time if the organisation says so, and no event twice at a time', () => {
    const { policies, metadata } = mailer({ events: { retryInterval: Duration.seconds(10), handlingTime: Duration.seconds(20) } }, { retries: 10 });
    expect(policies.retries).toMatchObject({ 'redeliver-10-times-after-10s': { policy: 'constant', duration: '10s', maxRetries: 10 } });
    // 10 waits of 10 s, and 11 deliveries of 20 s
    expect(metadata.processingTimeout).toBe('320s');
  });

  test('are published again also where nobody subscribes, and only once if the organisation says so', () => {
    const published = (changes: AnyChanges) => {
      const chart = group({ profile: profileWith(changes) });
      service(chart, 'order').publishes(new Topic(chart, 'order-placed', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') }));
      return manifestsOf(chart);
    };
    const { policies, targets } = published({}).get('Resiliency', 'order').spec;
    expect([policies, targets]).toEqual([
      { retries: { 'publish-10-times-within-5s': PUBLISHED } }, { components: { 'redis-pubsub': { outbound: { retry: 'publish-10-times-within-5s' } } } },
    ]);
    expect(JSON.stringify(published({}).get('Component', 'redis-pubsub'))).toContain('409s');
    expect(published({ events: { publishRetries: 0 } }).of('Resiliency')).toEqual([]);
  });
});

test.each([['core-business', 'platform'], ['platform', 'core-business']])('of two services with one name, that of the own namespace has the name: %s first', (...order) => {
  const app = new App();
  const charts = new Map(order.map((name) => [name, group({ app, name })]));
  const [chart, platform] = [charts.get('core-business')!, charts.get('platform')!];
  const auths = { 'core-business': service(chart, 'auth'), 'platform': service(platform, 'auth') };
  for (const caller of [service(chart), service(platform, 'analytics')]) {
    caller.calls(auths['core-business'], { idempotent: true });
    caller.calls(auths.platform, { idempotent: false });
  }
  const apps = (of: typeof chart, name: string) => manifestsOf(of).get('Resiliency', name).spec.targets.apps;
  const [once, again] = [{ timeout: 'timeout-30s' }, { timeout: 'timeout-30s', retry: 'retry-3-times-after-1s' }];
  expect(apps(chart, 'checkout')).toEqual({ 'auth': again, 'auth.platform-prod': once });
  expect(apps(platform, 'analytics')).toEqual({ 'auth': once, 'auth.core-business-prod': again });
});

test.each<[string, CallOptions, boolean]>([
  ['nothing', {}, false],
  ['idempotent', { idempotent: true }, true],
  ['a number of retries', { retries: 3 }, true],
  ['methods that are idempotent', { methods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'] }, true],
  ['methods, one of them POST', { methods: ['GET', 'POST'] }, false],
  ['methods, one of them PATCH', { methods: ['GET', 'PATCH'] }, false],
  ['idempotent, whatever the method', { idempotent: true, methods: ['POST'] }, true],
  ['not idempotent, whatever the method', { idempotent: false, methods: ['GET'] }, false],
])('a call that declares %s', (_what, options, repeated) => {
  const chart = group();
  service(chart).calls(service(chart, 'order'), options);
  expect(manifestsOf(chart).get('Resiliency', 'checkout').spec.targets.apps.order.retry).toBe(repeated ? 'retry-3-times-after-1s' : undefined);
});

test('an organisation decides whether undeclared calls are repeated, and for which answers', () => {
  const chart = group({ profile: profileWith({ calls: { idempotent: true, retriedHttpCodes: '429,500-504', retriedGrpcCodes: '8' } }) });
  service(chart).calls(service(chart, 'order'));
  expect(manifestsOf(chart).get('Resiliency', 'checkout').spec.policies.retries).toEqual({
    'retry-3-times-after-1s': { policy: 'constant', duration: '1s', maxRetries: 3, matching: { httpStatusCodes: '429,500-504', gRPCStatusCodes: '8' } },
  });
});

test('Dapr before 1.15 has no matching: it repeats idempotent calls after any answer, and a reviewer is told', () => {
  const chart = group({ profile: profileWith({ daprVersion: DaprVersion.of('1.14') }) });
  const checkout = service(chart);
  checkout.calls(service(chart, 'order'), { idempotent: true });
  checkout.calls(service(chart, 'payment'));
  expect(manifestsOf(chart).get('Resiliency', 'checkout').spec.policies.retries).toEqual({ 'retry-3-times-after-1s': { policy: 'constant', duration: '1s', maxRetries: 3 } });
  expect(findings(chart).filter((each) => each.startsWith('MS-DAPR'))).toEqual(["MS-DAPR-010 [core-business-prod/checkout] calls 'order' on Dapr 1.14"]);
});
