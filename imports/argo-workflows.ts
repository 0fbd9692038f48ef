// Generated from argo-workflows.argoproj.io.yaml by scripts/import.ts.

export interface CronWorkflowSpec {
  concurrencyPolicy?: CronWorkflowSpecConcurrencyPolicy;
  failedJobsHistoryLimit?: number;
  schedules: string[];
  startingDeadlineSeconds?: number;
  stopStrategy?: any;
  successfulJobsHistoryLimit?: number;
  suspend?: boolean;
  timezone?: string;
  when?: string;
  workflowMetadata?: any;
  workflowSpec: any;
}

export type CronWorkflowSpecConcurrencyPolicy = 'Allow' | 'Forbid' | 'Replace';

export interface WorkflowTemplateSpec {
  activeDeadlineSeconds?: number;
  affinity?: any;
  archiveLogs?: boolean;
  arguments?: WorkflowTemplateSpecArguments;
  artifactGC?: any;
  artifactRepositoryRef?: any;
  automountServiceAccountToken?: boolean;
  dnsConfig?: any;
  dnsPolicy?: string;
  entrypoint?: string;
  executor?: any;
  executorPlugins?: any[];
  hooks?: any;
  hostAliases?: any[];
  hostNetwork?: boolean;
  imagePullSecrets?: any[];
  metrics?: any;
  nodeSelector?: { [key: string]: string };
  onExit?: string;
  parallelism?: number;
  podDisruptionBudget?: any;
  podGC?: WorkflowTemplateSpecPodGc;
  podMetadata?: WorkflowTemplateSpecPodMetadata;
  podPriorityClassName?: string;
  podResources?: any;
  podSpecPatch?: string;
  priority?: number;
  resourceClaims?: any[];
  retryStrategy?: WorkflowTemplateSpecRetryStrategy;
  schedulerName?: string;
  securityContext?: any;
  serviceAccountName?: string;
  shutdown?: string;
  suspend?: boolean;
  synchronization?: WorkflowTemplateSpecSynchronization;
  templateDefaults?: any;
  templates?: WorkflowTemplateSpecTemplates[];
  tolerations?: any[];
  ttlStrategy?: WorkflowTemplateSpecTtlStrategy;
  volumeClaimGC?: WorkflowTemplateSpecVolumeClaimGc;
  volumeClaimTemplates?: any[];
  volumes?: any[];
  workflowMetadata?: any;
  workflowTemplateRef?: WorkflowTemplateSpecWorkflowTemplateRef;
}

export interface WorkflowTemplateSpecArguments {
  artifacts?: any[];
  parameters?: WorkflowTemplateSpecArgumentsParameters[];
}

export interface WorkflowTemplateSpecArgumentsParameters {
  default?: string;
  description?: string;
  enum?: string[];
  globalName?: string;
  name: string;
  value?: string;
  valueFrom?: any;
}

export interface WorkflowTemplateSpecPodGc {
  deleteDelayDuration?: string;
  labelSelector?: any;
  strategy?: WorkflowTemplateSpecPodGcStrategy;
}

export type WorkflowTemplateSpecPodGcStrategy = 'OnPodCompletion' | 'OnPodSuccess' | 'OnWorkflowCompletion' | 'OnWorkflowSuccess';

export interface WorkflowTemplateSpecPodMetadata {
  annotations?: { [key: string]: string };
  labels?: { [key: string]: string };
}

export interface WorkflowTemplateSpecRetryStrategy {
  affinity?: any;
  backoff?: any;
  expression?: string;
  limit?: number | string;
  retryPolicy?: WorkflowTemplateSpecRetryStrategyRetryPolicy;
}

export type WorkflowTemplateSpecRetryStrategyRetryPolicy = 'Always' | 'OnFailure' | 'OnError' | 'OnTransientError';

export interface WorkflowTemplateSpecSynchronization {
  mutexes?: WorkflowTemplateSpecSynchronizationMutexes[];
  semaphores?: any[];
}

export interface WorkflowTemplateSpecSynchronizationMutexes {
  database?: boolean;
  name?: string;
  namespace?: string;
}

export interface WorkflowTemplateSpecTemplates {
  activeDeadlineSeconds?: number | string;
  affinity?: any;
  annotations?: { [key: string]: string };
  archiveLocation?: any;
  automountServiceAccountToken?: boolean;
  container?: any;
  containerSet?: any;
  daemon?: any;
  dag?: WorkflowTemplateSpecTemplatesDag;
  data?: any;
  executor?: any;
  failFast?: boolean;
  hostAliases?: any[];
  http?: any;
  initContainers?: any[];
  inputs?: any;
  memoize?: any;
  metadata?: WorkflowTemplateSpecTemplatesMetadata;
  metrics?: any;
  name?: string;
  nodeSelector?: { [key: string]: string };
  outputs?: any;
  parallelism?: number;
  pendingTimeout?: string;
  plugin?: any;
  podResources?: any;
  podSpecPatch?: string;
  priorityClassName?: string;
  resource?: any;
  resourceClaims?: any[];
  retryStrategy?: WorkflowTemplateSpecTemplatesRetryStrategy;
  schedulerName?: string;
  script?: any;
  securityContext?: any;
  serviceAccountName?: string;
  sidecars?: any[];
  steps?: any[];
  suspend?: WorkflowTemplateSpecTemplatesSuspend;
  synchronization?: WorkflowTemplateSpecTemplatesSynchronization;
  timeout?: string;
  tolerations?: any[];
  volumes?: any[];
}

export interface WorkflowTemplateSpecTemplatesDag {
  failFast?: boolean;
  target?: string;
  tasks: WorkflowTemplateSpecTemplatesDagTasks[];
}

export interface WorkflowTemplateSpecTemplatesDagTasks {
  arguments?: WorkflowTemplateSpecTemplatesDagTasksArguments;
  continueOn?: any;
  dependencies?: string[];
  depends?: string;
  hooks?: any;
  inline?: any;
  name: string;
  onExit?: string;
  template?: string;
  templateRef?: any;
  when?: string;
  withItems?: any;
  withParam?: any;
  withSequence?: any;
}

export interface WorkflowTemplateSpecTemplatesDagTasksArguments {
  artifacts?: any[];
  parameters?: WorkflowTemplateSpecTemplatesDagTasksArgumentsParameters[];
}

export interface WorkflowTemplateSpecTemplatesDagTasksArgumentsParameters {
  default?: string;
  description?: string;
  enum?: string[];
  globalName?: string;
  name: string;
  value?: string;
  valueFrom?: any;
}

export interface WorkflowTemplateSpecTemplatesMetadata {
  annotations?: { [key: string]: string };
  labels?: { [key: string]: string };
}

export interface WorkflowTemplateSpecTemplatesRetryStrategy {
  affinity?: any;
  backoff?: any;
  expression?: string;
  limit?: number | string;
  retryPolicy?: WorkflowTemplateSpecTemplatesRetryStrategyRetryPolicy;
}

export type WorkflowTemplateSpecTemplatesRetryStrategyRetryPolicy = 'Always' | 'OnFailure' | 'OnError' | 'OnTransientError';

export interface WorkflowTemplateSpecTemplatesSuspend {
  duration?: string;
}

export interface WorkflowTemplateSpecTemplatesSynchronization {
  mutexes?: WorkflowTemplateSpecTemplatesSynchronizationMutexes[];
  semaphores?: any[];
}

export interface WorkflowTemplateSpecTemplatesSynchronizationMutexes {
  database?: boolean;
  name?: string;
  namespace?: string;
}

export interface WorkflowTemplateSpecTtlStrategy {
  secondsAfterCompletion?: number;
  secondsAfterFailure?: number;
  secondsAfterSuccess?: number;
}

export interface WorkflowTemplateSpecVolumeClaimGc {
  strategy?: string;
}

export interface WorkflowTemplateSpecWorkflowTemplateRef {
  clusterScope?: boolean;
  name?: string;
}
