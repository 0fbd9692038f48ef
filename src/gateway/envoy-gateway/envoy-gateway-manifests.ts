import type * as envoy from '../../../imports/envoy-gateway';

export type Oidc = envoy.SecurityPolicySpecOidc;
export type Claim = envoy.SecurityPolicySpecAuthorizationRulesPrincipalJwtClaims;
export type Authorization = envoy.SecurityPolicySpecAuthorization;
export type SecurityPolicySpec = envoy.SecurityPolicySpec;
export type ClientTrafficPolicySpec = envoy.ClientTrafficPolicySpec;
export type BackendTrafficPolicySpec = envoy.BackendTrafficPolicySpec;
export type RateLimitSpec = envoy.BackendTrafficPolicySpecRateLimit;
export type TargetRef = envoy.SecurityPolicySpecTargetRefs;
