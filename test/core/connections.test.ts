import * as fc from 'fast-check';
import { ServiceReference } from '../../src/core/service-reference';
import { TopicReference } from '../../src/core/topic-reference';
import { Endpoint } from '../../src/graph/endpoint';
import { Topic } from '../../src/messaging/topic';
import { App } from '../../src/platform/app';
import { ServiceChart } from '../../src/platform/service-chart';
import { SharedChart } from '../../src/platform/shared-chart';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import type { Microservice } from '../../src/workloads/microservice';
import { DEV, Manifests, manifestsOfApp, PROD, ROOMY, service, writtenBy } from '../support/platform';

/** Services over two groups and two environments, their calls, and the stores that they use. */
interface Graph {
  readonly sidecars: readonly boolean[];
  readonly calls: readonly (readonly [number, number])[];
  readonly uses: readonly (readonly [number, number])[];
}

const SERVICES = 8;
const GROUPS = ['core-business', 'platform'];
const ENVIRONMENTS = [DEV, PROD];

/** Where a service is, by its number. */
const groupOf = (index: number) => GROUPS[index % 2];
const environmentOf = (index: number) => ENVIRONMENTS[Math.floor(index / 2) % 2];
const nameOf = (index: number) => `service${Math.floor(index / 4)}`;
const podsOf = (index: number) => Endpoint.ofPods(`${groupOf(index)}-${environmentOf(index).name}`, { app: nameOf(index) });
const storeOf = (index: number, store: number) => Endpoint.ofPods('infrastructure', { app: `${['redis', 'postgresql'][store]}-${environmentOf(index).name}` });
const STORE_PORTS = [6379, 5432];

const pair = fc.tuple(fc.nat(SERVICES - 1), fc.nat(SERVICES - 1))
  .filter(([from, to]) => from !== to && environmentOf(from) === environmentOf(to));
const graphs: fc.Arbitrary<Graph> = fc.record({
  sidecars: fc.array(fc.boolean(), { minLength: SERVICES, maxLength: SERVICES }),
  calls: fc.uniqueArray(pair, { maxLength: 12, selector: ([from, to]) => `${from} ${to}` }),
  uses: fc.uniqueArray(fc.tuple(fc.nat(SERVICES - 1), fc.nat(1)), { maxLength: 8, selector: ([from, to]) => `${from} ${to}` }),
});

function build(app: App, { sidecars, calls, uses }: Graph): Microservice[] {
  new SharedChart(app, 'infrastructure', { profile: ROOMY });
  const charts = ENVIRONMENTS.flatMap((environment) => GROUPS.map((name) => {
    const chart = new ServiceChart(app, name, { environment, profile: ROOMY });
    return { chart, stores: [RedisCluster.fromNamespace(chart, 'redis', 'infrastructure'), PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure')] };
  }));
  const services = sidecars.map((sidecar, index) => service(charts[index % 4].chart, nameOf(index), { dapr: sidecar ? undefined : Dapr.none('plain TCP server') }));
  // by the object or by its name, which must be the same
  calls.forEach(([from, to], index) => services[from].calls(index % 2 === 0 ? services[to] : ServiceReference.of(groupOf(to), nameOf(to))));
  uses.forEach(([from, store]) => services[from].uses(charts[from % 4].stores[store]));
  return services;
}

/** Charts are made in the order dev/core, dev/platform, prod/core, prod/platform. */
test('the numbers of services fit the charts', () => {
  expect([0, 1, 2, 3].map((index) => podsOf(index).namespace)).toEqual(['core-business-dev', 'platform-dev', 'core-business-prod', 'platform-prod']);
});

test('one statement opens both ends: what egress allows, ingress allows, and it is what was said, for any graph', () => {
  fc.assert(fc.property(graphs, (graph) => {
    const app = new App();
    build(app, graph);
    const manifests = manifestsOfApp(app);
    const indexes = graph.sidecars.map((_, index) => index);
    const { reachability } = manifests;
    const reachable = (direction: 'leaves' | 'enters') => indexes.flatMap((from) => indexes.flatMap((to) => [8000, 9000, 50002]
      .filter((port) => from !== to && reachability[direction](podsOf(from), podsOf(to), port))
      .map((port) => `${from} ${to} ${port}`)));
    const said = graph.calls.flatMap(([from, to]) => (graph.sidecars[from] && graph.sidecars[to] ? [50002] : [8000, 9000])
      .map((port) => `${from} ${to} ${port}`)).sort();
    expect(reachable('leaves').sort()).toEqual(said);
    expect(reachable('enters').sort()).toEqual(said);

    expect(permissions(manifests)).toEqual(graph.calls.filter(([from, to]) => graph.sidecars[from] && graph.sidecars[to])
      .map(([from, to]) => `${address(from)} ${address(to)}`).sort());

    // a store is reached by those who use it; those who do not may get no further than out of their own door
    for (const from of indexes) {
      for (const store of [0, 1]) {
        for (const environment of indexes.slice(0, 4)) {
          const target = storeOf(environment, store);
          const open = reachability.reaches(podsOf(from), target, STORE_PORTS[store]);
          expect(open).toBe(graph.uses.some(([user, used]) => user === from && used === store) && environmentOf(from) === environmentOf(environment));
        }
      }
    }
  }), { numRuns: 60, seed: 14 });
});

function address(index: number): string {
  return `${podsOf(index).namespace}/${nameOf(index)}`;
}

/** `<caller> <callee>` for all that access control allows at the callee's sidecar, sorted. */
function permissions(manifests: Manifests): string[] {
  return manifests.of('Deployment').flatMap(({ metadata, spec }) => {
    const name = spec.template.metadata.annotations?.['dapr.io/config'];
    const configuration = name && manifests.get('Configuration', name, metadata.namespace).spec.accessControl;
    expect(configuration?.defaultAction ?? 'deny').toBe('deny');
    return (configuration?.policies ?? []).map((policy: any) => `${policy.namespace}/${policy.appId} ${metadata.namespace}/${metadata.name}`);
  }).sort();
}

test('the order of statements, and saying them twice, change no byte', () => {
  const define = (statements: (services: Record<'checkout' | 'order' | 'auth', Microservice>, topic: Topic) => (() => void)[], turned: boolean) => writtenBy((app) => {
    const charts = (turned ? [...GROUPS].reverse() : GROUPS).map((name) => new ServiceChart(app, name, { environment: PROD, profile: ROOMY }));
    const chart = (name: string) => charts.find((each) => each.group === name)!;
    const topic = new Topic(chart('core-business'), 'order-placed', { broker: RedisCluster.fromNamespace(chart('core-business'), 'redis', 'infrastructure') });
    const names = turned ? ['order', 'auth', 'checkout'] : ['auth', 'checkout', 'order'];
    const services = Object.fromEntries(names.map((name) => [name, service(chart(name === 'auth' ? 'platform' : 'core-business'), name)])) as any;
    statements(services, topic).forEach((statement) => statement());
  });
  const statements = ({ checkout, order, auth }: Record<'checkout' | 'order' | 'auth', Microservice>, topic: Topic) => [
    () => checkout.calls(order), () => order.calls(checkout), () => checkout.calls(ServiceReference.of('platform', 'auth')),
    () => order.publishes(topic), () => auth.subscribes(TopicReference.of('core-business', 'order-placed')), () => checkout.allowsGroup('platform'),
  ];
  const once = define(statements, false);
  expect(Object.keys(once)).toContain('prod/core-business/checkout.k8s.yaml');
  expect(define((...all) => [...statements(...all), ...statements(...all)].reverse(), true)).toEqual(once);
});

test('services may call each other in a circle', () => {
  const app = new App();
  const charts = GROUPS.map((name) => new ServiceChart(app, name, { environment: PROD, profile: ROOMY }));
  const [checkout, auth] = [service(charts[0], 'checkout'), service(charts[1], 'auth')];
  checkout.calls(ServiceReference.of('platform', 'auth'));
  auth.calls(checkout);
  expect(permissions(manifestsOfApp(app))).toEqual(['core-business-prod/checkout platform-prod/auth', 'platform-prod/auth core-business-prod/checkout']);
});
