import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definePlatform } from './platform';
import { App } from 'cdk8s-microservices';
import type { manifests } from 'cdk8s-microservices';

let all: manifests.ManifestSet;
beforeAll(() => {
  const app = new App();
  definePlatform(app);
  all = app.manifests();
});

function spec(kind: string, name: string, namespace = 'shop-prod'): any {
  return all.named(kind, name, namespace)?.spec;
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
    expect(all.named('ServiceMonitor', 'order', 'shop-prod')!.json).toEqual({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: 'order', namespace: 'shop-prod', annotations: { 'acme.example/callers': 'web' } },
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
