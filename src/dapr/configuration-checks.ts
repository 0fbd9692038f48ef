import type { DaprConfigurationSettings, DaprConfigurationValues } from './configuration-settings';
import { SIDECAR_APIS } from './sidecar-apis';
import type { DaprVersion } from '../values/dapr-version';
import { fail, nearest } from '../values/errors';
import { oneOf } from '../values/one-of';
import { plainText, secretLooking, show, wholeNumber, wholeSeconds, type Place } from '../values/value-checks';

export const TRACE_PROTOCOLS = ['otlp-grpc', 'otlp-http', 'zipkin'];

/** Features by their names: the first version that has them, and the first that has them no longer. */
const FEATURES: { readonly [name: string]: { readonly since: string; readonly until?: string } } = {
  ActorStateTTL: { since: '1.14' },
  HotReload: { since: '1.14' },
  SchedulerReminders: { since: '1.14', until: '1.17' },
  WorkflowsClusteredDeployment: { since: '1.16' },
  WorkflowsRemoteActivityReminder: { since: '1.17' },
  WorkflowHistorySigning: { since: '1.18' },
};

/** Fails on settings that Dapr refuses, or ignores without an error. */
export function checkConfiguration(where: Place, settings: DaprConfigurationValues): void {
  oneOf(where, 'daprConfiguration.traceProtocol', settings.traceProtocol, TRACE_PROTOCOLS);
  for (const [name, value] of Object.entries(settings.traceHeaders)) {
    plainText(where, `daprConfiguration.traceHeaders.${name}`, value);
    const reason = secretLooking(name, value);
    if (reason) {
      fail(where, `daprConfiguration.traceHeaders '${name}' ${reason}`, 'Let a collector in the cluster add it');
    }
  }
  if (settings.traceTimeout) {
    wholeSeconds(where, 'daprConfiguration.traceTimeout', settings.traceTimeout, 1);
  }
  for (const list of ['allowedApis', 'deniedApis'] as const) {
    settings[list]?.forEach((api) => checkApi(where, `daprConfiguration.${list}`, api));
  }
  const twice = Object.keys(settings.allowedSecrets).find((store) => Object.hasOwn(settings.deniedSecrets, store));
  if (twice !== undefined) {
    fail(where, `the secret store '${twice}' is both in daprConfiguration.allowedSecrets and in deniedSecrets`, 'Keep one of them: allowedSecrets denies all others');
  }
  for (const pipeline of ['httpPipeline', 'appHttpPipeline'] as const) {
    const wrong = settings[pipeline]?.find(({ type }) => !/^middleware\.http\.[a-z0-9-]+$/.test(type));
    if (wrong) {
      fail(where, `daprConfiguration.${pipeline} contains the type ${show(wrong.type)}, and Dapr runs middleware of HTTP`, "Write a type such as 'middleware.http.bearer'");
    }
  }
  Object.keys(settings.features).forEach((name) => oneOf(where, 'daprConfiguration.features', name, Object.keys(FEATURES)));
  const { latencyBuckets = [] } = settings.metrics;
  if (latencyBuckets.some((bound, index) => bound <= (latencyBuckets[index - 1] ?? 0))) {
    fail(where, 'daprConfiguration.metrics.latencyBuckets does not ascend from more than 0', 'Sort the bounds');
  }
  checkWorkflow(where, settings.workflow);
}

function checkApi(where: Place, what: string, text: string): void {
  const [name, version, more] = text.split('/');
  if (!Object.hasOwn(SIDECAR_APIS, name)) {
    fail(where, `${what} contains ${show(text)}, and Dapr has no API ${show(name)}`, `Use '${nearest(name, Object.keys(SIDECAR_APIS)) ?? 'state'}'`);
  }
  if (version !== undefined) {
    oneOf(where, `the version of ${show(text)}`, version, SIDECAR_APIS[name]);
  }
  if (more !== undefined) {
    fail(where, `${what} contains ${show(text)}, which has more than a name and a version`, `Write '${name}/${version}'`);
  }
}

function checkWorkflow(where: Place, limits: NonNullable<DaprConfigurationSettings['workflow']>): void {
  for (const [name, limit] of Object.entries(limits)) {
    const what = `daprConfiguration.workflow.${name}`;
    if (typeof limit === 'number') {
      wholeNumber(where, limit, 1, undefined, what);
    } else if (name.startsWith('retention') && limit) {
      wholeSeconds(where, what, limit, 0);
    } else {
      Object.entries(limit ?? {}).forEach(([each, most]) => wholeNumber(where, most as number, 1, undefined, `${what}.${each}`));
    }
  }
}

/** Fails on settings that the version of Dapr in force does not know: its API server refuses some, and its sidecars ignore others. */
export function checkConfigurationVersion(where: Place, version: DaprVersion, settings: DaprConfigurationValues): void {
  const { traceHeaders, traceTimeout, metrics, workflow, features } = settings;
  const { retention, retentionOfCompleted, retentionOfFailed, retentionOfTerminated } = workflow;
  const later: readonly [string, { readonly [name: string]: unknown }][] = [
    ['1.15', { 'metrics.recordErrorCodes': metrics.recordErrorCodes }],
    ['1.17', { traceTimeout, traceHeaders: Object.keys(traceHeaders).length > 0 ? traceHeaders : undefined }],
    ['1.18', {
      'workflow.workflows': workflow.workflows ?? workflow.workflowsByName,
      'workflow.activities': workflow.activities ?? workflow.activitiesByName,
      // 1.17.0 has it as a number
      'workflow.retention': retention ?? retentionOfCompleted ?? retentionOfFailed ?? retentionOfTerminated,
    }],
  ];
  for (const [first, names] of later.filter(([each]) => !version.atLeast(each))) {
    const early = Object.keys(names).find((name) => names[name] !== undefined);
    if (early !== undefined) {
      fail(where, `sets daprConfiguration.${early}, which Dapr knows from ${first} on, and manifests are rendered for Dapr ${version}`, `Leave it out, or set daprVersion to ${first} or later`);
    }
  }
  const unknown = Object.keys(features).find((name) => {
    const { since: first, until } = FEATURES[name];
    return !version.atLeast(first) || (until !== undefined && version.atLeast(until));
  });
  if (unknown !== undefined) {
    const { since: first, until } = FEATURES[unknown];
    fail(where, `sets the feature '${unknown}', which Dapr ${version} does not have`, `Leave it out: Dapr has it from ${first} on${until === undefined ? '' : ` and before ${until}`}`);
  }
}
