import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Application } from './support/application';
import { Cluster, PLATFORM_CRDS } from './support/cluster';
import { ControlPlane } from './support/control-plane';
import { MailServer } from './support/mail-server';
import { type Manifest, manifestFiles, readManifests } from './support/manifest';
import { Postgresql } from './support/postgresql';
import { eventually } from './support/process';
import { RabbitMq } from './support/rabbitmq';
import { Sidecar } from './support/sidecar';
import { substitute } from './support/substitution';

const NAMESPACE = 'eshop';
const SPANS = '/api/v2/spans';
const ZIPKIN = `http://zipkin.backing.svc.cluster.local:9411${SPANS}`;
const MAIL = 'maildev.backing.svc.cluster.local';
const manifests = readManifests(...manifestFiles(join(resolve(__dirname, '..', '..'), 'examples/eshop/dist/prod')));

test('the public Dapr shop is created by the API server, without a warning', async () => {
  const cluster = await Cluster.start('1.36');
  try {
    const crds = [...PLATFORM_CRDS, 'gateway-api.gateway.networking.k8s.io.yaml', 'envoy-gateway.gateway.envoyproxy.io.yaml', 'cert-manager.cert-manager.io.yaml'];
    expect(await cluster.installCrds(...crds)).toMatchObject({ status: 0, stderr: '' });
    const namespace: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } };
    expect(await cluster.apply([namespace])).toMatchObject({ status: 0, stderr: '' });
    expect(await cluster.apply(manifests)).toMatchObject({ status: 0, stderr: '' });
  } finally {
    await cluster.stop();
  }
}, 300_000);

describe('the public Dapr shop in a real Dapr 1.18 with RabbitMQ and PostgreSQL', () => {
  const services = ['basket-api', 'catalog-api', 'ordering-api', 'payment-api', 'webshoppingagg'];
  const event = 'UserCheckoutAcceptedIntegrationEvent';
  const pubsub = 'eshopondapr-pubsub';
  let folder: string;
  let rabbitMq: RabbitMq;
  let postgresql: Postgresql;
  let mail: MailServer;
  let zipkin: Application;
  let controlPlane: ControlPlane;
  const applications: Record<string, Application> = {};
  const sidecars: Record<string, Sidecar> = {};

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'eshop-'));
    [rabbitMq, postgresql, mail, zipkin] = await Promise.all([RabbitMq.start(), Postgresql.start(), MailServer.start(), Application.start()]);
    controlPlane = await ControlPlane.startForActors('1.18', folder);
    const secrets = join(folder, 'secrets.json');
    writeFileSync(secrets, JSON.stringify({
      'eshopondapr-secrets': { 'rabbitmq': rabbitMq.address, 'postgresql': await postgresql.createUser('eshop'), 'smtp-user': 'shop', 'smtp-password': 'of-mail' },
    }));
    const metadata = [{ name: 'secretsFile', value: secrets }, { name: 'multiValued', value: 'true' }];
    const secretStore: Manifest = { apiVersion: 'dapr.io/v1alpha1', kind: 'Component', metadata: { name: 'kubernetes' }, spec: { type: 'secretstores.local.file', version: 'v1', metadata } };
    // there is no cluster around the sidecars, so a file stands for its Secrets
    const given = manifests.map((manifest) => substitute(manifest, { [ZIPKIN]: `http://127.0.0.1:${zipkin.port}${SPANS}`, [MAIL]: '127.0.0.1', '1025': `${mail.port}`, 'secretstores.kubernetes': 'secretstores.local.file' }));
    given.filter(({ metadata: { name } }) => name === 'eshopondapr-secretstore').forEach(({ spec }) => spec.metadata.push(...metadata));

    for (const service of services) {
      applications[service] = await Application.start();
      sidecars[service] = await Sidecar.prepare({
        controlPlane, folder, service, namespace: NAMESPACE, manifests: given, resources: [secretStore], applicationPort: applications[service].port,
      });
    }
    applications['ordering-api'].respond('/dapr/config', { entities: ['OrderingProcessActor'] });
    applications['ordering-api'].respond('/dapr/subscribe', [{ pubsubname: pubsub, topic: event, route: '/UserCheckoutAccepted' }]);
    await Promise.all(services.map((service) => sidecars[service].start(Object.values(sidecars))));
  }, 120_000);

  afterAll(async () => {
    await Promise.all(Object.values(sidecars).map((sidecar) => sidecar.stop()));
    Object.values(applications).forEach((application) => application.stop());
    await Promise.all([controlPlane?.stop(), rabbitMq?.stop(), postgresql?.stop()]);
    mail?.stop();
    zipkin?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['basket-api', ['eshopondapr-pubsub (pubsub.rabbitmq/v1)', 'eshopondapr-secretstore (secretstores.local.file/v1)', 'eshopondapr-statestore (state.postgresql/v2)']],
    ['payment-api', ['eshopondapr-pubsub (pubsub.rabbitmq/v1)', 'eshopondapr-secretstore (secretstores.local.file/v1)']],
    ['webshoppingagg', []],
  ])('%s loads exactly the components that it uses', (service, expected) => {
    const loaded = sidecars[service].messages('info').flatMap((message) => /^Component loaded: (.*)$/.exec(message)?.[1] ?? []);
    expect(loaded.filter((name) => !name.startsWith('kubernetes ')).sort()).toEqual(expected);
  });

  test('an event arrives where the application declares it', async () => {
    expect(await sidecars['basket-api'].ask('POST', `/v1.0/publish/${pubsub}/${event}`, { cart: 7 })).toMatchObject({ status: 204 });
    await eventually(() => expect(applications['ordering-api'].on('/UserCheckoutAccepted').map(({ body }) => body.data)).toEqual([{ cart: 7 }]));
  });

  test('a service cannot publish what belongs to another', async () => {
    expect(await sidecars['payment-api'].ask('POST', `/v1.0/publish/${pubsub}/${event}`, {})).toMatchObject({ status: 403, body: expect.stringContaining(event) });
  });

  test('the aggregator calls the basket, and the payment does not', async () => {
    expect(await sidecars.webshoppingagg.invoke('basket-api', '/baskets/7')).toMatchObject({ status: 200 });
    expect(await sidecars['payment-api'].invoke('basket-api', '/baskets/7')).toMatchObject({ status: 403 });
  });

  test('a traced call is reported to Zipkin', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    await sidecars.webshoppingagg.invoke('basket-api', '/baskets/7', { traceparent: `00-${trace}-00f067aa0ba902b7-01` });
    await eventually(() => expect(zipkin.on(SPANS).flatMap(({ body }) => body).map(({ traceId, localEndpoint }: any) => `${traceId} ${localEndpoint.serviceName}`))
      .toContain(`${trace} webshoppingagg`));
  });

  test('an actor is called at its host', async () => {
    const path = '/actors/OrderingProcessActor/7/method/Submit';
    await eventually(async () => expect(await sidecars['ordering-api'].ask('PUT', `/v1.0${path}`, {})).toMatchObject({ status: 200 }));
    expect(applications['ordering-api'].on(path)).toHaveLength(1);
  });

  test('mail goes out by the binding, from its user alone', async () => {
    const body = { operation: 'create', metadata: { emailFrom: 'shop@example.com', emailTo: 'alice@example.com', subject: 'Order 7' }, data: '<p>shipped</p>' };
    expect(await sidecars['ordering-api'].ask('POST', '/v1.0/bindings/sendmail', body)).toMatchObject({ status: 204 });
    expect(mail.messages).toEqual([expect.stringMatching(/Subject: Order 7[^]*<p>shipped<\/p>/)]);
    expect(await sidecars['catalog-api'].ask('POST', '/v1.0/bindings/sendmail', body)).toMatchObject({ status: 500, body: expect.stringContaining("couldn't find output binding sendmail") });
  });

  test('a secret is read by the name of its store', async () => {
    expect(await sidecars['catalog-api'].ask('GET', '/v1.0/secrets/eshopondapr-secretstore/eshopondapr-secrets')).toMatchObject({ status: 200, body: expect.stringContaining('of-mail') });
    expect(await sidecars.webshoppingagg.ask('GET', '/v1.0/secrets/eshopondapr-secretstore/eshopondapr-secrets')).toMatchObject({ status: 401 });
  });
});
