import { Testing, Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { Endpoint } from '../../src/graph/endpoint';
import { MeshDefaults } from '../../src/mesh';
import { Mesh } from '../../src/mesh/mesh';
import { Environment } from '../../src/profile/environment';
import { EtcdCluster } from '../../src/stores/etcd/etcd-cluster';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { RedisMode } from '../../src/stores/redis/redis-access';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import type { Manifests } from '../support/platform';
import { bare, group, manifestsOf, manifestsOfApp, ROOMY, service } from '../support/platform';

const INTERNAL_GRPC = 50002;
const GROUPS = ['returns', 'sales'];
const STORES = 2;

/** Services of two groups: the actor store of each, or none, and whether it uses that store for other state only. */
interface Program {
  readonly services: readonly { readonly group: number; readonly store?: number; readonly actors: boolean }[];
  readonly calls: readonly (readonly [number, number])[];
}

const SERVICES = 6;
const programs: fc.Arbitrary<Program> = fc.record({
  services: fc.array(
    fc.record({ group: fc.nat(1), store: fc.option(fc.nat(STORES - 1), { nil: undefined }), actors: fc.boolean() }),
    { minLength: SERVICES, maxLength: SERVICES },
  ),
  calls: fc.uniqueArray(
    fc.tuple(fc.nat(SERVICES - 1), fc.nat(SERVICES - 1)).filter(([from, to]) => from !== to), { maxLength: 2, selector: ([from, to]) => `${from} ${to}` },
  ),
});

function render({ services, calls }: Program, mesh: Mesh): Manifests {
  const app = Testing.app();
  const environment = Environment.of('prod', { capacityPool: 'production', scaling: { min: 2, max: 2 } }).with(MeshDefaults.of({ mesh }));
  const charts = GROUPS.map((name) => group({ app, name, environment, profile: ROOMY }));
  const stores = charts.map((chart) => ['books', 'ledger'].map((name) => PostgresCluster.fromNamespace(chart, name, 'infrastructure')));
  const defined = services.map(({ group: at }, index) => service(charts[at], `service${index}`));
  services.forEach(({ group: at, store, actors }, index) => store !== undefined && defined[index].uses(stores[at][store], { actors }));
  calls.forEach(([from, to]) => defined[from].calls(defined[to]));
  return manifestsOfApp(app);
}

/** `<from> <to>` for all sidecars that may connect to another on Dapr's internal port, or to another replica of the same service. */
function reached({ services }: Program, { reachability }: Manifests): string[] {
  const pods = services.map(({ group: at }, index) => reachability.workload(`service${index}`, `${GROUPS[at]}-prod`));
  return pods.flatMap((from, source) => pods.flatMap((to, target) => reachability.reaches(from, to, INTERNAL_GRPC) ? [`${source} ${target}`] : []));
}

function stated({ services, calls }: Program): string[] {
  const hosts = services.map(({ group: at, store, actors }) => store !== undefined && actors ? `${at} ${store}` : undefined);
  return services.flatMap((_, from) => services.flatMap((__, to) => (hosts[from] !== undefined && hosts[from] === hosts[to])
    || calls.some(([caller, callee]) => caller === from && callee === to) ? [`${from} ${to}`] : []));
}

describe('the sidecars of actor hosts reach each other', () => {
  test.each([
    ['no mesh', Mesh.none()], ['Istio', Mesh.istio()], ['Linkerd', Mesh.linkerd()], ['Cilium', Mesh.cilium()],
  ])('if they have a store and a namespace in common, each its own replicas, and no other does, with %s', (_name, mesh) => {
    fc.assert(fc.property(programs, (program) => {
      expect(reached(program, render(program, mesh))).toEqual(stated(program));
    }), { numRuns: 15, seed: 71 });
  });

  test('by one policy for both directions', () => {
    const chart = group({ profile: ROOMY });
    const store = PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure');
    ['order', 'stock'].forEach((name) => service(chart, name).uses(store, { actors: true }));
    expect(Yaml.stringify(bare(manifestsOf(chart).get('NetworkPolicy', 'order-actors'))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: order-actors
spec:
  egress:
    - ports:
        - port: 50002
          protocol: TCP
      to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: core-business-prod
          podSelector:
            matchLabels:
              app: order
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: core-business-prod
          podSelector:
            matchLabels:
              app: stock
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: core-business-prod
          podSelector:
            matchLabels:
              app: order
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: core-business-prod
          podSelector:
            matchLabels:
              app: stock
      ports:
        - port: 50002
          protocol: TCP
  podSelector:
    matchLabels:
      app: order
  policyTypes:
    - Ingress
    - Egress"
`);
  });

  test('on every engine that keeps actors', () => {
    const chart = group({ profile: ROOMY });
    const stores = [
      EtcdCluster.fromNamespace(chart, 'etcd', 'infrastructure'), PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure'),
      RedisCluster.fromNamespace(chart, 'redis', 'infrastructure', { mode: RedisMode.SINGLE }),
    ];
    stores.forEach((store, index) => service(chart, `service${index}`).uses(store, { actors: true }));
    const { reachability } = manifestsOf(chart);
    const pods = stores.map((_, index) => Endpoint.ofPods('core-business-prod', { app: `service${index}` }));
    expect(pods.map((from) => pods.findIndex((to) => reachability.reaches(from, to, INTERNAL_GRPC)))).toEqual([0, 1, 2]);
  });

  test('and may still not call methods of one another, which Dapr authorises by itself', () => {
    const chart = group({ profile: ROOMY });
    const store = PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure');
    ['order', 'stock'].forEach((name) => service(chart, name).uses(store, { actors: true }));
    const { reachability } = manifestsOf(chart);
    const [order, stock] = ['order', 'stock'].map((name) => reachability.workload(name, 'core-business-prod'));
    expect(reachability.reaches(order, stock, INTERNAL_GRPC)).toBe(true);
    expect(reachability.admits(order, stock, INTERNAL_GRPC, { method: 'GET', path: '/' })).toBe(false);
  });
});

test('a client that keeps no actors reaches those of a host by a call, and the host does not reach it', () => {
  const chart = group({ profile: ROOMY });
  const [web, order] = [service(chart, 'web'), service(chart, 'order')];
  order.uses(PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure'), { actors: true });
  web.calls(order);
  const { reachability } = manifestsOf(chart);
  const [client, host] = ['web', 'order'].map((app) => Endpoint.ofPods('core-business-prod', { app }));
  const reaches = (from: Endpoint, to: Endpoint) => reachability.reaches(from, to, INTERNAL_GRPC);
  expect([reaches(client, host), reaches(host, client), reaches(host, host)]).toEqual([true, false, true]);
});

test('a store for other state opens nothing between services', () => {
  const chart = group({ profile: ROOMY });
  service(chart, 'order').uses(PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure'));
  expect(manifestsOf(chart).names).not.toContain('NetworkPolicy/order-actors');
});
