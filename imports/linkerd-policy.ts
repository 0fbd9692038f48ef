// Generated from linkerd.policy.linkerd.io.yaml by scripts/import.ts.

export interface AuthorizationPolicySpec {
  targetRef: AuthorizationPolicySpecTargetRef;
  requiredAuthenticationRefs: AuthorizationPolicySpecRequiredAuthenticationRefs[];
}

export interface AuthorizationPolicySpecRequiredAuthenticationRefs {
  group?: string;
  kind: string;
  name: string;
  namespace?: string;
}

export interface AuthorizationPolicySpecTargetRef {
  group?: string;
  kind: string;
  name: string;
}

export interface HttpRouteSpec {
  hostnames?: string[];
  parentRefs?: HttpRouteSpecParentRefs[];
  rules?: HttpRouteSpecRules[];
}

export interface HttpRouteSpecParentRefs {
  group?: string;
  kind?: string;
  name: string;
  namespace?: string;
  port?: number;
  sectionName?: string;
}

export interface HttpRouteSpecRules {
  backendRefs?: HttpRouteSpecRulesBackendRefs[];
  filters?: any[];
  matches?: HttpRouteSpecRulesMatches[];
  timeouts?: HttpRouteSpecRulesTimeouts;
}

export interface HttpRouteSpecRulesBackendRefs {
  group?: string;
  kind?: string;
  name: string;
  namespace?: string;
  port?: number;
  weight?: number;
  filters?: any[];
}

export interface HttpRouteSpecRulesMatches {
  headers?: any[];
  method?: HttpRouteSpecRulesMatchesMethod;
  path?: HttpRouteSpecRulesMatchesPath;
  queryParams?: any[];
}

export type HttpRouteSpecRulesMatchesMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH';

export interface HttpRouteSpecRulesMatchesPath {
  type?: HttpRouteSpecRulesMatchesPathType;
  value?: string;
}

export type HttpRouteSpecRulesMatchesPathType = 'Exact' | 'PathPrefix' | 'RegularExpression';

export interface HttpRouteSpecRulesTimeouts {
  backendRequest?: string;
  request?: string;
}

export interface MeshTlsAuthenticationSpec {
  identities?: string[];
  identityRefs?: any[];
}

export interface NetworkAuthenticationSpec {
  networks: NetworkAuthenticationSpecNetworks[];
}

export interface NetworkAuthenticationSpecNetworks {
  cidr: string;
  except?: string[];
}

export interface ServerSpec {
  accessPolicy?: string;
  podSelector?: ServerSpecPodSelector;
  externalWorkloadSelector?: any;
  port: any;
  proxyProtocol?: string;
}

export interface ServerSpecPodSelector {
  matchLabels?: any;
  matchExpressions?: any[];
}
