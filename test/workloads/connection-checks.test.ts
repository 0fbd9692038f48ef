import { Duration } from 'cdk8s';
import type { CallOptions, SubscribeOptions } from '../../src/core/connection-options';
import { ServiceReference } from '../../src/core/service-reference';
import { TopicReference } from '../../src/core/topic-reference';
import { Topic } from '../../src/messaging/topic';
import { SharedChart } from '../../src/platform/shared-chart';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { ImportedService } from '../../src/workloads/imported-service';
import { DEV, errorsOf, group, refusal, ROOMY, service } from '../support/platform';

describe('what nothing defines', () => {
  test('is reported at once, all of it, with the name that was most likely meant', () => {
    expect(errorsOf((chart) => {
      const checkout = service(chart);
      service(chart, 'order');
      new Topic(chart, 'order-placed', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') });
      checkout.calls(ServiceReference.of('core-business', 'ordr'));
      checkout.calls(ServiceReference.of('core-busines', 'order'));
      checkout.calls(ServiceReference.of('platform', 'auth'));
      checkout.publishes(TopicReference.of('core-business', 'order-palced'));
      checkout.subscribes(TopicReference.of('warehouse', 'item-moved'));
    })).toEqual([
      "[core-business-prod/checkout] calls 'core-busines/order', which environment 'prod' does not define. Did you mean the group 'core-business'?",
      "[core-business-prod/checkout] calls 'core-business/ordr', which environment 'prod' does not define. Did you mean 'core-business/order'?",
      "[core-business-prod/checkout] calls 'platform/auth', which environment 'prod' does not define. Define a Microservice 'auth' in the group 'platform' of 'prod', or use ImportedService.fromName().",
      "[core-business-prod/checkout] uses the topic 'core-business/order-palced', which environment 'prod' does not define. Did you mean 'core-business/order-placed'?",
      "[core-business-prod/checkout] uses the topic 'warehouse/item-moved', which environment 'prod' does not define. Define a Topic 'item-moved' in the group 'warehouse' of 'prod'.",
    ]);
  });

  test('in one environment may be there in another, which does not help', () => {
    expect(refusal((app) => {
      service(group({ app, environment: DEV, profile: ROOMY }), 'order');
      service(group({ app, profile: ROOMY })).calls(ServiceReference.of('core-business', 'order'));
    })).toBe("Validation failed with the following errors:\n  [core-business-prod/checkout] calls 'core-business/order', which environment 'prod' does not define. "
      + "Define a Microservice 'order' in the group 'core-business' of 'prod', or use ImportedService.fromName().");
  });
});

describe('one environment never reaches another', () => {
  const [prod, dev] = ['[core-business-prod/checkout]', 'core-business-dev'];

  test('by a call', () => {
    expect(refusal((app) => service(group({ app })).calls(service(group({ app, environment: DEV }), 'order'))))
      .toBe(`${prod} calls 'order' in environment 'dev'. Define 'order' in 'prod' too, or describe the far one with ImportedService.fromName().`);
  });

  test.each(['publishes', 'subscribes'] as const)('by a topic that it %s', (verb) => {
    expect(refusal((app) => {
      const far = group({ app, environment: DEV });
      service(group({ app }))[verb](new Topic(far, 'order-placed', { broker: RedisCluster.fromNamespace(far, 'redis', 'infrastructure') }));
    })).toBe(`${prod} ${verb} 'order-placed' of environment 'dev'. Define the topic in 'prod' too.`);
  });

  test('by a store, of another environment or of all', () => {
    const use = (define: (app: any) => any) => refusal((app) => service(group({ app })).uses(RedisCluster.fromNamespace(define(app), 'redis', 'infrastructure')));
    expect(use((app) => group({ app, environment: DEV })))
      .toBe(`${prod} uses 'redis' of environment 'dev', so environments would share their data. Define 'redis' in 'core-business-prod' too.`);
    expect(use((app) => new SharedChart(app, 'infrastructure')))
      .toBe(`${prod} uses 'redis' of 'infrastructure', which all environments share, so environments would share their data. Define 'redis' in 'core-business-prod' too.`);
  });

  test('by the broker of a topic', () => {
    expect(refusal((app) => new Topic(group({ app }), 'order-placed', { broker: RedisCluster.fromNamespace(group({ app, environment: DEV }), 'redis', 'infrastructure') })))
      .toBe("[core-business-prod/order-placed] is carried by the broker 'redis' of environment 'dev', so its events would cross environments. Define 'redis' in 'core-business-prod' too.");
  });

  test('by a host that two of them use', () => {
    const message = refusal((app) => {
      for (const environment of [DEV, undefined]) {
        RedisCluster.fromHost(group({ app, profile: ROOMY, ...environment ? { environment } : {} }), 'redis', 'redis.example.com', { cidrs: ['10.0.0.0/24'] });
      }
    });
    expect(message.split('\n  ').slice(1)).toEqual([
      `[${dev}/redis] 'redis.example.com' is also the store of environment 'prod' (core-business-prod/redis), so one environment would reach the data of the other. Give each environment a host of its own.`,
      `[core-business-prod/redis] 'redis.example.com' is also the store of environment 'dev' (${dev}/redis), so one environment would reach the data of the other. Give each environment a host of its own.`,
    ]);
  });
});

describe('a call fails', () => {
  test.each<[CallOptions, string]>([
    [{ retries: 11 }, 'expected retries to be a whole number from 0 to 10, got 11. Use 10 or less.'],
    [{ retries: -1 }, 'expected retries to be a whole number from 0 to 10, got -1. Use 0 or more.'],
    [{ retries: '3' as unknown as number }, "expected retries to be a whole number from 0 to 10, got '3'. Write a number without quotes."],
    [{ timeout: Duration.millis(0) }, "calls 'order' with a timeout of 0 ms. Wait at least 1 ms."],
    [{ idempotent: false, retries: 2 }, "calls 'order', which is not idempotent, with 2 retries. Leave retries out, or make the call idempotent."],
  ])('with %j', (options, message) => {
    expect(errorsOf((chart) => service(chart).calls(service(chart, 'order'), options))).toEqual([`[core-business-prod/checkout] ${message}`]);
  });

  test('of a service to itself', () => {
    expect(errorsOf((chart) => service(chart).calls(ServiceReference.of('core-business', 'checkout')))).toEqual([
      '[core-business-prod/checkout] calls itself. Call the function inside of the process.',
    ]);
  });

  test('through Dapr without a sidecar', () => {
    expect(errorsOf((chart) => service(chart, 'checkout', { dapr: Dapr.none('x') }).calls(ImportedService.fromName(chart, 'ledger', { namespace: 'legacy' })))).toEqual([
      "[core-business-prod/checkout] calls 'ledger', which is reached through Dapr, without a Dapr sidecar. Name ports of the ImportedService, or remove dapr: Dapr.none(...).",
    ]);
  });
});

describe('a topic fails', () => {
  test.each<[SubscribeOptions, string]>([
    [{ route: 'orders' }, "expected a route that begins with '/', got 'orders'. Write a path such as '/events/order-placed'."],
    [{ route: '' }, 'route is empty. Write at least one word.'],
    [{ deadLetterRoute: 'lost' }, "expected a deadLetterRoute that begins with '/', got 'lost'. Write a path such as '/events/order-placed'."],
    [{ deadLetters: false, deadLetterRoute: '/lost' }, "takes dead letters of 'x' at '/lost', and there are none with deadLetters: false. Leave one of them out."],
    [{ rules: { paid: 'true' } }, "expected paths of rules that begin with '/', got 'paid'. Write a path such as '/events/order-placed'."],
    [{ rules: { '/paid': '' } }, "rules['/paid'] is empty. Write at least one word."],
    [{ bulk: 1 }, 'expected bulk to be a whole number of 2 or more, got 1. Use 2 or more.'],
    [{ handlingTime: Duration.millis(1500) }, 'expected handlingTime to be 1 or more whole seconds, got 1.5 seconds. Use Duration.seconds(2).'],
    [{ route: '/a\nb' }, 'route "/a\\nb" has the control or invisible character U+000A. Write one line of plain text.'],
    [{ retries: 1.5 }, 'expected retries to be a whole number from 0 to 10, got 1.5. Use 1.'],
  ])('subscribed with %j', (options, message) => {
    expect(errorsOf((chart) => service(chart).subscribes(TopicReference.of('core-business', 'x'), options))).toEqual([`[core-business-prod/checkout] ${message}`]);
  });

  test.each(['publishes', 'subscribes'] as const)('where a service without a sidecar %s it', (verb) => {
    expect(errorsOf((chart) => service(chart, 'checkout', { dapr: Dapr.none('x') })[verb](TopicReference.of('core-business', 'order-placed')))).toEqual([
      `[core-business-prod/checkout] ${verb} 'order-placed' without a Dapr sidecar, which alone can reach a topic. Remove dapr: Dapr.none(...).`,
    ]);
  });

  test('where two subscribers have one app id, because each event would reach one of them', () => {
    const message = refusal((app) => {
      const charts = ['core-business', 'platform'].map((name) => group({ app, name, profile: ROOMY }));
      const topic = new Topic(charts[0], 'order-placed', { broker: RedisCluster.fromNamespace(charts[0], 'redis', 'infrastructure') });
      charts.forEach((chart) => service(chart, 'mailer').subscribes(topic));
    });
    expect(message.split('\n  ').slice(1)).toEqual([
      "[core-business-prod/mailer] subscribes 'core-business/order-placed' with the Dapr app id of platform-prod/mailer, so each event would reach only one of the two. Give one of them another appId.",
      "[platform-prod/mailer] subscribes 'core-business/order-placed' with the Dapr app id of core-business-prod/mailer, so each event would reach only one of the two. Give one of them another appId.",
    ]);
  });
});

describe('an imported service fails', () => {
  test.each([
    ['Ledger', { namespace: 'legacy' }, "name 'Ledger' is not a DNS label: it has 'L'. Write 'ledger'."],
    ['ledger', { namespace: 'Le gacy' }, "namespace 'Le gacy' is not a DNS label: it has 'L'. Write 'le-gacy'."],
    ['ledger', { namespace: 'legacy', ports: [] }, 'ports is an empty list, so nothing could reach it. Name a port, or leave ports out to call it through Dapr.'],
    ['ledger', { namespace: 'legacy', podLabels: {} }, 'podLabels is empty, so every pod of the namespace would be meant. Name a label, or leave podLabels out.'],
  ])('%s: %#', (name, options, message) => {
    expect(errorsOf((chart) => ImportedService.fromName(chart, name, options))).toEqual([`[core-business-prod/${name}] ${message}`]);
  });
});
