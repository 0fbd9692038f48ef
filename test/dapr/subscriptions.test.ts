import { Yaml } from 'cdk8s';
import type { SubscribeOptions } from '../../src/core/connection-options';
import { TopicReference } from '../../src/core/topic-reference';
import { Topic } from '../../src/messaging/topic';
import { App } from '../../src/platform/app';
import { MessageBroker } from '../../src/stores/redis/broker/message-broker';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { bare, findings, group, manifestsOf, podOf, profileWith, ROOMY, service } from '../support/platform';

test('a subscriber takes the events of a topic at a path, and loses none that it could not take', () => {
  const chart = group();
  const topic = new Topic(chart, 'order-placed', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') });
  service(chart, 'mailer').subscribes(topic);
  expect(Yaml.stringify(bare(manifestsOf(chart).get('Subscription', 'mailer-order-placed'))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: mailer-order-placed
scopes:
  - mailer
spec:
  deadLetterTopic: order-placed-mailer-dead-letter
  pubsubname: redis-pubsub
  routes:
    default: /events/order-placed
  topic: order-placed"
`);
});

test('the path is the service\'s own, or begins as the organisation says', () => {
  const chart = group({ profile: profileWith({ events: { routePrefix: '/dapr/' } }) });
  const broker = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
  const mailer = service(chart, 'mailer', { dapr: Dapr.sidecar({ appId: 'post' }) });
  mailer.subscribes(new Topic(chart, 'order-placed', { broker }), { route: '/orders' });
  mailer.subscribes(new Topic(chart, 'order-shipped', { broker }));
  expect(manifestsOf(chart).of('Subscription').map(({ metadata, spec, scopes }) => [metadata.name, spec.routes.default, scopes])).toEqual([
    ['mailer-order-placed', '/orders', ['post']], ['mailer-order-shipped', '/dapr/order-shipped', ['post']],
  ]);
});

test('topics of one name in two groups, on two brokers, are two subscriptions', () => {
  const app = new App();
  const charts = [group({ app }), group({ app, name: 'platform' })];
  charts.forEach((chart) => new Topic(chart, 'changed', { broker: RedisCluster.fromHost(chart, `redis-${chart.group}`, `${chart.group}.example.com`, { cidrs: ['10.0.0.0/24'] }) }));
  const mailer = service(charts[0], 'mailer');
  mailer.subscribes(TopicReference.of('core-business', 'changed'));
  mailer.subscribes(TopicReference.of('platform', 'changed'));
  expect(manifestsOf(charts[0]).of('Subscription').map(({ metadata, spec }) => [metadata.name, spec.pubsubname])).toEqual([
    ['mailer-core-business-changed', 'redis-core-business-pubsub'], ['mailer-platform-changed', 'redis-platform-pubsub'],
  ]);
});

describe('a subscription that the application declares', () => {
  const declared = (options: SubscribeOptions) => {
    const chart = group();
    service(chart, 'mailer').subscribes(new Topic(chart, 'order-placed', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') }), options);
    return manifestsOf(chart);
  };

  test('is no object, and all others are as for a Subscription of ours, the scope of the dead-letter topic included', () => {
    const own = declared({ declaredByApplication: true });
    const ours = declared({});
    expect(own.of('Subscription')).toEqual([]);
    // the pods of the subscriber read one object less
    const unread = (all: readonly object[]) => all.map((manifest) => JSON.stringify(manifest).replace(/"checksum\/dapr.io":"\w+"/, ''));
    expect(unread(own.all)).toEqual(unread(ours.all.filter(({ kind }) => kind !== 'Subscription')));
    expect(own.get('Component', 'redis-pubsub').spec.metadata).toContainEqual({ name: 'subscriptionScopes', value: 'mailer=order-placed,order-placed-mailer-dead-letter' });
  });

  test('finds the partitions of its topic in a variable, because Dapr subscribes one by one', () => {
    const chart = group({ profile: ROOMY });
    const broker = MessageBroker.fromNamespace(chart, 'broker', 'infrastructure', { partitions: 2 });
    service(chart, 'mailer').subscribes(new Topic(chart, 'order-placed', { broker }), { declaredByApplication: true });
    expect(podOf(chart, 'mailer').spec.containers[0].env)
      .toContainEqual({ name: 'TOPIC_ORDER_PLACED_PARTITIONS', value: expect.stringMatching(/^[^,]+,[^,]+$/) });
  });
});

describe('a subscription', () => {
  const subscribed = (options: SubscribeOptions) => {
    const chart = group();
    service(chart, 'mailer').subscribes(new Topic(chart, 'paid', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') }), options);
    const told = findings(chart).filter((each) => each.startsWith('MS-EVENT-003'));
    const manifests = manifestsOf(chart);
    const { metadata } = manifests.get('Component', 'redis-pubsub').spec;
    return { specs: manifests.of('Subscription').map(({ spec }) => spec), scopes: metadata.find(({ name }: any) => name === 'publishingScopes').value, told };
  };

  test('takes events by conditions in their order, several in a request, as plain data', () => {
    const rules = { '/paid/v2': 'event.type == "paid.v2"', '/paid/large': 'event.data.amount > 1000' };
    expect(subscribed({ rules, bulk: 50, rawPayload: true }).specs).toEqual([{
      pubsubname: 'redis-pubsub',
      topic: 'paid',
      routes: { rules: [{ match: 'event.type == "paid.v2"', path: '/paid/v2' }, { match: 'event.data.amount > 1000', path: '/paid/large' }], default: '/events/paid' },
      deadLetterTopic: 'paid-mailer-dead-letter',
      bulkSubscribe: { enabled: true, maxMessagesCount: 50 },
      metadata: { rawPayload: 'true' },
    }]);
  });

  test('takes its own dead letters at a path, and keeps those that it cannot take again', () => {
    expect(subscribed({ deadLetterRoute: '/dead/paid' }).specs).toEqual([
      { pubsubname: 'redis-pubsub', topic: 'paid', routes: { default: '/events/paid' }, deadLetterTopic: 'paid-mailer-dead-letter' },
      { pubsubname: 'redis-pubsub', topic: 'paid-mailer-dead-letter', routes: { default: '/dead/paid' }, deadLetterTopic: 'paid-mailer-dead-letter' },
    ]);
  });

  test('goes without dead letters if it says so, and its sidecar may publish none', () => {
    const { specs, scopes, told } = subscribed({ deadLetters: false });
    expect(told).toEqual(["MS-EVENT-003 [core-business-prod/mailer] subscribes 'paid' with deadLetters: false"]);
    expect(specs).toEqual([{ pubsubname: 'redis-pubsub', topic: 'paid', routes: { default: '/events/paid' } }]);
    expect(scopes).toBe('mailer=');
  });
});

test('no alert tells of dead letters where the profile turns that off', () => {
  const chart = group({ profile: profileWith({ events: { deadLetterAlerts: false } }) });
  service(chart, 'mailer').subscribes(new Topic(chart, 'paid', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') }));
  expect(manifestsOf(chart).of('PrometheusRule')).toEqual([]);
});

test('an alert tells of dead letters, one for each subscriber', () => {
  const chart = group();
  const topic = new Topic(chart, 'paid', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') });
  service(chart, 'order').publishes(topic);
  service(chart, 'mailer', { dapr: Dapr.sidecar({ appId: 'post' }) }).subscribes(topic);
  const rules = manifestsOf(chart).of('PrometheusRule');
  expect(rules.map(({ metadata }) => metadata.name)).toEqual(['mailer-dead-letters']);
  expect(JSON.stringify(rules[0].spec)).toContain('app_id=\\"post\\"');
});
