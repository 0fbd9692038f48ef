import { Duration } from 'cdk8s';
import { SIDECAR_ANNOTATIONS } from '../../src/dapr/sidecar-annotations';
import { TunedSidecar } from '../../src/dapr/tuned-sidecar';
import { DaprVersion } from '../../src/values/dapr-version';
import { Image } from '../../src/values/image';
import { SecretReference } from '../../src/values/secret-reference';
import of from '../fixtures/dapr-annotations.json';
import { group, podOf, profileWith, service } from '../support/platform';

const NEWEST = 'v1.18.1';
const ofVersions: { readonly [version: string]: readonly string[] } = of;

describe('the table of annotations', () => {
  test('has every annotation of the injector, and no other', () => {
    expect(Object.keys(SIDECAR_ANNOTATIONS).sort()).toEqual(ofVersions[NEWEST]);
  });

  test.each(Object.keys(of))('knows those that %s reads', (version) => {
    const minor = DaprVersion.of(version.slice(1));
    const known = Object.entries(SIDECAR_ANNOTATIONS).filter(([, { since = '1.14' }]) => minor.atLeast(since)).map(([name]) => name);
    expect(known.sort()).toEqual(ofVersions[version]);
  });

  test('has one answer for each: a setting, what decides about it, or why it cannot be set', () => {
    const answers = Object.entries(SIDECAR_ANNOTATIONS).map(([name, { setting, decidedBy, unsupported }]) => (
      { name, given: [setting, decidedBy, unsupported].filter(Boolean) }));
    expect(answers.filter(({ given }) => given.length !== 1)).toEqual([]);
  });
});

test('every setting is rendered', () => {
  const chart = group();
  service(chart, 'checkout', {
    dapr: TunedSidecar.of({
      appToken: SecretReference.of('app', 'token'),
      apiToken: SecretReference.of('api', 'token'),
      logLevel: 'warn',
      logAsJson: true,
      apiLogging: false,
      image: Image.of('registry.example.com/daprd', { tag: '1.18.1' }),
      maxBodySize: '16Mi',
      readBufferSize: '64Ki',
      env: { HTTPS_PROXY: 'http://proxy.example.com:3128', NO_PROXY: '10.0.0.0/8,.svc' },
      secretEnv: { AWS_REGION: SecretReference.of('aws', 'region'), AWS_PROFILE: SecretReference.of('aws', 'profile') },
      volumeMounts: { ca: '/etc/ca' },
      writableVolumeMounts: { 'scratch': '/scratch', 'other-one': '/other' },
      readiness: { initialDelay: Duration.seconds(2), period: Duration.seconds(3), timeout: Duration.seconds(4), failureThreshold: 5 },
      liveness: { initialDelay: Duration.seconds(6), period: Duration.seconds(7), timeout: Duration.seconds(8), failureThreshold: 9 },
      listenAddresses: ['127.0.0.1', '0.0.0.0'],
      grpcPort: 50010,
      unixDomainSocket: '/var/run/dapr',
      placementAddresses: ['placement-0.example.com:50005', 'placement-1.example.com:50005'],
      schedulerAddresses: ['scheduler.example.com:50006'],
      actorsDisseminateTimeout: Duration.seconds(12),
      jwtAudiences: ['dapr.example.com'],
      serviceAnnotations: { 'example.com/team': 'shop' },
      disabledInitEndpoints: ['config', 'subscribe'],
      profiling: true,
      debugPort: 40000,
      appChannelAddress: '10.0.0.7',
      pluggableComponents: ['my-store'],
      pluggableComponentsFolder: '/sockets',
    }),
  });
  const rendered: { [name: string]: string } = podOf(chart).metadata.annotations;
  const ofSettings = Object.entries(SIDECAR_ANNOTATIONS).filter(([, { setting }]) => setting).map(([name]) => [name, rendered[`dapr.io/${name}`]]);
  expect(Object.fromEntries(ofSettings)).toEqual({
    'app-token-secret': 'app',
    'api-token-secret': 'api',
    'log-level': 'warn',
    'log-as-json': 'true',
    'enable-api-logging': 'false',
    'enable-profiling': 'true',
    'enable-debug': 'true',
    'debug-port': '40000',
    'env-from-secret': 'AWS_PROFILE=aws:profile,AWS_REGION=aws:region',
    'grpc-port': '50010',
    'sidecar-listen-addresses': '127.0.0.1,0.0.0.0',
    'sidecar-liveness-probe-delay-seconds': '6',
    'sidecar-liveness-probe-period-seconds': '7',
    'sidecar-liveness-probe-timeout-seconds': '8',
    'sidecar-liveness-probe-threshold': '9',
    'sidecar-readiness-probe-delay-seconds': '2',
    'sidecar-readiness-probe-period-seconds': '3',
    'sidecar-readiness-probe-timeout-seconds': '4',
    'sidecar-readiness-probe-threshold': '5',
    'sidecar-image': 'registry.example.com/daprd:1.18.1',
    'max-body-size': '16Mi',
    'read-buffer-size': '64Ki',
    'unix-domain-socket-path': '/var/run/dapr',
    'volume-mounts': 'ca:/etc/ca',
    'volume-mounts-rw': 'other-one:/other,scratch:/scratch',
    'placement-host-address': 'placement-0.example.com:50005,placement-1.example.com:50005',
    'scheduler-host-address': 'scheduler.example.com:50006',
    'actors-disseminate-timeout': '12s',
    'pluggable-components': 'my-store',
    'pluggable-components-sockets-folder': '/sockets',
    'app-channel-address': '10.0.0.7',
    'sentry-request-jwt-audiences': 'dapr.example.com',
    'sidecar-svc-annotations': 'example.com/team=shop',
    'disable-init-endpoints': 'config,subscribe',
  });
  expect(rendered['dapr.io/env']).toBe('GOMEMLIMIT=283115520,HTTPS_PROXY=http://proxy.example.com:3128,NO_PROXY=10.0.0.0/8,.svc');
});

test('a service adds to the variables, probes and annotations of the profile', () => {
  const chart = group({
    profile: profileWith({
      sidecar: { env: { A: '1', B: '1' }, readiness: { period: Duration.seconds(3) }, serviceAnnotations: { 'example.com/team': 'shop' }, logAsJson: true, maxBodySize: '8Mi' },
    }),
  });
  service(chart, 'checkout', {
    dapr: TunedSidecar.of({ env: { B: '2' }, readiness: { timeout: Duration.seconds(2) }, serviceAnnotations: { 'example.com/tier': 'front' }, maxBodySize: '16Mi' }),
  });
  expect(podOf(chart).metadata.annotations).toMatchObject({
    'dapr.io/env': 'A=1,B=2,GOMEMLIMIT=283115520',
    'dapr.io/sidecar-readiness-probe-period-seconds': '3',
    'dapr.io/sidecar-readiness-probe-timeout-seconds': '2',
    'dapr.io/sidecar-svc-annotations': 'example.com/team=shop,example.com/tier=front',
    'dapr.io/log-as-json': 'true',
    'dapr.io/max-body-size': '16Mi',
  });
});
