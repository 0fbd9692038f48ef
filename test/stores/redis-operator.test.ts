import { Yaml } from 'cdk8s';
import { App } from '../../src/platform/app';
import { SharedChart } from '../../src/platform/shared-chart';
import { ObjectStorage } from '../../src/stores/backup/object-storage';
import { StorageCredentials } from '../../src/stores/backup/storage-credentials';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { RedisEngine } from '../../src/stores/redis/redis-engine';
import { Image } from '../../src/values/image';
import { findings, group, Manifests, manifestsOf, manifestsOfApp, PROD, profileWith, service } from '../support/platform';

const engine = RedisEngine.OPERATOR;

function rendered(props: ConstructorParameters<typeof RedisCluster>[2] = {}): Manifests {
  const chart = new SharedChart(new App(), 'infrastructure');
  new RedisCluster(chart, 'redis-prod', { engine, ...props });
  return manifestsOf(chart);
}

const clusterOf = (manifests: Manifests) => manifests.get('RedisCluster', 'redis-prod');

describe('a Redis cluster that the operator runs', () => {
  const manifests = rendered();
  const { spec, metadata } = clusterOf(manifests);

  test('is its custom resource, with three leaders and a follower each, of 50Gi, by TLS', () => {
    const { redisLeader, redisFollower, ...rest } = spec;
    expect([redisLeader.replicas, redisFollower.replicas]).toEqual([3, 3]);
    expect(Yaml.stringify({ ...rest, kubernetesConfig: { ...rest.kubernetesConfig, resources: undefined } }).trimEnd()).toMatchInlineSnapshot(`
"TLS:
  ca: ca.crt
  cert: tls.crt
  key: tls.key
  secret:
    defaultMode: 288
    secretName: redis-prod-tls
clusterSize: 3
clusterVersion: v7
kubernetesConfig:
  image: quay.io/opstree/redis:v7.2.16
  imagePullPolicy: Always
  minReadySeconds: 10
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: Retain
    whenScaled: Retain
  redisSecret:
    key: password
    name: redis-prod
  resources: null
persistenceEnabled: true
podSecurityContext:
  fsGroup: 1000
  fsGroupChangePolicy: OnRootMismatch
  runAsGroup: 1000
  runAsNonRoot: true
  runAsUser: 1000
  seccompProfile:
    type: RuntimeDefault
port: 6379
priorityClassName: infrastructure-critical
serviceAccountName: redis-prod
storage:
  keepAfterDelete: true
  nodeConfVolume: true
  nodeConfVolumeClaimTemplate:
    spec:
      accessModes:
        - ReadWriteOnce
      resources:
        requests:
          storage: 1Gi
  volumeClaimTemplate:
    spec:
      accessModes:
        - ReadWriteOnce
      resources:
        requests:
          storage: 50Gi"
`);
  });

  test('has as many followers as replicas of all leaders', () => {
    const { redisLeader, redisFollower } = clusterOf(rendered({ primaries: 5, replicasPerPrimary: 2 })).spec;
    expect([redisLeader.replicas, redisFollower.replicas]).toEqual([5, 10]);
  });

  test('is made of pods that policies, budget and Service know by one label, whichever part they play', () => {
    expect(metadata.labels.app).toBe('redis-prod');
    expect(manifests.get('Service', 'redis-prod').spec.selector).toEqual({ app: 'redis-prod' });
    expect(manifests.get('PodDisruptionBudget', 'redis-prod').spec).toMatchObject({ maxUnavailable: 1, selector: { matchLabels: { app: 'redis-prod' } } });
    expect([spec.redisLeader.pdb, spec.redisFollower.pdb]).toEqual([{ enabled: false }, { enabled: false }]);
    const { podSelector, ingress } = manifests.get('NetworkPolicy', 'redis-prod-members').spec;
    expect(podSelector).toEqual({ matchLabels: { app: 'redis-prod' } });
    expect(ingress.flatMap(({ from }: any) => from.map((peer: any) => peer.podSelector))).toEqual([
      { matchLabels: { app: 'redis-prod' } }, { matchLabels: { 'app.kubernetes.io/name': 'redis-operator' } },
    ]);
  });

  test('runs leaders and followers alike: as nobody\'s root, in different zones, with all that they ask for', () => {
    for (const part of [spec.redisLeader, spec.redisFollower]) {
      expect(part.securityContext).toEqual({ runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
      expect(part.topologySpreadConstraints[0]).toMatchObject({ topologyKey: 'topology.kubernetes.io/zone', labelSelector: { matchLabels: { app: 'redis-prod' } } });
      expect(part.resources.limits).toEqual({ 'cpu': '500m', 'memory': '1Gi', 'ephemeral-storage': '256Mi' });
      expect(part.resources.requests).toEqual(part.resources.limits);
      expect(part.terminationGracePeriodSeconds).toBe(35);
    }
  });

  test('behaves as one that a StatefulSet runs', () => {
    const conf = manifests.get('ConfigMap', 'redis-prod').data['redis-additional.conf'];
    const chart = new SharedChart(new App(), 'infrastructure');
    new RedisCluster(chart, 'redis-prod');
    const other = manifestsOf(chart).get('ConfigMap', 'redis-prod').data['redis.conf'];
    const behaviour = (text: string) => text.slice(text.indexOf('cluster-node-timeout'), text.indexOf('shutdown-timeout'));
    expect(behaviour(conf)).toBe(behaviour(other));
    expect(conf).not.toMatch(/^(?:port|tls-port|dir|include|daemonize|cluster-enabled)/m);
  });

  test('brings no StatefulSet, no Job and no snapshot of its own', () => {
    const profile = profileWith({
      backups: {
        storage: ObjectStorage.s3({
          bucket: 'acme-backups', region: 'eu-central-1', replicaRegion: 'eu-west-1', cidrs: ['10.20.0.0/24'], credentials: StorageCredentials.secret('backup-writer'),
        }),
      },
    });
    const chart = new SharedChart(new App(), 'infrastructure', { profile });
    new RedisCluster(chart, 'redis-prod', { engine });
    const { all } = manifestsOf(chart);
    expect(all.filter(({ kind, metadata: { name } }) => ['StatefulSet', 'Job', 'CronJob'].includes(kind) || /snapshot|formation/.test(name))).toEqual([]);
  });

  test('says what it cannot do', () => {
    const chart = new SharedChart(new App(), 'infrastructure');
    new RedisCluster(chart, 'redis-prod', { engine });
    expect(findings(chart)).toEqual(['MS-STORE-001 [infrastructure/redis-prod/RedisCluster]']);
  });

  test('is used by services as any other', () => {
    const app = new App();
    new RedisCluster(new SharedChart(app, 'infrastructure'), 'redis-prod', { engine, environment: PROD });
    const chart = group({ app });
    service(chart, 'order').uses(RedisCluster.fromNamespace(chart, 'redis', 'infrastructure'));
    const all = manifestsOfApp(app);
    expect(all.get('Component', 'redis-statestore').spec.metadata[0]).toEqual({ name: 'redisHost', value: 'redis-prod.infrastructure.svc.cluster.local:6379' });
    expect(all.get('NetworkPolicy', 'redis-prod-clients').spec.podSelector).toEqual({ matchLabels: { app: 'redis-prod' } });
  });

  test('runs the image that the operator can start', () => {
    const own = Image.of('registry.example.com/redis', { tag: 'v7.0.15' });
    expect(spec.kubernetesConfig.image).toBe('quay.io/opstree/redis:v7.2.16');
    expect(clusterOf(rendered({ operatorImage: own })).spec.kubernetesConfig.image).toBe('registry.example.com/redis:v7.0.15');
  });
});
