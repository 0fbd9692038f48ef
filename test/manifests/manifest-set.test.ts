import { Manifest } from '../../src/manifests/manifest';
import { ManifestSet } from '../../src/manifests/manifest-set';

const API = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: checkout, namespace: shop, labels: { team: payments } }
spec:
  template:
    metadata: { labels: { app: checkout, tier: web } }
    spec: { containers: [] }
---
apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { selector: { app: checkout } }
---
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: thumbnails, namespace: shop }
spec: { template: { metadata: { labels: { app: thumbnails } }, spec: {} } }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`;

const OTHER = `
apiVersion: batch/v1
kind: CronJob
metadata: { name: report, namespace: analytics, annotations: { why: audit } }
spec: { jobTemplate: { spec: { template: { metadata: { labels: { app: report, tier: batch } } } } } }
`;

const set = ManifestSet.parse({ 'shop.yaml': API, 'analytics.yaml': OTHER });
const ids = (manifests: readonly Manifest[]) => manifests.map(({ id }) => id);

describe('a manifest', () => {
  test('knows what it is, and where it was read', () => {
    const deployment = set.named('Deployment', 'checkout', 'shop')!;
    expect(deployment).toMatchObject({ apiVersion: 'apps/v1', group: 'apps', kind: 'Deployment', name: 'checkout', namespace: 'shop' });
    expect(deployment.place).toEqual({ file: 'shop.yaml', line: 2 });
    expect(deployment.labels).toEqual({ team: 'payments' });
    expect(`${deployment}`).toBe('shop.yaml:2');
    expect(deployment.qualifiedKind).toBe('Deployment.apps');
    expect(deployment.id).toBe('Deployment.apps/shop/checkout');
  });

  test('of the core, without a namespace, has a short id and no group', () => {
    const namespace = set.named('Namespace', 'shop')!;
    expect(namespace.group).toBe('');
    expect(namespace.namespace).toBeUndefined();
    expect(namespace.id).toBe('Namespace/shop');
    expect([namespace.labels, namespace.annotations, namespace.spec]).toEqual([{}, {}, {}]);
  });

  test('has annotations and a template of pods, wherever its kind keeps it', () => {
    const { annotations, podTemplate } = set.named('CronJob', 'report', 'analytics')!;
    expect(annotations).toEqual({ why: 'audit' });
    expect(podTemplate.metadata.labels.app).toBe('report');
    expect(set.named('Service', 'checkout', 'shop')!.podTemplate).toBeUndefined();
    expect(new Manifest({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'one' }, spec: { hostNetwork: true } }).podTemplate.spec).toEqual({ hostNetwork: true });
  });

  test('of a construct is named by its path, and one of nowhere by itself', () => {
    const json = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
    expect(`${new Manifest(json, { path: 'prod/settings', file: 'prod.yaml' })}`).toBe('[prod/settings]');
    expect(`${new Manifest(json, { file: 'prod.yaml' })}`).toBe('prod.yaml');
    expect(`${new Manifest(json)}`).toBe('ConfigMap/settings');
  });
});

describe('a set', () => {
  test('finds manifests by kind, in all groups or in one', () => {
    expect(ids(set.of('Service'))).toEqual(['Service/shop/checkout', 'Service.serving.knative.dev/shop/thumbnails']);
    expect(ids(set.of('Service', ''))).toEqual(['Service/shop/checkout']);
    expect(ids(set.of('Service', 'serving.knative.dev'))).toEqual(['Service.serving.knative.dev/shop/thumbnails']);
    expect(set.of('Ingress')).toEqual([]);
  });

  test('finds one manifest by its name', () => {
    expect(set.named('Service', 'thumbnails', 'shop', 'serving.knative.dev')!.group).toBe('serving.knative.dev');
    expect(set.named('Service', 'thumbnails', 'shop', '')).toBeUndefined();
    expect(set.named('Service', 'thumbnails', 'analytics')).toBeUndefined();
    expect(set.named('Namespace', 'shop', 'shop')).toBeUndefined();
  });

  test('finds manifests by namespace and by file', () => {
    expect(ids(set.inNamespace('analytics'))).toEqual(['CronJob.batch/analytics/report']);
    expect(ids(set.inFile('analytics.yaml'))).toEqual(['CronJob.batch/analytics/report']);
    expect(set.inFile('shop.yaml')).toHaveLength(4);
  });

  test('finds manifests by the constructs that render them', () => {
    const json = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
    const [own, inner, neighbour] = ['shop/checkout', 'shop/checkout/inner', 'shop/checkout2'].map((path) => new Manifest(json, { path, owner: 'shop' }));
    const rendered = new ManifestSet([own, inner, neighbour]);
    expect(rendered.below('shop/checkout')).toEqual([own, inner]);
    expect(rendered.below('')).toEqual([own, inner, neighbour]);
    expect(rendered.ownedBy('shop')).toEqual([own, inner, neighbour]);
    expect(rendered.ownedBy('shop/checkout')).toEqual([]);
  });

  test('is not changed by what a reader does with an answer', () => {
    set.of('Deployment').pop();
    expect(set.of('Deployment')).toHaveLength(1);
  });

  test('finds manifests that run pods', () => {
    expect(ids(set.workloads())).toEqual(['Deployment.apps/shop/checkout', 'Service.serving.knative.dev/shop/thumbnails', 'CronJob.batch/analytics/report']);
    expect(ids(set.workloads('analytics'))).toEqual(['CronJob.batch/analytics/report']);
  });
});

describe('pods are selected', () => {
  const policy = (podSelector: unknown, namespace = 'shop') => new Manifest({
    apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'policy', namespace }, spec: { podSelector },
  });

  test('by a Service, of which an empty selector selects none', () => {
    expect(ids(set.podsSelectedBy(set.named('Service', 'checkout', 'shop', '')!))).toEqual(['Deployment.apps/shop/checkout']);
    const headless = new Manifest({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'outside', namespace: 'shop' }, spec: { selector: {} } });
    expect(set.podsSelectedBy(headless)).toEqual([]);
  });

  test('by a NetworkPolicy in its own namespace, of which an empty selector selects all', () => {
    expect(ids(set.podsSelectedBy(policy({})))).toEqual(['Deployment.apps/shop/checkout', 'Service.serving.knative.dev/shop/thumbnails']);
    expect(ids(set.podsSelectedBy(policy({ matchLabels: { app: 'checkout' } })))).toEqual(['Deployment.apps/shop/checkout']);
    expect(set.podsSelectedBy(policy({ matchLabels: { app: 'checkout' } }, 'analytics'))).toEqual([]);
  });

  test('by expressions, each as the API server reads it', () => {
    const selected = (...matchExpressions: object[]) => ids(set.podsSelectedBy(policy({ matchExpressions })));
    const [checkout, thumbnails] = ['Deployment.apps/shop/checkout', 'Service.serving.knative.dev/shop/thumbnails'];
    expect(selected({ key: 'app', operator: 'In', values: ['checkout', 'other'] })).toEqual([checkout]);
    expect(selected({ key: 'tier', operator: 'NotIn', values: ['web'] })).toEqual([thumbnails]);
    expect(selected({ key: 'tier', operator: 'Exists' })).toEqual([checkout]);
    expect(selected({ key: 'tier', operator: 'DoesNotExist' })).toEqual([thumbnails]);
    expect(selected({ key: 'tier', operator: 'Gt', values: ['1'] })).toEqual([]);
  });

  test('by whatever else has a selector, and not by what has none', () => {
    const budget = (spec: object) => new Manifest({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'checkout', namespace: 'shop' }, spec });
    expect(ids(set.podsSelectedBy(budget({ selector: { matchLabels: { app: 'checkout', tier: 'web' } } })))).toEqual(['Deployment.apps/shop/checkout']);
    expect(set.podsSelectedBy(budget({ selector: { matchLabels: { app: 'checkout', tier: 'batch' } } }))).toEqual([]);
    expect(set.podsSelectedBy(budget({}))).toEqual([]);
  });
});

test('a set of plain objects has no places', () => {
  const [only] = ManifestSet.ofJson([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key', namespace: 'shop' } }]).all;
  expect(only.place).toEqual({});
  expect(only.id).toBe('Secret/shop/key');
});
