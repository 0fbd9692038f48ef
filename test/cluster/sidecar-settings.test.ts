import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { Application } from './support/application';
import { binary } from './support/binary';
import { ControlPlane } from './support/control-plane';
import type { Manifest } from './support/manifest';
import { toYaml } from './support/manifest';
import { run } from './support/process';
import { Sidecar } from './support/sidecar';
import { substitute } from './support/substitution';
import { TraceCollector } from './support/trace-collector';
import { App, type Dapr, DaprVersion, Environment, Image, KubernetesVersion, Microservice, PlatformProfile, SecretReference, ServiceChart } from '../../src';
import { TunedSidecar, type TunedSidecarOptions } from '../../src/workloads';

const NAMESPACE = 'sales-prod';
const TRACES = 'opentelemetry-collector.infrastructure.svc.cluster.local:4317';

function rendered(version: string, dapr: Dapr): Manifest[] {
  const app = new App();
  const profile = PlatformProfile.standard().customize({ daprVersion: DaprVersion.of(version), kubernetesVersion: KubernetesVersion.of('1.36') });
  const chart = new ServiceChart(app, 'sales', { environment: Environment.of('prod', { capacityPool: 'production' }), profile });
  new Microservice(chart, 'order', {
    image: Image.of('registry.example.com/order', { tag: '1.4.2' }), secretFiles: [SecretReference.of('ca', 'ca.crt')], dapr,
  });
  return loadAll(app.synthYaml()) as Manifest[];
}

/** Settings that all versions have. */
const ALWAYS: TunedSidecarOptions = {
  appProtocol: 'h2c',
  appToken: SecretReference.of('app', 'token'),
  apiToken: SecretReference.of('api', 'token'),
  logAsJson: true,
  apiLogging: false,
  image: Image.of('registry.example.com/daprd', { tag: '1.18.1' }),
  maxBodySize: '16Mi',
  readBufferSize: '64Ki',
  env: { HTTPS_PROXY: 'http://proxy.example.com:3128', NO_PROXY: '10.0.0.0/8,.svc' },
  volumeMounts: { 'secret-ca': '/etc/ca' },
  readiness: { initialDelay: Duration.seconds(2), period: Duration.seconds(3), timeout: Duration.seconds(4), failureThreshold: 5 },
  liveness: { initialDelay: Duration.seconds(6), period: Duration.seconds(7), timeout: Duration.seconds(8), failureThreshold: 9 },
  listenAddresses: ['127.0.0.1', '0.0.0.0'],
  unixDomainSocket: '/var/run/dapr',
  placementAddresses: ['placement.example.com:50005'],
  schedulerAddresses: ['scheduler.example.com:50006'],
  profiling: true,
  debugPort: 40000,
  appChannelAddress: '10.0.0.7',
};

/** Settings of 1.15 to 1.18. */
const LATER: TunedSidecarOptions = {
  secretEnv: { AWS_REGION: SecretReference.of('aws', 'region') },
  grpcPort: 50010,
  actorsDisseminateTimeout: Duration.seconds(12),
  jwtAudiences: ['dapr.example.com'],
  serviceAnnotations: { 'example.com/team': 'shop' },
  disabledInitEndpoints: ['config', 'subscribe'],
};

/** Flags that the injector of every version makes of the settings. */
const FLAGS = [
  '--app-protocol h2c', '--log-as-json', '--enable-api-logging=false', '--max-body-size 16Mi', '--read-buffer-size 64Ki', '--dapr-listen-addresses 127.0.0.1,0.0.0.0',
  '--unix-domain-socket /var/run/dapr-sockets', '--placement-host-address placement.example.com:50005', '--enable-profiling', '--app-channel-address 10.0.0.7',
  '--listen :40000',
];

const LATER_FLAGS = [
  '--dapr-grpc-port 50010', '--actors-disseminate-timeout 12s', '--sentry-request-jwt-audiences dapr.example.com', '--disable-init-endpoints config,subscribe',
  '--scheduler-host-address scheduler.example.com:50006',
];

test.each([
  ['1.14', ALWAYS, FLAGS],
  ['1.18', { ...ALWAYS, ...LATER }, [...FLAGS, ...LATER_FLAGS]],
])('the injector of Dapr %s reads every setting of a sidecar', async (version, options, flags) => {
  const workload = rendered(version, TunedSidecar.of(options)).find(({ kind }) => kind === 'Deployment')!;
  const [pod] = loadAll(await run(await binary(`inject-${version}`), ['-control-plane-namespace', 'infrastructure'], { input: toYaml([workload]) })) as any[];
  const containers = [...pod.spec.initContainers ?? [], ...pod.spec.containers];
  const { args, env, image, volumeMounts, readinessProbe, livenessProbe } = containers.find(({ name }: any) => name === 'daprd');
  expect(flags.filter((flag) => !args.join(' ').includes(flag))).toEqual([]);
  expect(env).toEqual(expect.arrayContaining([
    { name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' },
    { name: 'NO_PROXY', value: '10.0.0.0/8,.svc' },
    { name: 'APP_API_TOKEN', valueFrom: { secretKeyRef: { name: 'app', key: 'token' } } },
    { name: 'DAPR_API_TOKEN', valueFrom: { secretKeyRef: { name: 'api', key: 'token' } } },
    ...version === '1.14' ? [] : [{ name: 'AWS_REGION', valueFrom: { secretKeyRef: { name: 'aws', key: 'region' } } }],
  ]));
  expect(image).toBe('registry.example.com/daprd:1.18.1');
  expect(volumeMounts).toContainEqual({ name: 'secret-ca', mountPath: '/etc/ca', readOnly: true });
  expect([readinessProbe, livenessProbe]).toMatchObject([
    { initialDelaySeconds: 2, periodSeconds: 3, timeoutSeconds: 4, failureThreshold: 5 },
    { initialDelaySeconds: 6, periodSeconds: 7, timeoutSeconds: 8, failureThreshold: 9 },
  ]);
});

describe('a Configuration with settings of its own, in a real Dapr 1.18', () => {
  let folder: string;
  let controlPlane: ControlPlane;
  let traces: TraceCollector;
  let application: Application;
  let sidecar: Sidecar;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'settings-'));
    [traces, controlPlane, application] = await Promise.all([TraceCollector.start(), ControlPlane.start('1.18', folder), Application.start()]);
    const manifests = rendered('1.18', TunedSidecar.of({
      daprConfiguration: {
        metrics: { pathMatching: ['/orders/{id}'], excludeVerbs: true, recordErrorCodes: true, latencyBuckets: [5, 50, 500] },
        allowedApis: ['state', 'jobs'],
        deniedApis: ['shutdown'],
        deniedComponents: ['bindings.smtp'],
        features: { ActorStateTTL: true },
        obfuscateUrls: true,
        omitHealthChecks: true,
        strictWasm: true,
        traceTimeout: Duration.seconds(5),
        workflow: {
          workflowsPerReplica: 10,
          activitiesPerReplica: 20,
          workflows: 30,
          activities: 40,
          workflowsByName: { Order: 2 },
          activitiesByName: { Charge: 1 },
          retention: Duration.hours(72),
        },
      },
    })).map((manifest) => manifest.kind === 'Configuration' ? substitute(manifest, { [TRACES]: traces.address }) : manifest);
    sidecar = await Sidecar.prepare({ controlPlane, folder, service: 'order', namespace: NAMESPACE, manifests, resources: [], applicationPort: application.port });
    await sidecar.start([]);
  });

  afterAll(async () => {
    await sidecar?.stop();
    application?.stop();
    await controlPlane?.stop();
    traces?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is loaded without an error', () => {
    expect(sidecar.messages('error', 'fatal')).toEqual([]);
    expect(sidecar.messages('info')).toContain('Using custom latency distribution buckets: [5 50 500]');
  });

  test.each([
    ['GET', '/v1.0/metadata', 200],
    ['GET', '/v1.0/healthz', 204],
    // allowed, and nothing is configured
    ['GET', '/v1.0/state/none/key', 500],
    ['GET', '/v1.0-alpha1/jobs/none', 500],
    // refused
    ['POST', '/v1.0/shutdown', 404],
    ['GET', '/v1.0/secrets/vault/mail', 404],
    ['POST', '/v1.0/invoke/other/method/x', 404],
  ])('answers %s %s with %d', async (method, path, status) => {
    expect((await sidecar.ask(method, path)).status).toBe(status);
  });
});
