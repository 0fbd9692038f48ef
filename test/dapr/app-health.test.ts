import { Duration } from 'cdk8s';
import { Topic } from '../../src/messaging/topic';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { Port } from '../../src/values/port';
import { Probe } from '../../src/values/probe';
import type { ProbeSettings } from '../../src/values/probe-settings';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { errorsOf, findings, group, podOf, service } from '../support/platform';

/** The annotations of the health check of a service, and what a reviewer is told about it. */
function healthOf(props: Pick<MicroserviceProps, 'dapr' | 'ports' | 'probes'>): { annotations: object; told: string[] } {
  const chart = group();
  service(chart, 'checkout', props);
  const annotations = Object.entries<string>(podOf(chart).metadata.annotations).filter(([name]) => name.includes('app-health'))
    .map(([name, value]) => [name.replace('dapr.io/', ''), value]);
  return { annotations: Object.fromEntries(annotations), told: findings(chart).filter((each) => each.startsWith('MS-DAPR-011')) };
}

const CHECK = { 'enable-app-health-check': 'true', 'app-health-probe-interval': '5', 'app-health-probe-timeout': '2000', 'app-health-threshold': '3' };

test('Dapr checks the health of an application by its readiness probe', () => {
  const readiness = Probe.httpGet('/ready?deep=1', { period: Duration.seconds(3), timeout: Duration.seconds(1), failureThreshold: 2 });
  expect(healthOf({ probes: { readiness } })).toEqual({
    annotations: {
      'enable-app-health-check': 'true',
      'app-health-check-path': '/ready?deep=1',
      'app-health-probe-interval': '3',
      'app-health-probe-timeout': '1000',
      'app-health-threshold': '2',
    },
    told: [],
  });
});

test('an answer may take as long as the interval, because daprd does not start otherwise', () => {
  const readiness = Probe.httpGet('/ready', { period: Duration.seconds(2), timeout: Duration.seconds(10) });
  expect(healthOf({ probes: { readiness } }).annotations).toMatchObject({ 'app-health-probe-interval': '2', 'app-health-probe-timeout': '2000' });
});

test.each<[string, ProbeSettings, string]>([
  ['gRPC', { readiness: Probe.grpc() }, 'has a readiness probe that is no HTTP request'],
  ['a command', { readiness: Probe.exec(['/bin/ready']) }, 'has a readiness probe that is no HTTP request'],
  ['a connection', { readiness: Probe.tcpSocket() }, 'has a readiness probe that is no HTTP request'],
  ['nothing', { readiness: Probe.none() }, 'has no readiness probe'],
  ['headers', { readiness: Probe.httpGet('/ready', { headers: { Host: 'shop.example.com' } }) }, 'has a readiness probe with headers, which Dapr does not send'],
  ['another port', { readiness: Probe.httpGet('/ready', { port: 'admin' }) }, "has a readiness probe of the port 'admin', and Dapr sends all requests to port 8000"],
])('it checks nothing where the readiness probe is %s, and a reviewer is told', (_what, probes, problem) => {
  const ports = [Port.http(8000), Port.grpc(9000), Port.of('admin', 8081)];
  expect(healthOf({ ports, probes })).toEqual({ annotations: {}, told: [`MS-DAPR-011 [core-business-prod/checkout] ${problem}`] });
});

describe('an application that speaks gRPC', () => {
  test('is not checked, because Dapr would call a method that only some have', () => {
    expect(healthOf({ dapr: Dapr.sidecar({ appProtocol: 'grpc' }) })).toEqual({
      annotations: {}, told: ['MS-DAPR-011 [core-business-prod/checkout] speaks gRPC, for which Dapr calls AppCallbackHealthCheck and not the readiness probe'],
    });
  });

  test('is checked by that method if it says so, at the pace of its readiness probe', () => {
    expect(healthOf({ dapr: Dapr.sidecar({ appProtocol: 'grpc', appHealthCheck: true }) })).toEqual({ annotations: CHECK, told: [] });
  });
});

test('a service may go without, which is its own decision', () => {
  expect(healthOf({ dapr: Dapr.sidecar({ appHealthCheck: false }) })).toEqual({ annotations: {}, told: [] });
});

describe('a service that subscribes a topic on Redis', () => {
  const subscriber = (dapr?: Dapr) => {
    const chart = group();
    service(chart, 'checkout', { dapr }).subscribes(new Topic(chart, 'paid', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') }));
    return { annotations: podOf(chart).metadata.annotations, told: findings(chart).filter((each) => each.startsWith('MS-DAPR-011')) };
  };

  test('is not checked, because Dapr would stop its subscriptions and go on to read', () => {
    const { annotations, told } = subscriber();
    expect(annotations).not.toHaveProperty(['dapr.io/enable-app-health-check']);
    expect(told).toEqual([]); // it is the library's own decision
  });

  test('is checked if it says so', () => {
    const { annotations, told } = subscriber(Dapr.sidecar({ appHealthCheck: true }));
    expect(annotations).toMatchObject({ 'dapr.io/enable-app-health-check': 'true', 'dapr.io/app-health-check-path': '/health/ready' });
    expect(told).toEqual([]);
  });
});

test('a check that cannot be made is refused', () => {
  expect(errorsOf((chart) => service(chart, 'checkout', { dapr: Dapr.sidecar({ appHealthCheck: true }), probes: { readiness: Probe.exec(['/bin/ready']) } }))).toEqual([
    "[core-business-prod/checkout/DaprSidecar] 'checkout' has a readiness probe that is no HTTP request, so the sidecar cannot check its health. "
    + 'Use Probe.httpGet() without headers on the port of the sidecar, or leave appHealthCheck out.',
  ]);
});
