import { Testing } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { binary } from './support/binary';
import { Cluster, PLATFORM_CRDS } from './support/cluster';
import { type Manifest, nameOf, toYaml } from './support/manifest';
import { needsOfOthers, secretsOfOthers } from './support/needs';
import { attempt, eventually } from './support/process';
import { thousandths } from './support/quantity';
import { Adapter } from '../../src/containers/adapter';
import { Ambassador } from '../../src/containers/ambassador';
import { Sidecar } from '../../src/containers/sidecar';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { DaprVersion } from '../../src/values/dapr-version';
import { Image } from '../../src/values/image';
import { KubernetesVersion } from '../../src/values/kubernetes-version';
import { Port } from '../../src/values/port';
import { QualityOfService } from '../../src/values/quality-of-service';
import { Resources } from '../../src/values/resources';
import { Scaling } from '../../src/values/scaling';
import { SecretReference } from '../../src/values/secret-reference';
import { Tier } from '../../src/values/tier';
import { VerticalScaling } from '../../src/values/vertical-scaling';
import { group, manifestsOfApp, profileWith, service } from '../support/platform';

const NAMESPACE = 'core-business-prod';
const IDLE_NAMESPACE = 'reports-prod';
const image = (name: string) => Image.of(`registry.example.com/${name}`, { tag: '1.4.2' });

/** A namespace with a service of every kind of container, in each class, and one that may have best-effort pods. */
function rendered(kubernetes: string, dapr: string): Manifest[] {
  const app = Testing.app();
  const profile = profileWith({
    kubernetesVersion: KubernetesVersion.of(kubernetes),
    daprVersion: DaprVersion.of(dapr),
    tiers: { idle: { qualityOfService: QualityOfService.BEST_EFFORT, priority: 1 } },
    bestEffortPods: { [IDLE_NAMESPACE]: 3 },
    storageQuotas: { [IDLE_NAMESPACE]: '10Gi' },
  });
  const chart = group({ app, profile });
  const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
  const containers = {
    sidecars: [
      Ambassador.tls({ certificate: 'order-tls', ports: { http: Port.https(8443), grpc: Port.of('grpcs', 9443) } }),
      Ambassador.redis(redis, { authority: SecretReference.of('redis-authority', 'ca.crt'), statusPort: Port.of('redis-status', 9903) }),
      new Adapter('statsd', { image: image('statsd-exporter'), port: Port.metrics(9102), localPorts: [Port.of('statsd', 9125)] }),
      new Sidecar('log-shipper', {
        image: image('log-shipper'), sharedFolders: ['/var/log/order'], configuration: { 'shipper.yaml': 'to: loki\n' }, configurationFolder: '/etc/shipper',
      }),
    ],
    initContainers: [
      { name: 'fetch', image: image('fetch'), sharedFolders: ['/data'] },
      // more than all others together
      { name: 'migrate', image: image('order'), args: ['migrate'], resources: Resources.of({ cpuLimit: '3', memoryLimit: '6Gi' }) },
    ],
  };
  service(chart, 'order', { ...containers, scaling: Scaling.replicas(2), verticalScaling: VerticalScaling.acts(), dapr: Dapr.none('its pods are counted') }).uses(redis);
  service(chart, 'payment', {
    ...containers, tier: Tier.CRITICAL, dapr: Dapr.none('its pods are classed'), verticalScaling: VerticalScaling.recommends(),
  }).uses(redis);
  service(chart, 'checkout', { tier: Tier.CRITICAL, sidecars: [Ambassador.tls({ certificate: 'checkout-tls' })] });
  const reports = group({ app, name: 'reports', profile });
  service(reports, 'report', {
    tier: Tier.of('idle'),
    scaling: Scaling.replicas(2),
    dapr: Dapr.none('it waits'),
    sidecars: [new Sidecar('clock', { image: image('clock') })],
    initContainers: [{ name: 'fetch', image: image('fetch') }],
  });
  service(reports, 'catalog', { scaling: Scaling.replicas(1), dapr: Dapr.none('its pods are counted') });
  return manifestsOfApp(app).all;
}

describe.each([
  { kubernetes: '1.36', dapr: '1.18', mode: 'InPlaceOrRecreate' },
  { kubernetes: '1.27', dapr: '1.14', mode: 'Auto' },
])('containers beside an application on Kubernetes $kubernetes', ({ kubernetes, dapr, mode }) => {
  let cluster: Cluster;
  const manifests = rendered(kubernetes, dapr);
  const native = kubernetes !== '1.27';
  const the = (kind: string, name: string): Manifest => manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name)!;

  const podsOf = async (name: string, namespace = NAMESPACE) =>
    (await cluster.list('pods', namespace)).filter(({ metadata }) => metadata.labels?.app === name && !metadata.deletionTimestamp);
  const ready = (name: string, count: number, namespace = NAMESPACE) => eventually(async () => {
    const all = await podsOf(name, namespace);
    expect(all.map(({ status }) => [status.conditions?.find(({ type }: any) => type === 'Ready')?.status, status.message]))
      .toEqual(Array.from({ length: count }, () => ['True', undefined]));
    return all;
  }, 60);

  beforeAll(async () => {
    cluster = await Cluster.start(kubernetes);
    expect(await cluster.installCrds(...PLATFORM_CRDS, 'vpa.autoscaling.k8s.io.yaml')).toMatchObject({ status: 0, stderr: '' });
    expect(await cluster.apply(manifests.filter(({ kind }) => kind === 'Namespace'))).toMatchObject({ status: 0, stderr: '' });
    expect(await cluster.apply(secretsOfOthers(needsOfOthers(manifests)))).toMatchObject({ status: 0, stderr: '' });
  }, 300_000);
  afterAll(() => cluster?.stop());

  test('are taken whole, without a warning', async () => {
    const { status, stdout, stderr } = await cluster.apply(manifests);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(manifests.length);
  });

  test('run in a restricted namespace with a quota: sidecars as init containers that restart, where the version has them', async () => {
    const [{ spec, status }] = await ready('order', 2);
    const names = (containers: any[] = []) => containers.map(({ name, restartPolicy }) => [name, restartPolicy]);
    const beside = ['tls-ambassador', 'redis-ambassador', 'statsd', 'log-shipper'];
    expect(names(spec.containers)).toEqual(['order', ...native ? [] : beside].map((name) => [name, undefined]));
    expect(names(spec.initContainers)).toEqual([['fetch', undefined], ['migrate', undefined], ...native ? beside.map((name) => [name, 'Always']) : []]);
    expect(status.qosClass).toBe('Burstable');
  });

  test('are counted in the quota as synthesis counts them: by what runs at a time', async () => {
    const { spec: quota } = the('ResourceQuota', NAMESPACE);
    expect(quota.hard['limits.cpu']).toBe('50');
    await eventually(async () => {
      const [{ status }] = await cluster.list('resourcequotas', NAMESPACE);
      // order: 2 x 3, which migrate needs alone; payment and checkout are known from their pods
      const others = [...await podsOf('payment'), ...await podsOf('checkout')];
      const sum = (containers: any[] = []) => containers.reduce((total, { resources }) => total + thousandths(resources.limits.cpu), 0);
      const expected = others.map(({ spec }) => Math.max(
        sum(spec.containers) + sum(spec.initContainers?.filter(({ restartPolicy }: any) => restartPolicy)),
        ...(spec.initContainers ?? []).map((container: any) => thousandths(container.resources.limits.cpu)),
      ));
      expect(others).toHaveLength(6);
      expect(thousandths(status.used['limits.cpu'])).toBe(expected.reduce((total, cpu) => total + cpu, 2 * 3_000));
    });
  });

  test('are guaranteed in every container of a critical service', async () => {
    const pods = await ready('payment', 3);
    expect(pods.map(({ status }) => status.qosClass)).toEqual(['Guaranteed', 'Guaranteed', 'Guaranteed']);
  });

  test('are guaranteed with Dapr\'s own sidecar too, as its injector makes it', async () => {
    const { status, stdout, stderr } = await attempt(await binary(`inject-${dapr}`), [], { input: toYaml([the('Deployment', 'checkout')]) });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const pod = (loadAll(stdout) as Manifest[]).find((object) => object)!;
    expect(await cluster.apply([pod])).toMatchObject({ status: 0, stderr: '' });
    const { spec, status: { qosClass } } = await cluster.get('pod', pod.metadata.name, '-n', NAMESPACE);
    expect([...spec.containers, ...spec.initContainers ?? []].map(({ name }: any) => name)).toContain('daprd');
    expect(qosClass).toBe('Guaranteed');
    await cluster.kubectl('delete', 'pod', pod.metadata.name, '-n', NAMESPACE, '--wait=false');
  });

  test('have none but best-effort pods where their namespace has a quota for them, counted by it alone', async () => {
    const pods = await ready('report', 2, IDLE_NAMESPACE);
    expect(pods.map(({ status }) => status.qosClass)).toEqual(['BestEffort', 'BestEffort']);
    await ready('catalog', 1, IDLE_NAMESPACE);
    await eventually(async () => {
      const used = Object.fromEntries((await cluster.list('resourcequotas', IDLE_NAMESPACE)).map(({ metadata, status }) => [metadata.name, status.used]));
      expect(used).toMatchObject({ [IDLE_NAMESPACE]: { 'limits.cpu': '500m', 'limits.memory': '1Gi' }, [`${IDLE_NAMESPACE}-best-effort`]: { pods: '2' } });
    });
  });

  test('have their requests recommended, or set as this version can', async () => {
    const found = Object.fromEntries((await cluster.list('verticalpodautoscalers', NAMESPACE)).map(({ metadata, spec }) => [metadata.name, spec.updatePolicy.updateMode]));
    expect(found).toEqual({ order: mode, payment: 'Off' });
  });

  test('are not changed when they are applied again', async () => {
    const kinds = ['deployments', 'verticalpodautoscalers', 'configmaps', 'podmonitors', 'resourcequotas'];
    const versions = async () => Object.fromEntries((await Promise.all(kinds.map((kind) => cluster.list(kind)))).flat()
      .filter(({ metadata }) => metadata.namespace === NAMESPACE && metadata.name !== 'kube-root-ca.crt').map((object) => [nameOf(object), object.metadata.generation]));
    const before = await versions();
    expect(await cluster.apply(manifests)).toMatchObject({ status: 0, stderr: '' });
    expect(await versions()).toEqual(before);
  });

  describe('a broken twin', () => {
    type Change = (manifest: any) => void;
    const REFUSED: [string, string, string, Change, string][] = [
      ['VerticalPodAutoscaler', 'has a mode that is none', 'order', ({ spec }) => { spec.updatePolicy.updateMode = 'Automatic'; }, 'Unsupported value: "Automatic"'],
      ['VerticalPodAutoscaler', 'leaves limits in a way that is none', 'order', ({ spec }) => { spec.resourcePolicy.containerPolicies[0].controlledValues = 'Requests'; },
        'Unsupported value: "Requests"'],
      ['VerticalPodAutoscaler', 'has a bound that is no amount', 'order', ({ spec }) => { spec.resourcePolicy.containerPolicies[0].maxAllowed.cpu = '2 cores'; },
        'spec.resourcePolicy.containerPolicies[0].maxAllowed.cpu'],
      ['VerticalPodAutoscaler', 'has no target', 'order', ({ spec }) => { delete spec.targetRef; }, 'spec.targetRef: Required value'],
      ['VerticalPodAutoscaler', 'misspells a field', 'order', ({ spec }) => { spec.resourcePolicy.containerPolicy = []; }, 'containerPolicy: field not declared in schema'],
      ['PodMonitor', 'misspells a field', 'order-statsd', ({ spec }) => { spec.podMetricsEndpoint = []; }, 'podMetricsEndpoint: field not declared in schema'],
      ['ResourceQuota', 'counts volumes by the class of pods', IDLE_NAMESPACE, ({ spec }) => { spec.hard['requests.storage'] = '10Gi'; }, 'unsupported scope applied to resource'],
      ['Deployment', 'has the name of a container twice', 'order', ({ spec: { template: { spec } } }) => { spec.initContainers[0].name = 'order'; }, 'Duplicate value'],
      ['Deployment', 'restarts an init container in another way', 'order', ({ spec: { template: { spec } } }) => { spec.initContainers[0].restartPolicy = 'Sometimes'; },
        native ? 'Unsupported value: "Sometimes"' : 'restartPolicy: field not declared in schema'],
      ['Deployment', 'mounts a volume that nobody made', 'order', ({ spec: { template: { spec } } }) => { spec.volumes.pop(); }, 'Not found'],
    ];
    test.each(REFUSED)('%s is refused that %s', async (kind, _what, name, change, message) => {
      const twin: Manifest = JSON.parse(JSON.stringify(the(kind, name)));
      twin.metadata.name = `${twin.metadata.name}-twin`;
      change(twin);
      const { status, stderr } = await cluster.apply([twin]);
      expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
    });

    const WITHOUT_PODS: [string, string, string, Change, string][] = [
      ['has a sidecar that may become root', 'order', NAMESPACE, (spec) => { delete (spec.initContainers[2] ?? spec.containers[1]).securityContext; }, 'allowPrivilegeEscalation != false'],
      ['has an init container that keeps its capabilities', 'order', NAMESPACE, (spec) => { delete spec.initContainers[0].securityContext.capabilities; }, 'unrestricted capabilities'],
      ['has an init container beyond the LimitRange', 'order', NAMESPACE, (spec) => { spec.initContainers[1].resources.limits.cpu = '5'; },
        'maximum cpu usage per Container is 4, but limit is 5'],
      ['has limits in one container alone, where a quota counts all but best-effort pods', 'catalog', IDLE_NAMESPACE, (spec) => {
        spec.containers.push({ ...spec.containers[0], name: 'other', resources: {}, ports: [] });
      }, 'must specify limits.cpu for: other'],
    ];
    test.each(WITHOUT_PODS)('gets no pod that %s', async (_what, name, namespace, change, message) => {
      const twin: Manifest = JSON.parse(JSON.stringify(manifests.find((manifest) => manifest.kind === 'Deployment' && manifest.metadata.name === name)));
      twin.metadata.name = `${name}-${message.replace(/[^a-z]+/g, '-').slice(0, 20)}0`;
      change(twin.spec.template.spec);
      expect((await cluster.apply([twin])).status).toBe(0);
      await eventually(async () => {
        const { status } = await cluster.get('deployment', twin.metadata.name, '-n', namespace);
        expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'ReplicaFailure', message: expect.stringContaining(message) }));
      }, 30);
      await cluster.kubectl('delete', 'deployment', twin.metadata.name, '-n', namespace);
    });

    test('gets no fourth best-effort pod, because the quota counts three', async () => {
      await cluster.kubectl('scale', 'deployment', 'report', '--replicas=4', '-n', IDLE_NAMESPACE);
      await eventually(async () => {
        const { status } = await cluster.get('deployment', 'report', '-n', IDLE_NAMESPACE);
        expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'ReplicaFailure', message: expect.stringContaining(`exceeded quota: ${IDLE_NAMESPACE}-best-effort`) }));
      }, 30);
    });

    test('is no best-effort pod where there is a LimitRange: it becomes burstable, as synthesis says', async () => {
      const twin: Manifest = JSON.parse(JSON.stringify(the('Deployment', 'report')));
      Object.assign(twin.metadata, { name: 'order-idle', namespace: NAMESPACE });
      twin.spec.replicas = 1;
      twin.spec.template.metadata.labels.app = 'order-idle';
      twin.spec.selector.matchLabels.app = 'order-idle';
      Object.assign(twin.spec.template.spec, { priorityClassName: undefined, serviceAccountName: 'order' });
      expect(await cluster.apply([twin])).toMatchObject({ status: 0 });
      const [{ status }] = await ready('order-idle', 1);
      expect(status.qosClass).toBe('Burstable');
    });
  });
});
