// Generated from keda.keda.sh.yaml by scripts/import.ts.

export interface ScaledJobSpec {
  envSourceContainerName?: string;
  failedJobsHistoryLimit?: number;
  jobTargetRef: any;
  maxReplicaCount?: number;
  minReplicaCount?: number;
  pollingInterval?: number;
  rollout?: any;
  rolloutStrategy?: ScaledJobSpecRolloutStrategy;
  scalingStrategy?: ScaledJobSpecScalingStrategy;
  successfulJobsHistoryLimit?: number;
  triggers: ScaledJobSpecTriggers[];
}

export type ScaledJobSpecRolloutStrategy = 'gradual' | 'immediate';

export interface ScaledJobSpecScalingStrategy {
  customScalingQueueLengthDeduction?: number;
  customScalingRunningJobPercentage?: string;
  multipleScalersCalculation?: ScaledJobSpecScalingStrategyMultipleScalersCalculation;
  pendingPodConditions?: string[];
  strategy?: ScaledJobSpecScalingStrategyStrategy;
}

export type ScaledJobSpecScalingStrategyMultipleScalersCalculation = 'min' | 'avg' | 'sum' | 'max';

export type ScaledJobSpecScalingStrategyStrategy = 'default' | 'custom' | 'accurate' | 'eager';

export interface ScaledJobSpecTriggers {
  authenticationRef?: ScaledJobSpecTriggersAuthenticationRef;
  metadata: { [key: string]: string };
  metricType?: string;
  name?: string;
  type: string;
  useCachedMetrics?: boolean;
}

export interface ScaledJobSpecTriggersAuthenticationRef {
  kind?: ScaledJobSpecTriggersAuthenticationRefKind;
  name: string;
}

export type ScaledJobSpecTriggersAuthenticationRefKind = 'TriggerAuthentication' | 'ClusterTriggerAuthentication';

export interface ScaledObjectSpec {
  advanced?: ScaledObjectSpecAdvanced;
  cooldownPeriod?: number;
  fallback?: ScaledObjectSpecFallback;
  idleReplicaCount?: number;
  initialCooldownPeriod?: number;
  maxReplicaCount?: number;
  minReplicaCount?: number;
  pollingInterval?: number;
  scaleTargetRef: ScaledObjectSpecScaleTargetRef;
  triggers: ScaledObjectSpecTriggers[];
}

export interface ScaledObjectSpecAdvanced {
  horizontalPodAutoscalerConfig?: ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfig;
  restoreToOriginalReplicaCount?: boolean;
  scalingModifiers?: ScaledObjectSpecAdvancedScalingModifiers;
}

export interface ScaledObjectSpecAdvancedHorizontalPodAutoscalerConfig {
  behavior?: any;
  name?: string;
}

export interface ScaledObjectSpecAdvancedScalingModifiers {
  activationTarget?: string;
  formula?: string;
  metricType?: ScaledObjectSpecAdvancedScalingModifiersMetricType;
  target?: string;
}

export type ScaledObjectSpecAdvancedScalingModifiersMetricType = 'AverageValue' | 'Value';

export interface ScaledObjectSpecFallback {
  behavior?: ScaledObjectSpecFallbackBehavior;
  failureThreshold: number;
  replicas: number;
}

export type ScaledObjectSpecFallbackBehavior = 'static' | 'currentReplicas' | 'currentReplicasIfHigher' | 'currentReplicasIfLower' | 'scalingModifiers';

export interface ScaledObjectSpecScaleTargetRef {
  apiVersion?: string;
  envSourceContainerName?: string;
  kind?: string;
  name: string;
}

export interface ScaledObjectSpecTriggers {
  authenticationRef?: ScaledObjectSpecTriggersAuthenticationRef;
  metadata: { [key: string]: string };
  metricType?: string;
  name?: string;
  type: string;
  useCachedMetrics?: boolean;
}

export interface ScaledObjectSpecTriggersAuthenticationRef {
  kind?: ScaledObjectSpecTriggersAuthenticationRefKind;
  name: string;
}

export type ScaledObjectSpecTriggersAuthenticationRefKind = 'TriggerAuthentication' | 'ClusterTriggerAuthentication';

export interface TriggerAuthenticationSpec {
  awsSecretManager?: any;
  azureKeyVault?: any;
  boundServiceAccountToken?: any[];
  configMapTargetRef?: TriggerAuthenticationSpecConfigMapTargetRef[];
  env?: any[];
  filePath?: string;
  gcpSecretManager?: any;
  hashiCorpVault?: any;
  oauth2?: any;
  podIdentity?: any;
  secretTargetRef?: TriggerAuthenticationSpecSecretTargetRef[];
}

export interface TriggerAuthenticationSpecConfigMapTargetRef {
  key: string;
  name: string;
  parameter: string;
}

export interface TriggerAuthenticationSpecSecretTargetRef {
  key: string;
  name: string;
  parameter: string;
}
