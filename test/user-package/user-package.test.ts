import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MonitoredServices } from './monitored-services';
import { definePlatform } from './platform';
import { App, checks, Environment, graph, Image, Microservice, ServiceChart, testing } from 'cdk8s-microservices';
import type { manifests } from 'cdk8s-microservices';

let app: App;
let all: manifests.ManifestSet;
let objects: testing.RenderedObjects;
beforeAll(() => {
  app = new App();
  definePlatform(app);
  all = app.manifests();
  objects = testing.RenderedObjects.of(all);
});

function spec(kind: string, name: string, namespace = 'shop-prod'): any {
  return objects.get(kind, name, namespace).spec;
}

test('the package imports cdk8s, constructs and the library by its name, and calls nothing internal', () => {
  const files = readdirSync(__dirname).filter((file) => !file.endsWith('.test.ts'));
  const texts = files.map((file) => readFileSync(join(__dirname, file), 'utf8'));
  const imported = texts.flatMap((text) => [...text.matchAll(/from '([^']+)'/g)].map(([, target]) => target));
  expect([...new Set(imported.filter((target) => !target.startsWith('./')))].sort()).toEqual(['cdk8s', 'cdk8s-microservices', 'constructs']);
  expect(texts.filter((text) => /\._[a-z]/.test(text))).toEqual([]);
});

describe('ServiceMonitors', () => {
  test('read a service as often as the profile and its callers require', () => {
    const intervals = ['dev', 'prod'].flatMap((environment) => ['order', 'web'].map((name) =>
      [environment, name, spec('ServiceMonitor', name, `shop-${environment}`).endpoints[0].interval]));
    expect(intervals).toEqual([
      ['dev', 'order', '30s'], ['dev', 'web', '300s'],
      ['prod', 'order', '15s'], ['prod', 'web', '300s'],
    ]);
  });

  test('are complete whatever comes after them in the program', () => {
    const { metadata, ...monitor } = objects.get('ServiceMonitor', 'order', 'shop-prod');
    expect(metadata.annotations['acme.example/callers']).toBe('recommend,web');
    expect(monitor).toEqual({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      spec: { selector: { matchLabels: { app: 'order' } }, endpoints: [{ port: 'http', interval: '15s' }] },
    });
  });

  test('admit the scraper, on the ports that it reads', () => {
    expect(spec('NetworkPolicy', 'order-scraper')).toEqual({
      podSelector: { matchLabels: { app: 'order' } },
      policyTypes: ['Ingress'],
      ingress: [{
        from: [{
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } },
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus-agent' } },
        }],
        ports: [{ port: 8000, protocol: 'TCP' }],
      }],
    });
  });
});

describe('a mixin', () => {
  test('reaches every object of a group, also those that depend on connections', () => {
    const shop = all.inNamespace('shop-prod');
    expect(shop.map(({ name }) => name)).toEqual(expect.arrayContaining(['order-callers', 'order-scraper', 'order']));
    expect(shop.filter(({ annotations }) => annotations['acme.example/cost-centre'] !== '4711').map(({ id }) => id)).toEqual([]);
  });
});

describe('a rule', () => {
  test('accepts the groups of the team, and reports a Service of another group', () => {
    const other = new App();
    definePlatform(other);
    const office = new ServiceChart(other, 'office', { environment: Environment.standard()[0] });
    new Microservice(office, 'mail', { image: Image.parse('registry.example.com/mail:1.0.0') });
    checks.Checks.of(other).add(new MonitoredServices());
    const found = (report: checks.Report) => report.findings.filter(({ rule }) => rule.id === 'ACME-MON-001').map(({ place, field }) => `${place} ${field}`);
    expect(found(checks.Checks.of(app).report())).toEqual([]);
    expect(found(checks.Checks.of(other).report())).toEqual(['[office-dev/mail/Service] /metadata/name']);
  });
});

describe('a workload of the team', () => {
  const inShop = (name: string) => graph.Endpoint.ofPods('shop-prod', { app: name });

  test('has pods as all others, with what its Deployment changes', () => {
    expect(spec('Deployment', 'recommend')).toMatchObject({ replicas: 2, strategy: { type: 'Recreate' } });
    expect(objects.podTemplate('recommend', 'shop-prod').spec).toMatchObject({ serviceAccountName: 'recommend', nodeSelector: { 'acme.example/gpu': 'true' } });
    expect(objects.container('recommend', 'shop-prod')).toMatchObject({
      image: 'registry.example.com/recommend:1.0.0', securityContext: { readOnlyRootFilesystem: true }, resources: { limits: { 'nvidia.com/gpu': 1 } },
    });
    expect(spec('PodDisruptionBudget', 'recommend')).toMatchObject({ selector: { matchLabels: { app: 'recommend' } } });
  });

  test('is called and calls, by policies at both ends and by Dapr', () => {
    const reachability = graph.Reachability.of(all);
    const reaches = (from: string, to: string) => reachability.admits(inShop(from), inShop(to), 50002);
    expect([reaches('web', 'recommend'), reaches('recommend', 'order'), reaches('order', 'recommend'), reaches('recommend', 'web')]).toEqual([true, true, false, false]);
    expect(spec('Configuration', 'order-appconfig').accessControl.policies.map(({ appId }: any) => appId)).toEqual(['recommend', 'web']);
    expect(spec('Resiliency', 'recommend').targets.apps).toEqual({ order: { timeout: 'timeout-30s', retry: 'retry-1-times-after-1s' } });
  });

  test('is monitored, as all workloads with a Service', () => {
    expect(spec('ServiceMonitor', 'recommend').endpoints).toEqual([{ port: 'http', interval: '15s' }]);
  });
});

describe('a store of the team', () => {
  test('has a Dapr component for the services that use it', () => {
    const component = objects.get('Component', 'sessions-statestore', 'shop-prod');
    expect(component.spec).toMatchObject({
      type: 'state.memcached', version: 'v1', metadata: [{ name: 'hosts', value: 'sessions.shop-prod.svc.cluster.local:11211' }, { name: 'keyPrefix' }],
    });
    expect(component.scopes).toEqual(['web']);
  });

  test('is reached by them alone', () => {
    const reachability = graph.Reachability.of(all);
    const users = reachability.workloads.filter((each) => reachability.reaches(each, reachability.workload('sessions', 'shop-prod'), 11211));
    expect(users.map((each) => `${each}`)).toEqual(['shop-prod/web']);
  });

  test('has the size of its stage', () => {
    expect(['dev', 'prod'].map((environment) => spec('StatefulSet', 'sessions', `shop-${environment}`).replicas)).toEqual([1, 2]);
  });
});
