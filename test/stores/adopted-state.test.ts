import type { IStateStore } from '../../src/core/store-endpoint';
import type { ServiceChart } from '../../src/platform/service-chart';
import { EtcdCluster } from '../../src/stores/etcd/etcd-cluster';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { messageOf } from '../support/message-of';
import { errorsOf, group, manifestsOf, profileWith, service } from '../support/platform';

function stateOf(define: (chart: ServiceChart) => IStateStore, chart = group()): { version: string; fields: Record<string, string> } {
  service(chart).uses(define(chart));
  const [{ spec }] = manifestsOf(chart).of('Component');
  const fields = spec.metadata.filter(({ value }: any) => value !== undefined);
  return { version: spec.version, fields: Object.fromEntries(fields.map(({ name, value }: any) => [name, value])) };
}

describe('state that a running application has written', () => {
  test('by the prefix of its keys', () => {
    const { fields } = stateOf((chart) => RedisCluster.fromNamespace(chart, 'redis', 'data', { stateMetadata: { keyPrefix: 'appid', redisDB: '2' } }));
    expect([fields.keyPrefix, fields.redisDB]).toEqual(['appid', '2']);
  });

  test('by the prefix that the profile sets', () => {
    const chart = group({ profile: profileWith({ storage: { stateKeyPrefix: 'none' } }) });
    expect(stateOf((each) => RedisCluster.fromNamespace(each, 'redis', 'data'), chart).fields.keyPrefix).toBe('none');
  });

  test('by version 1 of PostgreSQL and its table', () => {
    const { version, fields } = stateOf((chart) => PostgresCluster.fromHost(chart, 'postgresql', 'db.example.com', {
      cidrs: ['10.20.0.0/24'], stateVersion: 'v1', stateMetadata: { tableName: 'dapr_state', keyPrefix: 'appid' },
    }));
    expect({ version, fields }).toEqual({ version: 'v1', fields: { keyPrefix: 'appid', tableName: 'dapr_state' } });
  });

  test('by the path of keys in etcd', () => {
    expect(stateOf((chart) => EtcdCluster.fromNamespace(chart, 'etcd', 'data', { stateMetadata: { keyprefixpath: 'legacy' } })).fields.keyPrefixPath).toBe('legacy');
  });

  test('else has the namespace before its keys, and version 2 of PostgreSQL', () => {
    expect(stateOf((chart) => PostgresCluster.fromNamespace(chart, 'postgresql', 'data'))).toEqual({ version: 'v2', fields: { keyPrefix: 'namespace' } });
  });
});

describe('a mistake is refused', () => {
  test('in a field, by the metadata of the component', () => {
    expect(errorsOf((chart) => service(chart).uses(RedisCluster.fromNamespace(chart, 'redis', 'data', { stateMetadata: { keyPrefx: 'appid' } })))).toEqual([
      "[core-business-prod/Components] 'redis': 'keyPrefx' is no field of state.redis in Dapr 1.18. Did you mean 'keyPrefix'?",
    ]);
  });

  test.each<[string, (chart: ServiceChart) => unknown, string]>([
    ['a version of nobody', (chart) => PostgresCluster.fromNamespace(chart, 'postgresql', 'data', { stateVersion: 'v3' }),
      "[core-business-prod] expected stateVersion to be one of v1, v2, got 'v3'. Use 'v1'."],
    ['a secret', (chart) => RedisCluster.fromNamespace(chart, 'redis', 'data', { stateMetadata: { primaryEncryptionKey: '1f9d2c' } }),
      "[core-business-prod/redis] stateMetadata 'primaryEncryptionKey' looks like a secret in plain text: its name speaks of a secret ('encryption key'). "
      + 'Use components.DaprComponent, whose secrets refer to a Secret.'],
    ['a prefix that Dapr refuses', () => profileWith({ storage: { stateKeyPrefix: 'a||b' } }),
      "PlatformProfile.customize: storage.stateKeyPrefix has '||', by which Dapr separates the prefix from the key. Remove it."],
  ])('such as %s', (_name, define, error) => {
    expect(messageOf(() => define(group()))).toBe(error);
  });
});
