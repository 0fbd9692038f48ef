import type { Construct } from 'constructs';
import type { CallOptions } from '../../src/core/connection-options';
import type { ICallable } from '../../src/core/service-reference';
import { ServiceReference } from '../../src/core/service-reference';
import { KnativeBroker } from '../../src/messaging/knative-broker';
import { Topic } from '../../src/messaging/topic';
import type { ServiceChart } from '../../src/platform/service-chart';
import { MessageBroker } from '../../src/stores/redis/broker/message-broker';
import { CronExpression } from '../../src/values/cron-expression';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { Port } from '../../src/values/port';
import { Scaling } from '../../src/values/scaling';
import { OneOffJob } from '../../src/workloads/batch/one-off-job';
import { ScheduledJob } from '../../src/workloads/batch/scheduled-job';
import type { ConnectedWorkload } from '../../src/workloads/connected-workload';
import { CustomWorkload } from '../../src/workloads/custom-workload';
import { ExternalService } from '../../src/workloads/external-service';
import { ImportedService } from '../../src/workloads/imported-service';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { ScatterGather } from '../../src/workloads/scatter-gather/scatter-gather';
import { Worker } from '../../src/workloads/worker';
import { knativeFunction } from '../support/functions';
import { messageOf } from '../support/message-of';
import { errorsOf, group, manifestsOf, service } from '../support/platform';

const dapr = Dapr.none('plain gRPC');
const image = Image.of('registry.example.com/film', { tag: '1.1.0' });

/** A service without a sidecar. */
function plain(scope: Construct, id: string, props: MicroserviceProps = {}) {
  return service(scope, id, { dapr, ...props });
}

/** The variable ADDR of the service `checkout`. */
function addressIn(chart: ServiceChart, name = 'checkout'): string | undefined {
  const { containers } = manifestsOf(chart).objects.podTemplate(name).spec;
  return containers.find((each: any) => each.name === name).env.find((each: any) => each.name === 'ADDR')?.value;
}

/** The variable of a service that calls something. */
function address(callee: (chart: ServiceChart) => ICallable, options: CallOptions = {}, props: MicroserviceProps = { dapr }): string | undefined {
  const chart = group();
  service(chart, 'checkout', props).calls(callee(chart), { as: 'ADDR', ...options });
  return addressIn(chart);
}

describe('the variable of a call', () => {
  test.each<[string, (chart: ServiceChart) => ICallable, CallOptions, string]>([
    ['a service of the namespace, by the name of its Service', (chart) => plain(chart, 'catalog'), {}, 'catalog:8000'],
    ['the main port of a service', (chart) => plain(chart, 'catalog', { ports: [Port.http(3550), Port.grpc(9000)] }), {}, 'catalog:3550'],
    ['a port by its name', (chart) => plain(chart, 'catalog'), { port: 'grpc' }, 'catalog:9000'],
    ['a service with a sidecar, which the caller has not', (chart) => service(chart, 'catalog'), {}, 'catalog:8000'],
    ['a service of another namespace, by its full name', (chart) => plain(group({ app: chart.node.root as any, name: 'platform' }), 'auth'), {},
      'auth.platform-prod.svc.cluster.local:8000'],
    ['a service by its reference, before it is defined', (chart) => {
      const reference = ServiceReference.of('core-business', 'catalog');
      plain(chart, 'catalog');
      return reference;
    }, {}, 'catalog:8000'],
    ['an imported service', (chart) => ImportedService.fromName(chart, 'ledger', { namespace: 'legacy', ports: [Port.http(8080), Port.of('admin', 9901)] }), { port: 'admin' },
      'ledger.legacy.svc.cluster.local:9901'],
    ['an external service', () => ExternalService.fromHost('api.payments.example', { cidrs: ['203.0.113.0/24'], ports: [8443] }), {}, 'api.payments.example:8443'],
    ['a custom workload', (chart) => new CustomWorkload(chart, 'render', { replicas: 1, image, ports: [Port.http(8080)] }), {}, 'render:8080'],
    ['leaves, all of them', (chart) => new ScatterGather(chart, 'search', { leaves: 2, root: { image }, leaf: { image } }).leaves, {}, 'search-leaf:8000'],
    ['a function, by the port and the name that the gateway of Knative knows', (chart) => knativeFunction(chart), {}, 'thumbnail.core-business-prod.svc.cluster.local:80'],
  ])('contains the address of %s', (_, callee, options, expected) => {
    expect(address(callee, options)).toBe(expected);
  });

  test('of a caller with a sidecar contains the address of a service without one', () => {
    expect(address((chart) => plain(chart, 'catalog'), {}, {})).toBe('catalog:8000');
  });

  test.each<[string, (chart: ServiceChart) => ConnectedWorkload]>([
    ['Worker', (chart) => new Worker(chart, 'film', { image, dapr, scaling: Scaling.replicas(1) })],
    ['OneOffJob', (chart) => new OneOffJob(chart, 'film', { image, dapr, run: 'film' })],
    ['ScheduledJob', (chart) => new ScheduledJob(chart, 'film', { image, dapr, schedule: CronExpression.of('0 3 * * *') })],
    ['KnativeFunction', (chart) => knativeFunction(chart, 'film', { dapr })],
    ['root of a ScatterGather', (chart) => new ScatterGather(chart, 'film', { leaves: 1, root: { image, dapr }, leaf: { image } }).root],
  ])('is set in the pods of a %s', (_, define) => {
    const chart = group();
    define(chart).calls(plain(chart, 'catalog'), { as: 'ADDR' });
    const workload = manifestsOf(chart).set.workloads().find(({ podTemplate }) => podTemplate.metadata.labels.app === 'film')!;
    expect(workload.podTemplate.spec.containers.flatMap(({ env }: any) => env.filter((each: any) => each.name === 'ADDR')))
      .toEqual([{ name: 'ADDR', value: 'catalog:8000' }]);
  });

  test('admits the call as a call without a variable does', () => {
    const policies = (options: CallOptions) => {
      const chart = group();
      plain(chart, 'checkout').calls(plain(chart, 'catalog'), options);
      return manifestsOf(chart).of('NetworkPolicy');
    };
    expect(policies({ as: 'ADDR' })).toEqual(policies({}));
  });

  test('is the variable of the last statement about the call', () => {
    const chart = group();
    const [checkout, catalog, cart] = [plain(chart, 'checkout'), plain(chart, 'catalog'), plain(chart, 'cart')];
    checkout.calls(catalog, { as: 'ADDR' });
    checkout.calls(catalog, { as: 'ADDR' });
    checkout.calls(catalog, { as: 'CATALOG' });
    checkout.calls(cart, { as: 'ADDR' });
    expect(addressIn(chart)).toBe('cart:8000');
  });
});

describe('a workload has a host, a port and an address', () => {
  const facts = ({ host, port, address: both }: { host?: string; port?: number; address?: string }) => [host, port, both];

  test.each<[string, (chart: ServiceChart) => { host?: string; port?: number; address?: string }, unknown[]]>([
    ['Microservice', (chart) => service(chart, 'catalog'), ['catalog.core-business-prod.svc.cluster.local', 8000, 'catalog.core-business-prod.svc.cluster.local:8000']],
    ['KnativeFunction', (chart) => knativeFunction(chart), ['thumbnail.core-business-prod.svc.cluster.local', 80, 'thumbnail.core-business-prod.svc.cluster.local:80']],
    ['ImportedService', (chart) => ImportedService.fromName(chart, 'ledger', { namespace: 'legacy', ports: [Port.http(8080)] }),
      ['ledger.legacy.svc.cluster.local', 8080, 'ledger.legacy.svc.cluster.local:8080']],
    ['ImportedService behind Dapr', (chart) => ImportedService.fromName(chart, 'ledger', { namespace: 'legacy' }), ['ledger.legacy.svc.cluster.local', undefined, undefined]],
    ['ExternalService', () => ExternalService.fromHost('api.payments.example'), ['api.payments.example', 443, 'api.payments.example:443']],
    ['Worker', (chart) => new Worker(chart, 'mailer', { image }), [undefined, undefined, undefined]],
    ['CustomWorkload without ports', (chart) => new CustomWorkload(chart, 'render', { replicas: 1, image }), [undefined, undefined, undefined]],
  ])('%s', (_, define, expected) => {
    expect(facts(define(group()))).toEqual(expected);
  });
});

describe('fails', () => {
  const checkout = '[core-business-prod/checkout]';

  test.each<[string, (chart: ServiceChart) => void, string]>([
    ['where both sidecars take the call', (chart) => service(chart).calls(service(chart, 'catalog'), { as: 'ADDR' }),
      "sets 'ADDR' to the address of 'core-business/catalog', and both have a Dapr sidecar, which takes the call. "
      + 'Leave as out and call http://localhost:3500/v1.0/invoke/catalog/method, or call directly with direct: true.'],
    ['where an imported service is called through Dapr',
      (chart) => service(chart).calls(ImportedService.fromName(chart, 'ledger', { namespace: 'legacy' }), { as: 'ADDR' }),
      "sets 'ADDR' to the address of 'legacy/ledger', and both have a Dapr sidecar, which takes the call. "
      + 'Leave as out and call http://localhost:3500/v1.0/invoke/ledger.legacy/method, or call directly with direct: true.'],
    ['where the callee has no such port', (chart) => plain(chart, 'checkout').calls(service(chart, 'catalog'), { as: 'ADDR', port: 'rpc' }),
      "sets 'ADDR' to the address of 'core-business/catalog', which has no port 'rpc'. Use one of its ports: http, grpc."],
    ['where the callee has no Service', (chart) => {
      new Worker(chart, 'mailer', { image, scaling: Scaling.replicas(1) });
      plain(chart, 'checkout').calls(ServiceReference.of('core-business', 'mailer'), { as: 'ADDR' });
    }, "sets 'ADDR' to the address of 'core-business/mailer', which has no Service. Call a Microservice."],
    ['where the callee is a broker, which has a URL', (chart) => plain(chart, 'checkout').calls(new KnativeBroker(chart, 'events'), { as: 'ADDR' }),
      "sets 'ADDR' to the address of 'knative-eventing/events', which is called by a URL. "
      + "Leave as out and set env: { ADDR: 'http://broker-ingress.knative-eventing.svc.cluster.local/core-business-prod/events' }."],
    ['once where nothing defines the callee', (chart) => plain(chart, 'checkout').calls(ServiceReference.of('core-business', 'catalog'), { as: 'ADDR' }),
      "calls 'core-business/catalog', which environment 'prod' does not define. "
      + "Define a Microservice 'catalog' in the group 'core-business' of 'prod', or use ImportedService.fromName()."],
    ['where a topic has the variable', (chart) => {
      const caller = service(chart);
      caller.publishes(new Topic(chart, 'order-placed', { broker: MessageBroker.fromNamespace(chart, 'broker', 'infrastructure') }));
      caller.calls(plain(chart, 'catalog'), { as: 'TOPIC_ORDER_PLACED_PARTITIONS' });
    }, "the variable 'TOPIC_ORDER_PLACED_PARTITIONS' has two sources: calls('core-business/catalog') and a topic that it publishes or subscribes. Remove one of them."],
  ])('%s', (_, define, message) => {
    expect(errorsOf(define)).toEqual([`${checkout} ${message}`]);
  });

  test.each<[string, MicroserviceProps, CallOptions, string]>([
    ['where env sets the variable', { env: { ADDR: 'catalog:1' } }, { as: 'ADDR' }, "the variable 'ADDR' has two sources: env and calls('core-business/catalog'). Remove one of them."],
    ['where config sets the variable', { config: { ADDR: 'catalog:1' } }, { as: 'ADDR' }, "the variable 'ADDR' has two sources: config and calls('core-business/catalog'). Remove one of them."],
    ['on the level of the log', {}, { as: 'LOG_LEVEL' }, "the variable 'LOG_LEVEL' has two sources: logLevel and calls('core-business/catalog'). Set logLevel instead."],
    ['on a name that is no variable', {}, { as: 'CATALOG ADDR' }, "'CATALOG ADDR' is not the name of an environment variable. Write 'CATALOG_ADDR'."],
    ['on a port without a variable', {}, { port: 'grpc' }, "calls 'catalog' with the port 'grpc', and no variable would contain it. Name a variable with as, such as { as: 'CATALOG_ADDR' }."],
  ])('%s', (_, props, options, message) => {
    const chart = group();
    const caller = plain(chart, 'checkout', props);
    expect(messageOf(() => caller.calls(plain(chart, 'catalog'), options))).toBe(`${checkout} ${message}`);
  });

  test('where two calls set one variable', () => {
    const chart = group();
    const caller = plain(chart, 'checkout');
    caller.calls(plain(chart, 'catalog'), { as: 'ADDR' });
    expect(messageOf(() => caller.calls(plain(chart, 'cart'), { as: 'ADDR' })))
      .toBe(`${checkout} the variable 'ADDR' has two sources: calls('core-business/catalog') and calls('core-business/cart'). Remove one of them.`);
  });

  test('where a kind of workload sets the variable', () => {
    const chart = group();
    const { leaves } = new ScatterGather(chart, 'search', { leaves: 2, root: { image }, leaf: { image } });
    expect(messageOf(() => leaves.calls(plain(chart, 'catalog'), { as: 'LEAVES' })))
      .toBe("[core-business-prod/search/search-leaf] the variable 'LEAVES' has two sources: Leaf and calls('core-business/catalog'). Remove one of them.");
  });
});
