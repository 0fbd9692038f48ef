import { Checks } from '../../src/checks/checks';
import { Ambassador } from '../../src/containers/ambassador';
import { Topic } from '../../src/messaging/topic';
import type { ServiceChart } from '../../src/platform/service-chart';
import { SharedChart } from '../../src/platform/shared-chart';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { QueueSource } from '../../src/scaling/queue-source';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { MessageBroker } from '../../src/stores/redis/broker/message-broker';
import { RedisLogin, RedisMode } from '../../src/stores/redis/redis-access';
import type { RedisAccess } from '../../src/stores/redis/redis-access';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { DaprVersion } from '../../src/values/dapr-version';
import { Image } from '../../src/values/image';
import { SecretReference } from '../../src/values/secret-reference';
import { Worker } from '../../src/workloads/worker';
import { errorsOf, findings, group, manifestsOf, service } from '../support/platform';

const PLAIN = { mode: RedisMode.SINGLE, tls: false } as const;

function connectionTo(access: RedisAccess): any[] {
  const chart = group();
  service(chart).uses(RedisCluster.fromNamespace(chart, 'redis', 'data', access));
  return manifestsOf(chart).get('Component', 'redis-statestore').spec.metadata;
}

const USER = { name: 'redisUsername', secretKeyRef: { name: 'redis-prod', key: 'username' } };
const PASSWORD = { name: 'redisPassword', secretKeyRef: { name: 'redis-prod', key: 'password' } };

describe('the Dapr component of an existing Redis', () => {
  test.each<[string, RedisAccess, any[]]>([
    ['a single server without TLS and password', { ...PLAIN, login: RedisLogin.NONE }, [
      { name: 'redisHost', value: 'redis-prod.data.svc.cluster.local:6379' },
      { name: 'redisType', value: 'node' },
      { name: 'enableTLS', value: 'false' },
    ]],
    ['a single server with the password of the default user', { ...PLAIN, login: RedisLogin.PASSWORD }, [
      { name: 'redisHost', value: 'redis-prod.data.svc.cluster.local:6379' },
      { name: 'redisType', value: 'node' },
      { name: 'enableTLS', value: 'false' },
      PASSWORD,
    ]],
    ['a cluster without TLS', { tls: false }, [
      { name: 'redisHost', value: 'redis-prod.data.svc.cluster.local:6379' },
      { name: 'redisType', value: 'cluster' },
      { name: 'enableTLS', value: 'false' },
      USER,
      PASSWORD,
    ]],
    ['a primary that sentinels name', { mode: RedisMode.SENTINEL, sentinelMaster: 'cart' }, [
      { name: 'redisHost', value: 'redis-prod.data.svc.cluster.local:26379' },
      { name: 'redisType', value: 'node' },
      { name: 'failover', value: 'true' },
      { name: 'sentinelMasterName', value: 'cart' },
      { name: 'enableTLS', value: 'true' },
      { name: 'insecureSkipTLSVerify', value: 'true' },
      USER,
      PASSWORD,
    ]],
    ['a single server with a public certificate', { mode: RedisMode.SINGLE }, [
      { name: 'redisHost', value: 'redis-prod.data.svc.cluster.local:6379' },
      { name: 'redisType', value: 'node' },
      { name: 'enableTLS', value: 'true' },
      USER,
      PASSWORD,
    ]],
    ['a cluster with certificates of a public authority', { verifyCertificate: true }, [
      { name: 'redisHost', value: 'redis-prod.data.svc.cluster.local:6379' },
      { name: 'redisType', value: 'cluster' },
      { name: 'enableTLS', value: 'true' },
      USER,
      PASSWORD,
    ]],
  ])('describes %s', (_, access, metadata) => {
    expect(connectionTo(access)).toEqual([...metadata, { name: 'keyPrefix', value: 'namespace' }]);
  });

  test('leaves out what Dapr before 1.18 does not know, which never verifies a certificate', () => {
    const chart = group({ profile: PlatformProfile.standard().customize({ daprVersion: DaprVersion.of('1.17') }) });
    service(chart).uses(RedisCluster.fromNamespace(chart, 'redis', 'data'));
    expect(manifestsOf(chart).get('Component', 'redis-statestore').spec.metadata.map(({ name }: { name: string }) => name))
      .toEqual(['redisHost', 'redisType', 'enableTLS', 'redisUsername', 'redisPassword', 'keyPrefix']);
  });

  test('is the same for topics, also outside of the cluster', () => {
    const chart = group();
    const redis = RedisCluster.fromHost(chart, 'redis', 'redis.example.com', { cidrs: ['10.20.0.0/24'], ...PLAIN, login: RedisLogin.PASSWORD });
    service(chart).publishes(new Topic(chart, 'order-placed', { broker: redis }));
    expect(manifestsOf(chart).get('Component', 'redis-pubsub').spec.metadata.slice(0, 4)).toEqual([
      { name: 'redisHost', value: 'redis.example.com:6379' },
      { name: 'redisType', value: 'node' },
      { name: 'enableTLS', value: 'false' },
      { name: 'redisPassword', secretKeyRef: { name: 'redis', key: 'password' } },
    ]);
  });

  test('is the same for topics of several partitions', () => {
    const chart = group();
    service(chart).publishes(new Topic(chart, 'order-placed', { broker: MessageBroker.fromNamespace(chart, 'broker', 'data', { ...PLAIN, partitions: 2 }) }));
    expect(manifestsOf(chart).get('Component', 'broker-pubsub').spec.metadata.slice(1, 3)).toEqual([
      { name: 'redisType', value: 'node' },
      { name: 'enableTLS', value: 'false' },
    ]);
  });

  test('keeps the state of actors unless the Redis is a cluster, whose transactions reach one slot only', () => {
    const chart = group();
    service(chart).uses(RedisCluster.fromNamespace(chart, 'redis', 'data', { mode: RedisMode.SINGLE }), { actors: true });
    expect(manifestsOf(chart).get('Component', 'redis-statestore').spec.metadata.at(-1)).toEqual({ name: 'actorStateStore', value: 'true' });
  });
});

describe('the Dapr component of an existing PostgreSQL', () => {
  const component = (access: { tls?: boolean; password?: boolean }) => {
    const chart = group();
    service(chart, 'order').uses(PostgresCluster.fromHost(chart, 'books', 'db.example.com', { cidrs: ['10.20.0.0/24'], ...access }));
    return manifestsOf(chart).get('Component', 'books-statestore-order').spec.metadata[0];
  };

  test('reads the connection string from a Secret while there is a password, with and without TLS', () => {
    const secret = { name: 'connectionString', secretKeyRef: { name: 'books-order', key: 'connection-string' } };
    expect([component({}), component({ tls: false })]).toEqual([secret, secret]);
  });

  test.each([[true, 'require'], [false, 'disable']])('contains the connection string without a password, by TLS %s', (tls, sslmode) => {
    expect(component({ tls, password: false })).toEqual({
      name: 'connectionString', value: `host=db.example.com port=5432 user=core_business_order dbname=core_business_order sslmode=${sslmode}`,
    });
  });
});

describe('network policies', () => {
  const policies = (access: RedisAccess & { port?: number }) => {
    const chart = group();
    const shared = new SharedChart(chart.node.root, 'data');
    service(chart).uses(RedisCluster.fromNamespace(chart, 'redis', 'data', access));
    return [
      manifestsOf(chart).get('NetworkPolicy', 'checkout-network-policy').spec.egress.flatMap(({ ports }: any) => ports.map(({ port }: any) => port)),
      manifestsOf(shared).get('NetworkPolicy', 'redis-prod-clients').spec.ingress[0].ports.map(({ port }: any) => port),
    ];
  };

  test('open the port of a plain server', () => {
    expect(policies({ ...PLAIN, port: 7000 })).toEqual([[7000], [7000]]);
  });

  test('open the ports of sentinels and of the servers that they name', () => {
    expect(policies({ mode: RedisMode.SENTINEL })).toEqual([[6379, 26379], [6379, 26379]]);
  });

  test('open further ports of a store outside of the cluster', () => {
    const chart = group();
    service(chart).uses(PostgresCluster.fromHost(chart, 'books', 'db.example.com', { cidrs: ['10.20.0.0/24'], furtherPorts: [6432] }));
    expect(manifestsOf(chart).get('NetworkPolicy', 'checkout-network-policy').spec.egress).toEqual([
      { to: [{ ipBlock: { cidr: '10.20.0.0/24' } }], ports: [{ protocol: 'TCP', port: 5432 }, { protocol: 'TCP', port: 6432 }] },
    ]);
  });
});

describe('KEDA reads', () => {
  const triggers = (access: RedisAccess) => {
    const chart = group();
    const redis = RedisCluster.fromNamespace(chart, 'redis', 'data', access);
    const mailer = new Worker(chart, 'mailer', { image: Image.of('registry.example.com/mailer', { tag: '1.4.2' }) });
    mailer.uses(redis);
    mailer.scalesOn(QueueSource.redisList(redis, 'mails'));
    const manifests = manifestsOf(chart);
    return { triggers: manifests.get('ScaledObject', 'mailer').spec.triggers, authentication: manifests.find('TriggerAuthentication', 'mailer-redis')?.spec };
  };

  test('a single server without TLS and password, without an authentication', () => {
    expect(triggers({ ...PLAIN, login: RedisLogin.NONE })).toEqual({
      triggers: [{ name: 'length_mails', type: 'redis', metadata: { address: 'redis-prod.data.svc.cluster.local:6379', listName: 'mails', listLength: '50' } }],
      authentication: undefined,
    });
  });

  test('a primary that sentinels name', () => {
    expect(triggers({ mode: RedisMode.SENTINEL, login: RedisLogin.PASSWORD })).toEqual({
      triggers: [{
        name: 'length_mails',
        type: 'redis-sentinel',
        metadata: {
          addresses: 'redis-prod.data.svc.cluster.local:26379', listName: 'mails', listLength: '50', sentinelMaster: 'mymaster', enableTLS: 'true', unsafeSsl: 'true',
        },
        authenticationRef: { name: 'mailer-redis' },
      }],
      authentication: { secretTargetRef: [{ parameter: 'password', name: 'redis-prod', key: 'password' }] },
    });
  });
});

describe('an insecure store is a finding', () => {
  const found = (define: (chart: ServiceChart) => void) => {
    const chart = group();
    define(chart);
    return findings(chart).filter((finding) => finding.startsWith('MS-STORE'));
  };

  test('without TLS and without a password, on Redis and on PostgreSQL', () => {
    expect(found((chart) => {
      RedisCluster.fromNamespace(chart, 'redis', 'data', { ...PLAIN, login: RedisLogin.NONE });
      MessageBroker.fromNamespace(chart, 'broker', 'data', PLAIN);
      PostgresCluster.fromNamespace(chart, 'postgresql', 'data', { tls: false });
      PostgresCluster.fromHost(chart, 'books', 'db.example.com', { cidrs: ['10.20.0.0/24'], password: false });
    })).toEqual([
      'MS-STORE-004 [core-business-prod/broker]',
      'MS-STORE-004 [core-business-prod/postgresql]',
      'MS-STORE-004 [core-business-prod/redis]',
      'MS-STORE-005 [core-business-prod/books]',
      'MS-STORE-005 [core-business-prod/redis]',
    ]);
  });

  test('that a reason silences', () => {
    expect(found((chart) => {
      RedisCluster.fromNamespace(chart, 'redis', 'data', PLAIN);
      Checks.of(chart).acknowledge('MS-STORE-004', { reason: 'the nodes encrypt the network between them' });
    })).toEqual([]);
  });

  test('and a secure one is none', () => {
    expect(found((chart) => {
      RedisCluster.fromNamespace(chart, 'redis', 'data', { mode: RedisMode.SINGLE, login: RedisLogin.PASSWORD });
      PostgresCluster.fromNamespace(chart, 'postgresql', 'data');
    })).toEqual([]);
  });
});

describe('fails', () => {
  test.each<[string, RedisAccess, string]>([
    ['with a mode that does not exist', { mode: 'clusters' as RedisMode }, "[core-business-prod] expected mode to be one of cluster, single, sentinel, got 'clusters'. Use 'cluster'."],
    ['with a login that does not exist', { login: 'users' as RedisLogin }, "[core-business-prod] expected login to be one of user, password, none, got 'users'. Use 'user'."],
    ['with a primary of sentinels on a single server', { mode: RedisMode.SINGLE, sentinelMaster: 'cart' },
      "[core-business-prod] sentinelMaster 'cart' has no effect in mode 'single'. Leave it out, or use RedisMode.SENTINEL."],
    ['with a certificate to verify, and no TLS', { tls: false, verifyCertificate: true },
      '[core-business-prod] verifyCertificate has no effect without TLS. Leave it out, or set tls to true.'],
  ])('%s', (_, access, message) => {
    expect(errorsOf((chart) => RedisCluster.fromNamespace(chart, 'redis', 'data', access))).toEqual([message]);
  });

  test('with an ambassador, which speaks to clusters with TLS and users only', () => {
    expect(errorsOf((chart) => {
      const redis = RedisCluster.fromNamespace(chart, 'redis', 'data', PLAIN);
      service(chart, 'checkout', { sidecars: [Ambassador.redis(redis, { authority: SecretReference.of('redis-authority', 'ca.crt') })] }).uses(redis);
    })).toEqual(["[core-business-prod/checkout] has an ambassador to 'redis', which is no Redis cluster with TLS and users. "
      + 'Leave the ambassador out, and let the application connect to it.']);
  });
});
