import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { Cluster, PLATFORM_CRDS } from './support/cluster';
import { type Manifest, manifestFiles, nameOf, readManifests, render } from './support/manifest';
import { needsOfOthers, secretsOfOthers, SHARED_STORAGE } from './support/needs';
import { eventually } from './support/process';
import { App, Dapr, Environment, Image, Scaling, ServiceChart, Topic } from '../../src';
import { KafkaCluster, MessageBroker, RedisCluster } from '../../src/stores';
import { QueueSource, ScaledJob, Worker } from '../../src/workloads';

const NAMESPACE = 'media-prod';
const GROUP = 'keda.sh/v1alpha1';

/** What KEDA is told of workers on all kinds of queues, in the namespace of the example. */
function otherWorkers(): Manifest[] {
  const app = new App();
  const chart = new ServiceChart(app, 'media', { environment: Environment.standard()[2] });
  const worker = (id: string, scaling = Scaling.queue({ max: 3 })) => new Worker(chart, id, { image: Image.of(`registry.example.com/${id}`, { tag: '1.4.2' }), scaling });
  const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
  worker('ledger').subscribes(new Topic(chart, 'kafka-topic', { broker: KafkaCluster.fromNamespace(chart, 'kafka', 'infrastructure') }));
  worker('outside').subscribes(new Topic(chart, 'outside-topic', { broker: KafkaCluster.fromHost(chart, 'far', 'kafka.example.com', { cidrs: ['10.20.0.0/24'] }) }));
  worker('partitions').subscribes(new Topic(chart, 'partitions-topic', { broker: MessageBroker.fromNamespace(chart, 'broker', 'infrastructure') }));
  const mixed = worker('mixed', Scaling.queue({ min: 0, max: 3, pausedReplicas: 2 }));
  mixed.uses(redis);
  mixed.scalesOn(QueueSource.redisList(redis, 'jobs:new'));
  mixed.scalesOn(QueueSource.redisStream(redis, 'jobs', 'mixed'));
  mixed.scalesOn(QueueSource.prometheus('sum(jobs_waiting)'));
  const film = new ScaledJob(chart, 'film', { image: Image.of('registry.example.com/film', { tag: '1.4.2' }), max: 2, dapr: Dapr.none('reads its queue itself') });
  film.uses(redis);
  film.scalesOn(QueueSource.redisStream(redis, 'films', 'film'));
  const manifests = loadAll(app.synthYaml()) as Manifest[];
  return manifests.filter((manifest) => manifest?.apiVersion === GROUP || (manifest?.kind === 'ConfigMap' && manifest.metadata.name.endsWith('-kafka'))
    || (manifest?.kind === 'ServiceAccount' && manifest.metadata.name === 'film'));
}

describe.each([['1.36', '1.18'], ['1.27', '1.14']])('an API and its worker on Kubernetes %s, with the CRDs of KEDA 2.20', (kubernetes, dapr) => {
  let folder: string;
  let files: string[];
  let manifests: Manifest[];
  let cluster: Cluster;

  const others = otherWorkers();
  const deployment = (name: string) => cluster.get('deployment', name, '-n', NAMESPACE);
  const available = (name: string, count: number) => eventually(async () => {
    const { spec, status } = await deployment(name);
    expect([name, spec.replicas, status.availableReplicas ?? 0, status.replicas ?? 0]).toEqual([name, count, count, count]);
  }, 120);
  /** What KEDA does to the worker. */
  const scale = (count: number) => cluster.kubectl('scale', 'deployment', 'thumbnail', '-n', NAMESPACE, `--replicas=${count}`);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'worker-'));
    await render(folder, kubernetes, dapr, 'api-and-worker');
    files = manifestFiles(folder);
    manifests = readManifests(...files);
    cluster = await Cluster.start(kubernetes);
    expect(await cluster.installCrds(...PLATFORM_CRDS, 'keda.keda.sh.yaml')).toMatchObject({ status: 0, stderr: '' });
    expect(await cluster.apply(manifests.filter(({ kind }) => kind === 'Namespace'))).toMatchObject({ status: 0, stderr: '' });
    expect(await cluster.apply([SHARED_STORAGE, ...secretsOfOthers(needsOfOthers(manifests))])).toMatchObject({ status: 0, stderr: '' });
  }, 300_000);

  afterAll(async () => {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('are taken whole, without a warning', async () => {
    const { status, stdout, stderr } = await cluster.apply(files);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(manifests.length);
    expect(stdout).toContain('scaledobject.keda.sh/thumbnail serverside-applied');
    expect(stdout).toContain('triggerauthentication.keda.sh/thumbnail-redis serverside-applied');
  });

  test('roll out: the API as its autoscaler wants it, and the first pod of the worker, which makes its consumer group', async () => {
    await available('picture', 2);
    await available('thumbnail', 1);
  });

  test('are read by KEDA with Secrets that the sidecar needs anyway', async () => {
    const read = manifests.filter(({ kind }) => kind === 'TriggerAuthentication').flatMap(({ metadata, spec }) =>
      spec.secretTargetRef.map(({ name, key }: any) => `Secret ${metadata.namespace}/${name} with the key ${key}`));
    expect(read).toHaveLength(2);
    expect(needsOfOthers(manifests)).toEqual(expect.arrayContaining(read));
  });

  test('leave the worker at zero where KEDA brought it, when they are applied again', async () => {
    await scale(0);
    await available('thumbnail', 0);
    expect(await cluster.apply(files)).toMatchObject({ status: 0, stderr: '' });
    expect((await deployment('thumbnail')).spec.replicas).toBe(0);
    await available('thumbnail', 0);
  });

  test('have room for the worker at its maximum, and a pod of it can be evicted', async () => {
    await scale(20);
    await available('thumbnail', 20);
    const [pod] = (await cluster.list('pods', NAMESPACE)).filter(({ metadata }) => metadata.labels?.app === 'thumbnail');
    await eventually(async () => expect(await cluster.evict(pod)).toMatchObject({ status: 0, stderr: '' }));
    await scale(1);
    await available('thumbnail', 1);
  });

  test('a worker on each kind of queue is taken too, and not changed when it is applied again', async () => {
    expect(others.map(nameOf).sort()).toEqual([
      `ConfigMap ${NAMESPACE}/ledger-kafka`,
      `ScaledJob ${NAMESPACE}/film`,
      ...['ledger', 'mixed', 'outside', 'partitions'].map((name) => `ScaledObject ${NAMESPACE}/${name}`),
      `ServiceAccount ${NAMESPACE}/film`,
      ...['film-redis', 'ledger-kafka', 'mixed-redis', 'outside-far', 'partitions-broker'].map((name) => `TriggerAuthentication ${NAMESPACE}/${name}`),
    ]);
    expect(await cluster.apply(others)).toMatchObject({ status: 0, stderr: '' });
    const generations = async () => Object.fromEntries((await Promise.all(['scaledjobs', 'scaledobjects', 'triggerauthentications'].map((kind) => cluster.list(kind, NAMESPACE))))
      .flat().map((object) => [nameOf(object), object.metadata.generation]));
    const before = await generations();
    expect(Object.keys(before)).toHaveLength(12);
    expect(await cluster.apply(others)).toMatchObject({ status: 0, stderr: '' });
    expect(await generations()).toEqual(before);
  });

  test('the Job that KEDA makes of a ScaledJob is taken, runs and ends', async () => {
    const { spec } = others.find(({ kind }) => kind === 'ScaledJob')!;
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'film-xyz', namespace: NAMESPACE }, spec: spec.jobTargetRef };
    expect(await cluster.apply([job])).toMatchObject({ status: 0, stderr: '' });
    await eventually(async () => expect((await cluster.get('job', 'film-xyz', '-n', NAMESPACE)).status.succeeded).toBe(1));
  });

  type Change = (spec: any) => void;
  const REFUSED: [string, string, Change, string][] = [
    ['has more replicas at least than at most', 'ScaledObject', (spec) => { spec.minReplicaCount = 21; }, 'minReplicaCount must be less than or equal to maxReplicaCount'],
    ['has no replica at most', 'ScaledObject', (spec) => { spec.maxReplicaCount = 0; }, 'spec.maxReplicaCount in body should be greater than or equal to 1'],
    ['asks all the time', 'ScaledObject', (spec) => { spec.pollingInterval = 0; }, 'spec.pollingInterval in body should be greater than or equal to 1'],
    ['has no trigger', 'ScaledObject', (spec) => { spec.triggers = []; }, 'spec.triggers in body should have at least 1 items'],
    ['has a number for a threshold', 'ScaledObject', (spec) => { spec.triggers[0].metadata.lagCount = 20; }, 'spec.triggers[0].metadata.lagCount'],
    ['scales nothing', 'ScaledObject', (spec) => { delete spec.scaleTargetRef; }, 'spec.scaleTargetRef: Required value'],
    ['falls back in an unknown way', 'ScaledObject', (spec) => { spec.fallback.behavior = 'current'; }, 'Unsupported value: "current"'],
    ['misspells its formula', 'ScaledObject', (spec) => { spec.advanced.scalingModifiers.formular = 'a'; }, 'formular: field not declared in schema'],
    ['takes the sum for all replicas in an unknown way', 'ScaledObject', (spec) => { spec.advanced.scalingModifiers.metricType = 'Average'; }, 'Unsupported value: "Average"'],
    ['has no Job at most', 'ScaledJob', (spec) => { spec.maxReplicaCount = 0; }, 'spec.maxReplicaCount in body should be greater than or equal to 1'],
    ['adds up in an unknown way', 'ScaledJob', (spec) => { spec.scalingStrategy.multipleScalersCalculation = 'total'; }, 'Unsupported value: "total"'],
    ['rolls out in an unknown way', 'ScaledJob', (spec) => { spec.rollout.strategy = 'slowly'; }, 'Unsupported value: "slowly"'],
    ['says which Secret and not which key', 'TriggerAuthentication', (spec) => { delete spec.secretTargetRef[0].key; }, 'spec.secretTargetRef[0].key: Required value'],
  ];
  test.each(REFUSED)('a worker is refused that %s', async (_what, kind, change, message) => {
    const twin: Manifest = JSON.parse(JSON.stringify([...manifests, ...others].find((manifest) => manifest.kind === kind)));
    twin.metadata.name = `${twin.metadata.name}-twin`;
    change(twin.spec);
    const { status, stderr } = await cluster.apply([twin]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
  });
});
