import { Duration, Yaml } from 'cdk8s';
import { SecretReference, ServiceReference } from '../../src';
import { DaprComponent, type DaprComponentProps } from '../../src/components';
import { Endpoint } from '../../src/graph/endpoint';
import { Topic } from '../../src/messaging/topic';
import { App } from '../../src/platform/app';
import type { ServiceChart } from '../../src/platform/service-chart';
import { Dapr } from '../../src/values/dapr';
import { Port } from '../../src/values/port';
import { Probe } from '../../src/values/probe';
import { ExternalService } from '../../src/workloads/external-service';
import { ImportedService } from '../../src/workloads/imported-service';
import { messageOf } from '../support/message-of';
import { bare, errorsOf, group, manifestsOf, manifestsOfApp, profileWith, service } from '../support/platform';

const RABBITMQ = { type: 'pubsub.rabbitmq', metadata: { hostname: 'rabbitmq' }, secrets: { password: SecretReference.of('rabbitmq', 'password') }, connectsTo: [] };

function broker(chart: ServiceChart, id = 'rabbitmq') {
  return service(chart, id, { ports: [Port.of('amqp', 5672)], probes: { startup: Probe.tcpSocket(), liveness: Probe.tcpSocket(), readiness: Probe.tcpSocket() }, dapr: Dapr.none('it is a broker') });
}

const componentOf = (chart: ServiceChart, name: string) => manifestsOf(chart).get('Component', name);
const valueOf = (component: any, field: string) => component.spec.metadata.find(({ name }: any) => name === field)?.value;

describe('a component', () => {
  test('is rendered with its own name, its fields and exactly the services that use it', () => {
    const chart = group();
    const store = new DaprComponent(chart, 'statestore', {
      type: 'state.sqlserver',
      metadata: { tableName: 'orders', keyLength: '200' },
      secrets: { connectionString: SecretReference.of('sql', 'connection-string') },
      connectsTo: [ExternalService.fromHost('sql.example.com', { ports: [1433], cidrs: ['10.20.0.0/24'] })],
      initTimeout: Duration.seconds(60),
      ignoreErrors: true,
    });
    service(chart, 'order', { dapr: Dapr.sidecar({ appId: 'ordering-api' }) }).uses(store);
    service(chart, 'payment').uses(store);
    service(chart, 'catalog');
    expect(Yaml.stringify(bare(componentOf(chart, 'statestore'))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: statestore
auth:
  secretStore: kubernetes
scopes:
  - ordering-api
  - payment
spec:
  ignoreErrors: true
  initTimeout: 60s
  metadata:
    - name: tableName
      value: orders
    - name: keyLength
      value: "200"
    - name: connectionString
      secretKeyRef:
        key: connection-string
        name: sql
  type: state.sqlserver
  version: v1"
`);
  });

  test('has a name that is not its id where the application needs it', () => {
    const chart = group();
    service(chart).uses(new DaprComponent(chart, 'state', { type: 'state.in-memory', name: 'eshop.statestore' }));
    expect(manifestsOf(chart).of('Component').map(({ metadata }) => metadata.name)).toEqual(['eshop.statestore']);
  });

  test('that nothing uses is not rendered, because a component without scopes is open to all', () => {
    const chart = group();
    new DaprComponent(chart, 'statestore', { type: 'state.in-memory' });
    service(chart);
    expect(manifestsOf(chart).of('Component')).toEqual([]);
  });

  test('keeps actors where a service declares it, and its type has transactions', () => {
    const chart = group();
    const store = new DaprComponent(chart, 'statestore', { type: 'state.sqlserver', secrets: { connectionString: SecretReference.of('sql', 'connection') }, connectsTo: [] });
    service(chart).uses(store, { actors: true });
    expect(valueOf(componentOf(chart, 'statestore'), 'actorStateStore')).toBe('true');
    expect(errorsOf((each) => service(each).uses(new DaprComponent(each, 'cache', { type: 'state.memcached' }), { actors: true }))).toEqual([
      "[core-business-prod/checkout] uses 'cache' for actors, and its engine 'state.memcached' has no multi-key transactions, which Dapr actors and workflows require. "
      + 'Use a store with such transactions for actors, such as a relational database.',
    ]);
  });

  test('is rendered in each namespace with services that use it', () => {
    const app = new App();
    const [core, platform] = [group({ app }), group({ app, name: 'platform' })];
    const pubsub = new DaprComponent(core, 'pubsub', RABBITMQ);
    const topic = new Topic(core, 'OrderStatusChangedToPaidIntegrationEvent', { broker: pubsub });
    service(core, 'order').publishes(topic);
    service(platform, 'mailer').subscribes(topic);
    const components = manifestsOfApp(app).of('Component');
    expect(components.map(({ metadata, scopes }) => [metadata.namespace, metadata.name, scopes])).toEqual([
      ['core-business-prod', 'pubsub', ['order']], ['platform-prod', 'pubsub', ['mailer']],
    ]);
  });
});

describe('a pub/sub component', () => {
  test('carries topics by the names that applications use, and limits each service to its own', () => {
    const chart = group();
    const pubsub = new DaprComponent(chart, 'eshopondapr-pubsub', RABBITMQ);
    const topic = new Topic(chart, 'OrderStatusChangedToPaidIntegrationEvent', { broker: pubsub });
    service(chart, 'ordering-api').publishes(topic);
    service(chart, 'catalog-api').subscribes(topic);
    const manifests = manifestsOf(chart);
    const component = manifests.get('Component', 'eshopondapr-pubsub');
    expect(component.scopes).toEqual(['catalog-api', 'ordering-api']);
    expect(valueOf(component, 'publishingScopes')).toBe(
      'catalog-api=OrderStatusChangedToPaidIntegrationEvent-catalog-api-dead-letter;ordering-api=OrderStatusChangedToPaidIntegrationEvent');
    expect(manifests.get('Subscription', 'catalog-api-orderstatuschangedtopaidintegrationevent').spec).toMatchObject({
      pubsubname: 'eshopondapr-pubsub',
      topic: 'OrderStatusChangedToPaidIntegrationEvent',
      routes: { default: '/events/OrderStatusChangedToPaidIntegrationEvent' },
    });
  });
});

test('two topics that differ in their case alone have Subscriptions of one name, which is an error', () => {
  expect(errorsOf((chart) => {
    const pubsub = new DaprComponent(chart, 'pubsub', RABBITMQ);
    const mailer = service(chart, 'mailer');
    mailer.subscribes(new Topic(chart, 'OrderPaid', { broker: pubsub }));
    mailer.subscribes(new Topic(chart, 'orderPaid', { broker: pubsub }));
  })).toEqual([
    "[core-business-prod/mailer/Subscriptions/core-business orderPaid] defines the same Subscription 'mailer-orderpaid' in namespace 'core-business-prod' as "
    + '[core-business-prod/mailer/Subscriptions/core-business OrderPaid], so the last one applied wins. Rename one of them or remove it.',
  ]);
});

describe('bindings', () => {
  test('an output binding is not read by the sidecars of those that invoke it', () => {
    const chart = group();
    const mail = new DaprComponent(chart, 'sendmail', { type: 'bindings.smtp', metadata: { host: 'maildev', port: '25' }, connectsTo: [] });
    service(chart, 'order').invokes(mail);
    const component = componentOf(chart, 'sendmail');
    expect(component.scopes).toEqual(['order']);
    expect([valueOf(component, 'direction'), valueOf(component, 'route')]).toEqual(['output', undefined]);
  });

  test('an input binding has the route of the application', () => {
    const chart = group();
    service(chart).triggeredBy(new DaprComponent(chart, 'clean-up', { type: 'bindings.cron', metadata: { schedule: '@every 15m' } }), '/jobs/clean-up');
    const component = componentOf(chart, 'clean-up');
    expect([valueOf(component, 'direction'), valueOf(component, 'route')]).toEqual(['input', '/jobs/clean-up']);
  });

  test('a binding of both directions', () => {
    const chart = group();
    const queue = new DaprComponent(chart, 'jobs', { type: 'bindings.rabbitmq', metadata: { queueName: 'jobs' }, secrets: { host: SecretReference.of('rabbitmq', 'url') }, connectsTo: [] });
    service(chart, 'order').invokes(queue);
    service(chart, 'worker').triggeredBy(queue);
    expect(componentOf(chart, 'jobs').scopes).toEqual(['order', 'worker']);
    expect(valueOf(componentOf(chart, 'jobs'), 'direction')).toBe('input, output');
  });

  test('one component has one route', () => {
    expect(errorsOf((chart) => {
      const cron = new DaprComponent(chart, 'tick', { type: 'bindings.cron', metadata: { schedule: '@every 15m' } });
      service(chart, 'order').triggeredBy(cron, '/tick');
      service(chart, 'payment').triggeredBy(cron, '/tock');
    })).toEqual(["[core-business-prod/tick] has the routes '/tick' and '/tock', and a component has one. Define a component for each route."]);
  });
});

describe('what a component connects to', () => {
  test('a workload of the program admits exactly the users of the component, and they are let out to it', () => {
    const chart = group();
    const pubsub = new DaprComponent(chart, 'pubsub', { ...RABBITMQ, connectsTo: [broker(chart)] });
    const topic = new Topic(chart, 'OrderPlaced', { broker: pubsub });
    service(chart, 'order').publishes(topic);
    service(chart, 'mailer').subscribes(topic);
    service(chart, 'catalog');
    const { reachability } = manifestsOf(chart);
    const reaches = (client: string) => reachability.reaches(
      Endpoint.ofPods('core-business-prod', { app: client }), Endpoint.ofPods('core-business-prod', { app: 'rabbitmq' }), 5672);
    expect(['order', 'mailer', 'catalog'].map(reaches)).toEqual([true, true, false]);
  });

  test('a workload of another group, by its reference', () => {
    const app = new App();
    const [core, platform] = [group({ app }), group({ app, name: 'platform' })];
    broker(platform);
    service(core).invokes(new DaprComponent(core, 'jobs', {
      type: 'bindings.rabbitmq', secrets: { host: SecretReference.of('rabbitmq', 'url') }, metadata: { queueName: 'jobs' }, connectsTo: [ServiceReference.of('platform', 'rabbitmq')],
    }));
    const { reachability } = manifestsOfApp(app);
    const rabbitmq = Endpoint.ofPods('platform-prod', { app: 'rabbitmq' });
    expect(reachability.reaches(Endpoint.ofPods('core-business-prod', { app: 'checkout' }), rabbitmq, 5672)).toBe(true);
    expect(reachability.reaches(Endpoint.ofPods('core-business-prod', { app: 'order' }), rabbitmq, 5672)).toBe(false);
  });

  test('a host outside of the cluster and a service of another namespace', () => {
    const chart = group();
    const nats = ImportedService.fromName(chart, 'nats', { namespace: 'messaging', ports: [Port.of('nats', 4222)] });
    service(chart).uses(new DaprComponent(chart, 'lockstore', {
      type: 'lock.redis', metadata: { redisHost: 'cache.example.com:6379' }, connectsTo: [ExternalService.fromHost('cache.example.com', { ports: [6379], cidrs: ['10.20.0.0/24'] }), nats],
    }));
    expect(manifestsOf(chart).get('NetworkPolicy', 'checkout-calls').spec.egress).toEqual([
      {
        to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'messaging' } }, podSelector: { matchLabels: { app: 'nats' } } }],
        ports: [{ port: 4222, protocol: 'TCP' }],
      },
      { to: [{ ipBlock: { cidr: '10.20.0.0/24' } }], ports: [{ port: 6379, protocol: 'TCP' }] },
    ]);
  });

  test('a call that the program declares keeps its options', () => {
    const chart = group();
    const rabbitmq = broker(chart);
    const caller = service(chart);
    caller.calls(rabbitmq, { as: 'RABBITMQ_ADDR' });
    caller.uses(new DaprComponent(chart, 'lockstore', { type: 'lock.redis', metadata: { redisHost: 'x' }, connectsTo: [rabbitmq] }));
    const container = manifestsOf(chart).objects.podTemplate('checkout').spec.containers[0];
    expect(container.env).toContainEqual({ name: 'RABBITMQ_ADDR', value: 'rabbitmq:5672' });
  });

  test('a workload with a sidecar of its own, which the connection goes past', () => {
    const chart = group();
    const cache = service(chart, 'cache');
    const caller = service(chart);
    caller.calls(cache);
    caller.uses(new DaprComponent(chart, 'lockstore', { type: 'lock.redis', metadata: { redisHost: 'cache:8000' }, connectsTo: [cache] }));
    const { reachability } = manifestsOf(chart);
    const reaches = (port: number) => reachability.reaches(
      Endpoint.ofPods('core-business-prod', { app: 'checkout' }), Endpoint.ofPods('core-business-prod', { app: 'cache' }), port);
    expect([8000, 50002, 9000].map(reaches)).toEqual([true, true, true]);
  });

  test('an imported service has ports', () => {
    expect(errorsOf((chart) => {
      service(chart).uses(new DaprComponent(chart, 'lockstore', { type: 'lock.redis', metadata: { redisHost: 'cache:6379' }, connectsTo: [ImportedService.fromName(chart, 'cache', { namespace: 'legacy' })] }));
    })).toEqual(["[core-business-prod/lockstore] connects to 'cache', and the ports of its pods are unknown. Name ports of the ImportedService."]);
  });
});

test('a component that connects to nothing is refused where its type must, unless the list is empty on purpose', () => {
  const errors = (connectsTo?: []) => errorsOf((chart) => {
    service(chart).uses(new DaprComponent(chart, 'lockstore', { type: 'lock.redis', metadata: { redisHost: 'redis:6379' }, connectsTo }));
    new DaprComponent(chart, 'Wrong', { type: 'state.in-memory', name: 'wrong', metadata: { any: 'field' } });
  });
  const wrong = "[core-business-prod/Wrong] 'any' is no field of state.in-memory in Dapr 1.18. Leave it out: the component has no fields.";
  expect(errors()).toEqual([
    "[core-business-prod/lockstore] is of type 'lock.redis' and connects to nothing, so network policies would block its sidecars. Set connectsTo, or an empty list if a policy of your own admits them.",
    wrong,
  ]);
  expect(errors([])).toEqual([wrong]);
});

test('a component that reads the API server is used by services with access to it', () => {
  const secrets = (chart: ServiceChart) => new DaprComponent(chart, 'eshopondapr-secretstore', { type: 'secretstores.kubernetes' });
  expect(errorsOf((chart) => service(chart).uses(secrets(chart)))).toEqual([
    "[core-business-prod/checkout] uses 'eshopondapr-secretstore', which reads secrets from the API server, and its pods have no access to it. "
    + "Set apiAccess: [{ resources: ['secrets'], verbs: ['get'], resourceNames: ['...'] }].",
  ]);
  const chart = group({ profile: profileWith({ network: { apiServerCidrs: ['10.0.0.1/32'] } }) });
  const apiAccess = [{ resources: ['secrets'], verbs: ['get'], resourceNames: ['eshopondapr-secrets'] }];
  service(chart, 'checkout', { apiAccess }).uses(secrets(chart));
  expect(manifestsOf(chart).get('Component', 'eshopondapr-secretstore').scopes).toEqual(['checkout']);
});

describe('a mistake is refused', () => {
  const message = (props: Partial<DaprComponentProps>) => messageOf(() => new DaprComponent(group(), 'pubsub', { ...RABBITMQ, ...props }));

  test.each<[Partial<DaprComponentProps>, string]>([
    [{ type: 'pubsup.rabbitmq' }, "type 'pubsup.rabbitmq' is not the type of a Dapr component. Did you mean 'pubsub.rabbitmq'?"],
    [{ type: 'rabbitmq' }, "type 'rabbitmq' is not the type of a Dapr component. Begin it with one of bindings, configuration, conversation, crypto, lock, middleware, pubsub, secretstores, state, such as 'pubsub.rabbitmq'."],
    [{ type: 'pubsub' }, "type 'pubsub' names no implementation. Write 'pubsub.' and the name of one, such as 'pubsub.rabbitmq'."],
    [{ name: 'PubSub' }, "name 'PubSub' is not a DNS subdomain: it has 'P'. Write 'pubsub'."],
    [{ metadata: { allowedTopics: 'a' } }, "metadata sets 'allowedTopics', which follows from connections. Leave it out, and declare it by publishes and subscribes."],
    [{ metadata: { password: 'geheim' }, secrets: {} }, "metadata 'password' looks like a secret in plain text: its name speaks of a secret ('password'). Set it in secrets, such as { 'password': SecretReference.of('credentials', 'password') }."],
    [{ metadata: { password: 'geheim' } }, "'password' is in metadata and in secrets. Remove one of the two."],
    [{ metadata: { hostname: 5 as unknown as string } }, "expected metadata 'hostname' to be text, got 5. Write the value in quotes."],
    [{ initTimeout: Duration.millis(1) }, 'expected initTimeout to be 1 or more whole seconds, got 0.001 seconds. Use Duration.seconds(1).'],
  ])('%j', (props, error) => {
    expect(message(props)).toBe(`[core-business-prod/pubsub] ${error}`);
  });

  test.each<[string, (chart: ServiceChart, component: (type: string) => DaprComponent) => void, string]>([
    ['uses of a broker', (chart, component) => service(chart).uses(component('pubsub.rabbitmq')),
      "[core-business-prod/checkout] uses 'it', a component of type 'pubsub.rabbitmq'. Define a Topic with this component as its broker."],
    ['uses of a binding', (chart, component) => service(chart).uses(component('bindings.cron')),
      "[core-business-prod/checkout] uses 'it', a component of type 'bindings.cron'. Declare invokes() or triggeredBy()."],
    ['invokes of a store', (chart, component) => service(chart).invokes(component('state.sqlserver')),
      "[core-business-prod/checkout] invokes 'it', which is a component of type 'state.sqlserver' and no binding. Declare uses(), or define a components.DaprComponent whose type begins with bindings."],
    ['a topic on a store', (chart, component) => new Topic(chart, 'placed', { broker: component('state.sqlserver') }),
      "Topic 'placed': its broker is a component of type 'state.sqlserver'. Use a component whose type begins with pubsub, such as pubsub.rabbitmq."],
    ['a user without a sidecar', (chart, component) => service(chart, 'checkout', { dapr: Dapr.none('none') }).invokes(component('bindings.smtp')),
      "[core-business-prod/checkout] invokes 'it', a Dapr component, without a Dapr sidecar. Remove dapr: Dapr.none(...)."],
    ['a trigger without a port', (chart, component) => service(chart, 'checkout', { ports: [] }).triggeredBy(component('bindings.cron')),
      "[core-business-prod/checkout] is triggered by 'it' and listens on no port, so its sidecar could deliver no event. Name a port, such as Port.http(8000)."],
    ['a route without a slash', (chart, component) => service(chart).triggeredBy(component('bindings.cron'), 'tick'),
      "[core-business-prod/checkout] expected a route that begins with '/', got 'tick'. Write a path such as '/jobs/clean-up'."],
  ])('%s', (_name, define, error) => {
    expect(errorsOf((chart) => define(chart, (type) => new DaprComponent(chart, 'it', { type })))).toEqual([error]);
  });

  test('two components of one name in a namespace', () => {
    expect(errorsOf((chart) => {
      const caller = service(chart);
      caller.uses(new DaprComponent(chart, 'a', { type: 'state.in-memory', name: 'store' }));
      caller.uses(new DaprComponent(chart, 'b', { type: 'lock.redis', name: 'store' }));
    })).toEqual(["[core-business-prod/b] a component named 'store' is defined already at core-business-prod/a. Give one of them another name."]);
  });
});
