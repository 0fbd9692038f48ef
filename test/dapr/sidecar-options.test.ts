import { Duration } from 'cdk8s';
import type { SidecarSettings } from '../../src/dapr/dapr-settings';
import type { TunedSidecarOptions } from '../../src/dapr/tuned-sidecar';
import { TunedSidecar } from '../../src/dapr/tuned-sidecar';
import type { ServiceChart } from '../../src/platform/service-chart';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { Dapr } from '../../src/values/dapr';
import { DaprVersion } from '../../src/values/dapr-version';
import { Port } from '../../src/values/port';
import { SecretReference } from '../../src/values/secret-reference';
import { WorkloadDefaults } from '../../src/workloads/workload-defaults';
import { errorsOf, group, podOf, profileWith, service } from '../support/platform';

const TOKEN = SecretReference.of('order-token', 'token');

describe('the application', () => {
  test('finds the tokens of its sidecar in the variables that the SDKs of Dapr read', () => {
    const chart = group();
    service(chart, 'checkout', { dapr: Dapr.sidecar({ appToken: TOKEN, apiToken: SecretReference.of('api', 'token') }) });
    expect(podOf(chart).spec.containers[0].env).toEqual(expect.arrayContaining([
      { name: 'APP_API_TOKEN', valueFrom: { secretKeyRef: { name: 'order-token', key: 'token' } } },
      { name: 'DAPR_API_TOKEN', valueFrom: { secretKeyRef: { name: 'api', key: 'token' } } },
    ]));
  });

  test('has no token without a sidecar', () => {
    const chart = group({ profile: profileWith({ sidecar: { appToken: TOKEN } }) });
    service(chart, 'checkout', { dapr: Dapr.none('plain HTTP') });
    expect(podOf(chart).spec.containers[0].env.map(({ name }: any) => name)).toEqual(['APP_ENV', 'LOG_LEVEL']);
  });

  test('has no other variable of that name', () => {
    expect(errorsOf((chart) => service(chart, 'checkout', { dapr: Dapr.sidecar({ appToken: TOKEN }), secretEnv: { APP_API_TOKEN: TOKEN } }))).toEqual([
      "[core-business-prod/checkout] the variable 'APP_API_TOKEN' has two sources: secretEnv and Dapr.sidecar. Remove one of them.",
    ]);
  });

  test.each([
    // the readiness probe sends plain HTTP to the port 'http', so it is no question for an application that speaks TLS
    ['https', [Port.http(8000), Port.of('https', 8443)], '8443', undefined],
    ['https', [Port.http(8000)], '8000', undefined],
    ['h2c', [Port.grpc(9000), Port.http(8000)], '8000', '/health/ready'],
    ['grpcs', [Port.http(8000), Port.grpc(9000)], '9000', undefined],
  ])('is reached by %s at the port that fits', (appProtocol, ports, port, path) => {
    const chart = group();
    service(chart, 'checkout', { ports, dapr: Dapr.sidecar({ appProtocol }) });
    const { annotations } = podOf(chart).metadata;
    expect([annotations['dapr.io/app-protocol'], annotations['dapr.io/app-port'], annotations['dapr.io/app-health-check-path']]).toEqual([appProtocol, port, path]);
  });
});

test.each<[TunedSidecarOptions, string]>([
  [{ appToken: SecretReference.of('order', 'password') }, "appToken is the key 'password' of the Secret 'order', and Dapr reads the key 'token'. Write SecretReference.of('order', 'token')."],
  [{ apiToken: SecretReference.mounted('order', 'token') }, "apiToken is 'order/token', a file of a SecretProviderClass, and Dapr's injector reads Secrets. Use a Secret, or give the SecretProviderClass sync: true."],
  [{ maxBodySize: '16MB' }, "maxBodySize '16MB' is not a quantity of memory: 'MB' is no unit. Write '16M'."],
  [{ blockShutdown: Duration.millis(1500) }, 'expected blockShutdown to be 0 or more whole seconds, got 1.5 seconds. Use Duration.seconds(2).'],
  [{ env: { 'A-B': '1' } }, "env contains 'A-B', which Dapr's injector does not read as a variable. Use letters, digits and '_', and begin with a letter."],
  [{ env: { A: 'x, B=1' } }, "env.A 'x, B=1' begins or ends with a space or contains ',NAME=', and Dapr's injector would read another value. Change the value."],
  [{ env: { A: ' x' } }, "env.A ' x' begins or ends with a space or contains ',NAME=', and Dapr's injector would read another value. Change the value."],
  [{ env: { SSL_CERT_DIR: '/ca' } }, "env contains 'SSL_CERT_DIR', with which Dapr's injector lets the sidecar run as root and write its file system. Use SSL_CERT_FILE."],
  [{ env: { NAMESPACE: 'x' } }, "env contains 'NAMESPACE', which Dapr's injector sets. Remove it."],
  [{ env: { DB_PASSWORD: 'x' } }, "env 'DB_PASSWORD' its name speaks of a secret ('password'). Use secretEnv."],
  [{ secretEnv: { DAPR_API_TOKEN: TOKEN } }, "secretEnv contains 'DAPR_API_TOKEN', which Dapr's injector sets. Use apiToken."],
  [{ env: { A: '1' }, secretEnv: { A: TOKEN } }, "the variable 'A' of the sidecar is both in env and in secretEnv. Remove one of them."],
  [{ volumeMounts: { ca: 'etc/ca' } }, "expected volumeMounts.ca as an absolute folder, got 'etc/ca'. Write a path such as '/var/lib/catalog'."],
  [{ writableVolumeMounts: { Ca: '/etc/ca' } }, "writableVolumeMounts 'Ca' is not a DNS label: it has 'C'. Write 'ca'."],
  [{ readiness: { port: 'http' } }, "readiness has port, which Dapr's injector decides. Remove it."],
  [{ grpcPort: 80 }, 'expected a whole number from 1024 to 65535, got 80. Use 1024 or more.'],
  [{ unixDomainSocket: 'dapr' }, "expected unixDomainSocket as an absolute folder, got 'dapr'. Write a path such as '/var/lib/catalog'."],
  [{ placementAddresses: [] }, 'placementAddresses is empty. Leave it out, or add an entry.'],
  [{ jwtAudiences: ['a,b'] }, "jwtAudiences contains 'a,b', in which a comma or a space separates entries. Write each entry as an item of the list."],
  [{ actorsDisseminateTimeout: Duration.seconds(0) }, 'expected actorsDisseminateTimeout to be 1 or more whole seconds, got 0 seconds. Use Duration.seconds(1).'],
  [{ serviceAnnotations: { 'prometheus.io/probe': 'false' } }, "serviceAnnotations contains 'prometheus.io/probe', which Dapr's operator sets. Remove it."],
  [{ serviceAnnotations: { 'example.com/teams': 'a,b' } }, "serviceAnnotations.example.com/teams 'a,b' contains a comma, which separates the annotations. Use a value without a comma."],
  [{ disabledInitEndpoints: ['subscribed'] }, "expected disabledInitEndpoints to be one of config, subscribe, got 'subscribed'. Use 'subscribe'."],
  [{ pluggableComponents: ['My'] }, "pluggableComponents 'My' is not a DNS label: it has 'M'. Write 'my'."],
])('fails on %j', (options, message) => {
  expect(() => TunedSidecar.of(options)).toThrow(new Error(`TunedSidecar.of: ${message}`));
});

test.each<[SidecarSettings, string]>([
  [{ disabledInitEndpoints: ['subscribed'] }, "expected sidecar.disabledInitEndpoints to be one of config, subscribe, got 'subscribed'. Use 'subscribe'."],
  [{ readBufferSize: 'much' }, "sidecar.readBufferSize 'much' is not a quantity of memory: it is no number with a unit. Write '512Mi'."],
  [{ env: { NAMESPACE: 'x' } }, "sidecar.env contains 'NAMESPACE', which Dapr's injector sets. Remove it."],
])('the profile checks its settings in the same way: %j', (sidecar, message) => {
  expect(() => PlatformProfile.standard().with(WorkloadDefaults.of({ sidecar }))).toThrow(new Error(`WorkloadDefaults.of: ${message}`));
});

describe('settings of newer versions of Dapr are refused', () => {
  test.each<[TunedSidecarOptions, string, string, string, string]>([
    [{ secretEnv: { A: TOKEN } }, 'secretEnv', 'env-from-secret', '1.15', '1.14'],
    [{ grpcPort: 50010 }, 'grpcPort', 'grpc-port', '1.15', '1.14'],
    [{ jwtAudiences: ['a'] }, 'jwtAudiences', 'sentry-request-jwt-audiences', '1.16', '1.15'],
    [{ disabledInitEndpoints: ['config'] }, 'disabledInitEndpoints', 'disable-init-endpoints', '1.17', '1.16'],
    [{ serviceAnnotations: { 'example.com/a': 'b' } }, 'serviceAnnotations', 'sidecar-svc-annotations', '1.17', '1.16'],
    [{ actorsDisseminateTimeout: Duration.seconds(9) }, 'actorsDisseminateTimeout', 'actors-disseminate-timeout', '1.18', '1.17'],
  ])('%j', (options, setting, annotation, since, version) => {
    const define = (chart: ServiceChart) => service(chart, 'checkout', { dapr: TunedSidecar.of(options) });
    expect(errorsOf(define, { profile: profileWith({ daprVersion: DaprVersion.of(version) }) })).toEqual([
      `[core-business-prod/checkout/DaprSidecar] sets '${setting}' of the sidecar, which Dapr reads from ${since} on, and manifests are rendered for Dapr ${version}. `
      + `Leave it out, or set daprVersion to ${since} or later.`,
    ]);
    const newer = group({ profile: profileWith({ daprVersion: DaprVersion.of(since) }) });
    define(newer);
    expect(podOf(newer).metadata.annotations).toHaveProperty([`dapr.io/${annotation}`]);
  });
});

describe('a sidecar is refused', () => {
  test.each<[string, TunedSidecarOptions, object, string]>([
    ['whose API others reach without a token', { listenAddresses: ['127.0.0.1', '0.0.0.0'] }, {},
      'the API of the sidecar would listen at 0.0.0.0 without a token, so every pod that reaches it could act as the application. Set apiToken.'],
    ['with a debugger in an image without one', { debugPort: 40000 }, {},
      'sets debugPort of the sidecar, and the regular image of Dapr contains no debugger. Set image, such as one that is built from docker/Dockerfile-debug of Dapr.'],
    ['that is native and waits', { blockShutdown: Duration.seconds(5) }, {},
      'sets blockShutdown of the sidecar, and the native sidecar of Dapr 1.18 on Kubernetes 1.36 ends after the application. Remove it.'],
    ['that waits longer than the application may take', { blockShutdown: Duration.seconds(31) }, { daprVersion: DaprVersion.of('1.17') },
      'blockShutdown of the sidecar is 31 seconds, and the application has 30 to leave. Shorten it, or set a longer terminationGracePeriod.'],
    ['whose own port the application has', { grpcPort: 8000 }, {},
      "port 'http' 8000 is the Dapr sidecar's own, and a pod has each port once. Use a port other than 3500, 3501, 8000, 50002, 9090, or dapr: Dapr.none(...)."],
  ])('%s', (_, options, changes, message) => {
    expect(errorsOf((chart) => service(chart, 'checkout', { dapr: TunedSidecar.of(options) }), { profile: profileWith(changes) })).toEqual([
      `[core-business-prod/checkout/DaprSidecar] ${message}`,
    ]);
  });

  test('but not one that waits less', () => {
    const chart = group({ profile: profileWith({ daprVersion: DaprVersion.of('1.17') }) });
    service(chart, 'checkout', { dapr: Dapr.sidecar({ blockShutdown: Duration.seconds(5) }) });
    expect(podOf(chart).metadata.annotations['dapr.io/block-shutdown-duration']).toBe('5s');
  });
});
