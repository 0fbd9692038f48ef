import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { core, Environment, Image, Microservice, ServiceChart, SharedChart } from '../../src';
import { ArgoCdRepository } from '../../src/delivery';
import { App } from '../../src/platform/app';
import { messageOf } from '../support/message-of';

const image = Image.parse('registry.example.com/order:1.4.2');

function monitor(scope: Construct, id: string, name = id.toLowerCase()): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata: { name }, spec: { selector: { matchLabels: { app: 'order' } }, endpoints: [] },
  } as never);
}

function shop(app = new App()) {
  const chart = new ServiceChart(app, 'shop', { environment: Environment.of('dev') });
  return { app, chart, order: new Microservice(chart, 'order', { image }) };
}

function filesOf(app: App, kind: string): string[] {
  return app.manifests().of(kind).map(({ name, place }) => `${name} in ${place.file}`);
}

describe('an object of the program', () => {
  test('is in the file of the service that it is defined below', () => {
    const { app, order } = shop();
    monitor(new Construct(order, 'Monitoring'), 'metrics');
    expect(filesOf(app, 'ServiceMonitor')).toEqual(['metrics in dev/shop/order.k8s.yaml']);
  });

  test('is in a file of its own elsewhere in the group, named after the construct below the chart', () => {
    const { app, chart } = shop();
    const monitoring = new Construct(chart, 'ServiceMonitors');
    monitor(monitoring, 'first');
    monitor(new Construct(monitoring, 'inner'), 'second');
    monitor(chart, 'Order metrics', 'third');
    new core.CustomObject(chart, 'Rules', { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', name: 'rules', spec: { groups: [] } });
    expect(filesOf(app, 'ServiceMonitor').sort()).toEqual([
      'first in dev/shop/service-monitors.k8s.yaml', 'second in dev/shop/service-monitors.k8s.yaml', 'third in dev/shop/order-metrics.k8s.yaml',
    ]);
    expect(filesOf(app, 'PrometheusRule')).toEqual(['rules in dev/shop/rules.k8s.yaml']);
  });

  test('leaves objects of the library where they are', () => {
    const before = shop();
    const after = shop();
    monitor(after.chart, 'monitor');
    const files = ({ app }: typeof before) => app.manifests().all.filter(({ kind }) => kind !== 'ServiceMonitor').map(({ id, place }) => `${id} in ${place.file}`);
    expect(files(after)).toEqual(files(before));
    expect(files(before)).toContainEqual(expect.stringMatching(/Namespace.* in dev\/shop\/namespace\.k8s\.yaml$/));
  });

  test('is in a file of its own in a shared group', () => {
    const app = new App();
    monitor(new SharedChart(app, 'infrastructure'), 'stores');
    expect(filesOf(app, 'ServiceMonitor')).toEqual(['stores in shared/infrastructure/stores.k8s.yaml']);
  });

  test('keeps the file that the program sets', () => {
    const { app, chart } = shop();
    core.OutputFile.set(monitor(chart, 'monitor') as Construct, 'dev/monitoring');
    expect(filesOf(app, 'ServiceMonitor')).toEqual(['monitor in dev/monitoring.k8s.yaml']);
  });

  test('fails where a service has the file already', () => {
    const { app, chart } = shop(new App({ outdir: mkdtempSync(join(tmpdir(), 'own-files-')) }));
    new Microservice(new Construct(chart, 'deep'), 'payment', { image });
    monitor(chart, 'payment');
    expect(messageOf(() => app.synth())).toBe(
      "[shop-dev/payment] output file 'dev/shop/payment.k8s.yaml' would overwrite 'dev/shop/payment.k8s.yaml' of [shop-dev/deep/payment]. Rename one of them.");
  });

  test('has an Application of its own, with the name of the group', () => {
    const app = new App();
    for (const group of ['shop', 'returns']) {
      const chart = new ServiceChart(app, group, { environment: Environment.of('dev') });
      new Microservice(chart, `${group}-api`, { image });
      monitor(chart, 'monitors');
    }
    new ArgoCdRepository(app, 'platform', { repository: 'https://git.example.com/acme/shop.git', directory: 'applications', manifests: 'dist' });
    expect(app.manifests().of('ApplicationSet').map(({ name }) => name)).toEqual([
      'returns-api', 'returns-monitors', 'returns-namespace', 'shop-api', 'shop-monitors', 'shop-namespace',
    ]);
  });
});
