import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import * as library from '../../src';
import { App, Dapr, Environment, Image, Microservice, ServiceChart, Topic } from '../../src';
import type { TopicProps } from '../../src/messaging/topic';
import { RedisCluster } from '../../src/stores';
import { SIGNATURES } from '../../src/values/signatures';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { messageOf } from '../support/message-of';

const image = Image.parse('registry.example.com/order:1.4.2');

type AnyClass = new (scope: Construct, id: string, props?: unknown) => Construct;

/** Every class of the library that defines constructs, by its name. */
function constructs(): [string, AnyClass][] {
  const submodules = Object.values(library as Record<string, unknown>).filter((value) => typeof value === 'object' && value !== null);
  return [library, ...submodules].flatMap((module) => Object.entries(module as Record<string, unknown>))
    .filter((entry): entry is [string, AnyClass] => typeof entry[1] === 'function' && entry[1].prototype instanceof Construct);
}

function shop(): { app: App; chart: ServiceChart } {
  const app = new App();
  return { app, chart: new ServiceChart(app, 'shop', { environment: Environment.of('dev') }) };
}

const WITH_PROPS = constructs().filter(([name]) => SIGNATURES.classes[name]?.props !== undefined && !['BatchWorkload', 'ConnectedWorkload'].includes(name));

test('every construct of the library is known with its properties', () => {
  expect(constructs().map(([name]) => name).filter((name) => !Object.hasOwn(SIGNATURES.classes, name)).sort()).toEqual([]);
  expect(WITH_PROPS.length).toBeGreaterThan(35);
});

/** Charts are defined in an app, and decide their ids from their properties. */
function define(name: string, construct: AnyClass, props: unknown): string {
  const { app, chart } = shop();
  const isChart = construct.prototype instanceof Chart;
  const required = name === 'ServiceChart' ? { environment: Environment.of('qa') } : name === 'DeliveryPipeline' ? { engines: [] } : {};
  return messageOf(() => new construct(isChart ? app : chart, 'thing', props === null ? null : { ...required, ...props as object }));
}

describe.each(WITH_PROPS)('%s', (name, construct) => {
  test('refuses a property that it does not have', () => {
    expect(define(name, construct, { nonsenseOfAUser: 1 })).toMatch(/^\[\S*thing\S*\] has no property 'nonsenseOfAUser'\. (?:Remove it: \w+ lists those that exist|Use one of [\w, ]+)\.$/);
  });

  test('names the property that a mistyped one most likely means', () => {
    const [known] = Object.keys(SIGNATURES.structs[SIGNATURES.classes[name].props!.replace('?', '')]).sort((a, b) => b.length - a.length);
    expect(define(name, construct, { [`${known}s`]: 1 })).toMatch(new RegExp(`has no property '${known}s'\\. Did you mean '\\w+'\\?$`));
  });

  test.each(Object.keys(SIGNATURES.structs[SIGNATURES.classes[name].props!.replace('?', '')]))('refuses null for %s', (property) => {
    expect(define(name, construct, { [property]: null })).toMatch(/^(?:\[\S*thing\S*\] '\w+' is null\. Leave it out, or give it a value|\w+ 'thing': )/);
  });

  test('refuses null for its properties', () => {
    expect(define(name, construct, null)).toMatch(/expected properties, got null\. Write (?:them in braces|\{ .* \})\.$/);
  });
});

describe('a program without types', () => {
  const fails = (props: unknown) => messageOf(() => new Microservice(shop().chart, 'order', props as MicroserviceProps));

  test.each<[unknown, string]>([
    [{ image, replica: 3 }, "[shop-dev/order] has no property 'replica'. Remove it: MicroserviceProps lists those that exist."],
    [{ image, enviroment: {} }, "[shop-dev/order] has no property 'enviroment'. Remove it: MicroserviceProps lists those that exist."],
    [{ image, scalings: 3 }, "[shop-dev/order] has no property 'scalings'. Did you mean 'scaling'?"],
    [{ image, probes: { readyness: 1 } }, "[shop-dev/order] 'probes' has no property 'readyness'. Did you mean 'readiness'?"],
    [{ image, probes: { readiness: null } }, "[shop-dev/order] 'readiness' of 'probes' is null. Leave it out, or give it a value."],
    [{ image, probes: { readiness: '/ready' } }, "[shop-dev/order] expected 'readiness' of 'probes' to be of the class Probe, got '/ready'. Pass a Probe."],
    [{ image, probes: '/ready' }, "[shop-dev/order] expected 'probes' to be properties, got '/ready'. Write them in braces."],
    [{ image, ports: 8000 }, "[shop-dev/order] expected 'ports' to be a list, got 8000. Write it in brackets."],
    [{ image, ports: [8000] }, "[shop-dev/order] expected item 1 of 'ports' to be of the class Port, got 8000. Pass a Port."],
    [{ image, secretEnv: { TOKEN: 'x' } }, "[shop-dev/order] expected 'TOKEN' of 'secretEnv' to be of the class SecretReference, got 'x'. Pass a SecretReference."],
    [{ image, terminationGracePeriod: 30 }, "[shop-dev/order] expected 'terminationGracePeriod' to be a value such as Duration.minutes(5), got 30. Write terminationGracePeriod: Duration.minutes(5)."],
    ['order', "[shop-dev/order] expected properties, got 'order'. Write them in braces."],
  ])('is told what is wrong with properties: %#', (props, message) => {
    expect(fails(props)).toBe(message);
  });

  test('may leave properties out, or undefined', () => {
    expect(() => new Microservice(shop().chart, 'order', { image, tier: undefined, unknown: undefined } as MicroserviceProps)).not.toThrow();
  });

  test.each<[string, (order: any, topic: any) => unknown, string]>([
    ['a call of nothing', (order) => order.calls(undefined), "expected 'service' of calls to be an ICallable, got undefined. "
      + 'Pass a CustomWorkload, ExternalService, ImportedService, KnativeBroker, KnativeFunction, LeafSet, Microservice or ServiceReference.'],
    ['a call of text', (order) => order.calls('payment'), "expected 'service' of calls to be an ICallable, got 'payment'. "
      + 'Pass a CustomWorkload, ExternalService, ImportedService, KnativeBroker, KnativeFunction, LeafSet, Microservice or ServiceReference.'],
    ['an option that does not exist', (order) => order.calls(order, { timeOut: 3 }), "'options' of calls has no property 'timeOut'. Did you mean 'timeout'?"],
    ['null for an option', (order) => order.calls(order, { timeout: null }), "'timeout' of 'options' of calls is null. Leave it out, or give it a value."],
    ['null for options', (order) => order.calls(order, null), "expected 'options' of calls to be properties, got null. Write them in braces."],
    ['a store that is null', (order) => order.uses(null),
      "expected 'store' of uses to be an IStateStore, got null. Pass a DaprComponent, EtcdCluster, HttpEndpoint, PostgresCluster or RedisCluster."],
    ['a service for a store', (order) => order.uses(order),
      "expected 'store' of uses to be an IStateStore, got an object. Pass a DaprComponent, EtcdCluster, HttpEndpoint, PostgresCluster or RedisCluster."],
    ['a topic by its name', (order) => order.publishes('placed'), "expected 'topic' of publishes to be an ITopic, got 'placed'. Pass a Topic or TopicReference."],
    ['a subscription of nothing', (order) => order.subscribes(), "expected 'topic' of subscribes to be an ITopic, got undefined. Pass a Topic or TopicReference."],
    ['a group without a name', (order) => order.allowsGroup(), "expected 'group' of allowsGroup to be a string, got undefined. Pass a string."],
    ['a patch without a reason', (order) => order.patch('Deployment', '/spec/paused', true), "expected 'reason' of patch to be a string, got undefined. Pass a string."],
    ['a question without a key', (order) => order.explain(), "expected 'setting' of explain to be a string, got undefined. Pass a string."],
  ])('is told what is wrong with arguments: %s', (_, use, message) => {
    const { chart } = shop();
    const order = new Microservice(chart, 'order', { image });
    expect(messageOf(() => use(order, undefined))).toBe(`[shop-dev/order] ${message}`);
  });

  test('learns about the properties of other constructs', () => {
    const { chart } = shop();
    expect(messageOf(() => new Topic(chart, 'placed', undefined as never))).toBe('[shop-dev/placed] expected properties, got undefined. Write { broker: ... }.');
    expect(messageOf(() => new Topic(chart, 'paid', { broker: 'redis' } as never))).toBe(
      "[shop-dev/paid] expected 'broker' to be an IBroker, got 'redis'. Pass a DaprComponent, KafkaCluster, MessageBroker or RedisCluster.");
  });
});

describe('a class of a program', () => {
  class Team extends Microservice {
    constructor(scope: Construct, id: string, props: MicroserviceProps & { readonly team: string }) {
      super(scope, id, props);
    }
  }
  const sameName = { Topic: class extends Topic {} };

  test('may have properties of its own, also under the name of the class that it extends', () => {
    const { chart } = shop();
    const broker = RedisCluster.fromHost(chart, 'redis', 'redis.example.com', { cidrs: ['10.20.0.0/24'] });
    expect(new Team(chart, 'order', { image, team: 'checkout' }).name).toBe('order');
    expect(sameName.Topic.name).toBe('Topic');
    expect(new sameName.Topic(chart, 'placed', { broker, team: 'checkout' } as TopicProps).node.id).toBe('placed');
  });

  test('passes those of the library checked', () => {
    const { chart } = shop();
    expect(messageOf(() => new Team(chart, 'order', { image, dapr: null, team: 'checkout' } as never))).toBe("[shop-dev/order] 'dapr' is null. Leave it out, or give it a value.");
    const payment = new Team(chart, 'payment', { image, dapr: Dapr.none('no events'), team: 'a' });
    expect(messageOf(() => payment.calls(undefined as never))).toMatch(/^\[shop-dev\/payment\] expected 'service' of calls/);
  });
});

test('methods keep their place in the class', () => {
  const order: IConstruct & Microservice = new Microservice(shop().chart, 'order', { image });
  expect(Object.keys(order)).not.toContain('calls');
  const members = Object.entries(Object.getOwnPropertyDescriptors(library.ConnectedWorkload.prototype));
  expect(members.filter(([, { enumerable }]) => enumerable)).toEqual([]);
});
