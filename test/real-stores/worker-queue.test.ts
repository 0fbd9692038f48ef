import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import type { Rendered } from './manifests';
import { rendered } from './manifests';
import { until } from './processes';
import { RedisMembers, SECRETS } from './redis-members';
import { DaprVersion, Environment, Image, KubernetesVersion, Microservice, PlatformProfile, Scaling, ServiceChart, SharedChart, Topic } from '../../src';
import { MessageBroker, StoreDefaults } from '../../src/stores';
import { QueueSource, Worker, WorkloadDefaults } from '../../src/workloads';
import { Application } from '../cluster/support/application';
import { binary } from '../cluster/support/binary';
import { ControlPlane } from '../cluster/support/control-plane';
import type { Manifest } from '../cluster/support/manifest';
import { attempt } from '../cluster/support/process';
import { Sidecar } from '../cluster/support/sidecar';
import { substitute } from '../cluster/support/substitution';

const ROUTE = '/events/order-placed';
const BROKER = 'broker-prod.infrastructure.svc.cluster.local:6379';
const TRACES = 'opentelemetry-collector.infrastructure.svc.cluster.local:4317';
/** The default version of the profile. */
const DAPR = '1.18';

const NOBODY = '127.0.0.1:1';
const NAMESPACE = 'core-business-prod';
const QUEUE_LENGTH = 20;

/** How many events the sidecar may hold: ten in work, ten before them, and ten that it has fetched of each of four partitions. */
const HELD_AT_MOST = 60;

/** order publishes, mailer works on it: a topic of four partitions on three primaries, and a list besides. */
function program(): Rendered {
  const [,, environment] = Environment.standard();
  const profile = PlatformProfile.standard().customize({
    kubernetesVersion: KubernetesVersion.of('1.36'),
    daprVersion: DaprVersion.of(DAPR),
  }).with(StoreDefaults.of({ broker: { partitions: 4, replication: 1 } }))
    // what a lost pod was working on returns after 11 deliveries and the waits between them: 90 s
    .with(WorkloadDefaults.of({ events: { handlingTime: Duration.seconds(1) } }));
  return rendered((app) => {
    new MessageBroker(new SharedChart(app, 'infrastructure', { profile }), 'broker-prod', { environment });
    const core = new ServiceChart(app, 'core-business', { environment, profile });
    const broker = MessageBroker.fromNamespace(core, 'broker', 'infrastructure');
    const image = (name: string) => Image.of(`registry.example.com/${name}`, { tag: '1.4.2' });
    const orderPlaced = new Topic(core, 'order-placed', { broker });
    new Microservice(core, 'order', { image: image('order') }).publishes(orderPlaced);
    const mailer = new Worker(core, 'mailer', { image: image('mailer'), scaling: Scaling.queue({ min: 0, queueLength: QUEUE_LENGTH }) });
    mailer.subscribes(orderPlaced);
    mailer.scalesOn(QueueSource.redisList(broker, 'letters'));
  });
}

/** What the scalers of KEDA say of the worker. */
interface Load {
  readonly triggers: { [name: string]: { value: number; active: boolean; error?: string } };
  readonly value?: number;
  readonly replicas?: number;
}

const manifests = program();
const [{ env }] = manifests.get('Deployment', 'order').spec.template.spec.containers;
const streams: string[] = env.find(({ name }: { name: string }) => name === 'TOPIC_ORDER_PLACED_PARTITIONS').value.split(',');

let folder: string;
let redis: RedisMembers;
let controlPlane: ControlPlane;
let given: Manifest[];
const applications: { [service: string]: Application } = {};
const sidecars: { [service: string]: Sidecar } = {};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'worker-queue-'));
  redis = new RedisMembers(manifests, 'broker-prod', ['a', 'b', 'c']);
  redis.startAll();
  const { status, output } = await redis.form();
  expect({ status, last: output.trim().split('\n').pop() }).toMatchObject({ status: 0 });

  writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ 'broker-prod': { username: SECRETS.username, password: SECRETS.password } }));
  controlPlane = await ControlPlane.start(DAPR, folder);
  // the first member stands for the Service, which leads to any that is ready
  given = (manifests.all as Manifest[]).map((manifest) => substitute(manifest, { [BROKER]: redis.addresses[0], [TRACES]: NOBODY }));
  for (const service of ['order', 'mailer']) {
    applications[service] = await Application.start();
    sidecars[service] = await Sidecar.prepare({
      controlPlane,
      folder,
      service,
      namespace: NAMESPACE,
      manifests: given,
      resources: [secretStore()],
      applicationPort: applications[service].port,
    });
  }
  await sidecars.order.start([sidecars.order]);
  await binary('keda-2.20');
}, 900_000);

afterAll(async () => {
  await Promise.all(Object.values(sidecars).map((sidecar) => sidecar.stop()));
  Object.values(applications).forEach((application) => application.stop());
  await controlPlane?.stop();
  await redis?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function secretStore(): Manifest {
  return {
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'kubernetes' },
    spec: {
      type: 'secretstores.local.file',
      version: 'v1',
      metadata: [{ name: 'secretsFile', value: join(folder, 'secrets.json') }, { name: 'multiValued', value: 'true' }],
    },
  };
}

/** Has the scalers of KEDA read the rendered ScaledObject, with the credentials that its TriggerAuthentication names. */
async function load(change: (scaledObject: Manifest, authParams: { [parameter: string]: string }) => void = () => {}): Promise<Load> {
  const the = (kind: string): Manifest => JSON.parse(JSON.stringify(given.find((manifest) => manifest.kind === kind)));
  const scaledObject = the('ScaledObject');
  const authParams = Object.fromEntries(the('TriggerAuthentication').spec.secretTargetRef
    .map(({ parameter, key }: { parameter: string; key: keyof typeof SECRETS }) => [parameter, SECRETS[key]]));
  change(scaledObject, authParams);
  const { status, stdout, stderr } = await attempt(await binary('keda-2.20'), [], { input: JSON.stringify({ scaledObject, authParams }) });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** The sum of all triggers whose name begins so. */
function sum({ triggers }: Load, prefix: string): number {
  return Object.entries(triggers).filter(([name]) => name.startsWith(prefix)).reduce((total, [, { value }]) => total + value, 0);
}

function errors({ triggers }: Load): string[] {
  return [...new Set(Object.values(triggers).flatMap(({ error }) => error ?? []))];
}

/** So many events, dealt out over the partitions. */
async function publish(count: number): Promise<void> {
  const answers = await Promise.all(Array.from({ length: count }, (_, index) =>
    sidecars.order.ask('POST', `/v1.0/publish/broker-pubsub/${streams[index % streams.length]}`, { index })));
  expect(answers.filter(({ status }) => status !== 204)).toEqual([]);
}

describe('what KEDA reads of a worker', () => {
  test('is an error until the worker has run once, so that it is not scaled to zero before', async () => {
    await publish(4);
    const before = await load();
    expect(errors(before)).toHaveLength(streams.length);
    expect(errors(before).filter((error) => !/^NOGROUP No such key .* or consumer group 'mailer'$/.test(error))).toEqual([]);
    expect(before.value).toBeUndefined();
    // the lag alone would be there
    expect(sum(before, 'lag_')).toBe(4);
  });

  test('is nothing when all events are acknowledged', async () => {
    await sidecars.mailer.start([sidecars.mailer]);
    await until('the events before the first pod are delivered', 30, async () => applications.mailer.on(ROUTE).length, (count) => count === 4);
    const { seconds } = await until('KEDA sees it', 30, async () => (await load()).value, (value) => value === 0);
    expect(seconds).toBeLessThan(30);
    const idle = await load();
    expect([idle.replicas, Object.values(idle.triggers).some(({ active }) => active)]).toEqual([0, false]);
  });

  test('is the events in work, when their lag is nothing already', async () => {
    applications.mailer.answer(ROUTE, 'never');
    await publish(3);
    await until('all are in work', 10, async () => applications.mailer.on(ROUTE).length, (count) => count === 4 + 3);
    const busy = await load();
    expect([sum(busy, 'lag_'), sum(busy, 'pending_'), busy.value, busy.replicas]).toEqual([0, 3, 3, 1]);
  });

  test('is what waits as well, of all partitions together, of which one replica holds no more than it handles soon', async () => {
    await publish(197);
    const full = await load();
    expect(full.value).toBe(200);
    expect(full.replicas).toBe(200 / QUEUE_LENGTH);
    expect(sum(full, 'pending_')).toBeLessThanOrEqual(HELD_AT_MOST);
  });

  test('does not go with the last pod, so that what it leaves behind is not forgotten', async () => {
    await sidecars.mailer.stop();
    const left = await load();
    expect(left.value).toBeGreaterThanOrEqual(180);
    expect(sum(left, 'pending_')).toBeGreaterThan(0);
    await publish(10);
    expect((await load()).value).toBe(left.value! + 10);
  });

  test('is the entries of its list too', async () => {
    const { value } = await load();
    const { status } = await redis.cli(0, SECRETS.username, SECRETS.password, '-c', 'rpush', 'letters', 'a', 'b', 'c');
    expect(status).toBe(0);
    const more = await load();
    expect([more.triggers.length_letters, more.value]).toEqual([{ value: 3, active: true }, value! + 3]);
  });

  test('is an error in another consumer group, or with another password, and no number', async () => {
    const strange = await load(({ spec }) => spec.triggers.forEach((trigger: any) => { if (trigger.metadata.stream) trigger.metadata.consumerGroup = 'other'; }));
    expect(errors(strange)[0]).toMatch(/^NOGROUP/);
    expect(errors(await load((_, authParams) => { authParams.password = 'guessed'; }))).toEqual([expect.stringContaining('WRONGPASS')]);
  });

  test('is nothing again when a new pod has done the work, that of the one before included', async () => {
    await redis.cli(0, SECRETS.username, SECRETS.password, '-c', 'del', 'letters');
    applications.mailer.answer(ROUTE, 200);
    await sidecars.mailer.start([sidecars.mailer]);
    await until('nothing waits any more', 170, async () => (await load()).value, (value) => value === 0);
  }, 200_000);
});
