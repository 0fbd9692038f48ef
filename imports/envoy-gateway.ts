// Generated from envoy-gateway.gateway.envoyproxy.io.yaml by scripts/import.ts.

export interface BackendTrafficPolicySpec {
  admissionControl?: any;
  bandwidthLimit?: any;
  circuitBreaker?: any;
  compression?: any[];
  compressor?: any[];
  connection?: BackendTrafficPolicySpecConnection;
  dns?: any;
  faultInjection?: any;
  healthCheck?: any;
  http2?: BackendTrafficPolicySpecHttp2;
  httpUpgrade?: any[];
  loadBalancer?: any;
  mergeType?: string;
  proxyProtocol?: any;
  rateLimit?: BackendTrafficPolicySpecRateLimit;
  requestBuffer?: any;
  responseOverride?: any[];
  retry?: BackendTrafficPolicySpecRetry;
  routingType?: string;
  targetRef?: any;
  targetRefs?: BackendTrafficPolicySpecTargetRefs[];
  targetSelectors?: any[];
  tcpKeepalive?: any;
  telemetry?: any;
  timeout?: BackendTrafficPolicySpecTimeout;
  useClientProtocol?: boolean;
}

export interface BackendTrafficPolicySpecConnection {
  bufferLimit?: number | string;
  preconnect?: any;
  socketBufferLimit?: any;
}

export interface BackendTrafficPolicySpecHttp2 {
  connectionKeepalive?: any;
  initialConnectionWindowSize?: any;
  initialStreamWindowSize?: any;
  maxConcurrentStreams?: number;
  onInvalidMessage?: string;
}

export interface BackendTrafficPolicySpecRateLimit {
  global?: any;
  local?: BackendTrafficPolicySpecRateLimitLocal;
  type?: BackendTrafficPolicySpecRateLimitType;
}

export interface BackendTrafficPolicySpecRateLimitLocal {
  rules?: BackendTrafficPolicySpecRateLimitLocalRules[];
}

export interface BackendTrafficPolicySpecRateLimitLocalRules {
  clientSelectors?: any[];
  cost?: any;
  limit: BackendTrafficPolicySpecRateLimitLocalRulesLimit;
  shadowMode?: any;
  shared?: boolean;
  xRateLimitHeaders?: any;
}

export interface BackendTrafficPolicySpecRateLimitLocalRulesLimit {
  fromMetadata?: any;
  requests: number;
  unit: BackendTrafficPolicySpecRateLimitLocalRulesLimitUnit;
}

export type BackendTrafficPolicySpecRateLimitLocalRulesLimitUnit = 'Second' | 'Minute' | 'Hour' | 'Day' | 'Week' | 'Month' | 'Year';

export type BackendTrafficPolicySpecRateLimitType = 'Global' | 'Local';

export interface BackendTrafficPolicySpecRetry {
  numAttemptsPerPriority?: number;
  numRetries?: number;
  perRetry?: BackendTrafficPolicySpecRetryPerRetry;
  retryOn?: BackendTrafficPolicySpecRetryRetryOn;
}

export interface BackendTrafficPolicySpecRetryPerRetry {
  backOff?: BackendTrafficPolicySpecRetryPerRetryBackOff;
  timeout?: string;
}

export interface BackendTrafficPolicySpecRetryPerRetryBackOff {
  baseInterval?: string;
  maxInterval?: string;
}

export interface BackendTrafficPolicySpecRetryRetryOn {
  httpStatusCodes?: number[];
  triggers?: BackendTrafficPolicySpecRetryRetryOnTriggers[];
}

export type BackendTrafficPolicySpecRetryRetryOnTriggers = '5xx' | 'gateway-error' | 'reset' | 'reset-before-request' | 'connect-failure' | 'retriable-4xx' | 'refused-stream' | 'retriable-status-codes' | 'cancelled' | 'deadline-exceeded' | 'internal' | 'resource-exhausted' | 'unavailable';

export interface BackendTrafficPolicySpecTargetRefs {
  group: string;
  kind: string;
  name: string;
  sectionName?: string;
}

export interface BackendTrafficPolicySpecTimeout {
  http?: BackendTrafficPolicySpecTimeoutHttp;
  tcp?: any;
}

export interface BackendTrafficPolicySpecTimeoutHttp {
  connectionIdleTimeout?: string;
  maxConnectionDuration?: string;
  maxStreamDuration?: string;
  requestTimeout?: string;
  streamIdleTimeout?: string;
}

export interface ClientTrafficPolicySpec {
  clientIPDetection?: ClientTrafficPolicySpecClientIpDetection;
  connection?: ClientTrafficPolicySpecConnection;
  enableProxyProtocol?: boolean;
  grpc?: any;
  headers?: any;
  healthCheck?: any;
  http1?: any;
  http2?: ClientTrafficPolicySpecHttp2;
  http3?: any;
  path?: ClientTrafficPolicySpecPath;
  proxyProtocol?: any;
  scheme?: any;
  targetRef?: any;
  targetRefs?: ClientTrafficPolicySpecTargetRefs[];
  targetSelectors?: any[];
  tcpKeepalive?: any;
  timeout?: ClientTrafficPolicySpecTimeout;
  tls?: ClientTrafficPolicySpecTls;
}

export interface ClientTrafficPolicySpecClientIpDetection {
  customHeader?: any;
  directSourceIP?: any;
  xForwardedFor?: ClientTrafficPolicySpecClientIpDetectionXForwardedFor;
}

export interface ClientTrafficPolicySpecClientIpDetectionXForwardedFor {
  disableXForwardedForAppend?: boolean;
  numTrustedHops?: number;
  trustedCIDRs?: string[];
}

export interface ClientTrafficPolicySpecConnection {
  bufferLimit?: number | string;
  connectionLimit?: any;
  maxAcceptPerSocketEvent?: number;
  socketBufferLimit?: any;
}

export interface ClientTrafficPolicySpecHttp2 {
  connectionKeepalive?: any;
  initialConnectionWindowSize?: any;
  initialStreamWindowSize?: any;
  maxConcurrentStreams?: number;
  onInvalidMessage?: string;
}

export interface ClientTrafficPolicySpecPath {
  disableMergeSlashes?: boolean;
  escapedSlashesAction?: ClientTrafficPolicySpecPathEscapedSlashesAction;
}

export type ClientTrafficPolicySpecPathEscapedSlashesAction = 'KeepUnchanged' | 'RejectRequest' | 'UnescapeAndForward' | 'UnescapeAndRedirect';

export interface ClientTrafficPolicySpecTargetRefs {
  group: string;
  kind: string;
  name: string;
  sectionName?: string;
}

export interface ClientTrafficPolicySpecTimeout {
  http?: ClientTrafficPolicySpecTimeoutHttp;
  tcp?: any;
}

export interface ClientTrafficPolicySpecTimeoutHttp {
  idleTimeout?: string;
  requestHeadersReceivedTimeout?: string;
  requestReceivedTimeout?: string;
  streamIdleTimeout?: string;
}

export interface ClientTrafficPolicySpecTls {
  alpnProtocols?: string[];
  ciphers?: string[];
  clientValidation?: any;
  ecdhCurves?: string[];
  fingerprints?: any[];
  maxVersion?: any;
  minVersion?: ClientTrafficPolicySpecTlsMinVersion;
  session?: any;
  signatureAlgorithms?: string[];
}

export type ClientTrafficPolicySpecTlsMinVersion = 'Auto' | '1.0' | '1.1' | '1.2' | '1.3';

export interface SecurityPolicySpec {
  apiKeyAuth?: any;
  authorization?: SecurityPolicySpecAuthorization;
  basicAuth?: any;
  cors?: any;
  csrf?: any;
  extAuth?: any;
  jwt?: SecurityPolicySpecJwt;
  mergeType?: string;
  oidc?: SecurityPolicySpecOidc;
  targetRef?: any;
  targetRefs?: SecurityPolicySpecTargetRefs[];
  targetSelectors?: any[];
}

export interface SecurityPolicySpecAuthorization {
  defaultAction?: SecurityPolicySpecAuthorizationDefaultAction;
  rules?: SecurityPolicySpecAuthorizationRules[];
}

export type SecurityPolicySpecAuthorizationDefaultAction = 'Allow' | 'Deny';

export interface SecurityPolicySpecAuthorizationRules {
  action: SecurityPolicySpecAuthorizationRulesAction;
  cel?: string;
  name?: string;
  operation?: any;
  principal?: SecurityPolicySpecAuthorizationRulesPrincipal;
}

export type SecurityPolicySpecAuthorizationRulesAction = 'Allow' | 'Deny';

export interface SecurityPolicySpecAuthorizationRulesPrincipal {
  clientCIDRs?: any[];
  clientIPGeoLocations?: any[];
  headers?: any[];
  jwt?: SecurityPolicySpecAuthorizationRulesPrincipalJwt;
}

export interface SecurityPolicySpecAuthorizationRulesPrincipalJwt {
  claims?: SecurityPolicySpecAuthorizationRulesPrincipalJwtClaims[];
  provider: string;
  scopes?: string[];
}

export interface SecurityPolicySpecAuthorizationRulesPrincipalJwtClaims {
  name: string;
  valueType?: SecurityPolicySpecAuthorizationRulesPrincipalJwtClaimsValueType;
  values: string[];
}

export type SecurityPolicySpecAuthorizationRulesPrincipalJwtClaimsValueType = 'String' | 'StringArray';

export interface SecurityPolicySpecJwt {
  failOpen?: boolean;
  optional?: boolean;
  providers: SecurityPolicySpecJwtProviders[];
}

export interface SecurityPolicySpecJwtProviders {
  audiences?: string[];
  claimToHeaders?: any[];
  extractFrom?: any;
  issuer?: string;
  localJWKS?: any;
  name: string;
  recomputeRoute?: boolean;
  remoteJWKS?: SecurityPolicySpecJwtProvidersRemoteJwks;
}

export interface SecurityPolicySpecJwtProvidersRemoteJwks {
  backendRef?: any;
  backendRefs?: any[];
  backendSettings?: any;
  cacheDuration?: string;
  failedRefetchDuration?: string;
  uri: string;
}

export interface SecurityPolicySpecOidc {
  clientID?: string;
  clientIDRef?: any;
  clientSecret: SecurityPolicySpecOidcClientSecret;
  cookieConfig?: any;
  cookieDomain?: string;
  cookieNames?: any;
  csrfTokenTTL?: string;
  defaultRefreshTokenTTL?: string;
  defaultTokenTTL?: string;
  denyRedirect?: any;
  disableTokenEncryption?: boolean;
  forwardAccessToken?: boolean;
  forwardIDToken?: any;
  logoutPath?: string;
  passThroughAuthHeader?: boolean;
  provider: SecurityPolicySpecOidcProvider;
  redirectURL?: string;
  refreshToken?: boolean;
  resources?: string[];
  scopes?: string[];
}

export interface SecurityPolicySpecOidcClientSecret {
  group?: string;
  kind?: string;
  name: string;
  namespace?: string;
}

export interface SecurityPolicySpecOidcProvider {
  authorizationEndpoint?: string;
  backendRef?: any;
  backendRefs?: any[];
  backendSettings?: any;
  endSessionEndpoint?: string;
  issuer: string;
  tokenEndpoint?: string;
}

export interface SecurityPolicySpecTargetRefs {
  group: string;
  kind: string;
  name: string;
  sectionName?: string;
}
