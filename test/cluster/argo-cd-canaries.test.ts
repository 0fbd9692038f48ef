import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump, load, loadAll } from 'js-yaml';
import { binary } from './support/binary';
import type { Manifest } from './support/manifest';
import { attempt } from './support/process';
import { App, Dapr, Environment, Image, Microservice, PlatformProfile, Scaling, ServiceChart } from '../../src';
import { ArgoCdRepository } from '../../src/delivery';
import { ApiGateway, Authentication, RoutePath } from '../../src/gateway';
import { Mesh, MeshDefaults } from '../../src/mesh';
import { CanaryTraffic, ProgressiveDelivery } from '../../src/workloads';

const image = Image.of('registry.example.com/shop', { tag: '1.4.2' });
const dapr = Dapr.none('the gateway and the mesh call it');
const LABEL = 'rollouts.argoproj.io/gatewayapi-canary';

/** The ApplicationSet and the route of a canary, for a list of paths or callers. */
type Rendered = (names: readonly string[]) => { readonly set: Manifest; readonly route: Manifest };

function rendered(kind: string, name: string, setFile: string, define: (app: App) => void): { set: Manifest; route: Manifest } {
  const folder = mkdtempSync(join(tmpdir(), 'canary-'));
  const here = process.cwd();
  try {
    process.chdir(folder);
    const app = new App();
    new ArgoCdRepository(app, 'platform', { repository: 'https://git.example.com/shop.git', directory: 'applications', manifests: 'dist' });
    define(app);
    app.synth();
    return {
      set: load(readFileSync(join('applications', setFile), 'utf8')) as Manifest,
      route: (loadAll(app.synthYaml()) as Manifest[]).find((manifest) => manifest?.kind === kind && manifest.metadata.name === name)!,
    };
  } finally {
    process.chdir(here);
    rmSync(folder, { recursive: true });
  }
}

const gatewayApi: Rendered = (paths) => rendered('HTTPRoute', 'api-catalog', 'main/api/api-appset.yaml', (app) => {
  const chart = new ServiceChart(app, 'shop', { environment: Environment.standard()[2] });
  const catalog = new Microservice(chart, 'catalog', { image, dapr, delivery: ProgressiveDelivery.canary({ traffic: CanaryTraffic.GATEWAY_API }) });
  new ApiGateway(chart, 'api', { hostnames: ['api.example.com'], authentication: Authentication.none('a test') })
    .exposes(catalog, { paths: paths.map((path) => RoutePath.prefix(path)) });
});

const istio: Rendered = (callers) => rendered('VirtualService', 'catalog', 'main/catalog/catalog-appset.yaml', (app) => {
  const chart = new ServiceChart(app, 'shop', { environment: Environment.standard()[2], profile: PlatformProfile.standard().with(MeshDefaults.of({ mesh: Mesh.istio() })) });
  const catalog = new Microservice(chart, 'catalog', { image, dapr, delivery: ProgressiveDelivery.canary({ traffic: CanaryTraffic.ISTIO }) });
  callers.forEach((name) => new Microservice(chart, name, { image, dapr, scaling: Scaling.replicas(1) }).calls(catalog));
});

interface Compared {
  readonly outOfSync: boolean;
  readonly applied: Manifest;
}

/** Has Argo CD's own code compare an object, and decide what it applies. The API server would replace `spec`, and keep labels of others. */
async function compared(set: Manifest, live: Manifest, target: Manifest): Promise<Compared> {
  const [{ name }] = set.spec.generators[0].list.elements;
  const predicted = { ...live, spec: target.spec };
  const { status, stdout, stderr } = await attempt(await binary('appset-3.2'), [], {
    input: JSON.stringify({ documents: [dump(set)], compared: { [name]: [{ live, target, predicted }] } }),
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout).compared[name][0];
}

/** A route as the controller of Argo Rollouts leaves it. */
function weighted({ metadata, ...route }: Manifest, weights: readonly [stable: number, canary: number], labels: object = {}): Manifest {
  const text = JSON.stringify(route).replaceAll('"weight":100', `"weight":${weights[0]}`).replaceAll('"weight":0', `"weight":${weights[1]}`);
  return { ...JSON.parse(text), metadata: { ...metadata, labels: { ...metadata.labels, ...labels } } };
}

// the binary may have to be built first
jest.setTimeout(900_000);

describe.each<[string, Rendered, readonly string[], readonly string[], object]>([
  ['HTTPRoute', gatewayApi, ['/', '/admin'], ['/'], { [LABEL]: 'in-progress' }],
  ['VirtualService', istio, ['basket', 'search'], ['basket'], {}],
])('the %s of a canary', (kind, define, before, after, labels) => {
  const { set, route } = define(before);
  const changed = define(after).route;

  test('is the same at rest', async () => {
    expect(await compared(set, weighted(route, [100, 0]), route)).toEqual({ outOfSync: false, applied: route });
  });

  test('changes as the program says while no canary runs', async () => {
    expect(changed.spec).not.toEqual(route.spec);
    expect(await compared(set, weighted(route, [100, 0]), changed)).toEqual({ outOfSync: true, applied: changed });
    expect(await compared(set, weighted(changed, [100, 0]), route)).toEqual({ outOfSync: true, applied: route });
  });

  test.each<[number, number]>([[90, 10], [50, 50], [0, 100]])('keeps the weights %s and %s while a canary runs', async (stable, canary) => {
    const live = weighted(route, [stable, canary], labels);
    const { outOfSync, applied } = await compared(set, live, route);
    expect(applied.spec).toEqual(live.spec);
    // nothing but the weight shows in a VirtualService that a canary runs
    expect(outOfSync).toBe(kind === 'VirtualService');
    expect((await compared(set, live, changed)).applied.spec).toEqual(live.spec);
  });

  test('would never change if a field of the list was ignored at all times', async () => {
    const always = JSON.parse(JSON.stringify(set));
    const [list, inner] = kind === 'HTTPRoute' ? ['rules', 'backendRefs'] : ['http', 'route'];
    always.spec.template.spec.ignoreDifferences = [{ group: route.apiVersion.split('/')[0], kind, jsonPointers: [`/spec/${list}/0/${inner}/0/weight`] }];
    expect((await compared(always, weighted(route, [100, 0]), changed)).applied.spec).toEqual(route.spec);
  });
});
