import { checkConfiguration } from './configuration-checks';
import type { DaprConfigurationValues } from './configuration-settings';
import { section } from '../profile/section';

/** The Dapr Configuration of every namespace. */
export const DAPR_CONFIGURATION_SETTINGS = section<DaprConfigurationValues>('daprConfiguration', () => ({
  traceProtocol: 'otlp-grpc',
  traceTls: false,
  traceHeaders: {},
  traceTimeout: undefined,
  traceToLog: undefined,
  metrics: {
    enabled: true,
    increasedCardinality: false,
    pathMatching: undefined,
    excludeVerbs: undefined,
    recordErrorCodes: undefined,
    latencyBuckets: undefined,
  },
  httpPipeline: undefined,
  appHttpPipeline: undefined,
  allowedApis: undefined,
  deniedApis: undefined,
  allowedSecrets: {},
  deniedSecrets: {},
  deniedComponents: undefined,
  features: {},
  nameResolution: undefined,
  obfuscateUrls: undefined,
  omitHealthChecks: undefined,
  strictWasm: undefined,
  workflow: {
    workflowsPerReplica: undefined,
    activitiesPerReplica: undefined,
    workflows: undefined,
    activities: undefined,
    workflowsByName: undefined,
    activitiesByName: undefined,
    retention: undefined,
    retentionOfCompleted: undefined,
    retentionOfFailed: undefined,
    retentionOfTerminated: undefined,
  },
}), {
  openKeys: ['traceHeaders', 'allowedSecrets', 'deniedSecrets', 'features', 'workflow.workflowsByName', 'workflow.activitiesByName'],
  openContent: ['nameResolution'],
  check: checkConfiguration,
});
