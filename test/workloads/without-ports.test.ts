import { ApiGateway } from '../../src/gateway/api-gateway';
import { Authentication } from '../../src/gateway/authentication';
import { Topic } from '../../src/messaging/topic';
import type { ServiceChart } from '../../src/platform/service-chart';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { Port } from '../../src/values/port';
import { Probe } from '../../src/values/probe';
import { Scaling } from '../../src/values/scaling';
import { Microservice } from '../../src/workloads/microservice';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { ProgressiveDelivery } from '../../src/workloads/progressive/progressive-delivery';
import { Worker } from '../../src/workloads/worker';
import { messageOf } from '../support/message-of';
import { errorsOf, group, manifestsOf, podOf, service } from '../support/platform';

const image = Image.of('registry.example.com/mailer', { tag: '1.4.2' });

type Define = (chart: ServiceChart, props: MicroserviceProps) => Microservice | Worker;

const KINDS: [string, Define][] = [
  ['Microservice', (chart, props) => new Microservice(chart, 'mailer', { image, ports: [], ...props })],
  ['Worker', (chart, props) => new Worker(chart, 'mailer', { image, ports: [], scaling: Scaling.replicas(2), ...props })],
];

describe.each(KINDS)('a %s without ports', (_, define) => {
  test('has no Service, no container port, no probe and no time to leave its callers', () => {
    const chart = group();
    const mailer = define(chart, {});
    expect([mailer.ports, mailer.metricsPorts, mailer.address]).toEqual([[], [], undefined]);
    const manifests = manifestsOf(chart);
    expect(manifests.of('Service')).toEqual([]);
    expect(Object.keys(podOf(chart, 'mailer').spec.containers[0]).sort()).toEqual(
      ['env', 'image', 'imagePullPolicy', 'name', 'resources', 'securityContext', 'volumeMounts']);
    expect(Object.keys(podOf(chart, 'mailer').metadata.annotations).filter((name) => name.startsWith('dapr.io/app-'))).toEqual(['dapr.io/app-id']);
  });

  test('calls others, and cannot be reached by any pod', () => {
    const chart = group();
    const order = service(chart, 'order', { dapr: Dapr.none('x') });
    define(chart, { dapr: Dapr.none('x') }).calls(order);
    const { reachability } = manifestsOf(chart);
    const [from, to] = ['mailer', 'order'].map((name) => reachability.workload(name, 'core-business-prod'));
    expect(reachability.reaches(from, to, 8000)).toBe(true);
    expect([1, 8000, 9000].map((port) => reachability.reaches(to, from, port))).toEqual([false, false, false]);
  });

  test('has the probes that its code names, with the timing of the profile', () => {
    const chart = group();
    define(chart, { probes: { liveness: Probe.exec(['/bin/alive']) } });
    const { livenessProbe, readinessProbe, startupProbe } = podOf(chart, 'mailer').spec.containers[0];
    expect(livenessProbe).toEqual({ exec: { command: ['/bin/alive'] }, initialDelaySeconds: 10, periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3 });
    expect([readinessProbe, startupProbe]).toEqual([undefined, undefined]);
  });

  test('refuses a probe of a port', () => {
    expect(messageOf(() => define(group(), { probes: { readiness: Probe.tcpSocket() } })))
      .toBe('[core-business-prod/mailer] the probe finds no port, because the container has none. Give the container a port.');
  });

  test('refuses a subscription, which its sidecar could not deliver', () => {
    const chart = group();
    const paid = new Topic(chart, 'paid', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') });
    expect(messageOf(() => define(chart, {}).subscribes(paid))).toBe(
      "[core-business-prod/mailer] subscribes 'paid' and listens on no port, so its sidecar could deliver no event. Name a port, such as Port.http(8000).");
  });

  test('cannot exchange its pods behind a Service', () => {
    expect(messageOf(() => define(group(), { delivery: ProgressiveDelivery.blueGreen() }))).toBe(
      '[core-business-prod/mailer] is a worker that nobody calls, and DeliveryStrategy.blueGreen exchanges the pods behind a Service. '
      + 'Use DeliveryStrategy.rolling(), or a canary by CanaryTraffic.REPLICA_RATIO.');
  });
});

test('a Microservice without ports cannot be called, admitted to or exposed', () => {
  expect(errorsOf((chart) => service(chart, 'order').calls(service(chart, 'mailer', { ports: [] })))).toEqual(
    ["[core-business-prod/order] calls 'core-business/mailer', which listens on no port, so no call could arrive there. Call a service that has a port."]);
  expect(messageOf(() => service(group(), 'mailer', { ports: [] }).allowsGroup('platform'))).toBe(
    '[core-business-prod/mailer] has no port, so nothing could reach it. Name a port, such as Port.http(8000).');
  expect(errorsOf((chart) => {
    new ApiGateway(chart, 'api', { hostnames: ['api.example.com'] }).exposes(service(chart, 'mailer', { ports: [] }), { authentication: Authentication.none('public') });
  })).toEqual(["[core-business-prod/api] route 'mailer' speaks http, and 'mailer' has no port that does: it has none. Give the service Port.http(...), or name the port by { port: '...' }."]);
});

test('a service with ports can have no probe, and other ports than its probes', () => {
  const chart = group();
  service(chart, 'checkout', { ports: [Port.of('amqp', 5672)], dapr: Dapr.none('x'), probes: { liveness: Probe.tcpSocket(), readiness: Probe.none(), startup: Probe.none() } });
  const { livenessProbe, readinessProbe, startupProbe } = podOf(chart).spec.containers[0];
  expect(livenessProbe.tcpSocket).toEqual({ port: 'amqp' });
  expect([readinessProbe, startupProbe]).toEqual([undefined, undefined]);
});
