import { Testing } from 'cdk8s';
import { SharedChart } from '../../src/platform/shared-chart';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { POSTGRES_ENGINE } from '../../src/stores/postgres/postgres-store-engine';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { REDIS_ENGINE } from '../../src/stores/redis/redis-store-engine';
import { Image } from '../../src/values/image';
import { DEV, errorsOf, group, manifestsOf, profileWith, refusal, service } from '../support/platform';

test('each environment has its own instance in the namespace that all share, by host, pods and Secret', () => {
  expect([undefined, DEV].map((environment) => RedisCluster.fromNamespace(group(environment && { environment }), 'redis', 'infrastructure').stateEndpoint)).toEqual([
    { name: 'redis', engine: REDIS_ENGINE, namespace: 'infrastructure', app: 'redis-prod', host: 'redis-prod.infrastructure.svc.cluster.local', port: 6379, secretName: 'redis-prod' },
    { name: 'redis', engine: REDIS_ENGINE, namespace: 'infrastructure', app: 'redis-dev', host: 'redis-dev.infrastructure.svc.cluster.local', port: 6379, secretName: 'redis-dev' },
  ]);
});

test('a database is one in the same way', () => {
  const chart = group({ profile: profileWith({ clusterDomain: 'cluster.example', postgresql: { port: 5433 } }) });
  expect(PostgresCluster.fromNamespace(chart, 'postgresql', 'data', { instance: 'books', secretName: 'books-app' }).stateEndpoint).toEqual({
    name: 'postgresql', engine: POSTGRES_ENGINE, namespace: 'data', app: 'books', host: 'books.data.svc.cluster.example', port: 5433, secretName: 'books-app',
  });
});

test('a database of an operator is behind a Service of another name', () => {
  expect(PostgresCluster.fromNamespace(group(), 'postgresql', 'data', { service: 'postgresql-prod-rw' }).stateEndpoint).toEqual({
    name: 'postgresql',
    engine: POSTGRES_ENGINE,
    namespace: 'data',
    app: 'postgresql-prod',
    host: 'postgresql-prod-rw.data.svc.cluster.local',
    port: 5432,
    secretName: 'postgresql-prod',
  });
});

test('a store outside of the cluster is a host and its addresses', () => {
  expect(PostgresCluster.fromHost(group(), 'books', 'books.example.com', { cidrs: ['10.20.0.0/24'], port: 6432 }).stateEndpoint).toEqual({
    name: 'books', engine: POSTGRES_ENGINE, host: 'books.example.com', cidrs: ['10.20.0.0/24'], port: 6432, secretName: 'books',
  });
});

test('a broker is where the state is', () => {
  const redis = RedisCluster.fromNamespace(group(), 'redis', 'infrastructure');
  expect(redis.brokerEndpoint).toEqual(redis.stateEndpoint);
});

test('two groups of an environment may use one store', () => {
  expect(() => refusal((app) => ['core-business', 'platform'].forEach((name) => RedisCluster.fromNamespace(group({ app, name }), 'redis', 'infrastructure'))))
    .toThrow('the program did not fail');
});

test('fails where two environments would share an instance', () => {
  const message = refusal((app) => [group({ app }), group({ app, environment: DEV })].forEach((chart) => PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure', { instance: 'one' })));
  expect(message).toContain("[core-business-prod/postgresql] 'one.infrastructure.svc.cluster.local' is also the store of environment 'dev' (core-business-dev/postgresql), "
    + 'so one environment would reach the data of the other. Give each environment a host of its own.');
});

describe('a store fails', () => {
  test.each<[string, () => ReturnType<typeof errorsOf>, string]>([
    ['with a name that is none', () => errorsOf((chart) => RedisCluster.fromNamespace(chart, 'Redis', 'infrastructure')), "[core-business-prod/Redis] name 'Redis' is not a DNS label: it has 'R'. Write 'redis'."],
    ['in no namespace', () => errorsOf((chart) => RedisCluster.fromNamespace(chart, 'redis', 'infra.structure')), "[core-business-prod/redis] namespace 'infra.structure' is not a DNS label: it has '.'. Write 'infra-structure'."],
    ['with an instance that is none', () => errorsOf((chart) => RedisCluster.fromNamespace(chart, 'redis', 'infrastructure', { instance: 'a_b' })), "[core-business-prod/redis] instance 'a_b' is not a DNS label: it has '_'. Write 'a-b'."],
    ['on port 0', () => errorsOf((chart) => RedisCluster.fromNamespace(chart, 'redis', 'infrastructure', { port: 0 })), '[core-business-prod/redis] expected a whole number from 1 to 65535, got 0. Use 1 or more.'],
    ['with a URL for a host', () => errorsOf((chart) => PostgresCluster.fromHost(chart, 'books', 'postgres://books', { cidrs: ['10.0.0.0/24'] })), "[core-business-prod/books] host 'postgres://books' is not a DNS subdomain: it has ':'. Write 'postgres-books'."],
    ['without addresses', () => errorsOf((chart) => PostgresCluster.fromHost(chart, 'books', 'books.example.com', { cidrs: [] })),
      "[core-business-prod/books] no address range of 'books.example.com' given, so no network policy could let a service reach it. Name its ranges in cidrs, such as ['10.20.0.0/24']."],
    ['with all addresses', () => errorsOf((chart) => PostgresCluster.fromHost(chart, 'books', 'books.example.com', { cidrs: ['0.0.0.0/0'] })),
      'NetworkPeer.cidr: 0.0.0.0/0 holds every address, so little would be denied. Name the range that is really needed, or use NetworkPeer.internet({ reason }) in a ServiceNetworkPolicy.'],
    ['with a Secret that is none', () => errorsOf((chart) => RedisCluster.fromNamespace(chart, 'redis', 'infrastructure', { secretName: 'my secret' })), "[core-business-prod/redis] secretName 'my secret' is not a DNS subdomain: it has ' '. Write 'my-secret'."],
  ])('%s', (_, errors, message) => {
    expect(errors()).toEqual([message]);
  });
});

describe('a store in a namespace of this program', () => {
  const define = (own: string, used: string) => refusal((app) => {
    const shared = new SharedChart(app, 'infrastructure');
    new RedisCluster(shared, own);
    service(group({ app }), 'order').uses(RedisCluster.fromNamespace(group({ app, name: 'stores' }), used, 'infrastructure'));
  });

  test('that is nearly one that the program defines there is refused', () => {
    expect(define('redis-prod', 'rediss')).toContain("[stores-prod/rediss] there is no redis 'rediss-prod' in 'infrastructure'. Did you mean 'redis-prod'?");
  });

  test.each([['redis-dev', 'redis'], ['cache-prod', 'redis'], ['redis-prod', 'redis']])('is accepted beside %s as %s', (own, used) => {
    expect(() => define(own, used)).toThrow('the program did not fail');
  });
});

test('another image of a store changes only what runs it', () => {
  const objects = (tag: string) => {
    const shared = new SharedChart(Testing.app(), 'infrastructure');
    new RedisCluster(shared, 'redis-prod', { image: Image.of('registry.example.com/redis', { tag }) });
    return manifestsOf(shared).all.map((manifest) => JSON.stringify(manifest));
  };
  const before = objects('7.2.7');
  expect(objects('7.2.8').filter((text) => !before.includes(text)).map((text) => JSON.parse(text).kind)).toEqual(['StatefulSet', 'Job']);
});
