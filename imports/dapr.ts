// Generated from dapr.dapr.io.yaml by scripts/import.ts.

export interface ComponentSpec {
  ignoreErrors?: boolean;
  initTimeout?: string;
  metadata: ComponentSpecMetadata[];
  type: string;
  version: string;
}

export interface ComponentSpecMetadata {
  envRef?: string;
  name: string;
  secretKeyRef?: ComponentSpecMetadataSecretKeyRef;
  value?: any;
}

export interface ComponentSpecMetadataSecretKeyRef {
  key?: string;
  name: string;
}

export interface ConfigurationSpec {
  accessControl?: ConfigurationSpecAccessControl;
  api?: ConfigurationSpecApi;
  appHttpPipeline?: ConfigurationSpecAppHttpPipeline;
  components?: ConfigurationSpecComponents;
  features?: ConfigurationSpecFeatures[];
  httpPipeline?: ConfigurationSpecHttpPipeline;
  logging?: ConfigurationSpecLogging;
  metric?: ConfigurationSpecMetric;
  metrics?: ConfigurationSpecMetrics;
  mtls?: ConfigurationSpecMtls;
  nameResolution?: ConfigurationSpecNameResolution;
  secrets?: ConfigurationSpecSecrets;
  tracing?: ConfigurationSpecTracing;
  wasm?: ConfigurationSpecWasm;
  workflow?: ConfigurationSpecWorkflow;
}

export interface ConfigurationSpecAccessControl {
  defaultAction?: string;
  policies?: ConfigurationSpecAccessControlPolicies[];
  trustDomain?: string;
}

export interface ConfigurationSpecAccessControlPolicies {
  appId: string;
  defaultAction?: string;
  namespace?: string;
  operations?: ConfigurationSpecAccessControlPoliciesOperations[];
  trustDomain?: string;
}

export interface ConfigurationSpecAccessControlPoliciesOperations {
  action: string;
  httpVerb?: string[];
  name: string;
}

export interface ConfigurationSpecApi {
  allowed?: ConfigurationSpecApiAllowed[];
  denied?: ConfigurationSpecApiDenied[];
}

export interface ConfigurationSpecApiAllowed {
  name: string;
  protocol?: string;
  version: string;
}

export interface ConfigurationSpecApiDenied {
  name: string;
  protocol?: string;
  version: string;
}

export interface ConfigurationSpecAppHttpPipeline {
  handlers: ConfigurationSpecAppHttpPipelineHandlers[];
}

export interface ConfigurationSpecAppHttpPipelineHandlers {
  name: string;
  selector?: ConfigurationSpecAppHttpPipelineHandlersSelector;
  type: string;
}

export interface ConfigurationSpecAppHttpPipelineHandlersSelector {
  fields: ConfigurationSpecAppHttpPipelineHandlersSelectorFields[];
}

export interface ConfigurationSpecAppHttpPipelineHandlersSelectorFields {
  field: string;
  value: string;
}

export interface ConfigurationSpecComponents {
  deny?: string[];
}

export interface ConfigurationSpecFeatures {
  enabled: boolean;
  name: string;
}

export interface ConfigurationSpecHttpPipeline {
  handlers: ConfigurationSpecHttpPipelineHandlers[];
}

export interface ConfigurationSpecHttpPipelineHandlers {
  name: string;
  selector?: ConfigurationSpecHttpPipelineHandlersSelector;
  type: string;
}

export interface ConfigurationSpecHttpPipelineHandlersSelector {
  fields: ConfigurationSpecHttpPipelineHandlersSelectorFields[];
}

export interface ConfigurationSpecHttpPipelineHandlersSelectorFields {
  field: string;
  value: string;
}

export interface ConfigurationSpecLogging {
  apiLogging?: ConfigurationSpecLoggingApiLogging;
}

export interface ConfigurationSpecLoggingApiLogging {
  enabled?: boolean;
  obfuscateURLs?: boolean;
  omitHealthChecks?: boolean;
}

export interface ConfigurationSpecMetric {
  enabled: boolean;
  http?: ConfigurationSpecMetricHttp;
  latencyDistributionBuckets?: number[];
  recordErrorCodes?: boolean;
  rules?: ConfigurationSpecMetricRules[];
}

export interface ConfigurationSpecMetricHttp {
  excludeVerbs?: boolean;
  increasedCardinality?: boolean;
  pathMatching?: string[];
}

export interface ConfigurationSpecMetricRules {
  labels: ConfigurationSpecMetricRulesLabels[];
  name: string;
}

export interface ConfigurationSpecMetricRulesLabels {
  name: string;
  regex: { [key: string]: string };
}

export interface ConfigurationSpecMetrics {
  enabled: boolean;
  http?: ConfigurationSpecMetricsHttp;
  latencyDistributionBuckets?: number[];
  recordErrorCodes?: boolean;
  rules?: ConfigurationSpecMetricsRules[];
}

export interface ConfigurationSpecMetricsHttp {
  excludeVerbs?: boolean;
  increasedCardinality?: boolean;
  pathMatching?: string[];
}

export interface ConfigurationSpecMetricsRules {
  labels: ConfigurationSpecMetricsRulesLabels[];
  name: string;
}

export interface ConfigurationSpecMetricsRulesLabels {
  name: string;
  regex: { [key: string]: string };
}

export interface ConfigurationSpecMtls {
  allowedClockSkew?: string;
  controlPlaneTrustDomain: string;
  enabled: boolean;
  sentryAddress: string;
  tokenValidators?: ConfigurationSpecMtlsTokenValidators[];
  workloadCertTTL?: string;
}

export interface ConfigurationSpecMtlsTokenValidators {
  name: ConfigurationSpecMtlsTokenValidatorsName;
  options?: any;
}

export type ConfigurationSpecMtlsTokenValidatorsName = 'jwks';

export interface ConfigurationSpecNameResolution {
  component: string;
  configuration: any;
  version: string;
}

export interface ConfigurationSpecSecrets {
  scopes: ConfigurationSpecSecretsScopes[];
}

export interface ConfigurationSpecSecretsScopes {
  allowedSecrets?: string[];
  defaultAccess?: string;
  deniedSecrets?: string[];
  storeName: string;
}

export interface ConfigurationSpecTracing {
  otel?: ConfigurationSpecTracingOtel;
  samplingRate: string;
  stdout?: boolean;
  zipkin?: ConfigurationSpecTracingZipkin;
}

export interface ConfigurationSpecTracingOtel {
  endpointAddress: string;
  headers?: ConfigurationSpecTracingOtelHeaders[];
  isSecure: boolean;
  protocol: string;
  timeout?: string;
}

export interface ConfigurationSpecTracingOtelHeaders {
  envRef?: string;
  name: string;
  secretKeyRef?: ConfigurationSpecTracingOtelHeadersSecretKeyRef;
  value?: any;
}

export interface ConfigurationSpecTracingOtelHeadersSecretKeyRef {
  key?: string;
  name: string;
}

export interface ConfigurationSpecTracingZipkin {
  endpointAddress: string;
}

export interface ConfigurationSpecWasm {
  strictSandbox?: boolean;
}

export interface ConfigurationSpecWorkflow {
  activityConcurrencyLimits?: ConfigurationSpecWorkflowActivityConcurrencyLimits[];
  globalMaxConcurrentActivityInvocations?: number;
  globalMaxConcurrentWorkflowInvocations?: number;
  maxConcurrentActivityInvocations?: number;
  maxConcurrentWorkflowInvocations?: number;
  stateRetentionPolicy?: ConfigurationSpecWorkflowStateRetentionPolicy;
  workflowConcurrencyLimits?: ConfigurationSpecWorkflowWorkflowConcurrencyLimits[];
}

export interface ConfigurationSpecWorkflowActivityConcurrencyLimits {
  maxConcurrent?: number;
  name?: string;
}

export interface ConfigurationSpecWorkflowStateRetentionPolicy {
  anyTerminal?: string;
  completed?: string;
  failed?: string;
  terminated?: string;
}

export interface ConfigurationSpecWorkflowWorkflowConcurrencyLimits {
  maxConcurrent?: number;
  name?: string;
}

export interface ResiliencySpec {
  policies: ResiliencySpecPolicies;
  targets: ResiliencySpecTargets;
}

export interface ResiliencySpecPolicies {
  circuitBreakers?: { [key: string]: ResiliencySpecPoliciesCircuitBreakers };
  retries?: { [key: string]: ResiliencySpecPoliciesRetries };
  timeouts?: { [key: string]: string };
}

export interface ResiliencySpecPoliciesCircuitBreakers {
  interval?: string;
  maxRequests?: number;
  timeout?: string;
  trip?: string;
}

export interface ResiliencySpecPoliciesRetries {
  duration?: string;
  matching?: ResiliencySpecPoliciesRetriesMatching;
  maxInterval?: string;
  maxRetries?: number;
  policy?: string;
}

export interface ResiliencySpecPoliciesRetriesMatching {
  gRPCStatusCodes?: string;
  httpStatusCodes?: string;
}

export interface ResiliencySpecTargets {
  actors?: { [key: string]: ResiliencySpecTargetsActors };
  apps?: { [key: string]: ResiliencySpecTargetsApps };
  components?: { [key: string]: ResiliencySpecTargetsComponents };
}

export interface ResiliencySpecTargetsActors {
  circuitBreaker?: string;
  circuitBreakerCacheSize?: number;
  circuitBreakerScope?: string;
  retry?: string;
  timeout?: string;
}

export interface ResiliencySpecTargetsApps {
  circuitBreaker?: string;
  circuitBreakerCacheSize?: number;
  retry?: string;
  timeout?: string;
}

export interface ResiliencySpecTargetsComponents {
  inbound?: ResiliencySpecTargetsComponentsInbound;
  outbound?: ResiliencySpecTargetsComponentsOutbound;
}

export interface ResiliencySpecTargetsComponentsInbound {
  circuitBreaker?: string;
  retry?: string;
  timeout?: string;
}

export interface ResiliencySpecTargetsComponentsOutbound {
  circuitBreaker?: string;
  retry?: string;
  timeout?: string;
}

export interface SubscriptionSpec {
  bulkSubscribe?: SubscriptionSpecBulkSubscribe;
  deadLetterTopic?: string;
  metadata?: { [key: string]: string };
  pubsubname: string;
  routes: SubscriptionSpecRoutes;
  topic: string;
}

export interface SubscriptionSpecBulkSubscribe {
  enabled: boolean;
  maxAwaitDurationMs?: number;
  maxMessagesCount?: number;
}

export interface SubscriptionSpecRoutes {
  default?: string;
  rules?: SubscriptionSpecRoutesRules[];
}

export interface SubscriptionSpecRoutesRules {
  match: string;
  path: string;
}
