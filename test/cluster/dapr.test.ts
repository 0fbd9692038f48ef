import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application } from './support/application';
import { ControlPlane } from './support/control-plane';
import { type Manifest, manifestFiles, nameOf, readManifests, render } from './support/manifest';
import { Postgresql } from './support/postgresql';
import { eventually } from './support/process';
import { Redis } from './support/redis';
import { type Answer, Sidecar, type SidecarOptions } from './support/sidecar';
import { differences, substitute } from './support/substitution';
import { TraceCollector } from './support/trace-collector';

const SERVICES = {
  'core-business-prod': ['order', 'checkout', 'payment', 'catalog'],
  'platform-prod': ['auth', 'notification', 'analytics'],
};
/** The databases that the shop's cluster would make, and the services that keep their state there. */
const DATABASES = {
  core_business_order: 'order',
  core_business_checkout: 'checkout',
  core_business_payment: 'payment',
  core_business_catalog: 'catalog',
  platform_auth: 'auth',
  platform_analytics: 'analytics',
};
const DAPR_KINDS = ['Component', 'Subscription', 'Resiliency', 'Configuration'];
const REDIS = 'redis-prod.infrastructure.svc.cluster.local:6379';
const BROKER = 'broker-prod.infrastructure.svc.cluster.local:6379';
const TRACES = 'opentelemetry-collector.infrastructure.svc.cluster.local:4317';

/** What a sidecar reports because these tests start neither placement nor scheduler. */
const WITHOUT_CONTROL_PLANE: Record<string, string[]> = {
  1.18: [
    'Actor runtime disabled: api error: code = Unavailable desc = placement service is not configured. Actors and Workflow APIs will be unavailable',
    'No scheduler host addresses provided. Scheduler disabled',
  ],
  1.14: [],
};

/** Their sidecars do not check the health of their applications. */
const SUBSCRIBERS = ['notification', 'analytics'];

/** Changes a manifest of the namespace of a service. */
type Change = (find: (kind: string, name: string) => Manifest) => void;

describe.each([['1.18', '1.36'], ['1.14', '1.27']])('the environment prod in a real Dapr %s with real stores', (dapr, kubernetes) => {
  let folder: string;
  let redis: Redis;
  let broker: Redis;
  let postgresql: Postgresql;
  let controlPlane: ControlPlane;
  let rendered: Manifest[];
  let given: Manifest[];
  let traces: TraceCollector;
  let environment: Pick<SidecarOptions, 'controlPlane' | 'resources'>;
  let late: Promise<Answer & { seconds: number }>;
  let began: number;
  const applications: Record<string, Application> = {};
  const sidecars: Record<string, Sidecar> = {};

  /** Where a service publishes a topic, as its container is told. */
  const partitionsOf = (service: string, topic: string): string[] => {
    const deployment = rendered.find((manifest) => nameOf(manifest) === `Deployment core-business-prod/${service}`)!;
    const variable = `TOPIC_${topic.toUpperCase().replaceAll('-', '_')}_PARTITIONS`;
    return deployment.spec.template.spec.containers[0].env.find(({ name }: { name: string }) => name === variable).value.split(',');
  };
  const orderPlaced = () => partitionsOf('order', 'order-placed');
  const catalogChanged = () => partitionsOf('catalog', 'catalog-changed');

  const secretStore = (): Manifest => ({
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'kubernetes' },
    spec: {
      type: 'secretstores.local.file',
      version: 'v1',
      metadata: [{ name: 'secretsFile', value: join(folder, 'secrets.json') }, { name: 'multiValued', value: 'true' }],
    },
  });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dapr-'));
    [redis, broker, postgresql] = await Promise.all([Redis.start(), Redis.start(), Postgresql.start()]);
    const user = { username: Redis.USERNAME, password: Redis.PASSWORD };
    const secrets: Record<string, Record<string, string>> = { 'redis-prod': user, 'broker-prod': user };
    for (const [role, service] of Object.entries(DATABASES)) {
      secrets[`postgresql-prod-${service}`] = { 'connection-string': await postgresql.createUser(role) };
    }
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify(secrets));

    await render(join(folder, 'rendered'), kubernetes, dapr);
    rendered = readManifests(...manifestFiles(join(folder, 'rendered/prod')));
    traces = await TraceCollector.start();
    const addresses = { [REDIS]: redis.address, [BROKER]: broker.address, [TRACES]: traces.address };
    given = rendered.map((manifest) => (DAPR_KINDS.includes(manifest.kind) ? substitute(manifest, addresses) : manifest));

    controlPlane = await ControlPlane.start(dapr, folder);
    environment = { controlPlane, resources: [secretStore()] };

    for (const [namespace, services] of Object.entries(SERVICES)) {
      for (const service of services) {
        applications[service] = await Application.start();
        const applicationPort = applications[service].port;
        sidecars[service] = await Sidecar.prepare({ ...environment, folder, service, namespace, manifests: given, applicationPort });
      }
    }
    await Promise.all(Object.values(sidecars).map((sidecar) => sidecar.start(Object.values(sidecars))));
  });

  afterAll(async () => {
    await late?.catch(() => {});
    await Promise.all(Object.values(sidecars).map((sidecar) => sidecar.stop()));
    Object.values(applications).forEach((application) => application.stop());
    await controlPlane?.stop();
    traces?.stop();
    await Promise.all([redis?.stop(), broker?.stop(), postgresql?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  test('is what was rendered, but for the addresses of the stores and of the trace collector', () => {
    const changes = rendered.flatMap((manifest, i) => differences(manifest, given[i]).map((difference) => `${nameOf(manifest)} ${difference}`));
    expect(changes.sort()).toEqual([
      ...['core-business-prod', 'platform-prod'].flatMap((namespace) => [
        `Component ${namespace}/broker-pubsub spec.metadata.0.value: ${BROKER} -> ${broker.address}`,
        `Component ${namespace}/redis-statestore spec.metadata.0.value: ${REDIS} -> ${redis.address}`,
      ]),
      ...rendered.filter(({ kind }) => kind === 'Configuration')
        .map((manifest) => `${nameOf(manifest)} spec.tracing.otel.endpointAddress: ${TRACES} -> ${traces.address}`),
    ].sort());
  });

  test.each(['dev', 'staging', 'prod'])('has in %s no store, secret or namespace of another environment', (name) => {
    const text = JSON.stringify(readManifests(...manifestFiles(join(folder, 'rendered', name))));
    const others = ['dev', 'staging', 'prod'].filter((other) => other !== name);
    expect(text).toContain(`redis-${name}`);
    expect(text).not.toMatch(new RegExp(`-(${others.join('|')})\\b`));
  });

  test('is loaded without an error', async () => {
    for (const [service, sidecar] of Object.entries(sidecars)) {
      if (!SUBSCRIBERS.includes(service)) await sidecar.logged(/App entered healthy status/);
      expect({ service, infos: sidecar.messages('info') }).toEqual({
        service, infos: expect.arrayContaining([expect.stringMatching(/^dapr initialized\. Status: Running/)]),
      });
      expect({ service, others: sidecar.messages('warning', 'error', 'fatal') }).toEqual({ service, others: WITHOUT_CONTROL_PLANE[dapr] });
    }
    // Needs the time-out of 30 seconds: what comes of it is looked at last.
    applications.payment.answer('/slow', 'never');
    began = Date.now();
    late = sidecars.checkout.invoke('payment', '/slow').then((answer) => ({ ...answer, seconds: (Date.now() - began) / 1000 }));
  });

  describe('a message', () => {
    const EVENTS = '/events/order-placed';
    const deliveries = (service: string, order: number) => applications[service].on(EVENTS).filter(({ body }) => body.data.order === order);

    test('that order publishes to any of 16 partitions reaches every subscriber once, in the other namespace', async () => {
      const orders = orderPlaced().map((partition, index) => ({ partition, order: 100 + index }));
      expect(orders).toHaveLength(16);
      for (const { partition, order } of orders) {
        expect(await sidecars.order.publish(partition, { order })).toEqual({ status: 204, body: '' });
      }
      await eventually(() => {
        for (const service of ['notification', 'analytics']) {
          expect(applications[service].on(EVENTS)).toHaveLength(orders.length);
          const from = orders.map(({ order }) => deliveries(service, order).map(({ body }) => body.topic));
          expect(from).toEqual(orders.map(({ partition }) => [partition]));
        }
      });
      expect(deliveries('notification', 100)[0].body).toMatchObject({ pubsubname: 'broker-pubsub', source: 'order' });
    });

    test('that a subscriber drops is delivered once, and then lies in its dead-letter topic', async () => {
      applications.notification.respond(EVENTS, { status: 'DROP' });
      const [partition] = orderPlaced();
      expect(await sidecars.order.publish(partition, { order: 2 })).toEqual({ status: 204, body: '' });
      await eventually(async () => {
        expect(await broker.command('xrange', 'order-placed-notification-dead-letter', '-', '+')).toMatch(/"order":2/);
      });
      expect(deliveries('notification', 2)).toHaveLength(1);
      expect(deliveries('analytics', 2)).toHaveLength(1);
      expect((await broker.command('xrange', 'order-placed-notification-dead-letter', '-', '+')).match(/"order":\d+/g)).toEqual(['"order":2']);
      expect((await broker.command('xpending', partition, 'notification')).split('\n')[0]).toBe('0');
      applications.notification.respond(EVENTS, {});
    });

    test.each<[string, string, () => string[]]>([
      ['order', 'a partition of catalog-changed', catalogChanged],
      ['order', 'order-placed, which is no partition', () => ['order-placed']],
      ['order', 'order-placed-notification-dead-letter', () => ['order-placed-notification-dead-letter']],
      ['notification', 'a partition of order-placed', orderPlaced],
      ['notification', 'order-placed-analytics-dead-letter', () => ['order-placed-analytics-dead-letter']],
    ])('is refused when %s publishes it to %s', async (service, _topic, topics) => {
      for (const topic of topics()) expect((await sidecars[service].publish(topic, {})).status).toBe(403);
    });

    test('cannot be published by a service without topics', async () => {
      const { status, body } = await sidecars.payment.publish(orderPlaced()[0], {});
      expect(status).toBe(404);
      expect(body).toContain('pubsub broker-pubsub is not found');
    });
  });

  describe('the state of a service', () => {
    const OTHER = 'core-business-dev.checkout||cart';
    beforeAll(async () => { await redis.command('hset', OTHER, 'data', '"of dev"', 'version', '1'); });

    test.each(['redis-statestore', 'postgresql-statestore-checkout'])('is read back from %s', async (store) => {
      expect((await sidecars.checkout.ask('GET', `/v1.0/state/${store}/cart`)).body).toBe('');
      expect(await sidecars.checkout.ask('POST', `/v1.0/state/${store}`, [{ key: 'cart', value: { items: 3 } }])).toEqual({ status: 204, body: '' });
      expect(await sidecars.checkout.ask('GET', `/v1.0/state/${store}/cart`)).toEqual({ status: 200, body: '{"items":3}' });
    });

    test('lies under the name of its namespace, beside that of another environment', async () => {
      expect(await redis.command('hget', 'core-business-prod.checkout||cart', 'data')).toBe('{"items":3}');
      expect(await redis.command('hget', OTHER, 'data')).toBe('"of dev"');
    });

    test('lies in PostgreSQL in a database of its service, as whose user its sidecar came in', async () => {
      expect(await postgresql.query('SELECT key FROM state', 'core_business_checkout')).toEqual(['core-business-prod.checkout||cart']);
      expect(await postgresql.query('SELECT key FROM state', 'core_business_order')).toEqual([]);
      const sessions = await postgresql.query("SELECT DISTINCT datname, usename FROM pg_stat_activity WHERE usename IS NOT NULL AND usename <> 'shop' ORDER BY 1");
      expect(sessions).toEqual(Object.keys(DATABASES).sort().map((role) => `${role}|${role}`));
    });

    test('is not seen by another service', async () => {
      expect(await sidecars.auth.ask('GET', '/v1.0/state/redis-statestore/cart')).toEqual({ status: 204, body: '' });
      expect(await sidecars.order.ask('GET', '/v1.0/state/postgresql-statestore-order/cart')).toEqual({ status: 204, body: '' });
      for (const store of ['redis-statestore', 'postgresql-statestore-checkout']) {
        const { status, body } = await sidecars.order.ask('GET', `/v1.0/state/${store}/cart`);
        expect(status).toBe(400);
        expect(body).toContain(`state store ${store} is not found`);
      }
    });
  });

  describe('a call', () => {
    test.each(['order', 'payment', 'catalog', 'auth.platform-prod'])('of checkout reaches %s', async (target) => {
      expect(await sidecars.checkout.invoke(target, '/hello')).toEqual({ status: 200, body: '{}' });
      expect(applications[target.split('.')[0]].on('/hello').map(({ headers }) => headers['dapr-caller-app-id'])).toEqual(['checkout']);
    });

    test('that is traced is reported by both sides', async () => {
      const id = '0af7651916cd43dd8448eb211c80319c';
      const headers = { traceparent: `00-${id}-b7ad6b7169203331-01` };
      expect(await sidecars.checkout.invoke('order', '/traced', headers)).toEqual({ status: 200, body: '{}' });
      await eventually(() => expect(['checkout', 'order', 'payment'].filter((service) => traces.has(id, service))).toEqual(['checkout', 'order']));
    });

    test.each([
      ['catalog', 'order'],
      ['payment', 'order'],
      ['order', 'checkout'],
      ['order', 'auth.platform-prod'],
      ['notification', 'order.core-business-prod'],
    ])('of %s is refused by %s, which it does not call', async (caller, target) => {
      const { status, body } = await sidecars[caller].invoke(target, '/forbidden');
      expect(status).toBe(403);
      expect(body).toContain('access control policy has denied access');
      expect(applications[target.split('.')[0]].on('/forbidden')).toEqual([]);
    });

    test.each([
      ['checkout', 'catalog', 4],
      ['checkout', 'order', 4],
      ['checkout', 'auth.platform-prod', 4],
      ['checkout', 'payment', 1],
      ['order', 'payment', 1],
    ])('of %s to %s that is answered 503 is tried %i times', async (caller, target, attempts) => {
      const [application, path] = [applications[target.split('.')[0]], `/fails-for-${caller}`];
      application.answer(path, 503);
      expect((await sidecars[caller].invoke(target, path)).status).toBe(503);
      expect(application.on(path)).toHaveLength(attempts);
    });

    // Dapr 1.14 has no matching
    const onceOrAgain = dapr === '1.14' ? 4 : 1;
    test.each([
      ['catalog', 400, onceOrAgain],
      ['catalog', 401, onceOrAgain],
      ['catalog', 404, onceOrAgain],
      ['catalog', 409, onceOrAgain],
      ['catalog', 500, onceOrAgain],
      ['auth.platform-prod', 409, onceOrAgain],
      ['payment', 409, 1],
    ])('that POSTs to %s and is answered %i arrives %i times', async (target, status, attempts) => {
      const [application, path] = [applications[target.split('.')[0]], `/answers-${status}`];
      application.answer(path, status);
      expect((await sidecars.checkout.invoke(target, path)).status).toBe(status);
      expect(application.on(path)).toHaveLength(attempts);
    });

    test('that is idempotent is also repeated when an application closes the connection without an answer, and one that is not is sent once', async () => {
      for (const [target, attempts] of [['catalog', 4], ['payment', 1]] as const) {
        applications[target].answer('/dies', 'disconnect');
        expect((await sidecars.checkout.invoke(target, '/dies')).status).toBe(500);
        expect(applications[target].on('/dies')).toHaveLength(attempts);
      }
    });

    test('that is not answered ends after 30 seconds, and is not repeated when it may not be', async () => {
      const { status, seconds } = await late;
      expect(status).toBe(500);
      expect(Math.floor(seconds)).toBe(30);
      expect(applications.payment.on('/slow')).toHaveLength(1);
    });
  });

  describe('while the readiness probe of an application fails,', () => {
    const READY = '/health/ready';

    test('it gets no call, and calls again once it is ready', async () => {
      applications.catalog.answer(READY, 503);
      await sidecars.catalog.logged(/App entered un-healthy status/);
      const { status, body } = await sidecars.checkout.invoke('catalog', '/not-ready');
      expect([status, body]).toEqual([500, expect.stringContaining('app is not in a healthy state')]);
      expect(applications.catalog.on('/not-ready')).toEqual([]);
      applications.catalog.answer(READY, 200);
      await eventually(async () => expect((await sidecars.checkout.invoke('catalog', '/ready-again')).status).toBe(200));
    });

    // Dapr cannot stop a subscription on Redis: a stopped one takes the next event of each stream
    test('a subscriber of Redis is not checked, and goes on to get events', async () => {
      applications.notification.answer(READY, 503);
      expect(await sidecars.order.publish(orderPlaced()[0], { order: 300 })).toEqual({ status: 204, body: '' });
      await eventually(() => expect(applications.notification.on('/events/order-placed').filter(({ body }) => body.data.order === 300)).toHaveLength(1));
      expect(applications.notification.on(READY)).toEqual([]);
    });
  });

  test('has touched nothing in Redis and on the broker but its own', async () => {
    expect(await redis.keys()).toEqual([
      'core-business-dev.checkout||cart', // put there by the test
      'core-business-prod.checkout||cart',
    ]);
    expect(await broker.keys()).toEqual([...orderPlaced(), 'order-placed-notification-dead-letter']);
  });

  test('has logged no error but those that were provoked', () => {
    const errors = Object.entries(sidecars).flatMap(([service, sidecar]) => sidecar.messages('error', 'fatal').map((message) => `${service}: ${message}`));
    expect(errors).toEqual([]);
  });

  describe('when something is taken away,', () => {
    const running: { stop(): void | Promise<void> }[] = [];
    afterEach(async () => { await Promise.all(running.splice(0).map((server) => server.stop())); });

    /** A sidecar of a service of its own, whose manifests are changed before. */
    const twin = async (service: string, change: Change) => {
      const namespace = service === 'search' ? 'platform-prod' : 'core-business-prod';
      const manifests: Manifest[] = JSON.parse(JSON.stringify(given));
      change((kind, name) => manifests.find((manifest) => nameOf(manifest) === `${kind} ${namespace}/${name}`)!);
      const application = await Application.start();
      const sidecar = await Sidecar.prepare({
        ...environment, folder: mkdtempSync(join(folder, 'twin-')), service, namespace, manifests, applicationPort: application.port,
      });
      running.push(sidecar, application);
      return { sidecar, application };
    };
    const setting = (component: Manifest, name: string) => component.spec.metadata.find((item: { name: string }) => item.name === name);
    const remove = (component: Manifest, name: string) => {
      component.spec.metadata = component.spec.metadata.filter((item: { name: string }) => item.name !== name);
    };

    test('a Resiliency whose time-out is none is an error in the log', async () => {
      const { sidecar } = await twin('order', (find) => { find('Resiliency', 'order').spec.policies.timeouts['timeout-30s'] = '30 seconds'; });
      await sidecar.start([]);
      expect(sidecar.messages('error')).toEqual([expect.stringMatching(/duration/)]);
    });

    test.each<[string, Change, RegExp]>([
      ['the right key of a secret', (find) => { setting(find('Component', 'broker-pubsub'), 'redisPassword').secretKeyRef.key = 'username'; }, /WRONGPASS/],
      ['the namespace of a caller', (find) => { delete find('Configuration', 'order-appconfig').spec.accessControl.policies[0].namespace; },
        /invalid access control spec/],
      ['the encryption of a store', (find) => { remove(find('Component', 'broker-pubsub'), 'enableTLS'); },
        /ended with 1:[^]*error connecting to redis/],
    ])('a sidecar does not start without %s', async (_what, change, message) => {
      const { sidecar } = await twin('order', change);
      await expect(sidecar.start([])).rejects.toThrow(message);
    });

    test('a service publishes what is not its own without the scopes of the broker', async () => {
      const { sidecar } = await twin('order', (find) => remove(find('Component', 'broker-pubsub'), 'publishingScopes'));
      await sidecar.start([]);
      expect((await sidecar.publish(catalogChanged()[0], {})).status).toBe(204);
    });

    test('anyone calls a service without an access control list', async () => {
      const order = await twin('order', (find) => { delete find('Configuration', 'order-appconfig').spec.accessControl; });
      const caller = await twin('catalog', () => {});
      await Promise.all([order.sidecar.start([]), caller.sidecar.start([order.sidecar])]);
      expect((await caller.sidecar.invoke('order', '/hello')).status).toBe(200);
    });

    test('a call is tried once without a policy for the name that the caller writes', async () => {
      const { sidecar } = await twin('checkout', (find) => { delete find('Resiliency', 'checkout').spec.targets.apps['auth.platform-prod']; });
      await sidecar.start([sidecars.auth]);
      applications.auth.answer('/fails-for-twin', 503);
      expect((await sidecar.invoke('auth.platform-prod', '/fails-for-twin')).status).toBe(503);
      expect(applications.auth.on('/fails-for-twin')).toHaveLength(1);
    });

    test('a message is delivered once without a policy for what comes in', async () => {
      const { sidecar, application } = await twin('search', (find) => { delete find('Resiliency', 'search').spec.targets.components; });
      application.answer('/events/catalog-changed', 500);
      await sidecar.start([]);
      expect((await sidecars.catalog.publish(catalogChanged()[0], { item: 1 })).status).toBe(204);
      await eventually(async () => {
        expect(await broker.command('xrange', 'catalog-changed-search-dead-letter', '-', '+')).toMatch(/"item":1/);
      });
      expect(application.on('/events/catalog-changed').filter(({ body }) => body.data?.item === 1)).toHaveLength(1);
    });

    test('two environments share their state in a common store without the prefix of the namespace', async () => {
      const { sidecar } = await twin('checkout', (find) => remove(find('Component', 'redis-statestore'), 'keyPrefix'));
      await sidecar.start([]);
      expect((await sidecar.ask('POST', '/v1.0/state/redis-statestore', [{ key: 'cart', value: 1 }])).status).toBe(204);
      expect(await redis.keys()).toContain('checkout||cart');
    });
  });
});
