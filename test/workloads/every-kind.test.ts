import { Duration } from 'cdk8s';
import { CustomObject } from '../../src/core/custom-object';
import { TunedSidecar } from '../../src/dapr/tuned-sidecar';
import { Values } from '../../src/inputs/values';
import type { ServiceChart } from '../../src/platform/service-chart';
import { QueueSource } from '../../src/scaling/queue-source';
import { CronExpression } from '../../src/values/cron-expression';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { Probe } from '../../src/values/probe';
import type { ProbeSettings } from '../../src/values/probe-settings';
import { Resources } from '../../src/values/resources';
import { SecretReference } from '../../src/values/secret-reference';
import { OneOffJob } from '../../src/workloads/batch/one-off-job';
import { ScaledJob } from '../../src/workloads/batch/scaled-job';
import { ScheduledJob } from '../../src/workloads/batch/scheduled-job';
import { WorkItems } from '../../src/workloads/batch/work-items';
import { WorkQueue } from '../../src/workloads/batch/work-queue';
import type { ConnectedWorkload } from '../../src/workloads/connected-workload';
import { CustomWorkload } from '../../src/workloads/custom-workload';
import { FileStorage } from '../../src/workloads/file-storage';
import { KnativeFunction } from '../../src/workloads/function/knative-function';
import { Microservice } from '../../src/workloads/microservice';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { ProgressiveDelivery } from '../../src/workloads/progressive/progressive-delivery';
import { ScatterGather } from '../../src/workloads/scatter-gather/scatter-gather';
import { Worker } from '../../src/workloads/worker';
import type { WorkloadProps } from '../../src/workloads/workload-props';
import { messageOf } from '../support/message-of';
import { group, manifestsOf, profileWith } from '../support/platform';

type Define = (chart: ServiceChart, name: string, props: WorkloadProps) => ConnectedWorkload;

const KINDS: [string, Define][] = [
  ['Microservice', (chart, name, props) => new Microservice(chart, name, props)],
  ['Rollout', (chart, name, props) => new Microservice(chart, name, { ...props, delivery: ProgressiveDelivery.blueGreen() })],
  ['Worker', (chart, name, props) => {
    const worker = new Worker(chart, name, props);
    worker.scalesOn(QueueSource.prometheus('sum(waiting)'));
    return worker;
  }],
  ['OneOffJob', (chart, name, props) => new OneOffJob(chart, name, props)],
  ['ScheduledJob', (chart, name, props) => new ScheduledJob(chart, name, { ...props, schedule: CronExpression.of('0 3 * * *') })],
  ['WorkQueue', (chart, name, props) => new WorkQueue(chart, name, { ...props, items: WorkItems.numbered(4), parallelism: 2 })],
  ['ScaledJob', (chart, name, props) => {
    const job = new ScaledJob(chart, name, props);
    job.scalesOn(QueueSource.prometheus('sum(waiting)'));
    return job;
  }],
  ['leaf of a ScatterGather', (chart, name, props) => new ScatterGather(chart, name, { leaves: 2, root: props, leaf: props }).leaves],
  ['KnativeFunction', (chart, name, props) => new KnativeFunction(chart, name, props)],
];

const KIND_OF_ITS_OWN: [string, Define] = ['CustomWorkload', (chart, name, props) => {
  const workload = new CustomWorkload(chart, name, { ...props, replicas: 1 });
  new CustomObject(workload, 'Deployment', { apiVersion: 'apps/v1', kind: 'Deployment', name, spec: { template: workload.podTemplate } });
  return workload;
}];

const PROPS: WorkloadProps = {
  image: Image.of('registry.example.com/film', { tag: '1.0.0' }),
  resources: Resources.of({ cpuRequest: '300m', cpuLimit: '900m' }),
  logLevel: 'warn',
  env: { CURRENCY: 'EUR' },
  config: { THEME: 'dark' },
  secretEnv: { TOKEN: SecretReference.of('film', 'token') },
  secretFiles: [SecretReference.of('film', 'key')],
  type: 'studio',
  command: ['/bin/film'],
  args: ['--reel', '$(ZONE)'],
  scratchFolders: { '/var/cache': '64Mi' },
  memoryFolders: { '/dev/shm': '32Mi' },
};

/** Settings of a Deployment, which Knative takes with its feature flags. */
const PLACED: WorkloadProps = {
  configMapFolders: { '/etc/film': 'film-settings' },
  secretFolders: { '/etc/tls': 'film-tls' },
  podAnnotations: { 'example.com/team': 'studio' },
  podLabels: { 'example.com/team': 'studio' },
  serviceAccountAnnotations: { 'iam.example.com/role': 'film' },
  serviceAccountLabels: { 'iam.example.com/use': 'true' },
  nodeSelector: { 'example.com/pool': 'batch' },
  tolerations: ['dedicated=film:NoSchedule', 'spot'],
  runtimeClassName: 'gvisor',
  hostAliases: { '10.1.0.4': ['licence.internal'] },
  dnsSearches: ['corp.example'],
  dnsOptions: { ndots: '2', edns0: '' },
};

const FLAGS = ['nodeselector', 'tolerations', 'runtimeclassname', 'hostaliases', 'dnsconfig'].map((flag) => `kubernetes.podspec-${flag}`);

test.each([...KINDS, KIND_OF_ITS_OWN])('the pods of a %s can be placed, named and given files', (_, define) => {
  const chart = group({ profile: profileWith({ functions: { features: FLAGS } }) });
  const { name } = define(chart, 'film', { image: PROPS.image, ...PLACED });
  const manifests = manifestsOf(chart);
  const { metadata, spec } = manifests.set.workloads().find((workload) => workload.podTemplate.metadata.labels.app === name)!.podTemplate;
  expect([metadata.annotations, metadata.labels]).toEqual(Array(2).fill(expect.objectContaining({ 'example.com/team': 'studio' })));
  const account = manifests.get('ServiceAccount', name).metadata;
  expect(account.annotations).toEqual({ 'iam.example.com/role': 'film' });
  expect(account.labels).toMatchObject({ 'app': name, 'iam.example.com/use': 'true' });
  expect(spec).toMatchObject({
    nodeSelector: { 'example.com/pool': 'batch' },
    tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'film', effect: 'NoSchedule' }, { key: 'spot', operator: 'Exists' }],
    runtimeClassName: 'gvisor',
    hostAliases: [{ ip: '10.1.0.4', hostnames: ['licence.internal'] }],
    dnsConfig: { searches: ['corp.example'], options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }] },
  });
  expect(spec.volumes).toEqual(expect.arrayContaining([
    { name: 'files-etc-film', configMap: { name: 'film-settings' } }, { name: 'files-etc-tls', secret: { secretName: 'film-tls' } },
  ]));
  expect(spec.containers.find((each: any) => each.image === 'registry.example.com/film:1.0.0').volumeMounts).toEqual(expect.arrayContaining([
    { name: 'files-etc-film', mountPath: '/etc/film', readOnly: true }, { name: 'files-etc-tls', mountPath: '/etc/tls', readOnly: true },
  ]));
});

const TAG = { image: { tag: '1.1.0' }, env: { ZONE: 'b' } };

test.each([...KINDS, KIND_OF_ITS_OWN])('the pods of a %s have every setting of code, files and profile', (_, define) => {
  const chart = group({ values: Values.of({ 'film/prod/values.yaml': TAG, 'film-leaf/prod/values.yaml': TAG }) });
  const { name } = define(chart, 'film', PROPS);
  const { metadata, spec } = manifestsOf(chart).set.workloads().find((workload) => workload.podTemplate.metadata.labels.app === name)!.podTemplate;
  const container = spec.containers.find((each: any) => each.image === 'registry.example.com/film:1.1.0');
  const value = (variable: string) => container.env.find((each: any) => each.name === variable);
  expect(['APP_ENV', 'LOG_LEVEL', 'CURRENCY', 'ZONE'].map((each) => value(each).value)).toEqual(['production', 'warn', 'EUR', 'b']);
  expect(value('TOKEN').valueFrom).toEqual({ secretKeyRef: { name: 'film', key: 'token' } });
  expect(container.envFrom).toEqual([{ configMapRef: { name } }]);
  expect(container.resources).toMatchObject({ requests: { cpu: '300m' }, limits: { cpu: '900m' } });
  expect(container.securityContext).toMatchObject({ runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true });
  expect([container.command, container.args]).toEqual([['/bin/film'], ['--reel', '$(ZONE)']]);
  expect(container.volumeMounts.map(({ mountPath }: any) => mountPath)).toEqual(['/tmp', '/var/cache', '/dev/shm', '/var/run/secrets/film']);
  const mounted = (path: string) => container.volumeMounts.find(({ mountPath }: any) => mountPath === path).name;
  const volume = (path: string) => spec.volumes.find((each: any) => each.name === mounted(path));
  expect([volume('/var/cache').emptyDir, volume('/dev/shm').emptyDir]).toEqual([{ sizeLimit: '64Mi' }, { medium: 'Memory', sizeLimit: '32Mi' }]);
  expect(spec.serviceAccountName).toBe(name);
  expect(spec.automountServiceAccountToken).toBe(false);
  expect(metadata.labels).toMatchObject({ 'app': name, 'type': 'studio', 'app.kubernetes.io/version': '1.1.0' });
  expect(metadata.annotations['checksum/config']).toMatch(/^[0-9a-f]{64}$/);
});

test.each([...KINDS, KIND_OF_ITS_OWN].filter(([kind]) => !kind.startsWith('leaf')))('the sidecar of a %s has every setting of code and profile', (_, define) => {
  const chart = group({ profile: profileWith({ sidecar: { logAsJson: true, appToken: SecretReference.of('app', 'token') } }) });
  const { name } = define(chart, 'film', { image: PROPS.image, dapr: TunedSidecar.of({ maxBodySize: '16Mi', disabledInitEndpoints: ['subscribe'] }) });
  const { metadata, spec } = manifestsOf(chart).set.workloads().find((workload) => workload.podTemplate.metadata.labels.app === name)!.podTemplate;
  expect(metadata.annotations).toMatchObject({
    'dapr.io/log-as-json': 'true', 'dapr.io/max-body-size': '16Mi', 'dapr.io/disable-init-endpoints': 'subscribe', 'dapr.io/app-token-secret': 'app',
  });
  expect(spec.containers.find((each: any) => each.image === 'registry.example.com/film:1.0.0').env).toContainEqual(
    { name: 'APP_API_TOKEN', valueFrom: { secretKeyRef: { name: 'app', key: 'token' } } });
});

test.each(KINDS)('another image of a %s changes the workload and no other object', (kind, define) => {
  const objects = (tag: string) => {
    const chart = group();
    define(chart, 'film', { ...PROPS, image: Image.of('registry.example.com/film', { tag }) });
    return manifestsOf(chart).all.map((manifest) => JSON.stringify(manifest));
  };
  const before = objects('1.0.0');
  const changed = objects('1.0.1').filter((text) => !before.includes(text)).map((text) => JSON.parse(text));
  // a scatter/gather has two workloads of the same image
  expect(changed.map((manifest) => manifest.kind)).toEqual(kind === 'leaf of a ScatterGather' ? ['StatefulSet', 'Deployment'] : [expect.any(String)]);
  changed.forEach(({ metadata }) => expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/version': '1.0.1' }));
});

test.each([...KINDS, KIND_OF_ITS_OWN])('no manifest of a %s without Dapr has an empty map of labels or annotations', (_, define) => {
  const chart = group();
  define(chart, 'film', { ...PROPS, config: undefined, dapr: Dapr.none('no events') });
  expect(manifestsOf(chart).all.filter((manifest) => /"(?:labels|annotations)":\{\}/.test(JSON.stringify(manifest)))).toEqual([]);
});

describe.each(KINDS)('a variable of a %s has one source', (_kind, define) => {
  const secret = SecretReference.of('film', 'token');
  const failure = (props: WorkloadProps, file: object = {}) => {
    const values = Values.of({ 'film/prod/values.yaml': file, 'film-leaf/prod/values.yaml': file });
    return messageOf(() => define(group({ values }), 'film', { image: PROPS.image, ...props }))
      .replace(/^\[core-business-prod\/\S+\] /, '').replace('film-leaf/', 'film/');
  };

  test.each<[WorkloadProps, object, string]>([
    [{ env: { X: 'a' }, config: { X: 'b' } }, {}, "the variable 'X' has two sources: env and config. Remove one of them."],
    [{ env: { X: 'a' } }, { config: { X: 'b' } }, "the variable 'X' has two sources: env and config (film/prod/values.yaml:3). Remove one of them."],
    [{ config: { X: 'a' }, secretEnv: { X: secret } }, {}, "the variable 'X' has two sources: config and secretEnv. Remove one of them."],
    [{ secretEnv: { APP_ENV: secret } }, {}, "the variable 'APP_ENV' has two sources: the environment and secretEnv. Remove one of them."],
    [{ secretEnv: { LOG_LEVEL: secret } }, {}, "the variable 'LOG_LEVEL' has two sources: logLevel and secretEnv. Set logLevel instead."],
    [{ env: { LOG_LEVEL: 'debug' } }, { logLevel: 'error' }, "the variable 'LOG_LEVEL' has two sources: logLevel and env. Set logLevel instead."],
    [{ env: { DAPR_HTTP_PORT: '3501' } }, {}, "the variable 'DAPR_HTTP_PORT' has two sources: Dapr's injector and env. Remove one of them."],
    [{ config: { A: 'x'.repeat(128 * 1024) } }, {}, "the variable 'A' has 131075 bytes, and a container can start with 131072 at most. Mount a file instead."],
    [
      { config: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`K${index}`, 'x'.repeat(100_000)])) }, {},
      'config has 1100023 bytes, and a ConfigMap holds 1048576 at most. Move large values to files of the image or to object storage.',
    ],
    [{ config: { A: 'a' } }, { env: { A: null } }, "film/prod/values.yaml:3: 'env.A' is null, but neither the code nor an earlier file sets it. The code sets it by config: remove it there."],
    [{ logLevel: 'loud' }, {}, "expected logLevel to be one of debug, info, warn, error, got 'loud'. Use 'debug'."],
  ])('%#', (props, file, message) => {
    expect(failure(props, file)).toBe(message);
  });
});

describe('folders of a container are compared as the kubelet does', () => {
  const mounting = (mountPath: string) => () => manifestsOf(chartWith(mountPath));
  const chartWith = (mountPath: string) => {
    const chart = group();
    new Microservice(chart, 'film', { image: PROPS.image, storage: FileStorage.persistent({ size: '1Gi', mountPath }) });
    return chart;
  };

  test.each(['/tmp', '/tmp/', '//tmp', '/./tmp'])('%s is the scratch folder', (mountPath) => {
    expect(mounting(mountPath)).toThrow("[core-business-prod/film] two volumes are mounted at '/tmp'. Give each a folder of its own.");
  });

  test.each(['/var/run/secrets/kubernetes.io/serviceaccount', '/var/run/secrets/kubernetes.io/serviceaccount/own'])('%s is the place of the token', (mountPath) => {
    expect(mounting(mountPath)).toThrow(`[core-business-prod/film] a volume at '${mountPath}' would take the place of the token of the ServiceAccount. Mount it in another folder.`);
  });
});

describe.each<[string, MicroserviceProps]>([['Deployment', {}], ['Rollout', { delivery: ProgressiveDelivery.blueGreen() }]])('a %s that starts for longer than a roll-out waits is refused', (_, props) => {
  const define = (probes: ProbeSettings) => () => new Microservice(group(), 'film', { image: PROPS.image, probes, ...props });

  test('by its startup probe', () => {
    expect(define({ startup: Probe.httpGet('/up', { period: Duration.seconds(10), failureThreshold: 180 }) })).toThrow(
      '[core-business-prod/film] may take 1815 seconds to become available (startup probe 1800 + initial delay of the readiness probe 5 + minReady 10), '
      + 'and a roll-out fails after 600 seconds without progress. Shorten the probe, or raise rollout.progressDeadline by WorkloadDefaults.of().');
  });

  test('by its readiness probe', () => {
    expect(define({ readiness: Probe.httpGet('/ready', { initialDelay: Duration.seconds(900) }) })).toThrow('initial delay of the readiness probe 900');
  });
});
