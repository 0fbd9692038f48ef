import { App, PlatformProfile, SharedChart } from '../../src';
import { SecurityDefaults } from '../../src/security';
import { EtcdCluster, KafkaCluster, PostgresCluster, PostgresEngine, RedisCluster, RedisEngine } from '../../src/stores';
import { ORGANISATION } from '../support/operated-postgres';
import { ROOMY } from '../support/platform';
import { customized } from '../support/settings';
import { useOwnWorkingDirectory } from '../support/working-directory';

useOwnWorkingDirectory();

const OPERATED = customized(ORGANISATION);

function synthesize(define: (chart: SharedChart, storage: string) => void, storage: string, profile: PlatformProfile): void {
  const app = new App();
  define(new SharedChart(app, 'infrastructure', { profile }), storage);
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    app.synth();
  } finally {
    write.mockRestore();
  }
}

describe('a store whose volumes would shrink is refused', () => {
  test.each<[string, PlatformProfile, (chart: SharedChart, storage: string) => void]>([
    ['storage of Cluster infrastructure/store', OPERATED,
      (chart, storage) => new PostgresCluster(chart, 'store', { engine: PostgresEngine.CLOUD_NATIVE_PG, storage })],
    ['storage 0 of KafkaNodePool infrastructure/store-brokers', ROOMY,
      (chart, storage) => new KafkaCluster(chart, 'store', { externalListener: 'none', storage })],
    ['storageSpec of EtcdCluster infrastructure/store', ROOMY.with(SecurityDefaults.of({ security: { podSecurityLevel: 'baseline' } })),
      (chart, storage) => new EtcdCluster(chart, 'store', { storage })],
    ['storage of RedisCluster infrastructure/store', ROOMY,
      (chart, storage) => new RedisCluster(chart, 'store', { engine: RedisEngine.OPERATOR, storage })],
    ['data of StatefulSet infrastructure/store', ROOMY, (chart, storage) => new RedisCluster(chart, 'store', { storage })],
  ])('%s', (volume, profile, define) => {
    synthesize(define, '50Gi', profile);
    expect(() => synthesize(define, '20Gi', profile)).toThrow(`[infrastructure/store] ${volume} would shrink from 50Gi to 20Gi, and a volume never does. `
      + 'Keep 50Gi or more, or give the store another name and move its data.');
    expect(() => synthesize(define, '60Gi', profile)).not.toThrow();
  });
});
