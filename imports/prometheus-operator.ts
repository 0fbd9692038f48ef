// Generated from prometheus-operator.monitoring.coreos.com.yaml by scripts/import.ts.

export interface PodMonitorSpec {
  attachMetadata?: PodMonitorSpecAttachMetadata;
  bodySizeLimit?: string;
  convertClassicHistogramsToNHCB?: boolean;
  fallbackScrapeProtocol?: PodMonitorSpecFallbackScrapeProtocol;
  jobLabel?: string;
  keepDroppedTargets?: number;
  labelLimit?: number;
  labelNameLengthLimit?: number;
  labelValueLengthLimit?: number;
  namespaceSelector?: PodMonitorSpecNamespaceSelector;
  nativeHistogramBucketLimit?: number;
  nativeHistogramMinBucketFactor?: number | string;
  podMetricsEndpoints?: PodMonitorSpecPodMetricsEndpoints[];
  podTargetLabels?: string[];
  sampleLimit?: number;
  scrapeClass?: string;
  scrapeClassicHistograms?: boolean;
  scrapeNativeHistograms?: boolean;
  scrapeProtocols?: PodMonitorSpecScrapeProtocols[];
  selector: PodMonitorSpecSelector;
  selectorMechanism?: PodMonitorSpecSelectorMechanism;
  targetLimit?: number;
}

export interface PodMonitorSpecAttachMetadata {
  node?: boolean;
}

export type PodMonitorSpecFallbackScrapeProtocol = 'PrometheusProto' | 'OpenMetricsText0.0.1' | 'OpenMetricsText1.0.0' | 'PrometheusText0.0.4' | 'PrometheusText1.0.0';

export interface PodMonitorSpecNamespaceSelector {
  any?: boolean;
  matchNames?: string[];
}

export interface PodMonitorSpecPodMetricsEndpoints {
  authorization?: PodMonitorSpecPodMetricsEndpointsAuthorization;
  basicAuth?: PodMonitorSpecPodMetricsEndpointsBasicAuth;
  bearerTokenSecret?: PodMonitorSpecPodMetricsEndpointsBearerTokenSecret;
  enableHttp2?: boolean;
  filterRunning?: boolean;
  followRedirects?: boolean;
  honorLabels?: boolean;
  honorTimestamps?: boolean;
  interval?: string;
  metricRelabelings?: PodMonitorSpecPodMetricsEndpointsMetricRelabelings[];
  noProxy?: string;
  oauth2?: PodMonitorSpecPodMetricsEndpointsOauth2;
  params?: { [key: string]: string[] };
  path?: string;
  port?: string;
  portNumber?: number;
  proxyConnectHeader?: { [key: string]: PodMonitorSpecPodMetricsEndpointsProxyConnectHeader[] };
  proxyFromEnvironment?: boolean;
  proxyUrl?: string;
  relabelings?: PodMonitorSpecPodMetricsEndpointsRelabelings[];
  scheme?: PodMonitorSpecPodMetricsEndpointsScheme;
  scrapeTimeout?: string;
  targetPort?: number | string;
  tlsConfig?: PodMonitorSpecPodMetricsEndpointsTlsConfig;
  trackTimestampsStaleness?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsAuthorization {
  credentials?: PodMonitorSpecPodMetricsEndpointsAuthorizationCredentials;
  type?: string;
}

export interface PodMonitorSpecPodMetricsEndpointsAuthorizationCredentials {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsBasicAuth {
  password?: PodMonitorSpecPodMetricsEndpointsBasicAuthPassword;
  username?: PodMonitorSpecPodMetricsEndpointsBasicAuthUsername;
}

export interface PodMonitorSpecPodMetricsEndpointsBasicAuthPassword {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsBasicAuthUsername {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsBearerTokenSecret {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsMetricRelabelings {
  action?: PodMonitorSpecPodMetricsEndpointsMetricRelabelingsAction;
  modulus?: number;
  regex?: string;
  replacement?: string;
  separator?: string;
  sourceLabels?: string[];
  targetLabel?: string;
}

export type PodMonitorSpecPodMetricsEndpointsMetricRelabelingsAction = 'replace' | 'keep' | 'drop' | 'hashmod' | 'labelmap' | 'labeldrop' | 'labelkeep' | 'lowercase' | 'uppercase' | 'keepequal' | 'dropequal';

export interface PodMonitorSpecPodMetricsEndpointsOauth2 {
  clientId: PodMonitorSpecPodMetricsEndpointsOauth2ClientId;
  clientSecret: PodMonitorSpecPodMetricsEndpointsOauth2ClientSecret;
  endpointParams?: { [key: string]: string };
  noProxy?: string;
  proxyConnectHeader?: { [key: string]: PodMonitorSpecPodMetricsEndpointsOauth2ProxyConnectHeader[] };
  proxyFromEnvironment?: boolean;
  proxyUrl?: string;
  scopes?: string[];
  tlsConfig?: PodMonitorSpecPodMetricsEndpointsOauth2TlsConfig;
  tokenUrl: string;
}

export interface PodMonitorSpecPodMetricsEndpointsOauth2ClientId {
  configMap?: PodMonitorSpecPodMetricsEndpointsOauth2ClientIdConfigMap;
  secret?: PodMonitorSpecPodMetricsEndpointsOauth2ClientIdSecret;
}

export interface PodMonitorSpecPodMetricsEndpointsOauth2ClientIdConfigMap {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsOauth2ClientIdSecret {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsOauth2ClientSecret {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsOauth2ProxyConnectHeader {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsOauth2TlsConfig {
  ca?: PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigCa;
  cert?: PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigCert;
  insecureSkipVerify?: boolean;
  keySecret?: PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigKeySecret;
  maxVersion?: PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigMaxVersion;
  minVersion?: PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigMinVersion;
  serverName?: string;
}

export interface PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigCa {
  configMap?: PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigCaConfigMap;
  secret?: PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigCaSecret;
}

export interface PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigCaConfigMap {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigCaSecret {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigCert {
  configMap?: PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigCertConfigMap;
  secret?: PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigCertSecret;
}

export interface PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigCertConfigMap {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigCertSecret {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigKeySecret {
  key: string;
  name?: string;
  optional?: boolean;
}

export type PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigMaxVersion = 'TLS10' | 'TLS11' | 'TLS12' | 'TLS13';

export type PodMonitorSpecPodMetricsEndpointsOauth2TlsConfigMinVersion = 'TLS10' | 'TLS11' | 'TLS12' | 'TLS13';

export interface PodMonitorSpecPodMetricsEndpointsProxyConnectHeader {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsRelabelings {
  action?: PodMonitorSpecPodMetricsEndpointsRelabelingsAction;
  modulus?: number;
  regex?: string;
  replacement?: string;
  separator?: string;
  sourceLabels?: string[];
  targetLabel?: string;
}

export type PodMonitorSpecPodMetricsEndpointsRelabelingsAction = 'replace' | 'keep' | 'drop' | 'hashmod' | 'labelmap' | 'labeldrop' | 'labelkeep' | 'lowercase' | 'uppercase' | 'keepequal' | 'dropequal';

export type PodMonitorSpecPodMetricsEndpointsScheme = 'http' | 'https';

export interface PodMonitorSpecPodMetricsEndpointsTlsConfig {
  ca?: PodMonitorSpecPodMetricsEndpointsTlsConfigCa;
  cert?: PodMonitorSpecPodMetricsEndpointsTlsConfigCert;
  insecureSkipVerify?: boolean;
  keySecret?: PodMonitorSpecPodMetricsEndpointsTlsConfigKeySecret;
  maxVersion?: PodMonitorSpecPodMetricsEndpointsTlsConfigMaxVersion;
  minVersion?: PodMonitorSpecPodMetricsEndpointsTlsConfigMinVersion;
  serverName?: string;
}

export interface PodMonitorSpecPodMetricsEndpointsTlsConfigCa {
  configMap?: PodMonitorSpecPodMetricsEndpointsTlsConfigCaConfigMap;
  secret?: PodMonitorSpecPodMetricsEndpointsTlsConfigCaSecret;
}

export interface PodMonitorSpecPodMetricsEndpointsTlsConfigCaConfigMap {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsTlsConfigCaSecret {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsTlsConfigCert {
  configMap?: PodMonitorSpecPodMetricsEndpointsTlsConfigCertConfigMap;
  secret?: PodMonitorSpecPodMetricsEndpointsTlsConfigCertSecret;
}

export interface PodMonitorSpecPodMetricsEndpointsTlsConfigCertConfigMap {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsTlsConfigCertSecret {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface PodMonitorSpecPodMetricsEndpointsTlsConfigKeySecret {
  key: string;
  name?: string;
  optional?: boolean;
}

export type PodMonitorSpecPodMetricsEndpointsTlsConfigMaxVersion = 'TLS10' | 'TLS11' | 'TLS12' | 'TLS13';

export type PodMonitorSpecPodMetricsEndpointsTlsConfigMinVersion = 'TLS10' | 'TLS11' | 'TLS12' | 'TLS13';

export type PodMonitorSpecScrapeProtocols = 'PrometheusProto' | 'OpenMetricsText0.0.1' | 'OpenMetricsText1.0.0' | 'PrometheusText0.0.4' | 'PrometheusText1.0.0';

export interface PodMonitorSpecSelector {
  matchExpressions?: PodMonitorSpecSelectorMatchExpressions[];
  matchLabels?: { [key: string]: string };
}

export interface PodMonitorSpecSelectorMatchExpressions {
  key: string;
  operator: string;
  values?: string[];
}

export type PodMonitorSpecSelectorMechanism = 'RelabelConfig' | 'RoleSelector';

export interface PrometheusRuleSpec {
  groups?: PrometheusRuleSpecGroups[];
}

export interface PrometheusRuleSpecGroups {
  interval?: string;
  labels?: { [key: string]: string };
  limit?: number;
  name: string;
  partial_response_strategy?: string;
  query_offset?: string;
  rules?: PrometheusRuleSpecGroupsRules[];
}

export interface PrometheusRuleSpecGroupsRules {
  alert?: string;
  annotations?: { [key: string]: string };
  expr: number | string;
  for?: string;
  keep_firing_for?: string;
  labels?: { [key: string]: string };
  record?: string;
}
