import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { binary } from './support/binary';
import { Cluster, PLATFORM_CRDS } from './support/cluster';
import { ControlPlane } from './support/control-plane';
import { type Manifest, nameOf } from './support/manifest';
import { SHARED_STORAGE } from './support/needs';
import { eventually, Server } from './support/process';
import { Sidecar } from './support/sidecar';
import { App, Dapr, DaprVersion, Environment, FileStorage, Image, KubernetesVersion, Microservice, PlatformProfile, Scaling, SecretReference, ServiceChart } from '../../src';
import type { OneOffJobProps } from '../../src/workloads';
import { CronExpression, OneOffJob, ScatterGather, Schedule, ScheduledJob, WorkItems, WorkQueue } from '../../src/workloads';

const NAMESPACE = 'core-business-prod';

const TARGETS = [
  { kubernetes: '1.36', dapr: '1.18' },
  { kubernetes: '1.27', dapr: '1.14' },
];

/** All kinds of work in one namespace, for a version with native sidecars or without. */
function rendered(kubernetes: string, dapr: string, migration: OneOffJobProps = {}): Manifest[] {
  const app = new App();
  const environment = Environment.of('prod', {
    capacityPool: 'production', kubernetesVersion: KubernetesVersion.of(kubernetes), daprVersion: DaprVersion.of(dapr), scaling: { min: 1, max: 2 },
  });
  const chart = new ServiceChart(app, 'core-business', { environment, profile: PlatformProfile.standard() });
  const image = (name: string) => Image.of(`registry.example.com/${name}`, { tag: '1.4.2' });
  // the application ends its sidecar where that does not leave by itself
  const sidecar = Dapr.sidecar({ shutdownByApplication: dapr === '1.14' });
  const alone = Dapr.none('has no need of one');

  const order = new Microservice(chart, 'order', { image: image('order'), scaling: Scaling.replicas(1) });
  new OneOffJob(chart, 'migrate', { image: image('order'), command: ['/app/migrate'], dapr: sidecar, ...migration }).calls(order);
  new OneOffJob(chart, 'waiting', {
    image: image('order'), dapr: alone, fatalExitCodes: [3, 4], backoffLimit: 0, secretFiles: [SecretReference.of('absent', 'key')], run: 'once',
  });
  new ScheduledJob(chart, 'every-minute', { image: image('tick'), dapr: sidecar, schedule: Schedule.everyMinutes(1), config: { SIZE: '10' } });
  new ScheduledJob(chart, 'invoices', {
    image: image('invoices'),
    dapr: alone,
    schedule: CronExpression.of('*/15 6-18 * jan-dec mon-fri'),
    timeZone: 'Europe/Berlin',
    fatalExitCodes: [3],
    concurrencyPolicy: 'Replace',
    startingDeadline: Duration.seconds(10),
  });
  new WorkQueue(chart, 'thumbnails', { image: image('thumbnails'), dapr: sidecar, items: WorkItems.numbered(12), parallelism: 5 });
  new WorkQueue(chart, 'waiting-items', {
    image: image('thumbnails'), dapr: alone, items: WorkItems.numbered(3), parallelism: 3, fatalExitCodes: [3], secretFiles: [SecretReference.of('absent', 'key')],
  });
  new WorkQueue(chart, 'transcode', { image: image('transcode'), dapr: sidecar, items: WorkItems.handedOutBy(order), parallelism: 3 });
  new ScatterGather(chart, 'search', {
    leaves: 3,
    root: { image: image('search'), scaling: Scaling.replicas(1) },
    leaf: { image: image('search-leaf'), storage: FileStorage.persistent({ size: '1Gi', mountPath: '/var/lib/index' }) },
  });
  return (loadAll(app.synthYaml()) as Manifest[]).filter((manifest) => manifest);
}

describe.each(TARGETS)('work that ends, on Kubernetes $kubernetes with Dapr $dapr', ({ kubernetes, dapr }) => {
  let folder: string;
  let cluster: Cluster;
  let injector: Server;
  const manifests = rendered(kubernetes, dapr);
  const find = (kind: string, name: string) => manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name)!;
  const job = (name: string) => cluster.get('job', name, '-n', NAMESPACE);
  const podsOf = async (name: string) => (await cluster.list('pods', NAMESPACE)).filter(({ metadata }) => metadata.labels?.app === name);
  const condition = ({ status }: Manifest, type: string) => status.conditions?.find((each: any) => each.type === type && each.status === 'True');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'batch-'));
    cluster = await Cluster.start(kubernetes);
    expect(await cluster.installCrds(...PLATFORM_CRDS)).toMatchObject({ status: 0, stderr: '' });
    injector = Server.start(join(folder, 'injector.yaml'), await binary(`inject-${dapr}`), ['-webhook', '127.0.0.1:0', '-control-plane-namespace', 'infrastructure']);
    await injector.printed(/sideEffects: .*\n/);
    expect(await cluster.apply([join(folder, 'injector.yaml')])).toMatchObject({ status: 0, stderr: '' });
    expect(await cluster.apply([SHARED_STORAGE])).toMatchObject({ status: 0, stderr: '' });
  }, 300_000);
  afterAll(async () => {
    await injector?.stop();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is taken whole, without a warning', async () => {
    const { status, stdout, stderr } = await cluster.apply(manifests);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(manifests.length);
  });

  test('is done once: its pod ends, with its sidecar beside it', async () => {
    await eventually(async () => expect((await job('migrate-1-4-2')).status).toMatchObject({ succeeded: 1 }));
    const [pod] = await podsOf('migrate');
    const { containers, initContainers = [] } = pod.spec;
    const names = (list: any[]) => list.map(({ name }) => name);
    // from 1.18 the sidecar starts before the application and ends after it
    expect([names(initContainers), names(containers)]).toEqual(dapr === '1.14' ? [[], ['migrate', 'daprd']] : [['daprd'], ['migrate']]);
    expect([...initContainers, ...containers].find(({ name }) => name === 'daprd').args).not.toContain('--app-port');
    expect(pod.spec.restartPolicy).toBe(dapr === '1.14' ? 'OnFailure' : 'Never');
  });

  test('is done for each item', async () => {
    await eventually(async () => expect((await job('thumbnails-1-4-2')).status).toMatchObject({ succeeded: 12, completedIndexes: '0-11' }));
    const pods = await podsOf('thumbnails');
    expect(pods.map(({ metadata }) => Number(metadata.annotations!['batch.kubernetes.io/job-completion-index'])).sort((a, b) => a - b))
      .toEqual(Array.from({ length: 12 }, (_, index) => index));
    const variables = pods[0].spec.containers[0].env.map(({ name }: any) => name);
    expect(variables).toEqual(expect.arrayContaining(['JOB_COMPLETION_INDEX', 'JOB_COMPLETIONS']));
  });

  test('is done by workers of a coordinator, until none of them is left', async () => {
    await eventually(async () => expect(condition(await job('transcode-1-4-2'), 'Complete')).toBeDefined());
    expect(await podsOf('transcode')).toHaveLength(3);
  });

  test('has leaves that are each known by their name, and each have a volume', async () => {
    await eventually(async () => expect((await cluster.get('statefulset', 'search-leaf', '-n', NAMESPACE)).status).toMatchObject({ availableReplicas: 3 }));
    const names = ['search-leaf-0', 'search-leaf-1', 'search-leaf-2'];
    await eventually(async () => {
      const slices = (await cluster.list('endpointslices', NAMESPACE)).filter(({ metadata }) => metadata.labels!['kubernetes.io/service-name'] === 'search-leaf');
      expect(slices.flatMap(({ endpoints }) => endpoints).map(({ hostname }: any) => hostname).sort()).toEqual(names);
    });
    const claims = (await cluster.list('persistentvolumeclaims', NAMESPACE)).map(({ metadata, status }) => [metadata.name, status.phase]);
    expect(Object.fromEntries(claims)).toEqual(Object.fromEntries(names.map((name) => [`storage-${name}`, 'Bound'])));
    const { status } = await cluster.get('poddisruptionbudget', 'search-leaf', '-n', NAMESPACE);
    expect(status.disruptionsAllowed).toBe(1);
  });

  test('is done at its time', async () => {
    await eventually(async () => {
      const runs = (await cluster.list('jobs', NAMESPACE)).filter(({ metadata }) => metadata.labels?.app === 'every-minute');
      expect(runs.filter((run) => condition(run, 'Complete'))).not.toEqual([]);
      expect((await cluster.get('cronjob', 'every-minute', '-n', NAMESPACE)).status.lastSuccessfulTime).toBeDefined();
    }, 120);
  });

  test('is not changed when it is applied again', async () => {
    const kinds = ['jobs', 'cronjobs', 'statefulsets', 'deployments', 'services', 'networkpolicies', 'poddisruptionbudgets', 'configmaps'];
    const state = async () => Object.fromEntries((await Promise.all(kinds.map((kind) => cluster.list(kind, NAMESPACE)))).flat()
      .filter(({ metadata }) => manifests.some((manifest) => manifest.metadata.name === metadata.name))
      .map((object) => [nameOf(object), [object.metadata.uid, object.metadata.generation, object.data]]));
    const before = await state();
    expect(Object.keys(before).length).toBeGreaterThan(20);
    expect(await cluster.apply(manifests)).toMatchObject({ status: 0, stderr: '' });
    expect(await state()).toEqual(before);
  });

  test('is never changed once it was begun, but begun anew as another run', async () => {
    const changed = rendered(kubernetes, dapr, { command: ['/app/migrate', '--all'] }).filter(({ kind, metadata }) => kind === 'Job' && metadata.name === 'migrate-1-4-2');
    expect(await cluster.apply(changed)).toMatchObject({ status: 1, stderr: expect.stringContaining('field is immutable') });
    const again = rendered(kubernetes, dapr, { command: ['/app/migrate', '--all'], run: 'all' }).filter(({ metadata }) => metadata.name === 'migrate-all');
    expect(await cluster.apply(again)).toMatchObject({ status: 0, stderr: '' });
    await eventually(async () => expect((await job('migrate-all')).status).toMatchObject({ succeeded: 1 }));
  });

  /** Lets a pod that waits for its Secret end as a node would report it. */
  const end = async ({ metadata, spec }: Manifest, exitCode: number, ...conditions: string[]) => {
    const status = {
      phase: 'Failed',
      conditions: conditions.map((type) => ({ type, status: 'True', lastTransitionTime: new Date().toISOString() })),
      containerStatuses: spec.containers.map(({ name, image }: any) => ({
        name, image, imageID: '', ready: false, restartCount: 0, state: { terminated: { exitCode, reason: 'Error' } },
      })),
    };
    await cluster.kubectl('patch', 'pod', metadata.name, '-n', NAMESPACE, '--subresource=status', '--type=merge', '-p', JSON.stringify({ status }));
  };

  test('goes on after its pod had to leave its node, and has failed after an exit code that is fatal', async () => {
    const waiting = () => eventually(async () => {
      const pods = (await podsOf('waiting')).filter(({ status }) => status.phase === 'Pending');
      expect(pods).toHaveLength(1);
      return pods[0];
    });
    const first = await waiting();
    await end(first, 3, 'DisruptionTarget');
    const second = await waiting();
    expect(second.metadata.name).not.toBe(first.metadata.name);
    expect(condition(await job('waiting-once'), 'Failed')).toBeUndefined();
    await end(second, 3);
    await eventually(async () => expect(condition(await job('waiting-once'), 'Failed')).toMatchObject({ reason: 'PodFailurePolicy' }));
  });

  if (kubernetes === '1.36') {
    test('fails for one item, and goes on with the others', async () => {
      const pods = await eventually(async () => {
        const all = await podsOf('waiting-items');
        expect(all.map(({ status }) => status.phase)).toEqual(['Pending', 'Pending', 'Pending']);
        return all;
      });
      await end(pods.find(({ metadata }) => metadata.annotations!['batch.kubernetes.io/job-completion-index'] === '1')!, 3);
      await eventually(async () => expect((await job('waiting-items-1-4-2')).status).toMatchObject({ failedIndexes: '1', active: 2 }));
    });
  }

  type Change = (spec: any) => void;
  const REFUSED: [string, string, string, Change, string][] = [
    ['starts its containers again and again', 'Job', 'waiting-once', (spec) => { spec.template.spec.restartPolicy = 'Always'; }, 'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ['looks at exit codes where containers are started again', 'Job', 'waiting-once', (spec) => { spec.template.spec.restartPolicy = 'OnFailure'; }, 'only "Never" is supported when podFailurePolicy is specified'],
    ['takes success for fatal', 'Job', 'waiting-once', (spec) => { spec.podFailurePolicy.rules[1].onExitCodes.values = [0]; }, 'must not be 0 for the In operator'],
    ['names exit codes out of order', 'Job', 'waiting-once', (spec) => { spec.podFailurePolicy.rules[1].onExitCodes.values = [4, 3]; }, 'must be ordered'],
    ['names exit codes of no container', 'Job', 'waiting-once', (spec) => { spec.podFailurePolicy.rules[1].onExitCodes.containerName = 'other'; }, 'must be one of the container or initContainer names'],
    ['has no deadline', 'Job', 'waiting-once', (spec) => { spec.activeDeadlineSeconds = -1; }, 'spec.activeDeadlineSeconds: Invalid value: -1'],
    ['does each item without saying how many', 'Job', 'thumbnails-1-4-2', (spec) => { delete spec.completions; }, 'spec.completions: Required value: when completion mode is Indexed'],
    ['has no worker', 'Job', 'thumbnails-1-4-2', (spec) => { spec.parallelism = -1; }, 'spec.parallelism: Invalid value: -1'],
    ['is in no known time zone', 'CronJob', 'invoices', (spec) => { spec.timeZone = 'Europe/Berlinn'; }, 'spec.timeZone: Invalid value: "Europe/Berlinn": unknown time zone Europe/Berlinn'],
    ['writes its time zone otherwise', 'CronJob', 'invoices', (spec) => { spec.timeZone = 'Europe/berlin'; }, 'unknown time zone Europe/berlin'],
    ['names an abbreviation as its time zone', 'CronJob', 'invoices', (spec) => { spec.timeZone = 'PST'; }, 'unknown time zone PST'],
    ['takes Sunday for the seventh day', 'CronJob', 'invoices', (spec) => { spec.schedule = '0 0 * * 7'; }, 'above maximum'],
    ['has six fields', 'CronJob', 'invoices', (spec) => { spec.schedule = '0 0 6 * * *'; }, 'expected exactly 5 fields'],
    ['has its time zone in the schedule, too', 'CronJob', 'invoices', (spec) => { spec.schedule = 'TZ=Europe/Berlin 0 6 * * *'; }, 'cannot use'],
    ['knows no such policy', 'CronJob', 'invoices', (spec) => { spec.concurrencyPolicy = 'forbid'; }, 'Unsupported value: "forbid"'],
    ['misspells a field', 'CronJob', 'invoices', (spec) => { spec.startingDeadline = 5; }, '.spec.startingDeadline: field not declared in schema'],
    ['selects other pods than its own', 'StatefulSet', 'search-leaf', (spec) => { spec.selector.matchLabels.app = 'other'; }, '`selector` does not match template `labels`'],
    ...kubernetes === '1.27' ? [] : [
      ['counts for each item where there are none', 'Job', 'waiting-once', (spec: any) => { spec.backoffLimitPerIndex = 1; }, 'requires indexed completion mode'],
      ['gives up one item where failures are counted together', 'Job', 'waiting-items-1-4-2', (spec: any) => {
        delete spec.backoffLimitPerIndex;
      }, 'requires the backoffLimitPerIndex to be set'],
    ] as [string, string, string, Change, string][],
  ];
  test.each(REFUSED)('is refused if it %s', async (_what, kind, name, change, message) => {
    const twin: Manifest = JSON.parse(JSON.stringify(find(kind, name)));
    twin.metadata.name = `${name}-twin`;
    change(twin.spec);
    const { status, stderr } = await cluster.apply([twin]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
  });

  test('is refused by a name that leaves no room for its runs', async () => {
    const twin: Manifest = JSON.parse(JSON.stringify(find('CronJob', 'invoices')));
    twin.metadata.name = 'a'.repeat(53);
    expect(await cluster.apply([twin])).toMatchObject({ status: 1, stderr: expect.stringContaining('must be no more than 52 characters') });
    twin.metadata.name = 'a'.repeat(52);
    expect(await cluster.apply([twin])).toMatchObject({ status: 0, stderr: '' });
  });
});

test.each([['1.18', '1.36'], ['1.14', '1.27']])('the sidecar of a job ends when its application tells it to, in a real Dapr %s', async (dapr, kubernetes) => {
  const folder = mkdtempSync(join(tmpdir(), 'batch-dapr-'));
  let controlPlane: ControlPlane | undefined;
  let sidecar: Sidecar | undefined;
  try {
    controlPlane = await ControlPlane.start(dapr, folder);
    sidecar = await Sidecar.prepare({ controlPlane, folder, service: 'migrate', namespace: NAMESPACE, manifests: rendered(kubernetes, dapr), resources: [] });
    await sidecar.start([]);
    expect(sidecar.messages('error', 'fatal')).toEqual([]);
    expect(await sidecar.ask('POST', '/v1.0/shutdown')).toEqual({ status: 204, body: '' });
    // 0 is success to the pod; sooner than the 30 s for which it would go on after SIGTERM
    expect(await sidecar.ended(20)).toBe(0);
  } finally {
    await sidecar?.stop();
    await controlPlane?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
