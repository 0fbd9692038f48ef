import { ManifestSet } from '../../src/manifests/manifest-set';
import { RenderedObjects } from '../../src/testing';

const TEXT = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: order, namespace: shop }
spec:
  template:
    metadata: { labels: { app: order } }
    spec:
      initContainers: [{ name: migrate, image: migrate:1 }]
      containers:
        - name: order
          image: order:1
          env:
            - { name: CURRENCY, value: EUR }
            - { name: TOKEN, valueFrom: { secretKeyRef: { name: payment, key: token } } }
        - { name: proxy, image: proxy:1, env: [{ name: PORT, value: '8080' }] }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: report, namespace: shop }
spec: { jobTemplate: { spec: { template: { metadata: { labels: { app: report } }, spec: { containers: [{ name: report }] } } } } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: order, namespace: shop }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: order, namespace: office }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: order-callers, namespace: shop }
spec: { podSelector: { matchLabels: { app: order } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {} }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: office }
spec: { podSelector: {} }
`;
const objects = RenderedObjects.of(ManifestSet.parse({ 'shop.yaml': TEXT }));

test('names all objects', () => {
  expect(objects.names).toEqual([
    'ConfigMap/order', 'ConfigMap/order', 'CronJob/report', 'Deployment/order', 'NetworkPolicy/default-deny', 'NetworkPolicy/default-deny', 'NetworkPolicy/order-callers',
  ]);
});

test('finds an object by kind and name, and by namespace where that is needed', () => {
  expect(objects.get('NetworkPolicy', 'order-callers').spec).toEqual({ podSelector: { matchLabels: { app: 'order' } } });
  expect(objects.get('ConfigMap', 'order', 'office').metadata.namespace).toBe('office');
});

test('finds pods, containers and variables of a workload of any kind', () => {
  expect(objects.podTemplate('report').metadata).toEqual({ labels: { app: 'report' } });
  expect([objects.container('order'), objects.container('order', 'shop', 'proxy'), objects.container('order', undefined, 'migrate')].map(({ image }) => image))
    .toEqual(['order:1', 'proxy:1', 'migrate:1']);
  expect(objects.env('order')).toEqual({ CURRENCY: 'EUR', TOKEN: { secretKeyRef: { name: 'payment', key: 'token' } } });
  expect(objects.env('order', 'shop', 'proxy')).toEqual({ PORT: '8080' });
  expect(objects.env('report')).toEqual({});
});

test('finds the network policies that select the pods of a workload', () => {
  expect(objects.networkPoliciesOf('order')).toEqual(['default-deny', 'order-callers']);
  expect(objects.networkPoliciesOf('report', 'shop')).toEqual(['default-deny']);
});

test.each<[string, () => unknown, string]>([
  ['an object', () => objects.get('Deployment', 'orders'), 'there is no Deployment/orders. Known are Deployment.apps/shop/order.'],
  ['a kind', () => objects.get('DaemonSet', 'order'), 'there is no DaemonSet/order. Known are ConfigMap/office/order, ConfigMap/shop/order, CronJob.batch/shop/report, '
    + 'Deployment.apps/shop/order, NetworkPolicy.networking.k8s.io/office/default-deny, NetworkPolicy.networking.k8s.io/shop/default-deny, NetworkPolicy.networking.k8s.io/shop/order-callers.'],
  ['an object of another namespace', () => objects.get('Deployment', 'order', 'office'), "there is no Deployment/order in namespace 'office'. Known are Deployment.apps/shop/order."],
  ['an object among several', () => objects.get('ConfigMap', 'order'), 'ConfigMap/order is not unique: ConfigMap/office/order, ConfigMap/shop/order. Name the namespace.'],
  ['a workload', () => objects.podTemplate('order', 'office'), "there is no workload 'order' in namespace 'office'. Known are none."],
  ['a container', () => objects.env('order', 'shop', 'sidecar'), "'order' has no container 'sidecar'. Known are migrate, order, proxy."],
])('fails without %s', (_what, find, message) => {
  expect(find).toThrow(new Error(`RenderedObjects: ${message}`));
});
