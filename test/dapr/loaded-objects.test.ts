import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import { Topic } from '../../src/messaging/topic';
import { App } from '../../src/platform/app';
import { ServiceChart } from '../../src/platform/service-chart';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { CronExpression } from '../../src/values/cron-expression';
import { Dapr } from '../../src/values/dapr';
import { DaprVersion } from '../../src/values/dapr-version';
import { Image } from '../../src/values/image';
import { Namespace } from '../../src/values/namespace';
import { OneOffJob } from '../../src/workloads/batch/one-off-job';
import { ScheduledJob } from '../../src/workloads/batch/scheduled-job';
import { KnativeFunction } from '../../src/workloads/function/knative-function';
import { ProgressiveDelivery } from '../../src/workloads/progressive/progressive-delivery';
import { ScatterGather } from '../../src/workloads/scatter-gather/scatter-gather';
import { DEV, group, manifestsOf, manifestsOfApp, PROD, profileWith, service } from '../support/platform';
import { ORGANISATION } from '../support/settings';

const CHECKSUM = 'checksum/dapr.io';

interface Shop {
  readonly app: App;
  readonly chart: ServiceChart;
  readonly checkout: ReturnType<typeof service>;
  readonly order: ReturnType<typeof service>;
  readonly payment: ReturnType<typeof service>;
  readonly paid: Topic;
  readonly redis: ReturnType<typeof RedisCluster.fromNamespace>;
}

/** A checkout calls an order, which publishes on a broker, and a payment uses a store. */
function shop(change: (shop: Shop) => void = () => undefined, profile = ORGANISATION): ServiceChart {
  const app = new App();
  const chart = group({ app, profile });
  const [checkout, order, payment] = [service(chart), service(chart, 'order'), service(chart, 'payment')];
  const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
  const paid = new Topic(chart, 'paid', { broker: redis });
  checkout.calls(order);
  order.publishes(paid);
  payment.uses(redis);
  change({ app, chart, checkout, order, payment, paid, redis });
  return chart;
}

/** The checksum of each Deployment. */
function checksums(chart: Chart): { [name: string]: string | undefined } {
  return Object.fromEntries(manifestsOf(chart).of('Deployment').map(({ metadata, spec }) => [metadata.name, spec.template.metadata.annotations?.[CHECKSUM]]));
}

/** The Deployments whose pods roll. */
function rolledBy(change: (shop: Shop) => void, profile = ORGANISATION): string[] {
  const [before, after] = [checksums(shop()), checksums(shop(change, profile))];
  return Object.keys(before).filter((name) => before[name] !== after[name]);
}

describe('the pods of a service roll when an object changes that their sidecar reads', () => {
  test('nothing rolls if nothing changes', () => {
    expect(rolledBy(() => undefined)).toEqual([]);
  });

  test('a call that is added rolls the caller, which retries it, and the called service, which admits it', () => {
    expect(rolledBy(({ payment, order }) => payment.calls(order))).toEqual(['order', 'payment']);
  });

  test('a call that is removed rolls the called service, which admitted it', () => {
    const called = shop(({ payment, order }) => payment.calls(order));
    expect(checksums(called).order).not.toBe(checksums(shop()).order);
  });

  test('a subscription rolls the subscriber and no other service of the broker', () => {
    expect(rolledBy(({ checkout, paid }) => checkout.subscribes(paid))).toEqual(['checkout']);
    expect(rolledBy(({ checkout, chart, redis }) => checkout.publishes(new Topic(chart, 'sent', { broker: redis })))).toEqual(['checkout']);
  });

  test('a new user of a store rolls itself alone', () => {
    expect(rolledBy(({ order, redis }) => order.uses(redis))).toEqual(['order']);
  });

  test('the sampling rate of traces rolls all services', () => {
    expect(rolledBy(() => undefined, profileWith({ network: { traceSamplingRate: 0.5 } }))).toEqual(['checkout', 'order', 'payment']);
  });

  test('a patch of the Configuration rolls the services that read it', () => {
    expect(rolledBy(({ chart }) => {
      const shared = chart.node.findAll().filter(ApiObject.isApiObject).find(({ kind, name }) => kind === 'Configuration' && name === 'appconfig');
      shared!.addJsonPatch(JsonPatch.replace('/spec/tracing/samplingRate', '1'));
    })).toEqual(['checkout', 'payment']);
  });

  test('an object of the user rolls the services that it is scoped to, or all', () => {
    const component = (scopes?: string[], namespace?: string) => ({ chart }: Shop) => new ApiObject(chart, 'cron', {
      apiVersion: 'dapr.io/v1alpha1', kind: 'Component', metadata: { name: 'cron', namespace }, spec: { type: 'bindings.cron', version: 'v1', metadata: [] }, scopes,
    });
    expect(rolledBy(component(['payment', 'checkout']))).toEqual(['checkout', 'payment']);
    expect(rolledBy(component())).toEqual(['checkout', 'order', 'payment']);
    expect(rolledBy(component(undefined, 'elsewhere'))).toEqual([]);
  });

  test('an object of a chart of cdk8s counts in its namespace', () => {
    expect(rolledBy(({ app }) => new ApiObject(new Chart(app, 'plain', { namespace: 'core-business-prod' }), 'limits', {
      apiVersion: 'dapr.io/v1alpha1', kind: 'Resiliency', metadata: { name: 'limits' }, scopes: ['payment'], spec: { policies: {}, targets: {} },
    }))).toEqual(['payment']);
  });

  test('labels and annotations of an object roll nothing', () => {
    expect(rolledBy(({ chart }) => chart.node.findAll().filter(ApiObject.isApiObject).filter(({ apiGroup }) => apiGroup === 'dapr.io')
      .forEach(({ metadata }) => metadata.addAnnotation('example.com/reviewed', 'yes')))).toEqual([]);
  });

  test('an image bump changes the Deployment, and no checksum', () => {
    const one = (tag: string) => {
      const chart = group();
      service(chart, 'checkout', { image: Image.of('registry.example.com/checkout', { tag }) });
      return checksums(chart);
    };
    expect(one('1.4.3')).toEqual(one('1.4.2'));
  });
});

test('two environments whose namespaces have one name do not read the objects of each other', () => {
  const both = (rate: number) => {
    const app = new App();
    const [dev, prod] = [DEV, PROD].map((environment) => {
      const profile = environment === DEV ? profileWith({ network: { traceSamplingRate: rate } }) : ORGANISATION;
      const chart = group({ app, environment, profile, name: 'shop', namespace: Namespace.existing('shop') });
      service(chart, 'cart');
      return checksums(chart).cart;
    });
    return { dev, prod };
  };
  expect(both(0.5).prod).toBe(both(0.25).prod);
  expect(both(0.5).dev).not.toBe(both(0.25).dev);
});

describe('kinds of workloads', () => {
  const image = Image.of('registry.example.com/film', { tag: '1.0.0' });
  const templatesOf = (define: (chart: ServiceChart) => void) => {
    const chart = group();
    define(chart);
    return manifestsOf(chart).set.all.flatMap(({ podTemplate }) => podTemplate ? [podTemplate.metadata?.annotations ?? {}] : []);
  };
  const found = (define: (chart: ServiceChart) => void) => templatesOf(define).map((annotations) => annotations[CHECKSUM] !== undefined);

  test.each<[string, (chart: ServiceChart) => void]>([
    ['a Deployment', (chart) => service(chart)],
    ['a Rollout', (chart) => service(chart, 'checkout', { delivery: ProgressiveDelivery.blueGreen() })],
    ['a function', (chart) => new KnativeFunction(chart, 'film', { image })],
  ])('%s has the checksum', (_kind, define) => {
    expect(found(define)).toEqual([true]);
  });

  test('the root of a ScatterGather has the checksum, and its leaves have no sidecar', () => {
    expect(found((chart) => new ScatterGather(chart, 'film', { leaves: 2, root: { image }, leaf: { image } })).sort()).toEqual([false, true]);
  });

  test.each<[string, (chart: ServiceChart) => void]>([
    ['a Job', (chart) => new OneOffJob(chart, 'film', { image })],
    ['a CronJob', (chart) => new ScheduledJob(chart, 'film', { image, schedule: CronExpression.of('0 3 * * *') })],
    ['a service without a sidecar', (chart) => service(chart, 'checkout', { dapr: Dapr.none('no need') })],
  ])('%s has none, because its next pods read the objects anyway, or never do', (_kind, define) => {
    expect(found(define)).toEqual([false]);
  });
});

test('nobody else sets the checksum', () => {
  expect(() => service(group(), 'checkout', { podAnnotations: { [CHECKSUM]: 'x' } })).toThrow(
    "the annotation 'checksum/dapr.io' of pods is set by the library. Leave it out");
});

test('each synthesis reads the objects anew', () => {
  const app = new App();
  const chart = group({ app });
  const [checkout, order] = [service(chart), service(chart, 'order')];
  const checksumOf = () => app.manifests().of('Deployment').find(({ name }) => name === 'order')!.json.spec.template.metadata.annotations[CHECKSUM];
  const before = checksumOf();
  checkout.calls(order);
  expect(checksumOf()).not.toBe(before);
});

test('an App renders the manifests that cdk8s renders', () => {
  const define = (app: ReturnType<typeof Testing.app>) => {
    const chart = group({ app });
    service(chart).calls(service(chart, 'order'));
    return app;
  };
  const [ours, theirs] = [define(new App()), define(Testing.app())];
  expect((ours as App).manifests().of('Deployment').map(({ json }) => json)).toEqual(manifestsOfApp(theirs).of('Deployment'));
});

describe('hot reload, which would restart the sidecars of all replicas at once,', () => {
  const featuresOf = (version: string) => manifestsOf(shop(() => undefined, profileWith({ daprVersion: DaprVersion.of(version) })))
    .of('Configuration').map(({ spec }) => spec.features);

  test('is off from Dapr 1.18, which turns it on by itself', () => {
    const off = [{ name: 'HotReload', enabled: false }];
    expect(featuresOf('1.18')).toEqual([off, off]);
  });

  test('is left alone before', () => {
    expect(featuresOf('1.17')).toEqual([undefined, undefined]);
  });
});
