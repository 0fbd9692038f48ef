// Generated from gateway-api.gateway.networking.k8s.io.yaml by scripts/import.ts.

export interface GatewaySpec {
  addresses?: any[];
  allowedListeners?: any;
  gatewayClassName: string;
  infrastructure?: any;
  listeners: GatewaySpecListeners[];
  tls?: any;
}

export interface GatewaySpecListeners {
  allowedRoutes?: GatewaySpecListenersAllowedRoutes;
  hostname?: string;
  name: string;
  port: number;
  protocol: string;
  tls?: GatewaySpecListenersTls;
}

export interface GatewaySpecListenersAllowedRoutes {
  kinds?: any[];
  namespaces?: GatewaySpecListenersAllowedRoutesNamespaces;
}

export interface GatewaySpecListenersAllowedRoutesNamespaces {
  from?: GatewaySpecListenersAllowedRoutesNamespacesFrom;
  selector?: GatewaySpecListenersAllowedRoutesNamespacesSelector;
}

export type GatewaySpecListenersAllowedRoutesNamespacesFrom = 'All' | 'Selector' | 'Same';

export interface GatewaySpecListenersAllowedRoutesNamespacesSelector {
  matchExpressions?: any[];
  matchLabels?: { [key: string]: string };
}

export interface GatewaySpecListenersTls {
  certificateRefs?: GatewaySpecListenersTlsCertificateRefs[];
  mode?: GatewaySpecListenersTlsMode;
  options?: { [key: string]: string };
}

export interface GatewaySpecListenersTlsCertificateRefs {
  group?: string;
  kind?: string;
  name: string;
  namespace?: string;
}

export type GatewaySpecListenersTlsMode = 'Terminate' | 'Passthrough';

export interface GrpcRouteSpec {
  hostnames?: string[];
  parentRefs?: GrpcRouteSpecParentRefs[];
  rules?: GrpcRouteSpecRules[];
}

export interface GrpcRouteSpecParentRefs {
  group?: string;
  kind?: string;
  name: string;
  namespace?: string;
  port?: any;
  sectionName?: string;
}

export interface GrpcRouteSpecRules {
  backendRefs?: GrpcRouteSpecRulesBackendRefs[];
  filters?: GrpcRouteSpecRulesFilters[];
  matches?: GrpcRouteSpecRulesMatches[];
  name?: string;
}

export interface GrpcRouteSpecRulesBackendRefs {
  filters?: any[];
  group?: string;
  kind?: string;
  name: string;
  namespace?: string;
  port?: number;
  weight?: number;
}

export interface GrpcRouteSpecRulesFilters {
  extensionRef?: any;
  requestHeaderModifier?: any;
  requestMirror?: any;
  responseHeaderModifier?: any;
  type: GrpcRouteSpecRulesFiltersType;
}

export type GrpcRouteSpecRulesFiltersType = 'ResponseHeaderModifier' | 'RequestHeaderModifier' | 'RequestMirror' | 'ExtensionRef';

export interface GrpcRouteSpecRulesMatches {
  headers?: GrpcRouteSpecRulesMatchesHeaders[];
  method?: GrpcRouteSpecRulesMatchesMethod;
}

export interface GrpcRouteSpecRulesMatchesHeaders {
  name: string;
  type?: GrpcRouteSpecRulesMatchesHeadersType;
  value: string;
}

export type GrpcRouteSpecRulesMatchesHeadersType = 'Exact' | 'RegularExpression';

export interface GrpcRouteSpecRulesMatchesMethod {
  method?: string;
  service?: string;
  type?: GrpcRouteSpecRulesMatchesMethodType;
}

export type GrpcRouteSpecRulesMatchesMethodType = 'Exact' | 'RegularExpression';

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
  port?: any;
  sectionName?: string;
}

export interface HttpRouteSpecRules {
  backendRefs?: HttpRouteSpecRulesBackendRefs[];
  filters?: HttpRouteSpecRulesFilters[];
  matches?: HttpRouteSpecRulesMatches[];
  name?: string;
  timeouts?: HttpRouteSpecRulesTimeouts;
}

export interface HttpRouteSpecRulesBackendRefs {
  filters?: any[];
  group?: string;
  kind?: string;
  name: string;
  namespace?: string;
  port?: number;
  weight?: number;
}

export interface HttpRouteSpecRulesFilters {
  cors?: HttpRouteSpecRulesFiltersCors;
  extensionRef?: any;
  requestHeaderModifier?: any;
  requestMirror?: any;
  requestRedirect?: HttpRouteSpecRulesFiltersRequestRedirect;
  responseHeaderModifier?: any;
  type: HttpRouteSpecRulesFiltersType;
  urlRewrite?: HttpRouteSpecRulesFiltersUrlRewrite;
}

export interface HttpRouteSpecRulesFiltersCors {
  allowCredentials?: boolean;
  allowHeaders?: string[];
  allowMethods?: HttpRouteSpecRulesFiltersCorsAllowMethods[];
  allowOrigins?: string[];
  exposeHeaders?: any[];
  maxAge?: number;
}

export type HttpRouteSpecRulesFiltersCorsAllowMethods = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH' | '*';

export interface HttpRouteSpecRulesFiltersRequestRedirect {
  hostname?: string;
  path?: any;
  port?: number;
  scheme?: HttpRouteSpecRulesFiltersRequestRedirectScheme;
  statusCode?: HttpRouteSpecRulesFiltersRequestRedirectStatusCode;
}

export type HttpRouteSpecRulesFiltersRequestRedirectScheme = 'http' | 'https';

export type HttpRouteSpecRulesFiltersRequestRedirectStatusCode = '301' | '302' | '303' | '307' | '308';

export type HttpRouteSpecRulesFiltersType = 'RequestHeaderModifier' | 'ResponseHeaderModifier' | 'RequestMirror' | 'RequestRedirect' | 'URLRewrite' | 'ExtensionRef' | 'CORS';

export interface HttpRouteSpecRulesFiltersUrlRewrite {
  hostname?: string;
  path?: HttpRouteSpecRulesFiltersUrlRewritePath;
}

export interface HttpRouteSpecRulesFiltersUrlRewritePath {
  replaceFullPath?: string;
  replacePrefixMatch?: string;
  type: HttpRouteSpecRulesFiltersUrlRewritePathType;
}

export type HttpRouteSpecRulesFiltersUrlRewritePathType = 'ReplaceFullPath' | 'ReplacePrefixMatch';

export interface HttpRouteSpecRulesMatches {
  headers?: HttpRouteSpecRulesMatchesHeaders[];
  method?: HttpRouteSpecRulesMatchesMethod;
  path?: HttpRouteSpecRulesMatchesPath;
  queryParams?: any[];
}

export interface HttpRouteSpecRulesMatchesHeaders {
  name: string;
  type?: HttpRouteSpecRulesMatchesHeadersType;
  value: string;
}

export type HttpRouteSpecRulesMatchesHeadersType = 'Exact' | 'RegularExpression';

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
