import { Duration, Yaml } from 'cdk8s';
import type { DaprConfigurationSettings } from '../../src/dapr/configuration-settings';
import { TunedSidecar } from '../../src/dapr/tuned-sidecar';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { DaprVersion } from '../../src/values/dapr-version';
import { WorkloadDefaults } from '../../src/workloads/workload-defaults';
import { bare, errorsOf, group, manifestsOf, podOf, profileWith, service } from '../support/platform';

/** All settings that a service may have of its own. */
const ALL: DaprConfigurationSettings = {
  traceTls: true,
  traceHeaders: { 'x-tenant': 'shop', 'x-area': 'eu' },
  traceTimeout: Duration.seconds(5),
  traceToLog: true,
  metrics: {
    enabled: true, increasedCardinality: false, pathMatching: ['/orders/{id}'], excludeVerbs: true, recordErrorCodes: true, latencyBuckets: [5, 50, 500],
  },
  httpPipeline: [{ name: 'login', type: 'middleware.http.bearer' }],
  appHttpPipeline: [{ name: 'upper', type: 'middleware.http.uppercase' }, { name: 'limit', type: 'middleware.http.ratelimit' }],
  allowedApis: ['state', 'jobs/v1alpha1', 'lock'],
  deniedApis: ['shutdown'],
  allowedSecrets: { vault: ['mail', 'db'] },
  deniedSecrets: { local: ['root'] },
  deniedComponents: ['bindings.smtp', 'state.in-memory/v1'],
  features: { WorkflowHistorySigning: true },
  nameResolution: { component: 'consul', version: 'v1', configuration: { selfRegister: true } },
  obfuscateUrls: true,
  omitHealthChecks: true,
  strictWasm: true,
  workflow: {
    workflowsPerReplica: 10,
    activitiesPerReplica: 20,
    workflows: 30,
    activities: 40,
    workflowsByName: { Order: 2, Bill: 1 },
    activitiesByName: { Charge: 1 },
    retention: Duration.hours(72),
    retentionOfCompleted: Duration.hours(1),
    retentionOfFailed: Duration.days(7),
    retentionOfTerminated: Duration.seconds(0),
  },
};

const GOLDEN = `apiVersion: dapr.io/v1alpha1
kind: Configuration
metadata:
  name: checkout-appconfig
spec:
  accessControl:
    defaultAction: deny
    policies: []
    trustDomain: public
  api:
    allowed:
      - name: state
        protocol: http
        version: v1
      - name: state
        protocol: grpc
        version: v1
      - name: state
        protocol: http
        version: v1alpha1
      - name: state
        protocol: grpc
        version: v1alpha1
      - name: jobs
        protocol: http
        version: v1alpha1
      - name: jobs
        protocol: grpc
        version: v1alpha1
      - name: lock
        protocol: http
        version: v1alpha1
      - name: lock
        protocol: grpc
        version: v1alpha1
      - name: metadata
        protocol: http
        version: v1
      - name: metadata
        protocol: grpc
        version: v1
    denied:
      - name: shutdown
        protocol: http
        version: v1
      - name: shutdown
        protocol: grpc
        version: v1
  appHttpPipeline:
    handlers:
      - name: upper
        type: middleware.http.uppercase
      - name: limit
        type: middleware.http.ratelimit
  components:
    deny:
      - bindings.smtp
      - state.in-memory/v1
  features:
    - enabled: false
      name: HotReload
    - enabled: true
      name: WorkflowHistorySigning
  httpPipeline:
    handlers:
      - name: login
        type: middleware.http.bearer
  logging:
    apiLogging:
      obfuscateURLs: true
      omitHealthChecks: true
  metrics:
    enabled: true
    http:
      excludeVerbs: true
      increasedCardinality: false
      pathMatching:
        - /orders/{id}
    latencyDistributionBuckets:
      - 5
      - 50
      - 500
    recordErrorCodes: true
  nameResolution:
    component: consul
    configuration:
      selfRegister: true
    version: v1
  secrets:
    scopes:
      - defaultAccess: allow
        deniedSecrets:
          - root
        storeName: local
      - allowedSecrets:
          - db
          - mail
        defaultAccess: deny
        storeName: vault
  tracing:
    otel:
      endpointAddress: opentelemetry-collector.infrastructure.svc.cluster.local:4317
      headers:
        - name: x-area
          value: eu
        - name: x-tenant
          value: shop
      isSecure: true
      protocol: grpc
      timeout: 5s
    samplingRate: "0.1"
    stdout: true
  wasm:
    strictSandbox: true
  workflow:
    activityConcurrencyLimits:
      - maxConcurrent: 1
        name: Charge
    globalMaxConcurrentActivityInvocations: 40
    globalMaxConcurrentWorkflowInvocations: 30
    maxConcurrentActivityInvocations: 20
    maxConcurrentWorkflowInvocations: 10
    stateRetentionPolicy:
      anyTerminal: 259200s
      completed: 3600s
      failed: 604800s
      terminated: 0s
    workflowConcurrencyLimits:
      - maxConcurrent: 1
        name: Bill
      - maxConcurrent: 2
        name: Order
`;

function configuration(daprConfiguration: DaprConfigurationSettings, name = 'appconfig'): any {
  return manifestsOf(group({ profile: profileWith({ daprConfiguration }) })).get('Configuration', name).spec;
}

test('a service with settings has a Configuration of its own, with every setting', () => {
  const chart = group();
  service(chart, 'checkout', { dapr: TunedSidecar.of({ daprConfiguration: ALL }) });
  service(chart, 'order');
  expect(Yaml.stringify(bare(manifestsOf(chart).get('Configuration', 'checkout-appconfig')))).toBe(GOLDEN);
  expect(['checkout', 'order'].map((name) => podOf(chart, name).metadata.annotations['dapr.io/config'])).toEqual(['checkout-appconfig', 'appconfig']);
});

test('a service adds to the settings of the profile and keeps its callers', () => {
  const chart = group({ profile: profileWith({ daprConfiguration: { deniedApis: ['shutdown'], features: { ActorStateTTL: true } } }) });
  const order = service(chart, 'order', { dapr: TunedSidecar.of({ daprConfiguration: { workflow: { workflows: 3 }, features: { HotReload: true } } }) });
  service(chart).calls(order);
  expect(manifestsOf(chart).get('Configuration', 'order-appconfig').spec).toMatchObject({
    accessControl: { policies: [{ appId: 'checkout', defaultAction: 'allow' }] },
    api: { denied: [{ name: 'shutdown', version: 'v1', protocol: 'http' }, { name: 'shutdown', version: 'v1', protocol: 'grpc' }] },
    features: [{ name: 'ActorStateTTL', enabled: true }, { name: 'HotReload', enabled: true }],
    workflow: { globalMaxConcurrentWorkflowInvocations: 3 },
  });
});

test.each<[string, object, number[]]>([
  ['otlp-grpc', { otel: { endpointAddress: 'opentelemetry-collector.infrastructure.svc.cluster.local:4317', protocol: 'grpc', isSecure: false } }, [4317]],
  ['otlp-http', { otel: { endpointAddress: 'opentelemetry-collector.infrastructure.svc.cluster.local:4318', protocol: 'http', isSecure: false } }, [4317, 4318]],
  ['zipkin', { zipkin: { endpointAddress: 'http://opentelemetry-collector.infrastructure.svc.cluster.local:9411/api/v2/spans' } }, [4317, 9411]],
])('traces go by %s, and the policies of the namespace open its port', (traceProtocol, tracing, ports) => {
  expect(configuration({ traceProtocol }).tracing).toEqual({ samplingRate: '0.1', ...tracing });
  const policy = manifestsOf(group({ profile: profileWith({ daprConfiguration: { traceProtocol } }) })).get('NetworkPolicy', 'allow-traces');
  expect(policy.spec.egress[0].ports.map(({ port }: any) => port)).toEqual(ports);
});

test('a service cannot have a protocol of its own for traces', () => {
  expect(errorsOf((chart) => service(chart, 'checkout', { dapr: TunedSidecar.of({ daprConfiguration: { traceProtocol: 'zipkin' } }) }))).toEqual([
    '[core-business-prod/checkout/AccessControl] sets daprConfiguration.traceProtocol, whose port the network policies of the namespace open. '
    + 'Set it in the profile by WorkloadDefaults.of().',
  ]);
});

test.each<[DaprConfigurationSettings, string]>([
  [{ traceProtocol: 'zipkins' }, "expected daprConfiguration.traceProtocol to be one of otlp-grpc, otlp-http, zipkin, got 'zipkins'. Use 'zipkin'."],
  [{ traceHeaders: { 'api-token': 'abc' } }, "daprConfiguration.traceHeaders 'api-token' its name speaks of a secret ('token'). Let a collector in the cluster add it."],
  [{ traceTimeout: Duration.seconds(0) }, 'expected daprConfiguration.traceTimeout to be 1 or more whole seconds, got 0 seconds. Use Duration.seconds(1).'],
  [{ allowedApis: ['states'] }, "daprConfiguration.allowedApis contains 'states', and Dapr has no API 'states'. Use 'state'."],
  [{ deniedApis: ['jobs/v2'] }, "expected the version of 'jobs/v2' to be one of v1, v1alpha1, got 'v2'. Use 'v1'."],
  [{ deniedApis: ['jobs/v1/http'] }, "daprConfiguration.deniedApis contains 'jobs/v1/http', which has more than a name and a version. Write 'jobs/v1'."],
  [
    { allowedSecrets: { vault: ['a'] }, deniedSecrets: { vault: ['b'] } },
    "the secret store 'vault' is both in daprConfiguration.allowedSecrets and in deniedSecrets. Keep one of them: allowedSecrets denies all others.",
  ],
  [
    { httpPipeline: [{ name: 'login', type: 'bearer' }] },
    "daprConfiguration.httpPipeline contains the type 'bearer', and Dapr runs middleware of HTTP. Write a type such as 'middleware.http.bearer'.",
  ],
  [
    { features: { HotReloads: true } },
    'expected daprConfiguration.features to be one of ActorStateTTL, HotReload, SchedulerReminders, WorkflowsClusteredDeployment, WorkflowsRemoteActivityReminder, '
    + "WorkflowHistorySigning, got 'HotReloads'. Use 'HotReload'.",
  ],
  [{ metrics: { latencyBuckets: [5, 5] } }, 'daprConfiguration.metrics.latencyBuckets does not ascend from more than 0. Sort the bounds.'],
  [{ workflow: { workflows: 0 } }, 'expected daprConfiguration.workflow.workflows to be a whole number of 1 or more, got 0. Use 1 or more.'],
  [{ workflow: { workflowsByName: { Order: 0 } } }, 'expected daprConfiguration.workflow.workflowsByName.Order to be a whole number of 1 or more, got 0. Use 1 or more.'],
  [{ workflow: { retention: Duration.millis(1) } }, 'expected daprConfiguration.workflow.retention to be 0 or more whole seconds, got 0.001 seconds. Use Duration.seconds(1).'],
])('the profile refuses %j', (daprConfiguration, message) => {
  expect(() => PlatformProfile.standard().with(WorkloadDefaults.of({ daprConfiguration }))).toThrow(new Error(`WorkloadDefaults.of: ${message}`));
});

describe('settings that the version of Dapr does not know are refused', () => {
  test.each<[DaprConfigurationSettings, string, string, string]>([
    [{ metrics: { recordErrorCodes: true } }, 'metrics.recordErrorCodes', '1.15', '1.14'],
    [{ traceHeaders: { a: 'b' } }, 'traceHeaders', '1.17', '1.16'],
    [{ traceTimeout: Duration.seconds(1) }, 'traceTimeout', '1.17', '1.16'],
    [{ workflow: { retentionOfFailed: Duration.hours(1) } }, 'workflow.retention', '1.18', '1.17'],
    [{ workflow: { workflowsByName: { Order: 1 } } }, 'workflow.workflows', '1.18', '1.17'],
    [{ workflow: { activities: 1 } }, 'workflow.activities', '1.18', '1.17'],
  ])('%j', (daprConfiguration, setting, since, version) => {
    const define = (inForce: string) => ({ profile: profileWith({ daprConfiguration, daprVersion: DaprVersion.of(inForce) }) });
    expect(errorsOf((chart) => service(chart), define(version))).toEqual([
      `[core-business-prod/Configuration] sets daprConfiguration.${setting}, which Dapr knows from ${since} on, and manifests are rendered for Dapr ${version}. `
      + `Leave it out, or set daprVersion to ${since} or later.`,
    ]);
    expect(() => group(define(since))).not.toThrow();
  });

  test.each([
    ['WorkflowHistorySigning', '1.17', 'Dapr has it from 1.18 on'],
    ['SchedulerReminders', '1.17', 'Dapr has it from 1.14 on and before 1.17'],
  ])('the feature %s by Dapr %s', (feature, version, remedy) => {
    const dapr = TunedSidecar.of({ daprConfiguration: { features: { [feature]: true } } });
    expect(errorsOf((chart) => service(chart, 'checkout', { dapr }), { profile: profileWith({ daprVersion: DaprVersion.of(version) }) })).toEqual([
      `[core-business-prod/checkout/AccessControl] sets the feature '${feature}', which Dapr ${version} does not have. Leave it out: ${remedy}.`,
    ]);
  });
});
