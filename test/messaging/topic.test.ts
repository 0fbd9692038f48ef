import { Construct } from 'constructs';
import { Topic } from '../../src/messaging/topic';
import { SharedChart } from '../../src/platform/shared-chart';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { errorsOf, group, manifestsOf, refusal } from '../support/platform';

test('a topic alone renders nothing, and is known by its group and name', () => {
  const chart = group();
  const topic = new Topic(chart, 'order-placed', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') });
  expect(`${topic.topicId}`).toBe('core-business/order-placed');
  expect(manifestsOf(chart).of('Component')).toEqual([]);
});

test.each([
  ['order placed', "'order placed' is not the name of a topic. Write 'order-placed'."],
  ['orders,placed', "'orders,placed' is not the name of a topic. Write 'orders-placed'."],
  ['placed-', "'placed-' is not the name of a topic. Write 'placed'."],
  ['=', "'=' is not the name of a topic. Use letters, digits, '.', '_' and '-', such as 'order-placed'."],
  ['a'.repeat(179), 'the name of the topic has 179 characters, and 178 are the most. Shorten it.'],
])('fails with the name %j', (name, problem) => {
  const [error] = errorsOf((chart) => new Topic(chart, name, { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') }));
  expect(error).toBe(`[core-business-prod/${name}] ${problem}`);
});

test('fails where it is there already', () => {
  expect(errorsOf((chart) => {
    const broker = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
    new Topic(chart, 'order-placed', { broker });
    new Topic(new Construct(chart, 'Below'), 'order-placed', { broker });
  })).toEqual(["[core-business-prod/Below/order-placed] topic 'order-placed' is defined already at core-business-prod/order-placed. Give one of them another name, or use the one that is there."]);
});

test('fails where another group has one of that name on the broker, because Redis knows no groups', () => {
  expect(refusal((app) => ['core-business', 'platform'].forEach((name) => {
    const chart = group({ app, name });
    new Topic(chart, 'changed', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') });
  }))).toBe("[platform-prod/changed] topic 'changed' of core-business-prod/changed is on the same broker, which would mix the events of the two. "
    + 'Give one of them another name or broker, or use TopicReference.of() for the one that is there.');
});

test('fails in a group that all environments share', () => {
  expect(refusal((app) => {
    const shared = new SharedChart(app, 'infrastructure');
    new Topic(shared, 'changed', { broker: RedisCluster.fromNamespace(shared, 'redis', 'infrastructure') });
  })).toBe("[infrastructure/changed] is in 'infrastructure', which all environments share, so its events would cross environments. Define it below a ServiceChart.");
});
