import { Duration } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { Cluster, PLATFORM_CRDS } from './support/cluster';
import type { Manifest } from './support/manifest';
import { eventually, type Server } from './support/process';
import { Metrics, startController } from './support/rollouts';
import { App, Dapr, Environment, Image, Microservice, PlatformProfile, Probe, Scaling, ServiceChart } from '../../src';
import { CanaryStep, ProgressiveDelivery, WorkloadDefaults } from '../../src/workloads';

const NAMESPACE = 'shop-prod';
const CRDS = [...PLATFORM_CRDS, 'argo-rollouts.argoproj.io.yaml'];
const VERSION = 'rollouts-pod-template-hash';

const DURATION = Duration.seconds(10);
/** As the standard, but for lengths of time: measured once a second, for ten of them in each step. */
const QUICK = PlatformProfile.standard().customize({
  defaultQuota: { cpu: '200', memory: '400Gi' },
  capacity: { production: { cpu: '200', memory: '400Gi' } },
}).with(WorkloadDefaults.of({
  rollout: { minReady: Duration.seconds(0), progressDeadline: Duration.seconds(60) },
  progressiveDelivery: {
    analysis: { scrapeInterval: Duration.seconds(1), window: Duration.seconds(4), interval: Duration.seconds(1) },
    blueGreen: { prePromotion: DURATION, postPromotion: DURATION, scaleDownDelay: Duration.seconds(20) },
    canary: {
      steps: [
        CanaryStep.weight(10, { duration: DURATION }),
        CanaryStep.weight(50, { duration: DURATION, smokeTest: true }),
        CanaryStep.weight(100, { duration: DURATION }),
      ],
    },
  },
}));
const SMOKE_TEST = { image: Image.of('registry.example.com/shop-smoke-test', { tag: '1.0.0' }) };

/** A service of each strategy, in a version. */
function rendered(tag: string): Manifest[] {
  const app = new App();
  const chart = new ServiceChart(app, 'shop', { environment: Environment.standard()[2], profile: QUICK });
  const image = Image.of('registry.example.com/shop', { tag });
  const dapr = Dapr.none('no control plane runs in this test');
  // a start within the deadline for progress
  const probes = { startup: Probe.httpGet('/health/live', { failureThreshold: 5 }) };
  new Microservice(chart, 'catalog', { image, dapr, probes, scaling: Scaling.replicas(10), delivery: ProgressiveDelivery.canary({ smokeTest: SMOKE_TEST }) });
  new Microservice(chart, 'checkout', { image, dapr, probes, delivery: ProgressiveDelivery.blueGreen({ smokeTest: SMOKE_TEST }) });
  return (loadAll(app.synthYaml()) as Manifest[]).filter(Boolean);
}

describe('Argo Rollouts 1.10 on Kubernetes 1.36', () => {
  let cluster: Cluster;
  let controller: Server;
  let metrics: Metrics;

  const taken = async (manifests: Manifest[]) => {
    const { status, stderr } = await cluster.apply(manifests.map((manifest) => pointedTo(metrics, manifest)));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  };
  /** What an applier does who leaves alone what the controller changes. */
  const release = (name: string, tag: string) => taken(rendered(tag).filter(({ kind, metadata }) => kind === 'Rollout' && metadata.name === name));
  const rollout = (name: string) => cluster.get('rollouts.argoproj.io', name, '-n', NAMESPACE);
  const phase = async (name: string, expected: string) => eventually(async () => {
    const { status } = await rollout(name);
    expect(`${status?.phase} ${status?.message ?? ''}`).toMatch(new RegExp(`^${expected}`));
    return status;
  }, 150);
  /** How many pods run of each version, by its hash. */
  const versions = async (name: string) => Object.fromEntries((await cluster.list('replicasets', NAMESPACE))
    .filter(({ metadata, spec }) => metadata.labels?.app === name && spec.replicas > 0)
    .map(({ metadata, spec }) => [metadata.labels![VERSION], spec.replicas]));
  const selected = async (name: string) => (await cluster.get('service', name, '-n', NAMESPACE)).spec.selector[VERSION];
  const runs = async (name: string, hash?: string) => (await cluster.list('analysisruns', NAMESPACE))
    .filter(({ metadata }) => metadata.ownerReferences[0].name === name && (hash === undefined || metadata.labels![VERSION] === hash));
  /** Looks again and again until a version has gone, and keeps each view that differs from the one before. */
  async function watch<T>(look: () => Promise<T>, end: (view: T) => boolean): Promise<T[]> {
    const views: T[] = [];
    await eventually(async () => {
      const view = await look();
      if (JSON.stringify(view) !== JSON.stringify(views[views.length - 1])) views.push(view);
      expect(end(view)).toBe(true);
    }, 150);
    return views;
  }

  // the binaries may have to be built first
  beforeAll(async () => {
    cluster = await Cluster.start('1.36');
    metrics = await Metrics.start();
    expect(await cluster.installCrds(...CRDS)).toMatchObject({ status: 0, stderr: '' });
    controller = await startController(cluster);
    await taken(rendered('1.0.0'));
    await phase('catalog', 'Healthy');
    await phase('checkout', 'Healthy');
  }, 900_000);
  afterAll(async () => {
    await controller?.stop();
    metrics?.stop();
    await cluster?.stop();
  });

  test('has as many replicas as its autoscaler wants, which finds the Rollout, and so does the disruption budget', async () => {
    await eventually(async () => expect((await rollout('checkout')).spec.replicas).toBe(3), 90);
    await eventually(async () => expect((await cluster.get('pdb', 'checkout', '-n', NAMESPACE)).status).toMatchObject({ expectedPods: 3, disruptionsAllowed: 1 }), 60);
    expect((await cluster.get('pdb', 'catalog', '-n', NAMESPACE)).status).toMatchObject({ expectedPods: 10 });
  }, 200_000);

  test('puts the label on pods that queries know a version by', async () => {
    const pods = (await cluster.list('pods', NAMESPACE)).filter(({ metadata }) => metadata.labels?.app === 'catalog');
    const { status: { currentPodHash } } = await rollout('catalog');
    expect(new Set(pods.map(({ metadata }) => metadata.labels![VERSION]))).toEqual(new Set([currentPodHash]));
    const [monitor] = (await cluster.list('podmonitors', NAMESPACE)).filter(({ metadata }) => metadata.name === 'catalog-analysis');
    expect(monitor.spec.podMetricsEndpoints[0].relabelings).toEqual([
      { action: 'replace', sourceLabels: [`__meta_kubernetes_pod_label_${VERSION.replaceAll('-', '_')}`], targetLabel: 'pod_template_hash' },
    ]);
  });

  test('walks a canary through its steps, measures the new version alone, and tries it out once', async () => {
    const { status: { stableRS: old } } = await rollout('catalog');
    metrics.queries.length = 0;
    await release('catalog', '1.1.0');
    const views = await watch(async () => {
      const { status } = await rollout('catalog');
      const { [old]: before = 0, ...others } = await versions('catalog');
      return { before, now: Object.values(others)[0] ?? 0, done: status.phase === 'Healthy' && status.stableRS !== old };
    }, ({ done, before }) => done && before === 0);
    const stages = views.map(({ before, now }) => `${now}/${before}`);
    expect(stages).toEqual(expect.arrayContaining(['1/9', '5/5', '10/0']));
    expect(stages.indexOf('1/9')).toBeLessThan(stages.indexOf('5/5'));
    expect(stages.indexOf('5/5')).toBeLessThan(stages.indexOf('10/0'));

    const { status: { currentPodHash: hash } } = await rollout('catalog');
    const asked = new Set(metrics.queries.filter((query) => query.includes('shop-prod/catalog-analysis')));
    const texts = rendered('1.1.0').filter(({ kind, metadata }) => kind === 'AnalysisTemplate' && /^catalog-(?!smoke)/.test(metadata.name))
      .map(({ spec }) => spec.metrics[0].provider.prometheus.query.replaceAll('{{args.pod-template-hash}}', hash));
    expect([...asked].sort()).toEqual(texts.sort());

    const tried = (await runs('catalog', hash)).flatMap(({ status }) => status.metricResults).filter(({ name }) => name === 'smoke-test');
    expect(tried.map(({ phase: end, count }) => ({ end, count }))).toEqual([{ end: 'Successful', count: 1 }]);
    const measured = (await runs('catalog', hash)).flatMap(({ status }) => status.metricResults).filter(({ name }) => name === 'error-rate');
    expect(measured.map(({ successful }) => successful)).toEqual([3, 3, 3]);
  }, 240_000);

  test('takes a canary back of which 6 % of the requests fail, and leaves the old version all of them', async () => {
    const { status: { stableRS: good } } = await rollout('catalog');
    metrics.others = { errors: 0.06, seconds: 0.1, available: 1 };
    metrics.versions.set(good, { errors: 0, seconds: 0.1, available: 1 });
    await release('catalog', '1.2.0');
    const status = await phase('catalog', 'Degraded');
    expect(status).toMatchObject({ abort: true, stableRS: good });
    expect(status.message).toContain('Metric "error-rate" assessed Failed due to failed (2) > failureLimit (1)');
    await eventually(async () => expect(await versions('catalog')).toEqual({ [good]: 10 }), 90);
  }, 240_000);

  test('exchanges blue for green only when what is measured and tried out before has passed', async () => {
    metrics.others = { errors: 0, seconds: 0.1, available: 1 };
    const old = await selected('checkout');
    expect(await versions('checkout')).toEqual({ [old]: 3 });
    await release('checkout', '1.1.0');
    const views = await watch(async () => {
      // in this order: what is seen of the Service is never newer than what is seen of the analysis
      const active = await selected('checkout');
      const { status } = await rollout('checkout');
      return {
        exchanged: active !== old,
        before: status.blueGreen.prePromotionAnalysisRunStatus?.status,
        after: status.blueGreen.postPromotionAnalysisRunStatus?.status,
        preview: status.blueGreen.previewSelector !== old,
        done: status.phase === 'Healthy' && status.stableRS !== old,
      };
    }, ({ done }) => done);
    expect(views.filter(({ exchanged, before }) => exchanged && before !== 'Successful')).toEqual([]);
    expect(views).toContainEqual(expect.objectContaining({ exchanged: false, before: 'Running', preview: true }));
    expect(views).toContainEqual(expect.objectContaining({ exchanged: true, before: 'Successful', after: 'Running' }));
    const green = await selected('checkout');
    expect(Object.keys(await versions('checkout')).sort()).toEqual([green, old].sort());
    // after the delay the old version is gone
    await eventually(async () => expect(await versions('checkout')).toEqual({ [green]: 3 }), 60);
    const jobs = (await cluster.list('jobs', NAMESPACE)).filter(({ metadata }) => metadata.labels?.app === undefined);
    expect(jobs.every(({ status }) => status.succeeded === 1)).toBe(true);
  }, 240_000);

  test('never exchanges for a version that is too slow before', async () => {
    const blue = await selected('checkout');
    metrics.others = { errors: 0, seconds: 0.6, available: 1 };
    metrics.versions.set(blue, { errors: 0, seconds: 0.1, available: 1 });
    await release('checkout', '1.2.0');
    const views = await watch(async () => ({ active: await selected('checkout'), aborted: (await rollout('checkout')).status.abort === true }), ({ aborted }) => aborted);
    expect(views.every(({ active }) => active === blue)).toBe(true);
    expect((await rollout('checkout')).status.message).toContain('Metric "response-time" assessed Failed');
  }, 240_000);

  test('owns the selector of the Service, which whoever applies the manifests must leave alone', async () => {
    const service = rendered('1.2.0').filter(({ kind, metadata }) => kind === 'Service' && metadata.name === 'checkout');
    const { status, stderr } = await cluster.apply(service);
    expect(status).toBe(1);
    expect(stderr).toMatch(/conflict with "rollouts-controller[^"]*" using v1: .spec.selector/);
  });
});

/** The manifest with the address of a Prometheus on this machine. */
function pointedTo({ address }: Metrics, manifest: Manifest): Manifest {
  return JSON.parse(JSON.stringify(manifest).replaceAll('http://prometheus-operated.infrastructure.svc.cluster.local:9090', address));
}
