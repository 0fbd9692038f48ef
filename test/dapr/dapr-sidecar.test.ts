import { Chart, Duration, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { DaprSidecar } from '../../src/dapr/dapr-sidecar';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { Dapr } from '../../src/values/dapr';
import { DaprVersion } from '../../src/values/dapr-version';
import { KubernetesVersion } from '../../src/values/kubernetes-version';
import { Port } from '../../src/values/port';
import { Resources } from '../../src/values/resources';
import { errorsOf, findings, group, podOf, profileWith, service } from '../support/platform';
import { workload } from '../support/workload';

function annotations(dapr?: Dapr, changes = {}): Record<string, string> {
  const chart = group({ profile: profileWith(changes) });
  service(chart, 'checkout', { dapr });
  return podOf(chart).metadata.annotations;
}

function withoutPrefix(all: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith('dapr.io/')).map(([name, value]) => [name.replace(/^dapr\.io\//, ''), value]));
}

test('a sidecar is what the platform profile says', () => {
  expect(withoutPrefix(annotations())).toEqual({
    'enabled': 'true',
    'app-id': 'checkout',
    'app-port': '8000',
    'app-protocol': 'http',
    'config': 'appconfig',
    'log-level': 'info',
    'metrics-port': '9090',
    'sidecar-cpu-limit': '300m',
    'sidecar-cpu-request': '100m',
    'sidecar-memory-limit': '300Mi',
    'sidecar-memory-request': '128Mi',
    // 90 % of 300 MiB: 300 x 1,048,576 x 0.9
    'env': 'GOMEMLIMIT=283115520',
    'sidecar-seccomp-profile-type': 'RuntimeDefault',
    'disable-builtin-k8s-secret-store': 'true',
    'enable-app-health-check': 'true',
    'app-health-check-path': '/health/ready',
    'app-health-probe-interval': '5',
    'app-health-probe-timeout': '2000',
    'app-health-threshold': '3',
    'graceful-shutdown-seconds': '5',
    'enable-native-sidecar': 'true',
  });
});

test('the injector decides when the first readiness probe is sent, unless the profile does', () => {
  expect(annotations()).not.toHaveProperty(['dapr.io/sidecar-readiness-probe-delay-seconds']);
  expect(annotations(undefined, { sidecar: { readiness: { initialDelay: Duration.seconds(30) } } })).toMatchObject({ 'dapr.io/sidecar-readiness-probe-delay-seconds': '30' });
});

test('a service changes what is special about its own', () => {
  const own = annotations(Dapr.sidecar({
    appId: 'cart', appProtocol: 'grpc', logLevel: 'debug', maxConcurrency: 5, resources: { memoryLimit: '400Mi', cpuLimit: '500m' },
  }));
  expect(withoutPrefix(own)).toMatchObject({
    'app-id': 'cart',
    'app-port': '9000',
    'app-protocol': 'grpc',
    'log-level': 'debug',
    'app-max-concurrency': '5',
    'sidecar-memory-limit': '400Mi',
    'sidecar-memory-request': '128Mi',
    'sidecar-cpu-limit': '500m',
    'env': 'GOMEMLIMIT=377487360',
  });
});

test('never opens the file system or the user of the sidecar, as SSL_CERT_DIR and debugging would', () => {
  expect(Object.entries(annotations()).filter(([name, value]) => /debug/.test(name) || /SSL_CERT_DIR/.test(value))).toEqual([]);
});

describe('shutting down after the application', () => {
  test.each([['1.36', '1.18'], ['1.29', '1.18']])('is by a native sidecar on Kubernetes %s with Dapr %s', (kubernetes, dapr) => {
    const own = annotations(undefined, { kubernetesVersion: KubernetesVersion.of(kubernetes), daprVersion: DaprVersion.of(dapr) });
    expect(own).toMatchObject({ 'dapr.io/enable-native-sidecar': 'true' });
    expect(own).not.toHaveProperty(['dapr.io/block-shutdown-duration']);
  });

  test.each([['1.28', '1.18'], ['1.36', '1.17'], ['1.27', '1.14']])('is by a wait on Kubernetes %s with Dapr %s, which is a finding', (kubernetes, dapr) => {
    const chart = group({ profile: profileWith({ kubernetesVersion: KubernetesVersion.of(kubernetes), daprVersion: DaprVersion.of(dapr) }) });
    service(chart);
    const own = podOf(chart).metadata.annotations;
    // as long as the application may be asked for anything: preStop 10 s, drain 20 s
    expect(own).toMatchObject({ 'dapr.io/block-shutdown-duration': '30s', 'dapr.io/enable-app-health-check': 'true' });
    expect(own).not.toHaveProperty(['dapr.io/enable-native-sidecar']);
    expect(findings(chart)).toContain('MS-AVAIL-004 [core-business-prod/checkout/Deployment]');
  });

  test('waits as long as the organisation drains', () => {
    const changes = { daprVersion: DaprVersion.of('1.17'), rollout: { preStopDelay: Duration.seconds(7), drain: Duration.minutes(1) } };
    expect(annotations(undefined, changes)).toMatchObject({ 'dapr.io/block-shutdown-duration': '67s' });
  });
});

describe('a sidecar fails', () => {
  test.each([3500, 3501, 9090, 50001, 50002])('where the application listens on its port %d', (number) => {
    expect(errorsOf((chart) => service(chart, 'checkout', { ports: [Port.http(8000), Port.of('own', number)] }))).toEqual([
      `[core-business-prod/checkout/DaprSidecar] port 'own' ${number} is the Dapr sidecar's own, and a pod has each port once. `
      + 'Use a port other than 3500, 3501, 50001, 50002, 9090, or dapr: Dapr.none(...).',
    ]);
  });

  test('where no port fits its protocol, and names the way out', () => {
    expect(errorsOf((chart) => service(chart, 'checkout', { ports: [Port.http(8000)], dapr: Dapr.sidecar({ appProtocol: 'grpc' }) }))).toEqual([
      "[core-business-prod/checkout/DaprSidecar] no port named 'grpc', by which the Dapr sidecar would speak to 'checkout'. "
      + 'Add Port.grpc(...) to ports, or set Dapr.sidecar({ appPort }).',
    ]);
  });

  test('but not where the port is named', () => {
    const chart = group();
    service(chart, 'checkout', { ports: [Port.http(8000), Port.of('admin', 8081)], dapr: Dapr.sidecar({ appPort: 8081 }) });
    expect(podOf(chart).metadata.annotations).toMatchObject({ 'dapr.io/app-port': '8081' });
  });
});

test('a workload of one\'s own has one too', () => {
  const chart = new Chart(Testing.app(), 'plain');
  PlatformProfile.provide(chart, profileWith({ sidecar: { logLevel: 'warn' } }));
  const sidecar = new DaprSidecar(chart as Construct, 'Dapr', {
    workload: workload(chart, 'batch'), dapr: Dapr.sidecar(), ports: [Port.http(8000)], resources: Resources.of({}), configuration: () => 'own',
  });
  expect(sidecar.annotations).toMatchObject({ 'dapr.io/app-id': 'batch', 'dapr.io/config': 'own', 'dapr.io/log-level': 'warn' });
  // no limit, so nothing to aim below
  expect(sidecar.annotations).not.toHaveProperty(['dapr.io/env']);
});
