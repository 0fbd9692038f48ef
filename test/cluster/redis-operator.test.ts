import { loadAll } from 'js-yaml';
import { Cluster, crdFiles } from './support/cluster';
import type { Manifest } from './support/manifest';
import { Environment, SharedChart } from '../../src';
import { App } from '../../src/platform/app';
import { RedisCluster, RedisEngine } from '../../src/stores';

describe('a Redis cluster that the operator runs, on Kubernetes 1.36', () => {
  let cluster: Cluster;
  let manifests: Manifest[];

  beforeAll(async () => {
    const [,, environment] = Environment.standard();
    const app = new App();
    new RedisCluster(new SharedChart(app, 'infrastructure'), 'redis-prod', { environment, engine: RedisEngine.OPERATOR });
    manifests = loadAll(app.synthYaml()) as Manifest[];
    cluster = await Cluster.start('1.36');
    expect(await cluster.installCrds(...crdFiles().filter((file) => /redis-operator/.test(file)))).toMatchObject({ status: 0, stderr: '' });
  }, 120_000);

  afterAll(() => cluster?.stop());

  test('is taken whole, by the operator\'s own schema and without a warning', async () => {
    const { status, stderr } = await cluster.apply(manifests);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [stored] = await cluster.list('redisclusters.redis.redis.opstreelabs.in');
    const { spec } = manifests.find(({ kind }) => kind === 'RedisCluster')!;
    // the server drops what the schema does not know, and adds defaults
    expect(stored.spec).toMatchObject(spec);
  });

  test('may run in a namespace that is restricted: its pods as the operator makes them of it', async () => {
    const { spec, metadata } = manifests.find(({ kind }) => kind === 'RedisCluster')!;
    const pods = ['leader', 'follower'].map((role) => {
      const { securityContext, resources } = role === 'leader' ? spec.redisLeader : spec.redisFollower;
      return {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: `redis-prod-${role}-0`, namespace: 'infrastructure', labels: { app: `redis-prod-${role}`, role, ...metadata.labels } },
        spec: {
          serviceAccountName: spec.serviceAccountName,
          priorityClassName: spec.priorityClassName,
          securityContext: spec.podSecurityContext,
          containers: [{ name: 'redis', image: spec.kubernetesConfig.image, securityContext, resources }],
        },
      };
    });
    const { status, stderr } = await cluster.apply(pods);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const selected = await cluster.kubectl('get', 'pods', '-n', 'infrastructure', '-l', 'app=redis-prod', '-o', 'name');
    expect(selected.trim().split('\n').sort()).toEqual(['pod/redis-prod-follower-0', 'pod/redis-prod-leader-0']);
  });
});
