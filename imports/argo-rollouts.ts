// Generated from argo-rollouts.argoproj.io.yaml by scripts/import.ts.

export interface AnalysisTemplateSpec {
  args?: AnalysisTemplateSpecArgs[];
  dryRun?: any[];
  measurementRetention?: any[];
  metrics?: AnalysisTemplateSpecMetrics[];
  templates?: any[];
}

export interface AnalysisTemplateSpecArgs {
  name: string;
  value?: string;
  valueFrom?: AnalysisTemplateSpecArgsValueFrom;
}

export interface AnalysisTemplateSpecArgsValueFrom {
  fieldRef?: any;
  secretKeyRef?: any;
}

export interface AnalysisTemplateSpecMetrics {
  consecutiveErrorLimit?: number | string;
  consecutiveSuccessLimit?: number | string;
  count?: number | string;
  failureCondition?: string;
  failureLimit?: number | string;
  inconclusiveLimit?: number | string;
  initialDelay?: string;
  interval?: string;
  name: string;
  provider: AnalysisTemplateSpecMetricsProvider;
  successCondition?: string;
}

export interface AnalysisTemplateSpecMetricsProvider {
  cloudWatch?: any;
  datadog?: any;
  graphite?: any;
  influxdb?: any;
  job?: AnalysisTemplateSpecMetricsProviderJob;
  kayenta?: any;
  newRelic?: any;
  plugin?: any;
  prometheus?: AnalysisTemplateSpecMetricsProviderPrometheus;
  skywalking?: any;
  wavefront?: any;
  web?: any;
}

export interface AnalysisTemplateSpecMetricsProviderJob {
  metadata?: any;
  spec: any;
}

export interface AnalysisTemplateSpecMetricsProviderPrometheus {
  address?: string;
  authentication?: any;
  headers?: any[];
  insecure?: boolean;
  query?: string;
  rangeQuery?: any;
  timeout?: number;
}

export interface RolloutSpec {
  analysis?: RolloutSpecAnalysis;
  minReadySeconds?: number;
  paused?: boolean;
  progressDeadlineAbort?: boolean;
  progressDeadlineSeconds?: number;
  replicas?: number;
  restartAt?: string;
  revisionHistoryLimit?: number;
  rollbackWindow?: any;
  selector?: any;
  strategy?: RolloutSpecStrategy;
  template?: any;
  workloadRef?: any;
}

export interface RolloutSpecAnalysis {
  successfulRunHistoryLimit?: number;
  unsuccessfulRunHistoryLimit?: number;
}

export interface RolloutSpecStrategy {
  blueGreen?: RolloutSpecStrategyBlueGreen;
  canary?: RolloutSpecStrategyCanary;
}

export interface RolloutSpecStrategyBlueGreen {
  abortScaleDownDelaySeconds?: number;
  activeMetadata?: any;
  activeService: string;
  antiAffinity?: any;
  autoPromotionEnabled?: boolean;
  autoPromotionSeconds?: number;
  maxUnavailable?: number | string;
  postPromotionAnalysis?: RolloutSpecStrategyBlueGreenPostPromotionAnalysis;
  prePromotionAnalysis?: RolloutSpecStrategyBlueGreenPrePromotionAnalysis;
  previewMetadata?: any;
  previewReplicaCount?: number;
  previewService?: string;
  scaleDownDelayRevisionLimit?: number;
  scaleDownDelaySeconds?: number;
}

export interface RolloutSpecStrategyBlueGreenPostPromotionAnalysis {
  analysisRunMetadata?: any;
  args?: RolloutSpecStrategyBlueGreenPostPromotionAnalysisArgs[];
  dryRun?: any[];
  measurementRetention?: any[];
  templates?: RolloutSpecStrategyBlueGreenPostPromotionAnalysisTemplates[];
}

export interface RolloutSpecStrategyBlueGreenPostPromotionAnalysisArgs {
  name: string;
  value?: string;
  valueFrom?: RolloutSpecStrategyBlueGreenPostPromotionAnalysisArgsValueFrom;
}

export interface RolloutSpecStrategyBlueGreenPostPromotionAnalysisArgsValueFrom {
  fieldRef?: any;
  podTemplateHashValue?: string;
}

export interface RolloutSpecStrategyBlueGreenPostPromotionAnalysisTemplates {
  clusterScope?: boolean;
  templateName?: string;
}

export interface RolloutSpecStrategyBlueGreenPrePromotionAnalysis {
  analysisRunMetadata?: any;
  args?: RolloutSpecStrategyBlueGreenPrePromotionAnalysisArgs[];
  dryRun?: any[];
  measurementRetention?: any[];
  templates?: RolloutSpecStrategyBlueGreenPrePromotionAnalysisTemplates[];
}

export interface RolloutSpecStrategyBlueGreenPrePromotionAnalysisArgs {
  name: string;
  value?: string;
  valueFrom?: RolloutSpecStrategyBlueGreenPrePromotionAnalysisArgsValueFrom;
}

export interface RolloutSpecStrategyBlueGreenPrePromotionAnalysisArgsValueFrom {
  fieldRef?: any;
  podTemplateHashValue?: string;
}

export interface RolloutSpecStrategyBlueGreenPrePromotionAnalysisTemplates {
  clusterScope?: boolean;
  templateName?: string;
}

export interface RolloutSpecStrategyCanary {
  abortScaleDownDelaySeconds?: number;
  analysis?: any;
  antiAffinity?: any;
  canaryMetadata?: any;
  canaryService?: string;
  dynamicStableScale?: boolean;
  maxSurge?: number | string;
  maxUnavailable?: number | string;
  minPodsPerReplicaSet?: number;
  pingPong?: any;
  replicaProgressThreshold?: RolloutSpecStrategyCanaryReplicaProgressThreshold;
  scaleDownDelayRevisionLimit?: number;
  scaleDownDelaySeconds?: number;
  stableMetadata?: any;
  stableService?: string;
  steps?: RolloutSpecStrategyCanarySteps[];
  trafficRouting?: RolloutSpecStrategyCanaryTrafficRouting;
}

export interface RolloutSpecStrategyCanaryReplicaProgressThreshold {
  type: string;
  value: number;
}

export interface RolloutSpecStrategyCanarySteps {
  analysis?: RolloutSpecStrategyCanaryStepsAnalysis;
  experiment?: any;
  pause?: RolloutSpecStrategyCanaryStepsPause;
  plugin?: any;
  setCanaryScale?: any;
  setHeaderRoute?: any;
  setMirrorRoute?: any;
  setWeight?: number;
}

export interface RolloutSpecStrategyCanaryStepsAnalysis {
  analysisRunMetadata?: any;
  args?: RolloutSpecStrategyCanaryStepsAnalysisArgs[];
  dryRun?: any[];
  measurementRetention?: any[];
  templates?: RolloutSpecStrategyCanaryStepsAnalysisTemplates[];
}

export interface RolloutSpecStrategyCanaryStepsAnalysisArgs {
  name: string;
  value?: string;
  valueFrom?: RolloutSpecStrategyCanaryStepsAnalysisArgsValueFrom;
}

export interface RolloutSpecStrategyCanaryStepsAnalysisArgsValueFrom {
  fieldRef?: any;
  podTemplateHashValue?: string;
}

export interface RolloutSpecStrategyCanaryStepsAnalysisTemplates {
  clusterScope?: boolean;
  templateName?: string;
}

export interface RolloutSpecStrategyCanaryStepsPause {
  duration?: number | string;
}

export interface RolloutSpecStrategyCanaryTrafficRouting {
  alb?: any;
  ambassador?: any;
  apisix?: any;
  appMesh?: any;
  istio?: RolloutSpecStrategyCanaryTrafficRoutingIstio;
  managedRoutes?: any[];
  maxTrafficWeight?: number;
  nginx?: any;
  plugins?: any;
  smi?: any;
  traefik?: any;
}

export interface RolloutSpecStrategyCanaryTrafficRoutingIstio {
  destinationRule?: any;
  virtualService?: RolloutSpecStrategyCanaryTrafficRoutingIstioVirtualService;
  virtualServices?: any[];
}

export interface RolloutSpecStrategyCanaryTrafficRoutingIstioVirtualService {
  name: string;
  routes?: string[];
  tcpRoutes?: any[];
  tlsRoutes?: any[];
}
