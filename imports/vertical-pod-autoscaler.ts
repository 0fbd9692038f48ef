// Generated from vpa.autoscaling.k8s.io.yaml by scripts/import.ts.

export interface VerticalPodAutoscalerSpec {
  recommenders?: any[];
  resourcePolicy?: VerticalPodAutoscalerSpecResourcePolicy;
  startupBoost?: any;
  targetRef: VerticalPodAutoscalerSpecTargetRef;
  updatePolicy?: VerticalPodAutoscalerSpecUpdatePolicy;
}

export interface VerticalPodAutoscalerSpecResourcePolicy {
  containerPolicies?: VerticalPodAutoscalerSpecResourcePolicyContainerPolicies[];
}

export interface VerticalPodAutoscalerSpecResourcePolicyContainerPolicies {
  containerName?: string;
  controlledResources?: string[];
  controlledValues?: VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesControlledValues;
  maxAllowed?: { [key: string]: number | string };
  memoryAggregationIntervalCount?: number;
  memoryAggregationIntervalSeconds?: number;
  minAllowed?: { [key: string]: number | string };
  mode?: VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesMode;
  oomBumpUpRatio?: any;
  oomMinBumpUp?: any;
  startupBoost?: any;
}

export type VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesControlledValues = 'RequestsAndLimits' | 'RequestsOnly';

export type VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesMode = 'Auto' | 'Off';

export interface VerticalPodAutoscalerSpecTargetRef {
  apiVersion?: string;
  kind: string;
  name: string;
}

export interface VerticalPodAutoscalerSpecUpdatePolicy {
  evictAfterOOMSeconds?: number;
  evictionRequirements?: any[];
  minReplicas?: number;
  updateMode?: VerticalPodAutoscalerSpecUpdatePolicyUpdateMode;
}

export type VerticalPodAutoscalerSpecUpdatePolicyUpdateMode = 'Off' | 'Initial' | 'Recreate' | 'InPlaceOrRecreate' | 'InPlace' | 'Auto';
