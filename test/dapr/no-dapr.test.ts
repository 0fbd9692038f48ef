import { Testing } from 'cdk8s';
import { Topic } from '../../src/messaging/topic';
import { ServiceChart } from '../../src/platform/service-chart';
import { SharedChart } from '../../src/platform/shared-chart';
import { Environment } from '../../src/profile/environment';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { CronExpression } from '../../src/values/cron-expression';
import { Dapr } from '../../src/values/dapr';
import type { DaprOptions } from '../../src/values/dapr-options';
import { Image } from '../../src/values/image';
import { Port } from '../../src/values/port';
import { ScheduledJob } from '../../src/workloads/batch/scheduled-job';
import { CustomWorkload } from '../../src/workloads/custom-workload';
import { KnativeFunction } from '../../src/workloads/function/knative-function';
import { ImportedService } from '../../src/workloads/imported-service';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { MetricSource } from '../../src/workloads/progressive/metric-source';
import { ProgressiveDelivery } from '../../src/workloads/progressive/progressive-delivery';
import { Worker } from '../../src/workloads/worker';
import { messageOf } from '../support/message-of';
import { DEV, findings, group, manifestsOf, manifestsOfApp, PROD, profileWith, ROOMY, service } from '../support/platform';

const WITHOUT = ROOMY.customize({ dapr: Dapr.none('services speak gRPC') });
const image = Image.parse('registry.example.com/shop:1.0.0');

function shop(profile: PlatformProfile, environment = PROD) {
  const app = Testing.app();
  new SharedChart(app, 'infrastructure', { profile });
  const chart = new ServiceChart(app, 'shop', { environment, profile });
  const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
  const [cart, checkout] = ['cart', 'checkout'].map((name) => service(chart, name));
  cart.uses(redis);
  checkout.calls(cart);
  new ScheduledJob(chart, 'report', { image, schedule: CronExpression.of('0 3 * * *') });
  new KnativeFunction(chart, 'thumbnail', { image });
  new CustomWorkload(chart, 'agent', { image, replicas: 1, ports: [Port.http(8080)] });
  return { app, chart };
}

/** Every object, annotation and network policy of Dapr. */
function daprIn({ app }: ReturnType<typeof shop>): string[] {
  const { all } = manifestsOfApp(app);
  return all.filter((each) => /dapr|"port":500\d\d/.test(JSON.stringify(each))).map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();
}

test('a platform without Dapr has no object, policy, port or annotation of it', () => {
  expect(daprIn(shop(WITHOUT))).toEqual([]);
  expect(daprIn(shop(ROOMY)).length).toBeGreaterThan(10);
});

test('a platform without Dapr has no finding for its workloads, whether they repeat the choice or not', () => {
  const { chart } = shop(WITHOUT);
  service(chart, 'edge', { dapr: Dapr.none('plain TCP server') });
  expect(findings(chart).filter((each) => /dapr/i.test(each))).toEqual([]);
});

test('metrics are collected from the ports that serve them, and without one no port is open to the collector', () => {
  const { app } = shop(WITHOUT);
  const metrics = () => manifestsOfApp(app).set.of('NetworkPolicy').find(({ name }) => name === 'allow-metrics')?.json.spec.ingress[0].ports;
  expect(metrics()).toEqual([8000, 8080, 9091].map((port) => ({ port, protocol: 'TCP' })));
  expect(manifestsOf(group({ profile: WITHOUT })).find('NetworkPolicy', 'allow-metrics')).toBeUndefined();
});

test('one environment may go without Dapr, which the control plane then does not admit', () => {
  const app = Testing.app();
  const environment = Environment.of('edge', { dapr: Dapr.none('no control plane there') });
  new SharedChart(app, 'dapr-system', { profile: profileWith({ network: { daprControlPlane: { namespace: 'dapr-system', label: 'app', values: ['dapr-operator'] } } }) });
  const charts = [environment, DEV].map((each) => new ServiceChart(app, 'shop', { environment: each, profile: ROOMY }));
  charts.forEach((chart) => service(chart, 'cart'));
  const manifests = manifestsOfApp(app);
  expect(manifests.of('Configuration').map(({ metadata }) => metadata.namespace)).toEqual(['shop-dev']);
  expect(JSON.stringify(manifests.get('NetworkPolicy', 'dapr-control-plane'))).not.toContain('shop-edge');
  expect(JSON.stringify(manifests.get('NetworkPolicy', 'dapr-control-plane'))).toContain('shop-dev');
});

test('a workload of a shared group needs no statement about Dapr', () => {
  const chart = new SharedChart(Testing.app(), 'tools', { profile: WITHOUT });
  expect(service(chart, 'docs').namespace).toBe('tools');
});

test.each<[string, (chart: ServiceChart, props: MicroserviceProps) => unknown]>([
  ['Microservice', (chart, props) => service(chart, 'a', props)],
  ['Worker', (chart, props) => new Worker(chart, 'a', { image, dapr: props.dapr })],
  ['ScheduledJob', (chart, props) => new ScheduledJob(chart, 'a', { image, schedule: CronExpression.of('0 3 * * *'), dapr: props.dapr })],
  ['KnativeFunction', (chart, props) => new KnativeFunction(chart, 'a', { image, dapr: props.dapr })],
  ['CustomWorkload', (chart, props) => new CustomWorkload(chart, 'a', { image, replicas: 1, dapr: props.dapr })],
])('a %s with a sidecar fails where the profile excludes Dapr', (_, define) => {
  expect(messageOf(() => define(group({ profile: WITHOUT }), { dapr: Dapr.sidecar() }))).toBe(
    '[core-business-prod/a] has a Dapr sidecar, and PlatformProfile.customize excludes Dapr: services speak gRPC. '
    + 'Remove dapr: Dapr.sidecar(...), or remove dapr: Dapr.none(...) from PlatformProfile.customize.');
});

test.each<[string, (chart: ServiceChart) => unknown, string]>([
  ['calls a service through Dapr', (chart) => service(chart, 'a').calls(ImportedService.fromName(chart, 'crm', { namespace: 'legacy' })),
    "calls 'crm', which is reached through Dapr, without a Dapr sidecar. Name ports of the ImportedService, or remove dapr: Dapr.none(...) from Environment 'edge'."],
  ['publishes', (chart) => service(chart, 'a').publishes(new Topic(chart, 'placed', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') })),
    "publishes 'placed' without a Dapr sidecar, which alone can reach a topic. Remove dapr: Dapr.none(...) from Environment 'edge'."],
  ['keeps actors', (chart) => service(chart, 'a').uses(RedisCluster.fromNamespace(chart, 'redis', 'infrastructure'), { actors: true }),
    "uses 'redis' for actors without a Dapr sidecar, which alone runs them. Remove dapr: Dapr.none(...) from Environment 'edge'."],
  ['is measured by Dapr', (chart) => service(chart, 'a', { delivery: ProgressiveDelivery.blueGreen({ analysis: { source: MetricSource.dapr() } }) }),
    "is measured by the metrics of a Dapr sidecar, and has none. Use MetricSource.openTelemetryHttp(), or remove dapr: Dapr.none(...) from Environment 'edge'."],
])('a workload fails that %s where the environment excludes Dapr', (_, define, message) => {
  const chart = group({ environment: Environment.of('edge', { dapr: Dapr.none('no control plane there') }), profile: ROOMY });
  expect(messageOf(() => define(chart))).toBe(`[core-business-edge/a] ${message}`);
});

test.each<[DaprOptions]>([[{ appId: 'a' }], [{ logLevel: 'debug' }]])('the profile takes no options of one sidecar: %j', (options) => {
  expect(messageOf(() => PlatformProfile.standard().customize({ dapr: Dapr.sidecar(options) }))).toBe(
    `PlatformProfile.customize: dapr sets '${Object.keys(options)[0]}', which belongs to one workload. `
    + 'Set it on the workload, or set the defaults of all sidecars by WorkloadDefaults.of({ sidecar: { ... } }).');
});
