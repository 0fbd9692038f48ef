import { App as StockApp, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ISynthesisStep } from '../../src/core';
import { Connections } from '../../src/core';
import { ServiceReference } from '../../src/core/service-reference';
import { Topic } from '../../src/messaging/topic';
import { ServiceNetworkPolicy } from '../../src/network/service-network-policy';
import { App } from '../../src/platform/app';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Image } from '../../src/values/image';
import { NetworkPeer } from '../../src/values/network-peer';
import { Port } from '../../src/values/port';
import { ExternalService } from '../../src/workloads/external-service';
import { ImportedService } from '../../src/workloads/imported-service';
import type { Microservice } from '../../src/workloads/microservice';
import { Worker } from '../../src/workloads/worker';
import { DEV, group, manifestsOf, service } from '../support/platform';
import { Workload } from '../support/workload';

const names = (workloads: readonly { readonly namespace: string; readonly name: string }[]) => workloads.map(({ namespace, name }) => `${namespace}/${name}`);

describe('connections of a program', () => {
  test('list the workloads below a construct, by namespace and name', () => {
    const app = new App();
    const dev = group({ app, environment: DEV });
    const prod = group({ app });
    ['web', 'order'].forEach((name) => [prod, dev].forEach((chart) => service(chart, name)));
    expect(names(Connections.of(app).workloads)).toEqual(['core-business-dev/order', 'core-business-dev/web', 'core-business-prod/order', 'core-business-prod/web']);
    expect(names(Connections.of(prod).workloads)).toEqual(['core-business-prod/order', 'core-business-prod/web']);
  });

  test('list callers and callees of all kinds, with the options of each call', () => {
    const chart = group();
    const [order, web, admin] = ['order', 'web', 'admin'].map((name) => service(chart, name));
    const ledger = ImportedService.fromName(chart, 'ledger', { namespace: 'legacy', ports: [Port.http(8080)] });
    web.calls(ServiceReference.of('core-business', 'order'), { retries: 1 });
    admin.calls(order);
    admin.calls(ledger);
    admin.calls(ExternalService.fromHost('api.payments.example', { cidrs: ['203.0.113.0/24'] }));
    const connections = Connections.of(chart);
    expect(connections.callersOf(order).map(({ caller, callee, workload, options }) => ({ caller, callee: `${callee}`, workload, options }))).toEqual([
      { caller: admin, callee: 'core-business/order', workload: order, options: {} },
      { caller: web, callee: 'core-business/order', workload: order, options: { retries: 1 } },
    ]);
    expect(connections.calleesOf(admin).map(({ callee, workload }) => [`${callee}`, workload])).toEqual([
      ['api.payments.example', undefined], ['core-business/order', order], ['legacy/ledger', undefined],
    ]);
  });

  test('list the topics of a workload, its stores, and the users of a store', () => {
    const chart = group();
    const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
    const broker = RedisCluster.fromNamespace(chart, 'broker', 'infrastructure');
    const [placed, billed] = ['order-placed', 'billed'].map((name) => new Topic(chart, name, { broker }));
    const [order, billing] = ['order', 'billing'].map((name) => service(chart, name));
    order.publishes(placed);
    order.uses(redis);
    billing.subscribes(placed);
    billing.publishes(billed);
    billing.subscribes(billed);
    const connections = Connections.of(chart);
    expect(connections.topicsOf(billing).map(({ topic, publishes, subscribes }) => ({ topic: `${topic}`, publishes, subscribes }))).toEqual([
      { topic: 'core-business/billed', publishes: true, subscribes: true },
      { topic: 'core-business/order-placed', publishes: false, subscribes: true },
    ]);
    expect(connections.storesOf(order)).toEqual([broker.brokerEndpoint, redis.stateEndpoint]);
    expect(names(connections.usersOf(broker))).toEqual(['core-business-prod/billing', 'core-business-prod/order']);
    expect(names(connections.usersOf(redis))).toEqual(['core-business-prod/order']);
  });

  test('are not those of other constructs', () => {
    const chart = group();
    const other = new Workload(chart, 'other', 1);
    expect(() => Connections.of(chart).callersOf(other as unknown as Microservice))
      .toThrow(/^\[core-business-prod\/other\] has no connections\. Use a Microservice or another ConnectedWorkload\.$/);
  });
});

test('a workload names its address, ports and ServiceAccount', () => {
  const chart = group();
  const order = service(chart, 'order', { ports: [Port.http(8080), Port.grpc(9091)] });
  const worker = new Worker(chart, 'mailer', { image: Image.of('registry.example.com/mailer', { tag: '1.0.0' }) });
  expect(order).toMatchObject({
    namespace: 'core-business-prod',
    host: 'order.core-business-prod.svc.cluster.local',
    port: 8080,
    address: 'order.core-business-prod.svc.cluster.local:8080',
    serviceAccountName: 'order',
    ports: [{ name: 'http', number: 8080 }, { name: 'grpc', number: 9091 }],
    metricsPorts: [{ name: 'http', number: 8080 }],
  });
  expect(worker.address).toBeUndefined();
});

describe('a synthesis step', () => {
  /** Lets every caller of a service send traces of its own. */
  class Audit implements ISynthesisStep {
    constructor(private readonly scope: Construct, private readonly target: Microservice) {}

    public render(): void {
      for (const { caller } of Connections.of(this.scope).callersOf(this.target)) {
        new ServiceNetworkPolicy(this.scope, caller.name, {
          workload: caller, reason: 'audit', egress: [{ peers: [NetworkPeer.namespace('audit')], ports: [4317] }],
        });
      }
    }
  }

  function audited(app: StockApp): { chart: Construct; call: (name: string) => void } {
    const chart = group({ app });
    const order = service(chart, 'order');
    Connections.of(order).beforeSynthesis(new Audit(order, order));
    return { chart, call: (name) => service(chart, name).calls(order) };
  }

  const audits = (all: readonly any[]) => all.map(({ metadata }) => metadata.name).filter((name) => /-audit$/.test(name)).sort();

  test('sees the connections of statements that follow its registration', () => {
    const app = new App();
    audited(app).call('web');
    expect(audits(app.manifests().all.map(({ json }) => json))).toEqual(['web-audit']);
  });

  test('replaces what it added when it runs again', () => {
    const app = new App();
    const { call } = audited(app);
    call('web');
    app.manifests();
    call('admin');
    expect(audits(app.manifests().all.map(({ json }) => json))).toEqual(['admin-audit', 'web-audit']);
  });

  test('runs after those of the constructs below its own, whatever the order of registration', () => {
    const app = new App();
    const chart = group({ app });
    const order = service(chart, 'order');
    const ran: string[] = [];
    ([['app', app], ['chart', chart], ['order', order]] as const).forEach(([name, scope]) => {
      Connections.of(scope).beforeSynthesis({ render: () => { ran.push(name); } });
    });
    app.manifests();
    expect(ran).toEqual(['order', 'chart', 'app']);
  });

  test('runs in an app of cdk8s as well', () => {
    const app = Testing.app();
    const { call } = audited(app);
    call('web');
    expect(audits(app.charts.flatMap((chart) => Testing.synth(chart)))).toEqual(['web-audit']);
    expect(audits(manifestsOf(app.charts[0]).all)).toEqual(['web-audit']);
    expect(app.synthYaml()).toContain('name: web-audit');
  });
});
