import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { binary } from './support/binary';
import { Cluster } from './support/cluster';
import { type Manifest, toYaml } from './support/manifest';
import { attempt, eventually, Server } from './support/process';
import { thousandths } from './support/quantity';
import { sumOf } from '../../src/graph/capacity/amounts';
import { podAmounts } from '../../src/graph/capacity/pod-amounts';
import { podSetsOf } from '../../src/graph/capacity/pod-sets';
import { ManifestSet } from '../../src/manifests/manifest-set';
import { DaprVersion } from '../../src/values/dapr-version';
import { KubernetesVersion } from '../../src/values/kubernetes-version';
import { SecretReference } from '../../src/values/secret-reference';
import { FileStorage } from '../../src/workloads/file-storage';
import { everyFunction, knativeFunction } from '../support/functions';
import { group, manifestsOf, profileWith } from '../support/platform';

const NAMESPACE = 'core-business-prod';
const CRDS = ['dapr.dapr.io.yaml', 'knative-serving.serving.knative.dev.yaml', 'knative-eventing.eventing.knative.dev.yaml'];
const FUNCTIONS = ['pricing', 'report', 'thumbnail'];

/** Functions of every form in a group, for versions of Kubernetes and Dapr. */
function rendered(kubernetes: string, dapr: string) {
  const chart = group({ profile: profileWith({ kubernetesVersion: KubernetesVersion.of(kubernetes), daprVersion: DaprVersion.of(dapr) }) });
  everyFunction(chart);
  const manifests = manifestsOf(chart).all as Manifest[];
  return { manifests, podSets: podSetsOf(ManifestSet.ofJson(manifests), NAMESPACE) };
}

/** What the code of Knative says of manifests. */
async function knative(command: 'admit' | 'deployments', manifests: readonly Manifest[], ...features: string[]) {
  return attempt(await binary('knative-1.23'), [`-features=${features.join(',')}`, command], { input: toYaml(manifests) });
}

function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

describe.each([
  { kubernetes: '1.36', dapr: '1.18' },
  { kubernetes: '1.27', dapr: '1.14' },
])('functions on Kubernetes $kubernetes', ({ kubernetes, dapr }) => {
  let cluster: Cluster;
  let folder: string;
  let injector: Server | undefined;
  const { manifests, podSets } = rendered(kubernetes, dapr);
  const ofKnative = manifests.filter(({ apiVersion }) => apiVersion.includes('knative.dev'));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'functions-'));
    cluster = await Cluster.start(kubernetes);
    expect(await cluster.installCrds(...CRDS)).toMatchObject({ status: 0, stderr: '' });
  }, 300_000);
  afterAll(async () => {
    await injector?.stop();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('are taken whole with the CRDs of Knative 1.23, without a warning', async () => {
    const { status, stdout, stderr } = await cluster.apply(manifests);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(manifests.length);
    expect(stdout.trimEnd().split('\n').filter((line) => line.includes('knative.dev')).sort()).toEqual([
      'broker.eventing.knative.dev/events serverside-applied',
      'service.serving.knative.dev/pricing serverside-applied',
      'service.serving.knative.dev/report serverside-applied',
      'service.serving.knative.dev/thumbnail serverside-applied',
      'trigger.eventing.knative.dev/pricing-events serverside-applied',
      'trigger.eventing.knative.dev/thumbnail-com.example.picture.uploaded serverside-applied',
    ]);
  });

  test('are not changed when they are applied again', async () => {
    const generations = async () => Object.fromEntries(await Promise.all(['services.serving.knative.dev', 'brokers', 'triggers']
      .map(async (kind) => [kind, (await cluster.list(kind, NAMESPACE)).map(({ metadata }) => metadata.generation)])));
    const before = await generations();
    expect(await cluster.apply(manifests)).toMatchObject({ status: 0, stderr: '' });
    expect(await generations()).toEqual(before);
  });

  test('pass the webhooks of Knative as they are installed by default, without a warning', async () => {
    expect(ofKnative).toHaveLength(6);
    expect(await knative('admit', ofKnative)).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('get the pods that Knative makes of them, with its queue-proxy and a Dapr sidecar, under restricted and the quota', async () => {
    injector = Server.start(join(folder, 'injector.yaml'), await binary(`inject-${dapr}`), ['-webhook', '127.0.0.1:0', '-control-plane-namespace', 'infrastructure']);
    await injector.printed(/sideEffects: .*\n/);
    expect(await cluster.apply([join(folder, 'injector.yaml')])).toMatchObject({ status: 0, stderr: '' });
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'pricing', namespace: NAMESPACE }, stringData: { 'key.pem': 'a', 'license': 'b' } };
    expect(await cluster.apply([secret])).toMatchObject({ status: 0 });

    const { status, stdout, stderr } = await knative('deployments', ofKnative);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const deployments = loadAll(stdout) as Manifest[];
    expect(deployments.map(({ metadata }) => metadata.name).sort()).toEqual(['pricing-v2-deployment', 'report-00001-deployment', 'thumbnail-00001-deployment']);
    expect(await cluster.apply(deployments)).toMatchObject({ status: 0, stderr: '' });

    await eventually(async () => {
      const available = (await cluster.list('deployments', NAMESPACE)).map((deployment) => [deployment.metadata.labels!.app, deployment.status.availableReplicas]);
      expect(available.sort()).toEqual([['pricing', 2], ['report', 1], ['thumbnail', 1]]);
    }, 60);
    const pods = await cluster.list('pods', NAMESPACE);
    for (const name of FUNCTIONS) {
      const { spec } = pods.find(({ metadata }) => metadata.labels!.app === name)!;
      const containers = [...spec.containers, ...spec.initContainers ?? []];
      expect(containers.map((container: any) => container.name).sort()).toEqual(['daprd', name, 'queue-proxy'].sort());
      const ports = containers.flatMap((container: any) => (container.ports ?? []).map(({ containerPort }: any) => containerPort));
      expect(ports).toEqual([...new Set(ports)]);
      // what is counted in the quota at synthesis is what runs
      const limits = (kind: 'cpu' | 'memory') => containers.reduce((sum: number, { resources }: any) => sum + thousandths(resources.limits[kind]), 0);
      const counted = podAmounts(podSets.find((each) => each.name === name)!.template, undefined).running;
      expect(['cpu', 'memory'].map((kind) => limits(kind as 'cpu'))).toEqual(['cpu', 'memory'].map((kind) => thousandths(`${sumOf(`${kind as 'cpu'}Limit`, counted)}`)));
    }
    expect(pods.find(({ metadata }) => metadata.labels!.app === 'pricing')!.status.qosClass).toBe('Guaranteed');
  });

  type Change = (spec: any, pod: any) => void;
  const broken = (kind: string, name: string, change: Change): Manifest => {
    const twin = copy(manifests.find((manifest) => ofKnative.includes(manifest) && manifest.kind === kind && manifest.metadata.name === name)!);
    change(twin.spec, twin.spec.template?.spec);
    return twin;
  };

  const BY_THE_SERVER: [string, string, string, Change, string][] = [
    ['wants a field of pods that Knative has not', 'Service', 'thumbnail', (_, pod) => { pod.terminationGracePeriodSeconds = 30; },
      '.spec.template.spec.terminationGracePeriodSeconds: field not declared in schema'],
    ['wants to be told before it leaves', 'Service', 'thumbnail', (_, pod) => { pod.containers[0].lifecycle = { preStop: { sleep: { seconds: 1 } } }; },
      '.spec.template.spec.containers[0].lifecycle: field not declared in schema'],
    ['misspells how many calls it takes', 'Service', 'pricing', (_, pod) => { pod.concurrency = 8; }, '.spec.template.spec.concurrency: field not declared in schema'],
    ['has a share of traffic that is no number', 'Service', 'pricing', (spec) => { spec.traffic[0].percent = 'all'; }, 'spec.traffic[0].percent'],
    ['is a trigger that waits for a number', 'Trigger', 'pricing-events', (spec) => { spec.delivery.retry = 'often'; }, 'spec.delivery.retry'],
  ];
  test.each(BY_THE_SERVER)('are refused by the server if one %s', async (_what, kind, name, change, message) => {
    const { status, stderr } = await cluster.apply([broken(kind, name, change)]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
  });

  const BY_KNATIVE: [string, string, string, Change, string][] = [
    ['has shares of traffic that are not the whole', 'Service', 'pricing', (spec) => { spec.traffic[1].percent = 80; }, 'Traffic targets sum to 90, want 100'],
    ['has a tag twice', 'Service', 'pricing', (spec) => { spec.traffic[1].tag = 'canary'; }, 'Multiple definitions for "canary"'],
    ['names the newest revision', 'Service', 'pricing', (spec) => { spec.traffic[1].latestRevision = true; }, 'may not set revisionName "pricing-v1" when latestRevision is true'],
    ['has a revision of another name', 'Service', 'pricing', (spec) => { spec.template.metadata.name = 'v2'; }, '"v2" must have prefix "pricing-"'],
    ['has two ports', 'Service', 'thumbnail', (_, pod) => { pod.containers[0].ports.push({ containerPort: 9000 }); }, 'more than one container port is set'],
    ['names its port as Kubernetes would', 'Service', 'thumbnail', (_, pod) => { pod.containers[0].ports[0].name = 'http'; }, 'Port name http is not allowed'],
    ["listens on a port of Knative's", 'Service', 'thumbnail', (_, pod) => { pod.containers[0].ports[0].containerPort = 8012; }, '8012 is a reserved port'],
    ['is asked by the name of a port', 'Service', 'thumbnail', (_, pod) => { pod.containers[0].livenessProbe.httpGet.port = 'http'; }, 'invalid value: http'],
    ['is asked once for its readiness, with a number of failures', 'Service', 'thumbnail', (_, pod) => { pod.containers[0].readinessProbe.failureThreshold = 3; },
      'failureThreshold is disallowed when periodSeconds is zero'],
    ["has a variable of Knative's", 'Service', 'thumbnail', (_, pod) => { pod.containers[0].env.push({ name: 'PORT', value: '80' }); }, '"PORT" is a reserved environment variable'],
    ['says the user in the pod', 'Service', 'thumbnail', (_, pod) => { pod.securityContext = { runAsUser: 65532 }; }, 'must not set the field(s): spec.template.spec.securityContext'],
    ['has a priority', 'Service', 'thumbnail', (_, pod) => { pod.priorityClassName = 'high'; }, 'must not set the field(s): spec.template.spec.priorityClassName'],
    ['wants a token of the API server', 'Service', 'thumbnail', (_, pod) => { pod.automountServiceAccountToken = true; },
      'must not set the field(s): spec.template.spec.automountServiceAccountToken'],
    ['takes longer than any may', 'Service', 'thumbnail', (_, pod) => { pod.timeoutSeconds = 601; }, 'expected 0 <= 601 <= 600: spec.template.spec.timeoutSeconds'],
    ['takes more calls than any may', 'Service', 'thumbnail', (_, pod) => { pod.containerConcurrency = 1001; }, 'expected 0 <= 1001 <= 1000'],
    ['may grow to fewer pods than it keeps', 'Service', 'pricing', (spec) => { spec.template.metadata.annotations['autoscaling.knative.dev/min-scale'] = '5'; },
      'max-scale=4 is less than min-scale=5'],
    ['begins with no pod', 'Service', 'pricing', (spec) => { spec.template.metadata.annotations['autoscaling.knative.dev/initial-scale'] = '0'; }, '=0 not allowed by cluster'],
    ['is measured by what Knative does not measure', 'Service', 'pricing', (spec) => { spec.template.metadata.annotations['autoscaling.knative.dev/metric'] = 'cpu'; }, 'invalid value: cpu'],
    ['is measured over too short a time', 'Service', 'pricing', (spec) => { spec.template.metadata.annotations['autoscaling.knative.dev/window'] = '5s'; }, 'expected 6s <= 5s <= 1h0m0s'],
    ['has a queue-proxy of no amount', 'Service', 'pricing', (spec) => { spec.template.metadata.annotations['queue.sidecar.serving.knative.dev/cpu-resource-limit'] = '0.1 cores'; },
      'invalid value: 0.1 cores'],
    ['is triggered by nobody', 'Trigger', 'pricing-events', (spec) => { spec.broker = ''; }, 'missing field(s): spec.broker'],
    ['has an attribute that no event has', 'Trigger', 'pricing-events', (spec) => { spec.filter.attributes = { dataType: 'a' }; }, 'Attribute name must start with a letter'],
    ['waits in another way', 'Trigger', 'pricing-events', (spec) => { spec.delivery.backoffPolicy = 'constant'; }, 'invalid value: constant: spec.delivery.backoffPolicy'],
    ['waits for a time without a unit', 'Trigger', 'pricing-events', (spec) => { spec.delivery.backoffDelay = '1'; }, 'invalid value: 1: spec.delivery.backoffDelay'],
    ['has a broker with a sink without a name', 'Broker', 'events', (spec) => { delete spec.delivery.deadLetterSink.ref.name; }, 'missing field(s): '],
  ];
  test.each(BY_KNATIVE)('are refused by the webhooks of Knative if one %s', async (_what, kind, name, change, message) => {
    const { status, stderr } = await knative('admit', [broken(kind, name, change)]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
  });

  test.each<[string, Change]>([
    ['runAsNonRoot', (_, pod) => { delete pod.containers[0].securityContext.runAsNonRoot; }],
    ['seccompProfile', (_, pod) => { delete pod.containers[0].securityContext.seccompProfile; }],
  ])('are warned of by Knative and get no pods under restricted without %s', async (field, change) => {
    const twin = broken('Service', 'report', change);
    expect(await knative('admit', [twin])).toMatchObject({ status: 0, stdout: expect.stringContaining(field) });
    const [deployment] = loadAll((await knative('deployments', [twin])).stdout) as Manifest[];
    deployment.metadata.name = `twin-${field.toLowerCase()}`;
    deployment.spec.selector.matchLabels = deployment.spec.template.metadata.labels = { app: deployment.metadata.name };
    expect((await cluster.apply([deployment])).status).toBe(0);
    await eventually(async () => {
      const { status } = await cluster.get('deployment', deployment.metadata.name, '-n', NAMESPACE);
      expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'ReplicaFailure', message: expect.stringContaining(field) }));
    }, 30);
  });
});

test('what config-features must allow passes the webhooks where it does, and not elsewhere', async () => {
  const features = [
    'kubernetes.podspec-priorityclassname', 'kubernetes.podspec-topologyspreadconstraints', 'kubernetes.podspec-securitycontext',
    'kubernetes.podspec-persistent-volume-claim', 'kubernetes.podspec-persistent-volume-write', 'kubernetes.podspec-volumes-csi',
  ];
  const chart = group({ profile: profileWith({ functions: { features } }) });
  knativeFunction(chart, 'thumbnail', { storage: FileStorage.persistent({ mountPath: '/data', size: '1Gi' }), secretFiles: [SecretReference.mounted('thumbnail', 'key')] });
  const manifests = manifestsOf(chart).all;
  expect(await knative('admit', manifests, ...features)).toEqual({ status: 0, stdout: '', stderr: '' });
  const problems: [string, string][] = [
    ['kubernetes.podspec-priorityclassname', 'spec.template.spec.priorityClassName'],
    ['kubernetes.podspec-topologyspreadconstraints', 'spec.template.spec.topologySpreadConstraints'],
    ['kubernetes.podspec-securitycontext', 'spec.template.spec.securityContext'],
    ['kubernetes.podspec-persistent-volume-claim', 'Persistent volume claim support is disabled'],
    ['kubernetes.podspec-persistent-volume-write', 'Persistent volume write support is disabled'],
    ['kubernetes.podspec-volumes-csi', 'CSI volume support is disabled'],
  ];
  for (const [missing, problem] of problems) {
    expect(await knative('admit', manifests, ...features.filter((feature) => feature !== missing))).toMatchObject({ status: 1, stderr: expect.stringContaining(problem) });
  }
});
