import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { byName, helm, objectsIn, template, valuesOf } from './helm';
import type { Manifest } from './manifests';
import { App, Dapr, Environment, Image, Microservice, PlatformProfile, Scaling, ServiceChart, Topic, VerticalScaling } from '../../src';
import { HelmCharts } from '../../src/delivery';
import { MessageBroker, RedisCluster } from '../../src/stores';
import { KnativeFunction, OneOffJob, QueueSource, ScaledJob, ScatterGather, Schedule, ScheduledJob, WorkItems, WorkQueue, Worker } from '../../src/workloads';

const KUBERNETES = '1.36';
const DIGEST = (digit: string) => `sha256:${digit.repeat(64)}`;
/** Versions by environment, and those that CI writes next: tags and digests that labels and names of Jobs cannot hold as they are. */
const VERSIONS = { dev: { tag: '1.5.0-rc.2' }, prod: { tag: '1.4.2', digest: DIGEST('a') } };
const NEXT = { dev: { digest: DIGEST('b') }, prod: { tag: '_Release_2.0.0.', digest: DIGEST('c') } };

const profile = PlatformProfile.standard().customize({
  defaultQuota: { cpu: '1000', memory: '2000Gi' },
  capacity: Object.fromEntries(['production', 'staging', 'development'].map((pool) => [pool, { cpu: '100000', memory: '200000Gi' }])),
});

let root: string;
beforeAll(() => { root = mkdtempSync(join(tmpdir(), 'workloads-')); });
afterAll(() => rmSync(root, { recursive: true, force: true }));

type Versions = Record<string, { tag?: string; digest?: string }>;

/** A workload of each kind, in two environments that differ in more than their names. */
function platform(app: App, versions: Versions): void {
  for (const environment of [Environment.of('dev', { scaling: { min: 1, max: 3 }, capacityPool: 'development' }), Environment.of('prod', { scaling: { min: 3, max: 9 }, capacityPool: 'production' })]) {
    const chart = new ServiceChart(app, 'media', { environment, profile });
    const isLive = environment.name === 'prod';
    const image = Image.of('registry.example.com/media', versions[environment.name]);
    const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
    const uploaded = new Topic(chart, 'uploaded', { broker: MessageBroker.fromNamespace(chart, 'broker', 'infrastructure') });
    const api = new Microservice(chart, 'api', {
      image,
      verticalScaling: VerticalScaling.recommends(),
      env: { GREETING: isLive ? '{{ .Values.x }} $(USER)' : 'yes', ...isLive ? { ONLY_HERE: '010' } : {} },
      config: { 'application.yaml': `url: http://media-${environment.name}\n{{ x }}: <b>&</b>\n`, ...isLive ? {} : { DEBUG: 'true' } },
    });
    const worker = new Worker(chart, 'resizer', { image });
    api.publishes(uploaded);
    api.uses(redis);
    worker.subscribes(uploaded);
    new Microservice(chart, 'fixed', { image, scaling: Scaling.replicas(isLive ? 3 : 1), dapr: Dapr.none('speaks to nobody') });
    new OneOffJob(chart, 'migrate', { image, config: { STEPS: isLive ? '2' : '1' } });
    new ScheduledJob(chart, 'report', { image, schedule: Schedule.daily('01:30') });
    const film = new ScaledJob(chart, 'film', { image, dapr: Dapr.none('reads its queue itself') });
    film.uses(redis);
    film.scalesOn(QueueSource.redisList(redis, 'films:waiting'));
    new WorkQueue(chart, 'tiles', { image, items: WorkItems.numbered(isLive ? 200 : 2), parallelism: isLive ? 10 : 1 });
    new KnativeFunction(chart, 'thumbnail', { image, env: { SIZE: isLive ? 'L' : 'S' } }).calls(api);
    new ScatterGather(chart, 'search', { leaves: isLive ? 4 : 2, root: { image }, leaf: { image } });
  }
}

function synthesize(name: string, versions: Versions): string {
  const folder = join(root, name);
  const app = new App({ outdir: folder });
  platform(app, versions);
  new HelmCharts(app, 'charts', { directory: 'charts', testImage: Image.of('registry.example.com/curl', { tag: '8.15.0' }) });
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  app.synth();
  stderr.mockRestore();
  return folder;
}

function plain(folder: string, service: string, environment: string): Map<string, Manifest> {
  return byName(loadAll(readFileSync(join(folder, environment, 'media', `${service}.k8s.yaml`), 'utf8')) as Manifest[]);
}

const SERVICES = ['api', 'film', 'fixed', 'migrate', 'report', 'resizer', 'search', 'search-leaf', 'thumbnail', 'tiles'];
const EACH = SERVICES.flatMap((service) => Object.keys(VERSIONS).map((environment): [string, string] => [service, environment]));

describe('a workload of every kind', () => {
  let now: string;
  let next: string;
  beforeAll(() => {
    now = synthesize('now', VERSIONS);
    next = synthesize('next', NEXT);
  });

  test('has a chart', () => {
    expect(readdirSync(join(now, 'charts')).sort()).toEqual(SERVICES);
  });

  test.each(EACH)('Helm renders %s in %s as its plain manifests are', (service, environment) => {
    expect(objectsIn(template(join(now, 'charts', service), environment, '--skip-tests'))).toEqual(plain(now, service, environment));
  });

  test.each(EACH)('Helm renders %s in %s with the next tag file as a synthesis with it would', (service, environment) => {
    const files = valuesOf(join(now, 'charts', service), environment);
    const tagFile = valuesOf(join(next, 'charts', service), environment).slice(-1);
    const output = helm('template', 'release', join(now, 'charts', service), '--kube-version', KUBERNETES, '--skip-tests', ...files.slice(0, -1), ...tagFile);
    const expected = plain(next, service, environment);
    expect(objectsIn(output)).toEqual(expected);
    expect(expected).not.toEqual(plain(now, service, environment));
  });

  test.each(SERVICES)('Helm has nothing to say against the chart of %s', (service) => {
    const chart = join(now, 'charts', service);
    const { status, stdout, stderr } = helm('lint', '--strict', chart, ...valuesOf(chart, 'prod'));
    expect({ status, stderr, complaints: stdout.split('\n').filter((line) => /^\[(?!INFO)/.test(line)) }).toEqual({ status: 0, stderr: '', complaints: [] });
  });
});
