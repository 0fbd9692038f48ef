import { App as StockApp, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { ServiceReference } from '../../src/core/service-reference';
import { Topic } from '../../src/messaging/topic';
import { App } from '../../src/platform/app';
import { ServiceChart } from '../../src/platform/service-chart';
import { SharedChart } from '../../src/platform/shared-chart';
import { Environment } from '../../src/profile/environment';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Tier } from '../../src/values/tier';
import { bare, DEV, group, Manifests, manifestsOf, manifestsOfApp, PROD, profileWith, refusal, ROOMY, service, writtenBy } from '../support/platform';

const GROUP_LABELS = {
  'app.kubernetes.io/component': 'namespace',
  'app.kubernetes.io/instance': 'core-business-prod',
  'app.kubernetes.io/managed-by': 'cdk8s-microservices',
  'app.kubernetes.io/name': 'core-business',
  'app.kubernetes.io/part-of': 'core-business',
  'type': 'namespace',
};

describe('a namespace', () => {
  test('has the labels that policies select, admits restricted pods alone, and belongs to no namespace', () => {
    const restricted = ['audit', 'enforce', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']);
    expect(manifestsOf(group()).get('Namespace', 'core-business-prod')).toEqual({
      apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'core-business-prod', labels: { ...GROUP_LABELS, name: 'core-business-prod', ...Object.fromEntries(restricted) } },
    });
  });

  test.each([['core-business', '50', '100Gi'], ['platform', '30', '60Gi'], ['warehouse', '16', '32Gi']])('%s in prod has %s cores and %s', (name, cpu, memory) => {
    expect(manifestsOf(group({ name })).get('ResourceQuota', `${name}-prod`).spec.hard).toEqual({
      'limits.cpu': cpu, 'limits.memory': memory, 'requests.cpu': cpu, 'requests.memory': memory,
    });
  });

  test('gives a container that says nothing enough to be admitted', () => {
    expect(bare(manifestsOf(group()).get('LimitRange', 'core-business-prod')).spec.limits).toEqual([{
      type: 'Container',
      max: { cpu: '4', memory: '8Gi' },
      min: { cpu: '10m', memory: '16Mi' },
      default: { cpu: '200m', memory: '256Mi' },
      defaultRequest: { cpu: '100m', memory: '128Mi' },
    }]);
  });

  test('has a PriorityClass of its own for each tier in use', () => {
    const chart = group();
    service(chart, 'payment', { tier: Tier.CRITICAL });
    service(chart, 'order', { tier: Tier.CRITICAL });
    service(chart, 'report', { tier: Tier.BATCH });
    const classes = manifestsOf(chart).of('PriorityClass');
    expect(classes.map(({ metadata, value, globalDefault }) => [metadata.name, metadata.namespace, value, globalDefault])).toEqual([
      ['core-business-prod-critical', undefined, 1_000_000, false], ['core-business-prod-batch', undefined, 1_000, false],
    ]);
  });

});

describe('a group fails', () => {
  test.each<[string, (app: App) => unknown, string]>([
    ['with a name that is none', (app) => new ServiceChart(app, 'Core Business', { environment: PROD }), "[App] name of the group 'Core Business' is not a DNS label: it has 'C'. Write 'core-business'."],
    ['with a name too long', (app) => new ServiceChart(app, 'a'.repeat(59), { environment: PROD }),
      `[App] namespace '${'a'.repeat(57)}...' is not a DNS label: it has 64 characters, and 63 are the most. Use a to z, 0 to 9 and '-', at most 63 characters.`],
    ['that is there already', (app) => [PROD, PROD].map((environment) => new ServiceChart(app, 'core-business', { environment })),
      "[App] namespace 'core-business-prod' is defined already at core-business-prod. Give one of them another name."],
    ['that has the namespace of another', (app) => [new ServiceChart(app, 'a', { environment: Environment.of('b-c') }), new ServiceChart(new Construct(app, 'Below'), 'a-b', { environment: Environment.of('c') })],
      "[Below] namespace 'a-b-c' is defined already at a-b-c. Give one of them another name."],
  ])('%s', (_, define, message) => {
    expect(refusal(define)).toBe(message);
  });
});

describe('where a construct stands', () => {
  const shop = (place: (scope: Construct, name: string) => Construct, order: (names: string[]) => string[] = (names) => names) => (app: StockApp) => {
    const root = place(app, 'App');
    new SharedChart(place(root, 'Shared'), 'infrastructure', { profile: ROOMY });
    for (const environment of [DEV, PROD]) {
      const chart = new ServiceChart(place(root, environment.name), 'core-business', { environment, profile: ROOMY });
      const redis = RedisCluster.fromNamespace(place(chart, 'Stores'), 'redis', 'infrastructure');
      const topic = new Topic(place(chart, 'Topics'), 'order-placed', { broker: redis });
      const services = Object.fromEntries(order(['checkout', 'order', 'mailer']).map((name) => [name, service(place(chart, name), name, { config: { A: '1' } })]));
      services.checkout.calls(ServiceReference.of('core-business', 'order'));
      services.order.publishes(topic);
      services.mailer.subscribes(topic);
      services.checkout.uses(redis);
    }
  };
  const flat = (scope: Construct) => scope;

  test('and in which order, changes no byte', () => {
    const expected = writtenBy(shop(flat));
    expect(Object.keys(expected)).toEqual([
      ...['dev', 'prod'].flatMap((environment) => ['checkout', 'mailer', 'namespace', 'order'].map((name) => `${environment}/core-business/${name}.k8s.yaml`)),
      'shared/infrastructure/namespace.k8s.yaml',
    ]);
    expect(writtenBy(shop((scope, name) => new Construct(new Construct(scope, `In-${name}`), 'Deeper')))).toEqual(expected);
    expect(writtenBy(shop(flat, (names) => [...names].reverse()))).toEqual(expected);
  });

  test('changes no object under the app of cdk8s either, which has the same ones', () => {
    const sorted = (manifests: Manifests) => manifests.all.map((manifest) => JSON.stringify(manifest)).sort();
    const define = (app: StockApp) => {
      shop(flat)(app);
      return sorted(manifestsOfApp(app));
    };
    const [ours, stock] = [define(new App()), define(new StockApp())];
    expect(stock).toEqual(ours);
    expect(stock.length).toBeGreaterThan(60);
  });
});

test('a profile of the tree is in force where the chart names none', () => {
  const app = Testing.app();
  PlatformProfile.provide(app, profileWith({ managedBy: 'us', logLevel: 'warn' }));
  const chart = new ServiceChart(app, 'core-business', { environment: PROD });
  service(chart);
  expect(manifestsOf(chart).get('Namespace', 'core-business-prod').metadata.labels['app.kubernetes.io/managed-by']).toBe('us');
  expect(manifestsOf(chart).get('Deployment', 'checkout').spec.template.spec.containers[0].env[1]).toEqual({ name: 'LOG_LEVEL', value: 'warn' });
  expect(Chart.of(chart)).toBe(chart);
});
