import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App, SharedChart } from '../../src';
import { MessageBroker, PostgresCluster, RedisCluster } from '../../src/stores';
import { Image } from '../../src/values/image';
import { profileWith } from '../support/platform';
import { useOwnWorkingDirectory } from '../support/working-directory';

useOwnWorkingDirectory();

const profile = profileWith({ network: { apiServerCidrs: ['10.0.0.1/32'] }, postgresql: { image: Image.of('registry.example.com/postgresql', { tag: '15.19-1' }) } });

function synthesize(define: (chart: SharedChart) => void): void {
  const app = new App();
  define(new SharedChart(app, 'infrastructure', { profile }));
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    app.synth();
  } finally {
    write.mockRestore();
  }
}

const remedy = (members: number) => `Keep ${members} members. To remove some, move their data away first as 'Remove members' in the documents of the store describes. `
  + "Then remove '";

describe('a store that would lose members at once is refused', () => {
  test.each<[string, (chart: SharedChart) => void, (chart: SharedChart) => void, string]>([
    ['with fewer primaries', (chart) => new RedisCluster(chart, 'store', { primaries: 5 }), (chart) => new RedisCluster(chart, 'store', { primaries: 3 }),
      `would lose 4 of its 10 members at once, with all data that no other member has. ${remedy(10)}`],
    ['with fewer replicas', (chart) => new RedisCluster(chart, 'store', { replicasPerPrimary: 2 }), (chart) => new RedisCluster(chart, 'store', { replicasPerPrimary: 1 }),
      `would lose 3 of its 9 members at once, with all data that no other member has. ${remedy(9)}`],
    ['as a broker', (chart) => new MessageBroker(chart, 'store', { replication: 3 }), (chart) => new MessageBroker(chart, 'store', { replication: 2 }),
      `would lose 3 of its 9 members at once, with all data that no other member has. ${remedy(9)}`],
    ['as PostgreSQL', (chart) => new PostgresCluster(chart, 'store', { instances: 5 }), (chart) => new PostgresCluster(chart, 'store', { instances: 3 }),
      `would lose 2 of its 5 members at once, with all data that no other member has. ${remedy(5)}`],
  ])('%s', (_, large, small, message) => {
    synthesize(large);
    expect(() => synthesize(small)).toThrow(`[infrastructure/store] StatefulSet infrastructure/store ${message}`);
    expect(() => synthesize(large)).not.toThrow();
    const [file] = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('store.k8s.yaml'));
    rmSync(join('dist', file));
    expect(() => synthesize(small)).not.toThrow();
    expect(() => synthesize(large)).not.toThrow();
  });
});
