import { Yaml } from 'cdk8s';
import type { IStateStore } from '../../src/core/store-endpoint';
import { TopicReference } from '../../src/core/topic-reference';
import { Topic } from '../../src/messaging/topic';
import { App } from '../../src/platform/app';
import type { ServiceChart } from '../../src/platform/service-chart';
import { EtcdCluster } from '../../src/stores/etcd/etcd-cluster';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { bare, errorsOf, group, manifestsOf, refusal, service } from '../support/platform';

/** order publishes, in its own group; mailer and analytics subscribe, in another. */
function shop() {
  const app = new App();
  const [core, platform] = [group({ app }), group({ app, name: 'platform' })];
  const redis = RedisCluster.fromNamespace(core, 'redis', 'infrastructure');
  const order = service(core, 'order');
  order.publishes(new Topic(core, 'order-placed', { broker: redis }));
  order.publishes(new Topic(core, 'order-shipped', { broker: redis }));
  const [mailer, analytics] = [service(platform, 'mailer'), service(platform, 'analytics')];
  mailer.subscribes(TopicReference.of('core-business', 'order-placed'));
  analytics.subscribes(TopicReference.of('core-business', 'order-placed'));
  service(platform, 'auth');
  return { core, platform, order, mailer, redis };
}

const metadataOf = (component: any) => Object.fromEntries(component.spec.metadata.map(({ name, value }: any) => [name, value]));

test('a topic is a pub/sub component on Redis for just those that use it', () => {
  expect(Yaml.stringify(bare(manifestsOf(shop().core).get('Component', 'redis-pubsub'))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: redis-pubsub
auth:
  secretStore: kubernetes
scopes:
  - order
spec:
  initTimeout: 30s
  metadata:
    - name: redisHost
      value: redis-prod.infrastructure.svc.cluster.local:6379
    - name: redisType
      value: cluster
    - name: enableTLS
      value: "true"
    - name: insecureSkipTLSVerify
      value: "true"
    - name: redisUsername
      secretKeyRef:
        key: username
        name: redis-prod
    - name: redisPassword
      secretKeyRef:
        key: password
        name: redis-prod
    - name: allowedTopics
      value: order-placed,order-shipped
    - name: publishingScopes
      value: order=order-placed,order-shipped
    - name: subscriptionScopes
      value: order=
    - name: maxLenApprox
      value: "100000"
    - name: processingTimeout
      value: 409s
    - name: queueDepth
      value: "10"
  type: pubsub.redis
  version: v1"
`);
});

test('subscribers have one in their own namespace, and may send what they could not take to a topic of their own, and read it again', () => {
  const component = manifestsOf(shop().platform).get('Component', 'redis-pubsub');
  expect(component.scopes).toEqual(['analytics', 'mailer']);
  expect(metadataOf(component)).toMatchObject({
    redisHost: 'redis-prod.infrastructure.svc.cluster.local:6379',
    allowedTopics: 'order-placed,order-placed-analytics-dead-letter,order-placed-mailer-dead-letter',
    publishingScopes: 'analytics=order-placed-analytics-dead-letter;mailer=order-placed-mailer-dead-letter',
    subscriptionScopes: 'analytics=order-placed,order-placed-analytics-dead-letter;mailer=order-placed,order-placed-mailer-dead-letter',
  });
});

test('a service that only publishes may subscribe nothing, in words that Dapr reads as nothing', () => {
  expect(metadataOf(manifestsOf(shop().core).get('Component', 'redis-pubsub'))).toMatchObject({ subscriptionScopes: 'order=', publishingScopes: 'order=order-placed,order-shipped' });
});

test('state is kept in a store for just those that use it, with the namespace before each key', () => {
  const chart = group();
  const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
  service(chart).uses(redis);
  service(chart, 'order').uses(redis);
  service(chart, 'payment');
  expect(bare(manifestsOf(chart).get('Component', 'redis-statestore'))).toMatchObject({
    scopes: ['checkout', 'order'],
    spec: {
      type: 'state.redis',
      version: 'v1',
      metadata: [
        { name: 'redisHost', value: 'redis-prod.infrastructure.svc.cluster.local:6379' },
        { name: 'redisType', value: 'cluster' },
        { name: 'enableTLS', value: 'true' },
        { name: 'insecureSkipTLSVerify', value: 'true' },
        { name: 'redisUsername', secretKeyRef: { name: 'redis-prod', key: 'username' } },
        { name: 'redisPassword', secretKeyRef: { name: 'redis-prod', key: 'password' } },
        { name: 'keyPrefix', value: 'namespace' },
      ],
    },
  });
});

test('state in PostgreSQL is reached by a component for each service, because each is a user of its own there', () => {
  const chart = group();
  const postgresql = PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure');
  service(chart).uses(postgresql);
  service(chart, 'order', { dapr: Dapr.sidecar({ appId: 'orders' }) }).uses(postgresql);
  service(chart, 'payment');
  const components = manifestsOf(chart).of('Component').map(bare);
  expect(components).toEqual([['checkout', 'checkout'], ['order', 'orders']].map(([name, appId]) => ({
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Component',
    metadata: { name: `postgresql-statestore-${name}` },
    auth: { secretStore: 'kubernetes' },
    scopes: [appId],
    spec: {
      initTimeout: '30s',
      type: 'state.postgresql',
      version: 'v2',
      metadata: [
        { name: 'connectionString', secretKeyRef: { name: `postgresql-prod-${name}`, key: 'connection-string' } },
        { name: 'keyPrefix', value: 'namespace' },
      ],
    },
  })));
});

test.each<[string, (chart: ServiceChart) => IStateStore, string]>([
  ['in the cluster', (chart) => PostgresCluster.fromNamespace(chart, 'postgresql', 'data', { instance: 'books' }), 'books-order'],
  ['in the cluster by another name', (chart) => PostgresCluster.fromNamespace(chart, 'postgresql', 'data', { secretName: 'ledger' }), 'ledger-order'],
  ['outside of it', (chart) => PostgresCluster.fromHost(chart, 'postgresql', 'db.example.com', { cidrs: ['10.20.0.0/24'] }), 'postgresql-order'],
  ['outside of it by another name', (chart) => PostgresCluster.fromHost(chart, 'postgresql', 'db.example.com', { cidrs: ['10.20.0.0/24'], secretName: 'rds' }), 'rds-order'],
])('the Secret of a service of PostgreSQL %s ends with its name', (_where, postgresql, secret) => {
  const chart = group();
  service(chart, 'order').uses(postgresql(chart));
  expect(manifestsOf(chart).get('Component', 'postgresql-statestore-order').spec.metadata[0]).toEqual({
    name: 'connectionString', secretKeyRef: { name: secret, key: 'connection-string' },
  });
});

test('no component holds a password', () => {
  const { core } = shop();
  const secrets = manifestsOf(core).of('Component').flatMap(({ spec }) => spec.metadata).filter(({ name }: any) => /password|username|connection/i.test(name));
  expect(secrets.length).toBeGreaterThan(0);
  secrets.forEach((entry: any) => expect(Object.keys(entry)).toEqual(['name', 'secretKeyRef']));
});

test('a service without a sidecar is in no scope', () => {
  const chart = group();
  service(chart, 'checkout', { dapr: Dapr.none('its own driver') }).uses(RedisCluster.fromNamespace(chart, 'redis', 'infrastructure'));
  expect(manifestsOf(chart).of('Component')).toEqual([]);
});

test('two stores on one host are two components', () => {
  const chart = group();
  const checkout = service(chart);
  checkout.uses(RedisCluster.fromHost(chart, 'cache', 'db.example.com', { cidrs: ['10.20.0.0/24'] }));
  checkout.uses(PostgresCluster.fromHost(chart, 'books', 'db.example.com', { cidrs: ['10.20.0.0/24'] }));
  expect(manifestsOf(chart).of('Component').map(({ metadata }) => metadata.name).sort()).toEqual(['books-statestore-checkout', 'cache-statestore']);
});

test('fails on two stores of one name in a namespace', () => {
  expect(errorsOf((chart) => {
    const [checkout, order] = [service(chart), service(chart, 'order')];
    checkout.uses(RedisCluster.fromHost(chart, 'redis', 'a.example.com', { cidrs: ['10.20.0.0/24'] }));
    order.uses(RedisCluster.fromHost(checkout, 'redis', 'b.example.com', { cidrs: ['10.20.0.0/24'] }));
  })).toEqual(["[core-business-prod] two stores named 'redis' are used, at a.example.com:6379 and at b.example.com:6379. Give each its own name."]);
});

describe('actors', () => {
  test('keep their state in the store that is named for them, each service for itself on PostgreSQL', () => {
    const chart = group();
    const [redis, postgresql] = [RedisCluster.fromNamespace(chart, 'redis', 'infrastructure'), PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure')];
    const order = service(chart, 'order');
    order.uses(redis);
    order.uses(postgresql, { actors: true });
    service(chart).uses(postgresql);
    const manifests = manifestsOf(chart);
    expect(manifests.get('Component', 'postgresql-statestore-order').spec.metadata).toEqual([
      { name: 'connectionString', secretKeyRef: { name: 'postgresql-prod-order', key: 'connection-string' } },
      { name: 'keyPrefix', value: 'namespace' },
      { name: 'actorStateStore', value: 'true' },
    ]);
    expect(metadataOf(manifests.get('Component', 'postgresql-statestore-checkout'))).not.toHaveProperty('actorStateStore');
    expect(metadataOf(manifests.get('Component', 'redis-statestore'))).not.toHaveProperty('actorStateStore');
  });

  test('keep their state in etcd for all services of the namespace that says so', () => {
    const app = new App();
    const [core, platform] = [group({ app }), group({ app, name: 'platform' })];
    const [ofCore, ofPlatform] = [core, platform].map((chart) => EtcdCluster.fromNamespace(chart, 'etcd', 'coordination'));
    service(core, 'order').uses(ofCore, { actors: true });
    service(core).uses(ofCore);
    service(platform).uses(ofPlatform);
    const [shared, other] = [core, platform].map((chart) => manifestsOf(chart).get('Component', 'etcd-statestore'));
    expect(shared).toMatchObject({ scopes: ['checkout', 'order'] });
    expect(metadataOf(shared)).toMatchObject({ actorStateStore: 'true' });
    expect(metadataOf(other)).not.toHaveProperty('actorStateStore');
  });

  test('fail to keep their state in a Redis cluster, which has no transaction over several keys', () => {
    expect(errorsOf((chart) => service(chart, 'order').uses(RedisCluster.fromNamespace(chart, 'redis', 'infrastructure'), { actors: true }))).toEqual([
      "[core-business-prod/order] uses 'redis' for actors, and its engine 'redis' has no multi-key transactions, which Dapr actors and workflows require. "
      + 'Use a store with such transactions for actors, such as a relational database.',
    ]);
  });

  test('fail without a sidecar', () => {
    expect(errorsOf((chart) => service(chart, 'order', { dapr: Dapr.none('its own driver') }).uses(PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure'), { actors: true })))
      .toEqual(["[core-business-prod/order] uses 'postgresql' for actors without a Dapr sidecar, which alone runs them. Remove dapr: Dapr.none(...)."]);
  });

  const rivals = (define: (chart: ServiceChart) => void) => refusal((app) => define(group({ app }))).split('\n  ')[1];
  const named = (store: string, other: string) => `[core-business-prod/checkout] uses '${store}' and '${other}', which each keep the state of actors `
    + "for services of 'core-business-prod', and a sidecar loads one such store. Name one store with { actors: true } for all of them.";

  test('fail where a sidecar would load two stores for them', () => {
    expect(rivals((chart) => {
      const checkout = service(chart);
      ['books', 'ledger'].forEach((name) => checkout.uses(PostgresCluster.fromNamespace(chart, name, 'infrastructure'), { actors: true }));
    })).toBe(named('books', 'ledger'));
  });

  test('fail where another service says it of the second one, which they share', () => {
    expect(rivals((chart) => {
      const [etcd, books] = [EtcdCluster.fromNamespace(chart, 'etcd', 'coordination'), PostgresCluster.fromNamespace(chart, 'books', 'infrastructure')];
      service(chart, 'order').uses(etcd, { actors: true });
      const checkout = service(chart);
      checkout.uses(books, { actors: true });
      checkout.uses(etcd);
    })).toBe(named('books', 'etcd'));
  });

  test('are not refused where another service says it of a store in which each is a user of its own', () => {
    const chart = group();
    const [books, ledger] = ['books', 'ledger'].map((name) => PostgresCluster.fromNamespace(chart, name, 'infrastructure'));
    service(chart, 'order').uses(books, { actors: true });
    const checkout = service(chart);
    checkout.uses(books);
    checkout.uses(ledger, { actors: true });
    const kept = manifestsOf(chart).of('Component').filter((component) => 'actorStateStore' in metadataOf(component)).map(({ metadata }) => metadata.name);
    expect(kept.sort()).toEqual(['books-statestore-order', 'ledger-statestore-checkout']);
  });
});
