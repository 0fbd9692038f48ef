import { SecretReference } from '../../src';
import { DaprComponent } from '../../src/components';
import { App } from '../../src/platform/app';
import type { ServiceChart } from '../../src/platform/service-chart';
import { EtcdCluster } from '../../src/stores/etcd/etcd-cluster';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { RedisMode } from '../../src/stores/redis/redis-access';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { DaprVersion } from '../../src/values/dapr-version';
import { DEV, group, manifestsOfApp, PROD, profileWith, refusal, ROOMY, service } from '../support/platform';

type Store = (chart: ServiceChart) => Parameters<ReturnType<typeof service>['uses']>[0];

const redis: Store = (chart) => RedisCluster.fromNamespace(chart, 'redis', 'infrastructure', { mode: RedisMode.SINGLE });
const component = (metadata: { [name: string]: string }, secrets: { [name: string]: SecretReference } = {}): Store =>
  (chart) => new DaprComponent(chart, 'statestore', { type: 'state.redis', metadata, secrets, connectsTo: [] });

/** `order` of `returns` and a service of `sales`, which keep actors in stores of the same description. */
function define(app: App, store: Store, { appId, daprVersion }: { appId?: string; daprVersion?: string } = {}): void {
  for (const name of ['returns', 'sales']) {
    const profile = daprVersion === undefined ? ROOMY : profileWith({ daprVersion: DaprVersion.of(daprVersion) });
    const chart = group({ app, name, profile });
    const dapr = name === 'sales' && appId !== undefined ? Dapr.sidecar({ appId }) : undefined;
    service(chart, 'order', { dapr }).uses(store(chart), { actors: true });
  }
}

const REMEDY = 'Use a store for each group, or a relational database, which has one database for each service, or ';
const mixed = (store: string) => `[sales-prod/order] keeps actors in '${store}', as returns-prod/order does with the same Dapr app id 'order', `
  + `and the keys of actors contain no namespace, so each would overwrite the actors of the other. ${REMEDY}give one of them another appId.`;

test.each<[string, Store, string]>([
  ['a Redis', redis, 'redis'],
  ['components with one description', component({ redisHost: 'redis.data.svc:6379' }, { redisPassword: SecretReference.of('redis', 'password') }), 'statestore'],
])('two groups that would overwrite the actors of each other are refused: %s', (_, store, name) => {
  expect(refusal((app) => define(app, store)).split('\n  ').slice(1)).toEqual([mixed(name)]);
});

test('reminders of two namespaces, which Dapr before 1.15 keeps under the same keys, are refused whatever the app ids', () => {
  expect(refusal((app) => define(app, redis, { appId: 'sales-order', daprVersion: '1.14' })).split('\n  ').slice(1)).toEqual([
    "[sales-prod/order] keeps actors in 'redis', as returns-prod/order does, and Dapr 1.14 keeps reminders under keys without a namespace, so each would run those of the other. "
    + `${REMEDY}Dapr 1.15.`,
  ]);
});

test.each<[string, Store, { appId?: string }]>([
  ['other app ids', redis, { appId: 'sales-order' }],
  ['a path for each namespace, on etcd', (chart) => EtcdCluster.fromNamespace(chart, 'etcd', 'infrastructure'), {}],
  ['a database for each service, on PostgreSQL', (chart) => PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure'), {}],
  ['a component whose place only a Secret contains', component({}, { redisHost: SecretReference.of('redis', 'host') }), {}],
  ['components with places of their own', (chart) => component({ redisHost: `redis-${chart.group}:6379` })(chart), {}],
])('two groups may keep actors with %s', (_, store, options) => {
  const app = new App();
  define(app, store, options);
  expect(manifestsOfApp(app).of('Component').map(({ spec }) => spec.metadata.find(({ name }: any) => name === 'actorStateStore')?.value)).toEqual(['true', 'true']);
});

test('environments do not clash by the name of a host, which each cluster has for itself', () => {
  const app = new App();
  for (const environment of [DEV, PROD]) {
    const chart = group({ app, environment, profile: ROOMY });
    service(chart, 'order').uses(component({ redisHost: 'redis.data.svc:6379' })(chart), { actors: true });
  }
  expect(manifestsOfApp(app).of('Component')).toHaveLength(2);
});

test('on etcd, the keys of every namespace begin with its name', () => {
  const app = new App();
  define(app, (chart) => EtcdCluster.fromNamespace(chart, 'etcd', 'infrastructure'));
  expect(manifestsOfApp(app).of('Component').map(({ spec }) => spec.metadata.find(({ name }: any) => name === 'keyPrefixPath').value)).toEqual(['returns-prod', 'sales-prod']);
});
