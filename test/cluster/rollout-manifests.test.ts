import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { binary } from './support/binary';
import { Cluster, PLATFORM_CRDS } from './support/cluster';
import { type Manifest, toYaml } from './support/manifest';
import { attempt, eventually, type Output } from './support/process';
import { App, Dapr, DaprVersion, Environment, Image, KubernetesVersion, Microservice, PlatformProfile, Scaling, ServiceChart, SharedChart, VerticalScaling } from '../../src';
import { ApiGateway, Authentication } from '../../src/gateway';
import { Mesh, MeshDefaults } from '../../src/mesh';
import { AdmissionPolicies } from '../../src/security';
import { CanaryStep, CanaryTraffic, ProgressiveDelivery, QueueSource, Worker } from '../../src/workloads';

const CRDS = [
  ...PLATFORM_CRDS, 'argo-rollouts.argoproj.io.yaml', 'gateway-api.gateway.networking.k8s.io.yaml', 'envoy-gateway.gateway.envoyproxy.io.yaml',
  'cert-manager.cert-manager.io.yaml', 'istio.networking.istio.io.yaml', 'istio.security.istio.io.yaml', 'vpa.autoscaling.k8s.io.yaml', 'keda.keda.sh.yaml',
];

/** A service of each strategy and each way to share requests out. */
function rendered(kubernetes: string, dapr: string): Manifest[] {
  const app = new App();
  const capacity = { cpu: '600', memory: '1200Gi' };
  const profile = PlatformProfile.standard().customize({
    imageRegistry: 'registry.example.com',
    kubernetesVersion: KubernetesVersion.of(kubernetes),
    daprVersion: DaprVersion.of(dapr),
    defaultQuota: { cpu: '200', memory: '400Gi' },
    capacity: { production: capacity },
  });
  const [,, environment] = Environment.standard();
  const image = Image.of('registry.example.com/shop', { tag: '1.0.0' });
  const smokeTest = { image: Image.of('registry.example.com/shop-smoke-test', { tag: '1.0.0' }) };
  const direct = Dapr.none('speaks plain HTTP');

  const shop = new ServiceChart(app, 'shop', { environment, profile });
  const exchange = ProgressiveDelivery.blueGreen({ smokeTest, autoPromotion: false, previewReplicas: 1 });
  const checkout = new Microservice(shop, 'checkout', { image, delivery: exchange, verticalScaling: VerticalScaling.recommends() });
  new Microservice(shop, 'catalog', { image, delivery: ProgressiveDelivery.canary({ smokeTest }), scaling: Scaling.replicas(10) });
  const byRoutes = ProgressiveDelivery.canary({ smokeTest, traffic: CanaryTraffic.GATEWAY_API });
  const entryPoint = new Microservice(shop, 'entrance', { image, dapr: direct, delivery: byRoutes });
  entryPoint.calls(checkout);
  new ApiGateway(shop, 'api', { hostnames: ['api.example.com'], authentication: Authentication.none('a shop window') }).exposes(entryPoint);
  new Worker(shop, 'mailer', {
    image,
    scaling: Scaling.queue({ min: 2, max: 4 }),
    delivery: ProgressiveDelivery.canary({ steps: [50, 100].map((percent) => CanaryStep.weight(percent, { duration: Duration.minutes(5) })) }),
  }).scalesOn(QueueSource.prometheus('sum(mails)'));

  const meshed = new ServiceChart(app, 'meshed', { environment, profile: profile.with(MeshDefaults.of({ mesh: Mesh.istio() })) });
  const byMesh = ProgressiveDelivery.canary({ traffic: CanaryTraffic.ISTIO });
  const basket = new Microservice(meshed, 'basket', { image, dapr: direct, delivery: byMesh });
  new Microservice(meshed, 'window', { image, dapr: direct }).calls(basket);
  new AdmissionPolicies(new SharedChart(app, 'infrastructure', { profile }), 'best-practices');
  return (loadAll(app.synthYaml()) as Manifest[]).filter(Boolean);
}

const rollouts = (manifests: readonly Manifest[]) => manifests.filter(({ kind }) => kind === 'Rollout');

/** Has Argo Rollouts judge a Rollout, with what it refers to. */
async function lint(manifests: readonly Manifest[]): Promise<Output> {
  const folder = mkdtempSync(join(tmpdir(), 'rollouts-'));
  try {
    writeFileSync(join(folder, 'manifests.yaml'), toYaml(manifests));
    return await attempt(await binary('rollouts-lint-1.10'), ['-f', join(folder, 'manifests.yaml')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// the binaries may have to be built first
jest.setTimeout(900_000);

describe('the lint of Argo Rollouts 1.10', () => {
  const manifests = rendered('1.36', '1.18');
  /** A Rollout with the Services and VirtualServices of its namespace, changed. */
  const twin = (name: string, change: (rollout: any, all: Manifest[]) => void = () => {}): Manifest[] => {
    const { namespace } = rollouts(manifests).find(({ metadata }) => metadata.name === name)!.metadata;
    const all: Manifest[] = JSON.parse(JSON.stringify(manifests.filter(({ kind, metadata }) => metadata.namespace === namespace
      && (kind === 'Service' || kind === 'VirtualService' || (kind === 'Rollout' && metadata.name === name)))));
    change(rollouts(all)[0], all);
    return all;
  };

  test.each(['basket', 'catalog', 'checkout', 'entrance', 'mailer'])('accepts %s', async (name) => {
    expect(rollouts(manifests).map(({ metadata }) => metadata.name).sort()).toEqual(['basket', 'catalog', 'checkout', 'entrance', 'mailer']);
    expect(await lint(twin(name))).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  const REFUSED: [string, string, (rollout: any, all: Manifest[]) => void, string][] = [
    ['misspells a field', 'checkout', ({ spec }) => { spec.strategy.blueGreen.previewReplica = 1; }, 'unknown field "previewReplica"'],
    ['previews on the active Service', 'checkout', ({ spec }) => { spec.strategy.blueGreen.previewService = 'checkout'; }, 'uses the same service for the active and preview services'],
    ['keeps more old versions than it remembers', 'checkout', ({ spec }) => { spec.strategy.blueGreen.scaleDownDelayRevisionLimit = 6; }, 'revision history limit can not be smaller'],
    ['selects other pods', 'checkout', ({ spec }) => { spec.selector.matchLabels.app = 'other'; }, '`selector` does not match template `labels`'],
    ['is measured for longer than it may take', 'checkout', ({ spec }) => { spec.progressDeadlineSeconds = 5; }, 'must be greater than minReadySeconds'],
    ['takes more than all requests', 'catalog', ({ spec }) => { spec.strategy.canary.steps[0].setWeight = 120; }, 'SetWeight needs to be between 0 and 100'],
    ['could replace no pod', 'catalog', ({ spec }) => { spec.strategy.canary.maxSurge = 0; }, 'MaxSurge and MaxUnavailable both can not be zero'],
    ['has a step of two kinds', 'catalog', ({ spec }) => { spec.strategy.canary.steps[0].pause = {}; }, 'Step must have one of the following set'],
    ['is routed by a Service that selects others', 'entrance', (_rollout, all) => {
      all.find(({ kind, metadata }) => kind === 'Service' && metadata.name === 'entrance-canary')!.spec.selector.app = 'other';
    }, 'Service "entrance-canary" has unmatch label "app" in rollout'],
    ['names a route that the VirtualService has not', 'basket', ({ spec }) => { spec.strategy.canary.trafficRouting.istio.virtualService.routes = ['nobody']; },
      'Istio VirtualService has invalid HTTP routes'],
    ['shares a VirtualService out that does not know the new version', 'basket', (_rollout, all) => {
      all.find(({ kind }) => kind === 'VirtualService')!.spec.http[0].route.pop();
    }, 'Istio VirtualService has invalid HTTP routes'],
  ];
  test.each(REFUSED)('refuses a Rollout that %s', async (_what, name, change, message) => {
    const { status, stdout, stderr } = await lint(twin(name, change));
    expect(status).toBe(1);
    expect(stdout + stderr).toContain(message);
  });

  test('lets through what the lint of this library finds: a template that is not there', async () => {
    expect(await lint(twin('checkout', ({ spec }) => { spec.strategy.blueGreen.prePromotionAnalysis.templates[0].templateName = 'gone'; }))).toMatchObject({ status: 0 });
  });
});

describe.each([['1.36', '1.18'], ['1.27', '1.14']])('Rollouts on Kubernetes %s', (kubernetes, dapr) => {
  const manifests = rendered(kubernetes, dapr);
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await Cluster.start(kubernetes);
    const { status, stderr } = await cluster.installCrds(...CRDS);
    expect({ status, stderr: stderr.replace(/^Warning: unrecognized format .*\n/gm, '') }).toMatchObject({ status: 0 });
  });
  afterAll(() => cluster?.stop());

  test('are created with everything around them', async () => {
    const { status, stdout, stderr } = await cluster.apply(manifests);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(manifests.length);
    expect((await cluster.list('rollouts.argoproj.io')).map(({ metadata }) => metadata.name).sort()).toEqual(['basket', 'catalog', 'checkout', 'entrance', 'mailer']);
  });

  /** The pods that Rollouts and smoke tests would make, in namespaces that allow nothing but restricted ones. */
  const pods = [
    ...rollouts(manifests).map(({ metadata, spec }) => ({ metadata, template: spec.template })),
    ...manifests.filter(({ kind, metadata }) => kind === 'AnalysisTemplate' && metadata.name.endsWith('-smoke-test'))
      .map(({ metadata, spec }) => ({ metadata, template: spec.metrics[0].provider.job.spec.template })),
  ].map(({ metadata: { name, namespace }, template }): Manifest => (
    { apiVersion: 'v1', kind: 'Pod', metadata: { ...template.metadata, name, namespace }, spec: template.spec }));
  const create = (pod: Manifest) => cluster.try(['create', '--dry-run=server', '-f', '-'], toYaml([pod]));

  test.each(pods.map(({ metadata }) => metadata.name))('have pods that are restricted: %s', async (name) => {
    expect(await create(pods.find(({ metadata }) => metadata.name === name)!)).toMatchObject({ status: 0, stderr: '' });
  });

  test('and no others', async () => {
    const pod: Manifest = JSON.parse(JSON.stringify(pods[pods.length - 1]));
    pod.spec.containers[0].securityContext.allowPrivilegeEscalation = true;
    expect((await create(pod)).stderr).toContain('violates PodSecurity "restricted:');
  });

  // the kind is stable since 1.30
  const policies = manifests.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy').map(({ metadata }) => metadata.name);
  test(policies.length > 0 ? 'are refused by the admission policies with a container that is privileged, whose message says so' : 'have no admission policy', async () => {
    expect(policies).toEqual(kubernetes === '1.27' ? [] : ['pods', 'workloads', 'cron-jobs', 'rollouts'].map((kind) => `best-practices-${kind}`));
    const rollout: Manifest = JSON.parse(JSON.stringify(rollouts(manifests)[0]));
    delete rollout.spec.template.spec.containers[0].securityContext.capabilities;
    await eventually(async () => {
      const { status, stderr } = await cluster.apply([rollout]);
      expect({ status, stderr }).toEqual(kubernetes === '1.27' ? { status: 0, stderr: '' } : {
        status: 1, stderr: expect.stringContaining(`containers that are privileged, may become so, or keep capabilities: ${rollout.metadata.name}. Set allowPrivilegeEscalation`),
      });
    });
    expect(await cluster.apply(rollouts(manifests))).toMatchObject({ status: 0 });
  });

  test('are refused with a field that there is not, in a template too', async () => {
    const broken = (kind: string, change: (spec: any) => void): Manifest[] => {
      const copy: Manifest = JSON.parse(JSON.stringify(manifests.find((manifest) => manifest.kind === kind)));
      change(copy.spec);
      return [copy];
    };
    expect((await cluster.apply(broken('Rollout', (spec) => { spec.strategy.blueGrene = {}; }))).stderr).toContain('blueGrene: field not declared in schema');
    expect((await cluster.apply(broken('AnalysisTemplate', (spec) => { spec.metrics[0].failLimit = 1; }))).stderr).toContain('failLimit: field not declared in schema');
  });
});
