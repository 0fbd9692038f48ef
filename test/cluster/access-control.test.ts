import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { Application } from './support/application';
import { ControlPlane } from './support/control-plane';
import type { Manifest } from './support/manifest';
import { Sidecar } from './support/sidecar';
import { substitute } from './support/substitution';
import { TraceCollector } from './support/trace-collector';
import { App, DaprVersion, Environment, Image, KubernetesVersion, Microservice, PlatformProfile, ServiceChart } from '../../src';

const NAMESPACE = 'core-business-prod';
const TRACES = 'opentelemetry-collector.infrastructure.svc.cluster.local:4317';

/** `checkout` may GET and POST below two paths of `order`, `web` may GET everything, and `payment` nothing. */
function rendered(dapr: string, kubernetes: string): Manifest[] {
  const app = new App();
  const profile = PlatformProfile.standard().customize({ kubernetesVersion: KubernetesVersion.of(kubernetes), daprVersion: DaprVersion.of(dapr) });
  const environment = Environment.of('prod', { capacityPool: 'production', scaling: { min: 1, max: 2 } });
  const chart = new ServiceChart(app, 'core-business', { environment, profile });
  const [order, checkout, web] = ['order', 'checkout', 'web', 'payment']
    .map((name) => new Microservice(chart, name, { image: Image.of(`registry.example.com/${name}`, { tag: '1.4.2' }) }));
  checkout.calls(order, { methods: ['GET', 'POST'], paths: ['/orders', '/carts/open'] });
  web.calls(order, { methods: ['GET'] });
  return loadAll(app.synthYaml()) as Manifest[];
}

describe.each([['1.18', '1.36'], ['1.14', '1.27']])('methods and paths of calls between sidecars, in a real Dapr %s', (dapr, kubernetes) => {
  let folder: string;
  let controlPlane: ControlPlane;
  let traces: TraceCollector;
  const applications: Application[] = [];
  const sidecars: Record<string, Sidecar> = {};

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dapr-'));
    traces = await TraceCollector.start();
    controlPlane = await ControlPlane.start(dapr, folder);
    const manifests = rendered(dapr, kubernetes).map((manifest) => manifest.kind === 'Configuration' ? substitute(manifest, { [TRACES]: traces.address }) : manifest);
    for (const service of ['order', 'checkout', 'web', 'payment']) {
      const application = await Application.start();
      applications.push(application);
      sidecars[service] = await Sidecar.prepare({
        controlPlane, folder, service, namespace: NAMESPACE, manifests, resources: [], applicationPort: application.port,
      });
    }
    await Promise.all(Object.values(sidecars).map((sidecar) => sidecar.start(Object.values(sidecars))));
  });

  afterAll(async () => {
    await Promise.all(Object.values(sidecars).map((sidecar) => sidecar.stop()));
    applications.forEach((application) => application.stop());
    await controlPlane?.stop();
    traces?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (caller: string, method: string, path: string) => sidecars[caller].ask(method, `/v1.0/invoke/order/method${path}`, method === 'GET' ? undefined : {});

  test.each([
    ['checkout', 'GET', '/orders', 200],
    ['checkout', 'POST', '/orders', 200],
    ['checkout', 'GET', '/orders/42', 200],
    ['checkout', 'POST', '/orders/42/lines/7', 200],
    ['checkout', 'GET', '/carts/open', 200],
    ['checkout', 'GET', '/carts/open/1', 200],
    ['checkout', 'DELETE', '/orders/42', 403],
    ['checkout', 'PUT', '/orders', 403],
    ['checkout', 'GET', '/', 403],
    ['checkout', 'GET', '/carts', 403],
    ['checkout', 'GET', '/ordersx', 403],
    ['checkout', 'GET', '/carts/closed', 403],
    ['web', 'GET', '/anything', 200],
    ['web', 'GET', '/anything/below/it', 200],
    ['web', 'POST', '/anything', 403],
    ['payment', 'GET', '/orders', 403],
  ])('%s may send %s %s: %i', async (caller, method, path, expected) => {
    const { status, body } = await ask(caller, method, path);
    expect({ status, denied: body.includes('access control policy has denied access') }).toEqual({ status: expected, denied: expected === 403 });
  });
});
