import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rendered } from './manifests';
import { rendered } from './manifests';
import { until } from './processes';
import type { Seen } from './redis-members';
import { RedisMembers, SECRETS } from './redis-members';
import { DaprVersion, Environment, Image, KubernetesVersion, Microservice, PlatformProfile, ServiceChart, SharedChart, Topic, TopicReference } from '../../src';
import { MessageBroker } from '../../src/stores';
import { slotOf } from '../../src/stores/redis/broker/topic-partitions';
import { Application } from '../cluster/support/application';
import { ControlPlane } from '../cluster/support/control-plane';
import type { Manifest } from '../cluster/support/manifest';
import { Sidecar } from '../cluster/support/sidecar';
import { substitute } from '../cluster/support/substitution';

const ROUTE = '/events/order-placed';
const BROKER = 'broker-prod.infrastructure.svc.cluster.local:6379';
const TRACES = 'opentelemetry-collector.infrastructure.svc.cluster.local:4317';
/** The default version of the profile. */
const DAPR = '1.18';

const NOBODY = '127.0.0.1:1';

/** Figures of this run, printed at the end: the documentation names them. */
const figures: string[] = [];

/** order publishes in one namespace, mailer subscribes in another; the standard broker carries the topic. */
function program(): Rendered {
  const [,, environment] = Environment.standard();
  const profile = PlatformProfile.standard().customize({ kubernetesVersion: KubernetesVersion.of('1.36'), daprVersion: DaprVersion.of(DAPR) });
  return rendered((app) => {
    new MessageBroker(new SharedChart(app, 'infrastructure', { profile }), 'broker-prod', { environment });
    const core = new ServiceChart(app, 'core-business', { environment, profile });
    const broker = MessageBroker.fromNamespace(core, 'broker', 'infrastructure');
    const image = (name: string) => Image.of(`registry.example.com/${name}`, { tag: '1.4.2' });
    new Microservice(core, 'order', { image: image('order') }).publishes(new Topic(core, 'order-placed', { broker }));
    new Microservice(new ServiceChart(app, 'platform', { environment, profile }), 'mailer', { image: image('mailer') })
      .subscribes(TopicReference.of('core-business', 'order-placed'));
  });
}

const manifests = program();
const [{ env }] = manifests.get('Deployment', 'order').spec.template.spec.containers;
const streams: string[] = env.find(({ name }: { name: string }) => name === 'TOPIC_ORDER_PLACED_PARTITIONS').value.split(',');

let folder: string;
let redis: RedisMembers;
let controlPlane: ControlPlane;
let mailer: Application;
const others: Application[] = [];
const sidecars: Record<string, Sidecar> = {};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'broker-'));
  redis = new RedisMembers(manifests, 'broker-prod', ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'c']);
  const begin = Date.now();
  redis.startAll();
  const { status, output } = await redis.form();
  expect({ status, last: output.trim().split('\n').pop() }).toEqual({ status: 0, last: 'formed: 3 primaries with 2 replicas each' });
  figures.push(`formation of 9 members, from their start: ${((Date.now() - begin) / 1000).toFixed(1)} s`);

  writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ 'broker-prod': { username: SECRETS.username, password: SECRETS.password } }));
  controlPlane = await ControlPlane.start(DAPR, folder);
  // the first member stands for the Service, which leads to any that is ready
  const given = (manifests.all as Manifest[]).map((manifest) => substitute(manifest, { [BROKER]: redis.addresses[0], [TRACES]: NOBODY }));
  for (const [service, namespace] of [['order', 'core-business-prod'], ['mailer', 'platform-prod']]) {
    const application = await Application.start();
    others.push(application);
    mailer = application;
    sidecars[service] = await Sidecar.prepare({
      controlPlane,
      folder,
      service,
      namespace,
      manifests: given,
      resources: [secretStore()],
      applicationPort: application.port,
    });
  }
  await Promise.all(Object.values(sidecars).map((sidecar) => sidecar.start(Object.values(sidecars))));
});

afterAll(async () => {
  await Promise.all(Object.values(sidecars).map((sidecar) => sidecar.stop()));
  others.forEach((application) => application.stop());
  await controlPlane?.stop();
  await redis?.dispose();
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(`${figures.join('\n')}\n`);
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

/** What Redis itself answers, wherever the key is. */
async function ask(...words: string[]): Promise<string> {
  const { status, output } = await redis.cli(0, SECRETS.username, SECRETS.password, '-c', ...words);
  expect({ words, status, output }).toMatchObject({ status: 0 });
  return output.trim();
}

/** The pod of a member. */
const ordinalOf = ({ address }: Seen) => redis.addresses.indexOf(address);

/** Which member is the primary of a slot. */
async function primaryOf(slot: number): Promise<Seen> {
  const { output } = await redis.cli(0, 'member', SECRETS['member-password'], 'cluster', 'nodes');
  const line = output.trim().split('\n').map((each) => each.split(' ')).find((words) => words.slice(8).some((range) => {
    const [low, high] = range.split('-').map(Number);
    return low <= slot && slot <= (high ?? low);
  }))!;
  return (await redis.view(0)).find(({ id }) => id === line[0])!;
}

const publish = (stream: string, event: object) => sidecars.order.ask('POST', `/v1.0/publish/broker-pubsub/${stream}`, event);
const received = (stream: string) => mailer.on(ROUTE).filter(({ body }) => body.topic === stream).map(({ body }) => body.data.event as string);

test('nine members are three primaries with two copies each, no two of a kind in one zone', async () => {
  const view = await redis.view(0);
  const zone = (member: Seen) => redis.zones[ordinalOf(member)];
  const shards = view.filter(({ flags }) => flags === 'master').map((primary) => [primary, ...view.filter((copy) => copy.primary === primary.id)]);
  expect(shards.map((shard) => shard.map(zone).sort())).toEqual([['a', 'b', 'c'], ['a', 'b', 'c'], ['a', 'b', 'c']]);
});

test('Redis puts the partitions of a topic where their names say: five or six on each primary', async () => {
  const slots = await Promise.all(streams.map(async (stream) => Number((await redis.cli(0, 'member', SECRETS['member-password'], 'cluster', 'keyslot', stream)).output)));
  expect(slots).toEqual(streams.map(slotOf));
  const primaries = await Promise.all(slots.map(primaryOf));
  const counts = [...new Set(primaries.map(({ id }) => id))].map((id) => primaries.filter((primary) => primary.id === id).length);
  expect(counts.sort()).toEqual([5, 5, 6]);
});

test('a subscriber gets each event of each partition once', async () => {
  const events = streams.flatMap((stream) => [1, 2, 3, 4].map((count) => ({ stream, event: `${stream}/${count}` })));
  const answers = await Promise.all(events.map(({ stream, event }) => publish(stream, { event })));
  expect(answers.filter(({ status }) => status !== 204)).toEqual([]);
  await until('every event is delivered', 30, async () => mailer.on(ROUTE).length, (count) => count >= events.length);
  // and none comes again
  await sleep(1000);
  for (const stream of streams) {
    expect(received(stream).sort()).toEqual([1, 2, 3, 4].map((count) => `${stream}/${count}`));
  }
});

test('a topic is as many keys as it has partitions, and its lag can be read from each', async () => {
  for (const stream of streams) {
    const { output } = await redis.cli(ordinalOf(await primaryOf(slotOf(stream))), 'member', SECRETS['member-password'], 'cluster', 'countkeysinslot', `${slotOf(stream)}`);
    expect([stream, output.trim()]).toEqual([stream, '1']);
    const words = (await ask('xinfo', 'groups', stream)).split('\n');
    expect(Object.fromEntries(words.flatMap((word, index) => index % 2 === 0 ? [[word, words[index + 1]]] : []))).toMatchObject({ 'name': 'mailer', 'entries-read': '4', 'lag': '0' });
  }
});

test.each(['invoice-paid', 'order-placed', 'order-placed-mailer-dead-letter'])('the publisher is refused %s, which is no stream of its topic', async (topic) => {
  expect((await publish(topic, {})).status).toBe(403);
});

test('what the subscriber could not take goes to one topic, from whichever partition', async () => {
  mailer.answer(ROUTE, 500);
  await Promise.all([streams[0], streams[15]].map((stream) => publish(stream, { event: `${stream}/bad` })));
  // the deliveries and the waits between them take 26 to 79 s
  await until('both lie in the dead-letter topic', 110, () => ask('xlen', 'order-placed-mailer-dead-letter'), (length) => length === '2');
  mailer.answer(ROUTE, 200);
});

test('publishing goes on when a primary is killed, and what was acknowledged arrives', async () => {
  const acknowledged: { stream: string; event: string }[] = [];
  let stopped = false;
  const pauses = await (async () => {
    const writers = streams.map(async (stream) => {
      let [last, longest] = [Date.now(), 0];
      for (let count = 0; !stopped; count++) {
        const event = `${stream}/under-load-${count}`;
        // as a client does that wants its event to be sent: again until it is
        while (!stopped && (await publish(stream, { event }).catch(() => undefined))?.status !== 204) await sleep(100);
        if (!stopped) acknowledged.push({ stream, event });
        longest = Math.max(longest, (Date.now() - last) / 1000);
        last = Date.now();
        await sleep(20);
      }
      return longest;
    });
    await sleep(1000);
    const killed = (await redis.view(0)).find((member) => member.flags === 'master' && ordinalOf(member) > 0)!;
    await redis.kill(ordinalOf(killed));
    await sleep(1000);
    await until('every partition takes events again', 45, async () => {
      const before = acknowledged.length;
      await sleep(700);
      return new Set(acknowledged.slice(before).map(({ stream }) => stream)).size;
    }, (partitions) => partitions === streams.length);
    stopped = true;
    return Promise.all(writers);
  })();
  figures.push(`longest pause of a partition when its primary is killed: ${Math.max(...pauses).toFixed(1)} s`);

  const kept = new Set<string>();
  for (const stream of streams) {
    for (const [, event] of (await ask('xrange', stream, '-', '+')).matchAll(/"event":"([^"]+)"/g)) kept.add(event);
  }
  const lost = acknowledged.filter(({ event }) => !kept.has(event));
  figures.push(`acknowledged events lost when a primary was killed: ${lost.length} of ${acknowledged.length}`);
  // replication is asynchronous: a handful may be gone, never a partition's worth
  expect(lost.length).toBeLessThan(acknowledged.length / 100);

  const { seconds } = await until('every event that was kept is delivered', 90, async () => {
    const all = new Set(streams.flatMap(received));
    return acknowledged.filter(({ event }) => kept.has(event) && !all.has(event)).length;
  }, (missing) => missing === 0);
  figures.push(`all of them delivered after: ${seconds.toFixed(1)} s`);
});
