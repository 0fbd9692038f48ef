// Generated from istio.security.istio.io.yaml by scripts/import.ts.

export interface AuthorizationPolicySpec {
  action?: AuthorizationPolicySpecAction;
  provider?: any;
  rules?: AuthorizationPolicySpecRules[];
  selector?: any;
  targetRef?: any;
  targetRefs?: AuthorizationPolicySpecTargetRefs[];
}

export type AuthorizationPolicySpecAction = 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';

export interface AuthorizationPolicySpecRules {
  from?: AuthorizationPolicySpecRulesFrom[];
  to?: AuthorizationPolicySpecRulesTo[];
  when?: AuthorizationPolicySpecRulesWhen[];
}

export interface AuthorizationPolicySpecRulesFrom {
  source?: AuthorizationPolicySpecRulesFromSource;
}

export interface AuthorizationPolicySpecRulesFromSource {
  ipBlocks?: string[];
  namespaces?: string[];
  notIpBlocks?: string[];
  notNamespaces?: string[];
  notPrincipals?: string[];
  notRemoteIpBlocks?: string[];
  notRequestPrincipals?: string[];
  notServiceAccounts?: string[];
  notTrustDomains?: string[];
  principals?: string[];
  remoteIpBlocks?: string[];
  requestPrincipals?: string[];
  serviceAccounts?: string[];
  trustDomains?: string[];
}

export interface AuthorizationPolicySpecRulesTo {
  operation?: AuthorizationPolicySpecRulesToOperation;
}

export interface AuthorizationPolicySpecRulesToOperation {
  hosts?: string[];
  methods?: string[];
  notHosts?: string[];
  notMethods?: string[];
  notPaths?: string[];
  notPorts?: string[];
  paths?: string[];
  ports?: string[];
}

export interface AuthorizationPolicySpecRulesWhen {
  key: string;
  notValues?: string[];
  values?: string[];
}

export interface AuthorizationPolicySpecTargetRefs {
  group?: string;
  kind: string;
  name: string;
  namespace?: string;
}

export interface PeerAuthenticationSpec {
  mtls?: PeerAuthenticationSpecMtls;
  portLevelMtls?: any;
  selector?: any;
}

export interface PeerAuthenticationSpecMtls {
  mode?: PeerAuthenticationSpecMtlsMode;
}

export type PeerAuthenticationSpecMtlsMode = 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';

export interface RequestAuthenticationSpec {
  jwtRules?: RequestAuthenticationSpecJwtRules[];
  selector?: any;
  targetRef?: any;
  targetRefs?: RequestAuthenticationSpecTargetRefs[];
}

export interface RequestAuthenticationSpecJwtRules {
  audiences?: string[];
  forwardOriginalToken?: boolean;
  fromCookies?: string[];
  fromHeaders?: any[];
  fromParams?: string[];
  issuer?: string;
  jwks?: string;
  jwks_uri?: string;
  outputClaimToHeaders?: any[];
  outputPayloadToHeader?: string;
  spaceDelimitedClaims?: string[];
  timeout?: string;
}

export interface RequestAuthenticationSpecTargetRefs {
  group?: string;
  kind: string;
  name: string;
  namespace?: string;
}
