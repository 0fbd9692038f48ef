import type { DaprConfigurationSettings, DaprConfigurationValues } from './configuration-settings';
import { durationText } from './dapr-duration-text';
import { withoutHotReload } from './hot-reload';
import { SIDECAR_APIS } from './sidecar-apis';
import type * as dapr from '../../imports/dapr';
import { NETWORK_SETTINGS } from '../network/network-settings';
import type { PlatformProfile } from '../profile/platform-profile';
import { defined } from '../values/defined';
import { TRACE_PORTS } from '../values/ports';
import { sorted } from '../values/sorted';

/** What SDKs ask a sidecar for at their start. HTTP and gRPC have it. */
const ALWAYS_ALLOWED = 'metadata';

/** The fields of a Configuration that follow from settings. */
export function configurationFields(profile: PlatformProfile, settings: DaprConfigurationValues): dapr.ConfigurationSpec {
  const { httpPipeline, appHttpPipeline, allowedApis, deniedApis, deniedComponents, nameResolution, strictWasm } = settings;
  const scopes = secretScopes(settings);
  return fields({
    metrics: metricsOf(settings),
    tracing: tracingOf(profile, settings),
    httpPipeline: httpPipeline && { handlers: httpPipeline.map(({ name, type }) => ({ name, type })) },
    appHttpPipeline: appHttpPipeline && { handlers: appHttpPipeline.map(({ name, type }) => ({ name, type })) },
    // a list without an API of one protocol would allow all APIs of that protocol
    api: fields({ allowed: apisOf(allowedApis && [...allowedApis, ALWAYS_ALLOWED]), denied: apisOf(deniedApis) }),
    secrets: scopes && { scopes },
    components: fields({ deny: deniedComponents }),
    features: featuresOf(profile, settings),
    nameResolution: nameResolution && { ...nameResolution, configuration: nameResolution.configuration ?? {} },
    logging: fields({ apiLogging: fields({ obfuscateURLs: settings.obfuscateUrls, omitHealthChecks: settings.omitHealthChecks }) }),
    wasm: fields({ strictSandbox: strictWasm }),
    workflow: workflowOf(settings.workflow),
  }) ?? {};
}

/** Only the fields that have a value; undefined if none has. */
function fields<T extends object>(all: T): T | undefined {
  const result = defined(all);
  return Object.keys(result).length > 0 ? result : undefined;
}

function metricsOf({ metrics }: DaprConfigurationValues): dapr.ConfigurationSpecMetrics {
  const { enabled, increasedCardinality, pathMatching, excludeVerbs, recordErrorCodes, latencyBuckets } = metrics;
  return defined({
    enabled: enabled!,
    http: defined({ increasedCardinality, pathMatching, excludeVerbs }),
    recordErrorCodes,
    latencyDistributionBuckets: latencyBuckets,
  });
}

function tracingOf(profile: PlatformProfile, settings: DaprConfigurationValues): dapr.ConfigurationSpecTracing {
  const { traceProtocol, traceTls, traceHeaders, traceTimeout, traceToLog } = settings;
  const { traceSamplingRate, traceCollectorService, traceCollector } = NETWORK_SETTINGS.of(profile);
  const address = `${traceCollectorService}.${traceCollector.namespace}.svc.${profile._values.clusterDomain}:${TRACE_PORTS[traceProtocol]}`;
  const headers = sorted(Object.entries(traceHeaders), ([name]) => name).map(([name, value]) => ({ name, value }));
  return defined({
    samplingRate: String(traceSamplingRate),
    stdout: traceToLog,
    ...traceProtocol === 'zipkin' ? { zipkin: { endpointAddress: `http://${address}/api/v2/spans` } } : {
      otel: defined({
        endpointAddress: address,
        protocol: traceProtocol === 'otlp-http' ? 'http' : 'grpc',
        isSecure: traceTls,
        headers: headers.length > 0 ? headers : undefined,
        timeout: traceTimeout && durationText(traceTimeout),
      }),
    },
  });
}

/** Rules for every version and protocol of the APIs. Dapr ignores a rule without a protocol. */
function apisOf(apis: readonly string[] | undefined): dapr.ConfigurationSpecApiAllowed[] | undefined {
  const rules = apis?.map((text) => text.split('/'))
    .flatMap(([name, only]) => SIDECAR_APIS[name].filter((version) => version === (only ?? version)).map((version) => `${name}/${version}`));
  return rules && [...new Set(rules)].map((text) => text.split('/'))
    .flatMap(([name, version]) => ['http', 'grpc'].map((protocol) => ({ name, version, protocol })));
}

/** Dapr searches the lists as sorted ones. */
function secretScopes({ allowedSecrets, deniedSecrets }: DaprConfigurationValues): dapr.ConfigurationSpecSecretsScopes[] | undefined {
  const scopes = [
    ...Object.entries(allowedSecrets).map(([storeName, secrets]) => ({ storeName, defaultAccess: 'deny', allowedSecrets: [...secrets].sort() })),
    ...Object.entries(deniedSecrets).map(([storeName, secrets]) => ({ storeName, defaultAccess: 'allow', deniedSecrets: [...secrets].sort() })),
  ];
  return scopes.length > 0 ? sorted(scopes, ({ storeName }) => storeName) : undefined;
}

function featuresOf(profile: PlatformProfile, settings: DaprConfigurationValues): dapr.ConfigurationSpecFeatures[] | undefined {
  const features = new Map((withoutHotReload(profile).features ?? []).map(({ name, enabled }) => [name, enabled]));
  Object.entries(settings.features).forEach(([name, enabled]) => features.set(name, enabled));
  const list = sorted([...features], ([name]) => name).map(([name, enabled]) => ({ name, enabled }));
  return list.length > 0 ? list : undefined;
}

function workflowOf(limits: NonNullable<DaprConfigurationSettings['workflow']>): dapr.ConfigurationSpecWorkflow | undefined {
  const { retention, retentionOfCompleted, retentionOfFailed, retentionOfTerminated } = limits;
  return fields({
    maxConcurrentWorkflowInvocations: limits.workflowsPerReplica,
    maxConcurrentActivityInvocations: limits.activitiesPerReplica,
    globalMaxConcurrentWorkflowInvocations: limits.workflows,
    globalMaxConcurrentActivityInvocations: limits.activities,
    workflowConcurrencyLimits: byName(limits.workflowsByName),
    activityConcurrencyLimits: byName(limits.activitiesByName),
    stateRetentionPolicy: fields({
      anyTerminal: retention && durationText(retention),
      completed: retentionOfCompleted && durationText(retentionOfCompleted),
      failed: retentionOfFailed && durationText(retentionOfFailed),
      terminated: retentionOfTerminated && durationText(retentionOfTerminated),
    }),
  });
}

function byName(limits: { readonly [name: string]: number } | undefined): dapr.ConfigurationSpecWorkflowWorkflowConcurrencyLimits[] | undefined {
  return limits && sorted(Object.entries(limits), ([name]) => name).map(([name, maxConcurrent]) => ({ name, maxConcurrent }));
}
