import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Cron, Size, App as StockApp } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { App, Environment, Image, Microservice, PlatformProfile, ServiceChart, SharedChart } from '../../src';
import { documentsOf, filesIn, newOutdir } from '../output/output-folders';

const [, , production] = Environment.standard();
/** Quotas count objects of cdk8s-plus as they count ours. */
const roomy = PlatformProfile.standard().customize({ defaultQuota: { cpu: '32', memory: '64Gi' }, capacity: { production: { cpu: '200', memory: '400Gi' } } });

/** A program as users of cdk8s-plus write it: constructs that refer to each other, with names made of their paths. */
function defineReports(chart: Chart): void {
  const settings = new kplus.ConfigMap(chart, 'Settings', { data: { 'schedule.properties': 'zone=UTC\n', 'mode': 'no' } });
  const password = kplus.Secret.fromSecretName(chart, 'Password', 'report-password');
  const account = new kplus.ServiceAccount(chart, 'Account');
  const securityContext = { ensureNonRoot: true, user: 1000, readOnlyRootFilesystem: true };

  const reports = new kplus.Deployment(chart, 'Reports', { serviceAccount: account, podMetadata: { labels: { team: 'finance' } } });
  const container = reports.addContainer({
    image: 'registry.example.com/reports:2.1.0',
    portNumber: 8080,
    securityContext,
    envVariables: {
      MODE: kplus.EnvValue.fromConfigMap(settings, 'mode'),
      PASSWORD: kplus.EnvValue.fromSecretValue({ secret: password, key: 'password' }),
    },
    resources: {
      cpu: { request: kplus.Cpu.millis(100), limit: kplus.Cpu.units(1) },
      memory: { request: Size.mebibytes(128), limit: Size.gibibytes(1) },
    },
    readiness: kplus.Probe.fromHttpGet('/ready'),
  });
  container.mount('/etc/reports', kplus.Volume.fromConfigMap(chart, 'SettingsVolume', settings));
  container.mount('/tmp', kplus.Volume.fromEmptyDir(chart, 'Temporary', 'tmp', { sizeLimit: Size.mebibytes(64) }));
  const service = reports.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
  new kplus.Ingress(chart, 'Ingress', { rules: [{ host: 'reports.example.com', path: '/', backend: kplus.IngressBackend.fromService(service) }] });
  new kplus.HorizontalPodAutoscaler(chart, 'Autoscaler', {
    target: reports, minReplicas: 2, maxReplicas: 6, metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(60))],
  });

  new kplus.CronJob(chart, 'Cleanup', {
    schedule: Cron.schedule({ minute: '17', hour: '3' }),
    timeZone: 'Etc/UTC',
    backoffLimit: 2,
    containers: [{ image: 'registry.example.com/cleanup:1.0.0', args: ['--older-than', '030'], securityContext }],
  });
  const role = new kplus.Role(chart, 'Role');
  role.allowRead(settings);
  role.bind(account);
  reports.connections.allowTo(kplus.Pods.select(chart, 'Databases', { labels: { app: 'database' } }), { ports: [kplus.NetworkPolicyPort.tcp(5432)] });
  new kplus.k8s.KubeLease(chart, 'Lease', { metadata: { name: 'reports' }, spec: { holderIdentity: 'reports', leaseDurationSeconds: 15 } });
}

/** Objects by kind and name. */
function byName(objects: readonly any[]): Map<string, unknown> {
  return new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

/** What an app writes, without the file in which each object is. */
function written(create: (outdir: string) => StockApp, define: (app: StockApp) => void): Map<string, unknown> {
  const outdir = newOutdir();
  const app = create(outdir);
  define(app);
  app.synth();
  return byName(filesIn(outdir).filter((file) => file.endsWith('.yaml')).flatMap((file) => documentsOf(readFileSync(join(outdir, file), 'utf8'))));
}

const ours = (outdir: string) => new App({ outdir });
const stock = (outdir: string) => new StockApp({ outdir });

const KINDS = [
  'ConfigMap', 'CronJob', 'Deployment', 'HorizontalPodAutoscaler', 'Ingress', 'Lease', 'NetworkPolicy', 'NetworkPolicy', 'Role', 'RoleBinding', 'Service', 'ServiceAccount',
];

beforeEach(() => { jest.spyOn(process.stderr, 'write').mockReturnValue(true); });
afterEach(() => { jest.restoreAllMocks(); });

describe('objects of cdk8s-plus', () => {
  const expected = written(stock, (app) => { defineReports(new Chart(app, 'shop-prod', { namespace: 'shop-prod' })); });

  test('are of the kinds that a program may have beside ours', () => {
    expect([...expected.keys()].map((name) => name.split(' ')[0]).sort()).toEqual(KINDS);
  });

  test('are in a ServiceChart as in a chart of cdk8s, among the services of the group', () => {
    const actual = written(ours, (app) => {
      const chart = new ServiceChart(app, 'shop', { environment: production, profile: roomy });
      const order = new Microservice(chart, 'order', { image: Image.of('registry.example.com/order', { tag: '1.0.0' }) });
      defineReports(chart);
      new Microservice(chart, 'checkout', { image: Image.of('registry.example.com/checkout', { tag: '1.0.0' }) }).calls(order);
    });
    expect(new Map([...actual].filter(([name]) => expected.has(name)))).toEqual(expected);
    expect([...actual.keys()]).toEqual(expect.arrayContaining(['Deployment order', 'Deployment checkout', 'Namespace shop-prod']));
  });

  test('are in a SharedChart as in a chart of cdk8s', () => {
    const inChart = written(stock, (app) => { defineReports(new Chart(app, 'tools', { namespace: 'tools' })); });
    const actual = written(ours, (app) => { defineReports(new SharedChart(app, 'tools', {})); });
    expect(new Map([...actual].filter(([name]) => inChart.has(name)))).toEqual(inChart);
    expect([...actual.keys()]).toContain('Namespace tools');
  });

  test('are in a chart of cdk8s beside our charts', () => {
    const actual = written(ours, (app) => {
      new ServiceChart(app, 'platform', { environment: production });
      defineReports(new Chart(app, 'shop-prod', { namespace: 'shop-prod' }));
    });
    expect(new Map([...actual].filter(([name]) => expected.has(name)))).toEqual(expected);
  });

  test('and ours come out of the App of cdk8s as out of ours', () => {
    const define = (app: StockApp) => {
      const chart = new ServiceChart(app, 'shop', { environment: production, profile: roomy });
      const order = new Microservice(chart, 'order', { image: Image.of('registry.example.com/order', { tag: '1.0.0' }) });
      defineReports(chart);
      new Microservice(chart, 'checkout', { image: Image.of('registry.example.com/checkout', { tag: '1.0.0' }) }).calls(order);
    };
    const actual = written(ours, define);
    expect(actual.size).toBeGreaterThan(expected.size);
    expect(actual).toEqual(written(stock, define));
  });
});
