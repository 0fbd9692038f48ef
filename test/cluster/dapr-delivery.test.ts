import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Application } from './support/application';
import { ControlPlane } from './support/control-plane';
import { type Manifest, manifestFiles, nameOf, readManifests, render } from './support/manifest';
import { eventually } from './support/process';
import { Redis } from './support/redis';
import { RedisFailover } from './support/redis-failover';
import { Sidecar } from './support/sidecar';
import { substitute } from './support/substitution';

const BROKER = 'broker-prod.infrastructure.svc.cluster.local:6379';
const NAMESPACES = { order: 'core-business-prod', notification: 'platform-prod' };
const EVENTS = '/events/order-placed';
const DEAD_LETTERS = 'order-placed-notification-dead-letter';

describe.each([['1.18', '1.36'], ['1.14', '1.27']])('an event of order for notification, in a real Dapr %s with a real broker of six members', (dapr, kubernetes) => {
  let folder: string;
  let broker: RedisFailover;
  let controlPlane: ControlPlane;
  let partitions: string[];
  let publisher: Application;
  let notification: Application;
  let sidecars: Record<keyof typeof NAMESPACES, Sidecar>;
  let order = 0;

  /** Publishes an event to a partition, as order does. */
  const publish = async (partition: string): Promise<number> => {
    order += 1;
    const number = order;
    expect(await sidecars.order.publish(partition, { order: number })).toEqual({ status: 204, body: '' });
    return number;
  };
  const deliveries = (number: number) => notification.on(EVENTS).filter(({ body }) => body.data?.order === number);
  const pending = async (partition: string) => (await broker.command('xpending', partition, 'notification')).split('\n')[0];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dapr-'));
    broker = await RedisFailover.start();
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ 'broker-prod': { username: Redis.USERNAME, password: Redis.PASSWORD } }));
    await render(join(folder, 'rendered'), kubernetes, dapr);
    const rendered = readManifests(...manifestFiles(join(folder, 'rendered/prod')));
    const variables = rendered.find((manifest) => nameOf(manifest) === 'Deployment core-business-prod/order')!.spec.template.spec.containers[0].env;
    partitions = variables.find(({ name }: { name: string }) => name === 'TOPIC_ORDER_PLACED_PARTITIONS').value.split(',');
    // stores of state have no part in it
    const given = rendered.filter(({ kind, spec }) => kind !== 'Component' || spec.type === 'pubsub.redis').map((manifest) => substitute(manifest, { [BROKER]: broker.address }));

    controlPlane = await ControlPlane.start(dapr, folder);
    const secretStore: Manifest = {
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'kubernetes' },
      spec: {
        type: 'secretstores.local.file', version: 'v1', metadata: [{ name: 'secretsFile', value: join(folder, 'secrets.json') }, { name: 'multiValued', value: 'true' }],
      },
    };
    const prepare = (service: keyof typeof NAMESPACES, application: Application) => Sidecar.prepare({
      controlPlane, folder, service, namespace: NAMESPACES[service], manifests: given, resources: [secretStore], applicationPort: application.port,
    });
    [publisher, notification] = [await Application.start(), await Application.start()];
    sidecars = { order: await prepare('order', publisher), notification: await prepare('notification', notification) };
    await Promise.all(Object.values(sidecars).map((sidecar) => sidecar.start([])));
  });

  afterAll(async () => {
    await Promise.all(Object.values(sidecars ?? {}).map((sidecar) => sidecar.stop()));
    [publisher, notification].forEach((application) => application?.stop());
    await controlPlane?.stop();
    await broker?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is delivered once', async () => {
    const numbers: number[] = [];
    for (const partition of partitions) numbers.push(await publish(partition));
    await eventually(() => expect(numbers.map((number) => deliveries(number).length)).toEqual(partitions.map(() => 1)));
  });

  test('waits for an application that is away for 20 seconds', async () => {
    const { port } = notification;
    notification.stop();
    const numbers: number[] = [];
    for (const partition of partitions) numbers.push(await publish(partition));
    await sleep(20_000);
    notification = await Application.start(port);
    await eventually(() => expect(numbers.filter((number) => deliveries(number).length === 0)).toEqual([]), 90);
    expect(await broker.command('xlen', DEAD_LETTERS)).toBe('0');
    await eventually(async () => expect(await Promise.all(partitions.map(pending))).toEqual(partitions.map(() => '0')));
  });

  test('survives the primary of its stream, also if it is published meanwhile', async () => {
    const [partition] = partitions;
    const before = await publish(partition);
    await eventually(() => expect(deliveries(before)).toHaveLength(1));
    await broker.killPrimaryOf(partition);
    const killed = Date.now();
    const meanwhile = await Promise.all([publish(partition), publish(partition)]);
    expect(Date.now() - killed).toBeGreaterThan(3000);
    const after = await publish(partition);
    await eventually(() => expect([...meanwhile, after].filter((number) => deliveries(number).length === 0)).toEqual([]), 90);
  });

  test('is delivered one at a time to a handler that takes 20 seconds and fails, and no more once it succeeds', async () => {
    notification.answer(EVENTS, 500);
    notification.delay(EVENTS, 20_000);
    const number = await publish(partitions[1]);
    // longer than a minute, after which Redis delivers again what is not acknowledged unless it is told otherwise
    await eventually(() => expect(deliveries(number).length).toBeGreaterThanOrEqual(5), 120);
    notification.answer(EVENTS, 200);
    await eventually(async () => expect(await pending(partitions[1])).toBe('0'));
    expect(notification.most(EVENTS)).toBe(1);
    expect(await broker.command('xlen', DEAD_LETTERS)).toBe('0');
  });

  test('lies in the dead-letter topic after eleven deliveries that failed, and for at least 26 seconds it did not', async () => {
    notification.delay(EVENTS, 0);
    notification.answer(EVENTS, 500);
    const began = Date.now();
    const number = await publish(partitions[2]);
    await eventually(async () => expect(await broker.command('xlen', DEAD_LETTERS)).toBe('1'), 100);
    expect(Date.now() - began).toBeGreaterThan(26_000);
    expect(deliveries(number)).toHaveLength(11);
    expect(await pending(partitions[2])).toBe('0');
  });

  test('goes there at once if the application answers DROP, and in 1.14 nowhere if it answers 404', async () => {
    notification.answer(EVENTS, 404);
    const refused = await publish(partitions[3]);
    await eventually(() => expect(deliveries(refused)).toHaveLength(1));
    await eventually(async () => expect(await pending(partitions[3])).toBe('0'));
    notification.answer(EVENTS, 200);
    notification.respond(EVENTS, { status: 'DROP' });
    const dropped = await publish(partitions[4]);
    await eventually(async () => expect(await broker.command('xrange', DEAD_LETTERS, '-', '+')).toContain(`"order":${dropped}`));
    expect(await broker.command('xlen', DEAD_LETTERS)).toBe(dapr === '1.14' ? '2' : '3');
    expect([deliveries(refused), deliveries(dropped)].map(({ length }) => length)).toEqual([1, 1]);
  });

  test('is counted by the metric that the alert reads, in 1.14 only if the application refused it', async () => {
    const counted = [...(await sidecars.notification.metrics()).matchAll(
      /^dapr_component_pubsub_ingress_count\{app_id="notification",component="broker-pubsub",namespace="platform-prod",process_status="drop",status="\w+",topic="(.+)"\} 1$/gm,
    )].map(([, topic]) => topic);
    expect(counted.sort()).toEqual(partitions.slice(dapr === '1.14' ? 3 : 2, 5));
  });
});
