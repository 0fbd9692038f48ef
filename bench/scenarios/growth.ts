import * as fs from 'fs';
import { GROUP_SIZE } from './group-size';
import { chain, chartsOf, defineService, imageOf, roomy } from './groups';
import { organisation } from '../../examples/shop/organisation';
import type { DeliveryStrategy, MicroserviceProps, ServiceChart } from '../../src';
import { App, Environment, Microservice, Scaling, SharedChart, Topic, Values, delivery, gateway, mesh, stores, workloads } from '../../src';

/** What services of a shape have besides a Deployment that calls the next one. */
interface Shape {
  /** Groups of five in three environments. Otherwise all are in one namespace, where each could look at all others. */
  readonly groups?: boolean;
  readonly workers?: boolean;
  readonly delivery?: DeliveryStrategy;
  readonly scaling?: Scaling;
  readonly topics?: boolean;
  readonly stores?: boolean;
  readonly values?: boolean;
  readonly gateway?: boolean;
  readonly mesh?: boolean;
  readonly helm?: boolean;
  readonly argoCd?: boolean;
}

const SHAPES: Readonly<Record<string, Shape>> = {
  'rolling': {},
  'groups': { groups: true },
  'worker': { workers: true },
  'canary': { delivery: workloads.ProgressiveDelivery.canary(), scaling: Scaling.utilization({ min: 10, max: 12 }) },
  'blue-green': { delivery: workloads.ProgressiveDelivery.blueGreen() },
  'topics': { topics: true },
  'stores': { stores: true },
  'values': { values: true },
  'gateway': { gateway: true },
  'mesh': { mesh: true },
  'helm': { helm: true },
  'argo-cd': { argoCd: true },
  'all': {
    groups: true,
    delivery: workloads.ProgressiveDelivery.blueGreen(),
    topics: true,
    stores: true,
    values: true,
    gateway: true,
    mesh: true,
    helm: true,
    argoCd: true,
  },
};

const VALUES = 'applications/main';

function environmentsOf({ groups }: Shape): Environment[] {
  const environments = Environment.standard();
  return groups ? environments : environments.slice(-1);
}

/** Writes the values and tag file of each service and environment. */
export function prepare(size: string, shapeName: string): void {
  const shape = SHAPES[shapeName];
  for (let number = 0; shape.values && number < Number(size); number++) {
    for (const { name } of environmentsOf(shape)) {
      const folder = `${VALUES}/service-${number}/${name}`;
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(`${folder}/../values-base.yaml`, 'config:\n  CART_TTL: 2h\n');
      fs.writeFileSync(`${folder}/values.yaml`, 'replicas:\n  min: 2\n  max: 4\nenv:\n  LOG_FORMAT: json\n');
      fs.writeFileSync(`${folder}/tag.yaml`, 'image:\n  tag: "1.0"\n');
    }
  }
}

/**
 * Services of one shape, each calling the next one of its group.
 */
export function run(outdir: string, size: string, shapeName: string): void {
  const shape = SHAPES[shapeName];
  const environments = environmentsOf(shape);
  const profile = roomy(shape.mesh ? organisation.with(mesh.MeshDefaults.of({ mesh: mesh.Mesh.istio() })) : organisation, environments);
  const app = new App({ outdir });
  const infrastructure = new SharedChart(app, 'infrastructure', { profile });
  for (const environment of environments) {
    new stores.MessageBroker(infrastructure, `broker-${environment.name}`, { environment });
    new stores.PostgresCluster(infrastructure, `postgresql-${environment.name}`, { environment });
    const props = { environment, profile, values: shape.values ? Values.directory(VALUES) : undefined };
    const charts = chartsOf(app, Number(size), shape.groups ? GROUP_SIZE : Number(size), props);
    charts.forEach(({ chart, numbers }) => defineGroup(chart, numbers, shape));
  }
  if (shape.helm) {
    new delivery.HelmCharts(app, 'charts', { directory: 'charts', testImage: imageOf('curl') });
  }
  if (shape.argoCd) {
    new delivery.ArgoCdRepository(app, 'shop', { profile, repository: 'https://git.example.com/acme/shop.git', directory: 'applications', manifests: 'dist' });
  }
  app.synth();
}

function defineGroup(chart: ServiceChart, numbers: readonly number[], shape: Shape): void {
  const broker = stores.MessageBroker.fromNamespace(chart, 'broker', 'infrastructure');
  const props: MicroserviceProps = { delivery: shape.delivery, scaling: shape.scaling, ...shape.values ? { image: undefined } : undefined };
  const services = numbers.map((number) => shape.workers
    ? new workloads.Worker(chart, `service-${number}`, { image: imageOf(`service-${number}`), scaling: Scaling.queue() })
    : defineService(chart, number, props));
  if (shape.workers || shape.topics) {
    const topics = services.map((service) => new Topic(chart, `${service.name}-done`, { broker }));
    // a ring: each worker needs a queue
    services.forEach((service, index) => {
      service.publishes(topics[index]);
      service.subscribes(topics.at(index - 1)!);
    });
  }
  const called = services.filter((service) => service instanceof Microservice);
  chain(called, (from, to) => from.calls(to));
  if (shape.stores) {
    const shared = stores.PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure');
    const own = new stores.RedisCluster(chart, `${chart.group}-redis`);
    services.forEach((service) => [shared, own].forEach((store) => service.uses(store)));
  }
  if (shape.gateway) {
    const entry = new gateway.ApiGateway(chart, `${chart.group}-api`, {
      hostnames: [`${chart.group}.${chart.environment.name}.example.com`],
      authentication: gateway.Authentication.none('a benchmark has no users'),
    });
    called.forEach((service) => entry.exposes(service, { paths: [gateway.RoutePath.prefix(`/${service.name}`)] }));
  }
}
