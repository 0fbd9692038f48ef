// Generated from istio.networking.istio.io.yaml by scripts/import.ts.

export interface DestinationRuleSpec {
  exportTo?: string[];
  host: string;
  subsets?: any[];
  trafficPolicy?: DestinationRuleSpecTrafficPolicy;
  workloadSelector?: any;
}

export interface DestinationRuleSpecTrafficPolicy {
  connectionPool?: any;
  loadBalancer?: any;
  outlierDetection?: DestinationRuleSpecTrafficPolicyOutlierDetection;
  portLevelSettings?: any[];
  proxyProtocol?: any;
  retryBudget?: any;
  tls?: DestinationRuleSpecTrafficPolicyTls;
  tunnel?: any;
}

export interface DestinationRuleSpecTrafficPolicyOutlierDetection {
  baseEjectionTime?: string;
  consecutive5xxErrors?: number;
  consecutiveErrors?: any;
  consecutiveGatewayErrors?: number;
  consecutiveLocalOriginFailures?: any;
  interval?: string;
  maxEjectionPercent?: number;
  minHealthPercent?: any;
  splitExternalLocalOriginErrors?: any;
}

export interface DestinationRuleSpecTrafficPolicyTls {
  caCertificates?: any;
  caCrl?: any;
  clientCertificate?: any;
  credentialName?: any;
  insecureSkipVerify?: any;
  mode?: DestinationRuleSpecTrafficPolicyTlsMode;
  privateKey?: any;
  sni?: string;
  subjectAltNames?: any[];
}

export type DestinationRuleSpecTrafficPolicyTlsMode = 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';

export interface ServiceEntrySpec {
  addresses?: string[];
  endpoints?: any[];
  exportTo?: string[];
  hosts: string[];
  location?: ServiceEntrySpecLocation;
  ports?: ServiceEntrySpecPorts[];
  resolution?: ServiceEntrySpecResolution;
  subjectAltNames?: string[];
  workloadSelector?: any;
}

export type ServiceEntrySpecLocation = 'MESH_EXTERNAL' | 'MESH_INTERNAL';

export interface ServiceEntrySpecPorts {
  name: string;
  number: number;
  protocol?: string;
  targetPort?: any;
}

export type ServiceEntrySpecResolution = 'NONE' | 'STATIC' | 'DNS' | 'DNS_ROUND_ROBIN' | 'DYNAMIC_DNS';

export interface SidecarSpec {
  egress?: any[];
  inboundConnectionPool?: any;
  ingress?: any[];
  outboundTrafficPolicy?: SidecarSpecOutboundTrafficPolicy;
  workloadSelector?: any;
}

export interface SidecarSpecOutboundTrafficPolicy {
  egressProxy?: any;
  mode?: SidecarSpecOutboundTrafficPolicyMode;
}

export type SidecarSpecOutboundTrafficPolicyMode = 'REGISTRY_ONLY' | 'ALLOW_ANY';

export interface VirtualServiceSpec {
  exportTo?: string[];
  gateways?: string[];
  hosts?: string[];
  http?: VirtualServiceSpecHttp[];
  tcp?: any[];
  tls?: any[];
}

export interface VirtualServiceSpecHttp {
  corsPolicy?: any;
  delegate?: any;
  directResponse?: any;
  fault?: VirtualServiceSpecHttpFault;
  headers?: any;
  match?: VirtualServiceSpecHttpMatch[];
  mirror?: any;
  mirror_percent?: any;
  mirrorPercentage?: any;
  mirrors?: any[];
  name?: string;
  redirect?: any;
  retries?: VirtualServiceSpecHttpRetries;
  rewrite?: any;
  route?: VirtualServiceSpecHttpRoute[];
  timeout?: string;
}

export interface VirtualServiceSpecHttpFault {
  abort?: VirtualServiceSpecHttpFaultAbort;
  delay?: VirtualServiceSpecHttpFaultDelay;
}

export interface VirtualServiceSpecHttpFaultAbort {
  grpcStatus?: any;
  http2Error?: any;
  httpStatus?: number;
  percentage?: VirtualServiceSpecHttpFaultAbortPercentage;
}

export interface VirtualServiceSpecHttpFaultAbortPercentage {
  value?: number;
}

export interface VirtualServiceSpecHttpFaultDelay {
  exponentialDelay?: any;
  fixedDelay?: string;
  percent?: any;
  percentage?: VirtualServiceSpecHttpFaultDelayPercentage;
}

export interface VirtualServiceSpecHttpFaultDelayPercentage {
  value?: number;
}

export interface VirtualServiceSpecHttpMatch {
  authority?: any;
  gateways?: any[];
  headers?: any;
  ignoreUriCase?: boolean;
  method?: any;
  name?: string;
  port?: number;
  queryParams?: any;
  scheme?: any;
  sourceLabels?: { [key: string]: string };
  sourceNamespace?: string;
  statPrefix?: any;
  uri?: any;
  withoutHeaders?: any;
}

export interface VirtualServiceSpecHttpRetries {
  attempts?: number;
  backoff?: string;
  perTryTimeout?: string;
  retryIgnorePreviousHosts?: boolean;
  retryOn?: string;
  retryRemoteLocalities?: boolean;
}

export interface VirtualServiceSpecHttpRoute {
  destination: VirtualServiceSpecHttpRouteDestination;
  headers?: any;
  weight?: number;
}

export interface VirtualServiceSpecHttpRouteDestination {
  host: string;
  port?: VirtualServiceSpecHttpRouteDestinationPort;
  subset?: string;
}

export interface VirtualServiceSpecHttpRouteDestinationPort {
  number?: number;
}
