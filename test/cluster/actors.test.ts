import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { Application } from './support/application';
import { ControlPlane } from './support/control-plane';
import type { Manifest } from './support/manifest';
import { Postgresql } from './support/postgresql';
import { eventually } from './support/process';
import { Sidecar } from './support/sidecar';
import { substitute } from './support/substitution';
import { TraceCollector } from './support/trace-collector';
import { App, Environment, Image, Microservice, PlatformProfile, Scaling, ServiceChart } from '../../src';
import { PostgresCluster } from '../../src/stores';

const NAMESPACE = 'sales-prod';
const TRACES = 'opentelemetry-collector.infrastructure.svc.cluster.local:4317';
const CARTS = Array.from({ length: 20 }, (_, index) => `/actors/Cart/cart-${index}/method/add`);

/** `cart` hosts actors in several replicas. */
function rendered(): Manifest[] {
  const app = new App();
  const environment = Environment.of('prod', { capacityPool: 'production' });
  const chart = new ServiceChart(app, 'sales', { environment, profile: PlatformProfile.standard() });
  const cart = new Microservice(chart, 'cart', { image: Image.of('registry.example.com/cart', { tag: '1.4.2' }), scaling: Scaling.replicas(2) });
  cart.uses(PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure'), { actors: true });
  return loadAll(app.synthYaml()) as Manifest[];
}

describe('two replicas of a service that hosts actors, in a real Dapr 1.18 with placement and scheduler', () => {
  let folder: string;
  let postgresql: Postgresql;
  let traces: TraceCollector;
  let controlPlane: ControlPlane;
  const applications: Application[] = [];
  const sidecars: Sidecar[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'actors-'));
    [postgresql, traces, controlPlane] = await Promise.all([Postgresql.start(), TraceCollector.start(), ControlPlane.startForActors('1.18', folder)]);
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ 'postgresql-prod-cart': { 'connection-string': await postgresql.createUser('sales_cart') } }));
    const secretStore: Manifest = {
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'kubernetes' },
      spec: { type: 'secretstores.local.file', version: 'v1', metadata: [{ name: 'secretsFile', value: join(folder, 'secrets.json') }, { name: 'multiValued', value: 'true' }] },
    };
    const manifests = rendered().map((manifest) => manifest.kind === 'Configuration' ? substitute(manifest, { [TRACES]: traces.address }) : manifest);
    for (const replica of [0, 1]) {
      const application = await Application.start();
      application.respond('/dapr/config', { entities: ['Cart'] });
      applications.push(application);
      sidecars.push(await Sidecar.prepare({
        controlPlane, folder, service: 'cart', replica, namespace: NAMESPACE, manifests, resources: [secretStore], applicationPort: application.port,
      }));
    }
    await Promise.all(sidecars.map((sidecar) => sidecar.start([])));
  }, 120_000);

  afterAll(async () => {
    await Promise.all(sidecars.map((sidecar) => sidecar.stop()));
    applications.forEach((application) => application.stop());
    await controlPlane?.stop();
    await postgresql?.stop();
    traces?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The replicas whose application answered a call. */
  const hostsOf = (path: string) => applications.flatMap((application, replica) => application.on(path).map(() => replica));

  test('find every actor from each replica, at one replica alone', async () => {
    for (const path of CARTS) {
      for (const sidecar of sidecars) {
        await eventually(async () => expect(await sidecar.ask('PUT', `/v1.0${path}`, {})).toMatchObject({ status: 200 }));
      }
    }
    const hosts = CARTS.map(hostsOf);
    expect(hosts.filter(([first, second]) => first !== second)).toEqual([]);
    expect(new Set(hosts.flat())).toEqual(new Set([0, 1])); // so each called the other
  });

  test('keep the state of an actor in the store', async () => {
    await sidecars[0].ask('PUT', '/v1.0/actors/Cart/cart-0/method/add', {});
    const host = sidecars[hostsOf('/actors/Cart/cart-0/method/add')[0]];
    expect(await host.ask('POST', '/v1.0/actors/Cart/cart-0/state', [{ operation: 'upsert', request: { key: 'lines', value: 3 } }])).toMatchObject({ status: 204 });
    expect(await host.ask('GET', '/v1.0/actors/Cart/cart-0/state/lines')).toEqual({ status: 200, body: '3' });
  });

  test('remind an actor at the replica that hosts it', async () => {
    const reminder = '/actors/Cart/cart-1/method/remind/pay';
    expect(await sidecars[0].ask('POST', '/v1.0/actors/Cart/cart-1/reminders/pay', { dueTime: '1s' })).toMatchObject({ status: 204 });
    await eventually(() => expect(hostsOf(reminder)).toEqual([hostsOf('/actors/Cart/cart-1/method/add')[0]]));
  });

  test('run a job at one replica', async () => {
    expect(await sidecars[0].ask('POST', '/v1.0-alpha1/jobs/close-carts', { dueTime: '1s', data: { '@type': 'type.googleapis.com/google.protobuf.StringValue', 'value': 'all' } }))
      .toMatchObject({ status: 204 });
    await eventually(() => expect(hostsOf('/job/close-carts')).toHaveLength(1));
  });

  test('report nothing wrong', () => {
    // Dapr's actor runtime always sets no time limit of its own; that of the sidecar applies
    const always = 'Graceful shutdown timeout is infinite, will wait indefinitely to shutdown';
    expect(sidecars.map((sidecar) => sidecar.messages('error', 'warning', 'fatal'))).toEqual([[always], [always]]);
  });

  test('take over the actors of a replica that is lost', async () => {
    const lost = CARTS.filter((path) => hostsOf(path)[0] === 0);
    await sidecars[0].stop();
    for (const path of lost) {
      await eventually(async () => expect(await sidecars[1].ask('PUT', `/v1.0${path}`, {})).toMatchObject({ status: 200 }));
    }
    expect(lost.filter((path) => hostsOf(path).includes(1))).toEqual(lost);
  });
});
