import { Yaml } from 'cdk8s';
import type { SubscribeOptions } from '../../src/core/connection-options';
import { TopicReference } from '../../src/core/topic-reference';
import { Topic } from '../../src/messaging/topic';
import { App } from '../../src/platform/app';
import { MessageBroker } from '../../src/stores/redis/broker/message-broker';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { bare, group, manifestsOf, podOf, profileWith, ROOMY, service } from '../support/platform';

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
