import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { Reachability } from '../../src/graph';
import type { Manifest } from '../../src/manifests';
import { ManifestSet } from '../../src/manifests';
import { committedFiles, runExample } from '../support/example';

// a process for the synthesis, on a machine that may be busy
jest.setTimeout(60_000);

const EXAMPLE = 'boutique';
const committed = committedFiles(EXAMPLE);

/** The calls of the shop, with the port of the callee's container and what the caller reads. */
const CALLS: readonly (readonly [caller: string, callee: string, port: number, variable: string, address: string])[] = [
  ['frontend', 'adservice', 9555, 'AD_SERVICE_ADDR', 'adservice:9555'],
  ['frontend', 'cartservice', 7070, 'CART_SERVICE_ADDR', 'cartservice:7070'],
  ['frontend', 'checkoutservice', 5050, 'CHECKOUT_SERVICE_ADDR', 'checkoutservice:5050'],
  ['frontend', 'currencyservice', 7000, 'CURRENCY_SERVICE_ADDR', 'currencyservice:7000'],
  ['frontend', 'productcatalogservice', 3550, 'PRODUCT_CATALOG_SERVICE_ADDR', 'productcatalogservice:3550'],
  ['frontend', 'recommendationservice', 8080, 'RECOMMENDATION_SERVICE_ADDR', 'recommendationservice:8080'],
  ['frontend', 'shippingservice', 50_051, 'SHIPPING_SERVICE_ADDR', 'shippingservice:50051'],
  ['checkoutservice', 'cartservice', 7070, 'CART_SERVICE_ADDR', 'cartservice:7070'],
  ['checkoutservice', 'currencyservice', 7000, 'CURRENCY_SERVICE_ADDR', 'currencyservice:7000'],
  // its Service has another port than its container
  ['checkoutservice', 'emailservice', 8080, 'EMAIL_SERVICE_ADDR', 'emailservice:5000'],
  ['checkoutservice', 'paymentservice', 50_051, 'PAYMENT_SERVICE_ADDR', 'paymentservice:50051'],
  ['checkoutservice', 'productcatalogservice', 3550, 'PRODUCT_CATALOG_SERVICE_ADDR', 'productcatalogservice:3550'],
  ['checkoutservice', 'shippingservice', 50_051, 'SHIPPING_SERVICE_ADDR', 'shippingservice:50051'],
  ['recommendationservice', 'productcatalogservice', 3550, 'PRODUCT_CATALOG_SERVICE_ADDR', 'productcatalogservice:3550'],
  ['cartservice', 'redis-cart', 6379, 'REDIS_ADDR', 'redis-cart:6379'],
  ['loadgenerator', 'frontend', 8080, 'FRONTEND_ADDR', 'frontend:80'],
];

test('its dist/ is what the program renders, and nothing is left to report', () => {
  expect(runExample(EXAMPLE)).toEqual({ status: 0, stderr: '', different: [] });
});

test('the program has at most 90 lines of at most 120 columns, without a patch and without an address', () => {
  const text = readFileSync(join(resolve(__dirname, '..', '..', 'examples', EXAMPLE), 'main.ts'), 'utf8');
  const lines = text.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(90);
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
  expect(text).not.toMatch(/patch|[a-z]:\d|svc|ApiObject/);
});

describe.each(['dev', 'staging', 'prod'])('in %s', (environment) => {
  const files = Object.entries(committed).filter(([file]) => file.startsWith(`${environment}/`));
  const manifests = ManifestSet.parse(Object.fromEntries(files));
  const objects = files.flatMap(([, text]) => loadAll(text) as any[]);
  const object = (kind: string, name: string) => objects.find((each) => each.kind === kind && each.metadata.name === name);

  test('exactly its sixteen calls are open between pods', () => {
    const expected = CALLS.map(([caller, callee, port]) => `boutique/${caller} -> boutique/${callee} TCP ${port}`);
    expect(Reachability.of(manifests).edges.map(String).sort()).toEqual([...expected].sort());
  });

  test('each caller reads the address of the Service in a variable', () => {
    for (const [caller, , , variable, address] of CALLS) {
      const { env } = object('Deployment', caller).spec.template.spec.containers[0];
      const found = env.filter(({ name }: { name: string }) => name === variable);
      expect({ caller, found }).toEqual({ caller, found: [{ name: variable, value: address }] });
    }
  });

  test('all objects are in the namespace that exists, which is not rendered', () => {
    const namespaced = objects.filter(({ kind }) => kind !== 'PriorityClass');
    expect([...new Set(namespaced.map(({ metadata }) => metadata.namespace))]).toEqual(['boutique']);
    expect(objects.filter(({ kind }) => ['Namespace', 'ResourceQuota', 'LimitRange'].includes(kind))).toEqual([]);
  });

  test('everybody reaches the frontend through a load balancer on port 80, and no other workload', () => {
    const open = objects.filter(({ kind, spec }) => kind === 'Service' && spec.type === 'LoadBalancer');
    expect(open.map(({ metadata, spec }) => [metadata.name, spec.selector, spec.ports[0].port])).toEqual([['frontend-external', { app: 'frontend' }, 80]]);
    // a rule without peers is one for everybody
    const everybody = objects.filter(({ kind, spec }) => kind === 'NetworkPolicy' && spec.ingress?.some(({ from }: any) => from === undefined));
    expect(everybody.map(({ spec }) => spec.podSelector.matchLabels)).toEqual([{ app: 'frontend' }]);
  });

  test('nothing of Dapr is rendered', () => {
    expect(objects.filter((each: Manifest) => JSON.stringify(each).includes('dapr'))).toEqual([]);
  });

  test('an API is a file of at most 320 lines, with an autoscaler, a disruption budget and policies for both directions', () => {
    const text = committed[`${environment}/boutique/productcatalogservice.k8s.yaml`];
    expect((loadAll(text) as Manifest[]).map(({ kind }) => kind)).toEqual([
      'NetworkPolicy', 'ServiceAccount', 'Service', 'Deployment', 'HorizontalPodAutoscaler', 'PodDisruptionBudget',
    ]);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(320);
  });
});
