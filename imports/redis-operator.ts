// Generated from redis-operator.redis.redis.opstreelabs.in.yaml by scripts/import.ts.

export interface RedisClusterSpec {
  TLS?: RedisClusterSpecTls;
  acl?: RedisClusterSpecAcl;
  clusterSize: number;
  clusterVersion?: string;
  env?: RedisClusterSpecEnv[];
  hostNetwork?: boolean;
  hostPort?: number;
  initContainer?: RedisClusterSpecInitContainer;
  kubernetesConfig: RedisClusterSpecKubernetesConfig;
  persistenceEnabled?: boolean;
  podManagementPolicy?: RedisClusterSpecPodManagementPolicy;
  podSecurityContext?: any;
  port?: number;
  priorityClassName?: string;
  redisConfig?: RedisClusterSpecRedisConfig;
  redisExporter?: RedisClusterSpecRedisExporter;
  redisFollower?: RedisClusterSpecRedisFollower;
  redisLeader?: RedisClusterSpecRedisLeader;
  resources?: RedisClusterSpecResources;
  serviceAccountName?: string;
  sidecars?: RedisClusterSpecSidecars[];
  storage?: RedisClusterSpecStorage;
}

export interface RedisClusterSpecAcl {
  persistentVolumeClaim?: string;
  secret?: RedisClusterSpecAclSecret;
}

export interface RedisClusterSpecAclSecret {
  defaultMode?: number;
  items?: RedisClusterSpecAclSecretItems[];
  optional?: boolean;
  secretName?: string;
}

export interface RedisClusterSpecAclSecretItems {
  key: string;
  mode?: number;
  path: string;
}

export interface RedisClusterSpecEnv {
  name: string;
  value?: string;
  valueFrom?: RedisClusterSpecEnvValueFrom;
}

export interface RedisClusterSpecEnvValueFrom {
  configMapKeyRef?: RedisClusterSpecEnvValueFromConfigMapKeyRef;
  fieldRef?: RedisClusterSpecEnvValueFromFieldRef;
  resourceFieldRef?: RedisClusterSpecEnvValueFromResourceFieldRef;
  secretKeyRef?: RedisClusterSpecEnvValueFromSecretKeyRef;
}

export interface RedisClusterSpecEnvValueFromConfigMapKeyRef {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface RedisClusterSpecEnvValueFromFieldRef {
  apiVersion?: string;
  fieldPath: string;
}

export interface RedisClusterSpecEnvValueFromResourceFieldRef {
  containerName?: string;
  divisor?: number | string;
  resource: string;
}

export interface RedisClusterSpecEnvValueFromSecretKeyRef {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface RedisClusterSpecInitContainer {
  args?: string[];
  command?: string[];
  enabled?: boolean;
  env?: RedisClusterSpecInitContainerEnv[];
  image: string;
  imagePullPolicy?: string;
  resources?: RedisClusterSpecInitContainerResources;
  securityContext?: any;
}

export interface RedisClusterSpecInitContainerEnv {
  name: string;
  value?: string;
  valueFrom?: RedisClusterSpecInitContainerEnvValueFrom;
}

export interface RedisClusterSpecInitContainerEnvValueFrom {
  configMapKeyRef?: RedisClusterSpecInitContainerEnvValueFromConfigMapKeyRef;
  fieldRef?: RedisClusterSpecInitContainerEnvValueFromFieldRef;
  resourceFieldRef?: RedisClusterSpecInitContainerEnvValueFromResourceFieldRef;
  secretKeyRef?: RedisClusterSpecInitContainerEnvValueFromSecretKeyRef;
}

export interface RedisClusterSpecInitContainerEnvValueFromConfigMapKeyRef {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface RedisClusterSpecInitContainerEnvValueFromFieldRef {
  apiVersion?: string;
  fieldPath: string;
}

export interface RedisClusterSpecInitContainerEnvValueFromResourceFieldRef {
  containerName?: string;
  divisor?: number | string;
  resource: string;
}

export interface RedisClusterSpecInitContainerEnvValueFromSecretKeyRef {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface RedisClusterSpecInitContainerResources {
  claims?: RedisClusterSpecInitContainerResourcesClaims[];
  limits?: { [key: string]: number | string };
  requests?: { [key: string]: number | string };
}

export interface RedisClusterSpecInitContainerResourcesClaims {
  name: string;
}

export interface RedisClusterSpecKubernetesConfig {
  ignoreAnnotations?: string[];
  image: string;
  imagePullPolicy?: string;
  imagePullSecrets?: RedisClusterSpecKubernetesConfigImagePullSecrets[];
  minReadySeconds?: number;
  persistentVolumeClaimRetentionPolicy?: RedisClusterSpecKubernetesConfigPersistentVolumeClaimRetentionPolicy;
  redisSecret?: RedisClusterSpecKubernetesConfigRedisSecret;
  resources?: RedisClusterSpecKubernetesConfigResources;
  service?: RedisClusterSpecKubernetesConfigService;
  updateStrategy?: RedisClusterSpecKubernetesConfigUpdateStrategy;
}

export interface RedisClusterSpecKubernetesConfigImagePullSecrets {
  name?: string;
}

export interface RedisClusterSpecKubernetesConfigPersistentVolumeClaimRetentionPolicy {
  whenDeleted?: string;
  whenScaled?: string;
}

export interface RedisClusterSpecKubernetesConfigRedisSecret {
  key?: string;
  name?: string;
}

export interface RedisClusterSpecKubernetesConfigResources {
  claims?: RedisClusterSpecKubernetesConfigResourcesClaims[];
  limits?: { [key: string]: number | string };
  requests?: { [key: string]: number | string };
}

export interface RedisClusterSpecKubernetesConfigResourcesClaims {
  name: string;
}

export interface RedisClusterSpecKubernetesConfigService {
  additional?: RedisClusterSpecKubernetesConfigServiceAdditional;
  annotations?: { [key: string]: string };
  headless?: RedisClusterSpecKubernetesConfigServiceHeadless;
  includeBusPort?: boolean;
  serviceType?: RedisClusterSpecKubernetesConfigServiceServiceType;
}

export interface RedisClusterSpecKubernetesConfigServiceAdditional {
  additionalAnnotations?: { [key: string]: string };
  enabled?: boolean;
  includeBusPort?: boolean;
  type?: RedisClusterSpecKubernetesConfigServiceAdditionalType;
}

export type RedisClusterSpecKubernetesConfigServiceAdditionalType = 'LoadBalancer' | 'NodePort' | 'ClusterIP';

export interface RedisClusterSpecKubernetesConfigServiceHeadless {
  additionalAnnotations?: { [key: string]: string };
  enabled?: boolean;
  includeBusPort?: boolean;
  type?: RedisClusterSpecKubernetesConfigServiceHeadlessType;
}

export type RedisClusterSpecKubernetesConfigServiceHeadlessType = 'LoadBalancer' | 'NodePort' | 'ClusterIP';

export type RedisClusterSpecKubernetesConfigServiceServiceType = 'LoadBalancer' | 'NodePort' | 'ClusterIP';

export interface RedisClusterSpecKubernetesConfigUpdateStrategy {
  rollingUpdate?: RedisClusterSpecKubernetesConfigUpdateStrategyRollingUpdate;
  type?: string;
}

export interface RedisClusterSpecKubernetesConfigUpdateStrategyRollingUpdate {
  maxUnavailable?: number | string;
  partition?: number;
}

export type RedisClusterSpecPodManagementPolicy = 'OrderedReady' | 'Parallel';

export interface RedisClusterSpecRedisConfig {
  additionalRedisConfig?: string;
  dynamicConfig?: string[];
  maxMemoryPercentOfLimit?: number;
}

export interface RedisClusterSpecRedisExporter {
  enabled?: boolean;
  env?: RedisClusterSpecRedisExporterEnv[];
  image: string;
  imagePullPolicy?: string;
  port?: number;
  resources?: RedisClusterSpecRedisExporterResources;
  securityContext?: any;
}

export interface RedisClusterSpecRedisExporterEnv {
  name: string;
  value?: string;
  valueFrom?: RedisClusterSpecRedisExporterEnvValueFrom;
}

export interface RedisClusterSpecRedisExporterEnvValueFrom {
  configMapKeyRef?: RedisClusterSpecRedisExporterEnvValueFromConfigMapKeyRef;
  fieldRef?: RedisClusterSpecRedisExporterEnvValueFromFieldRef;
  resourceFieldRef?: RedisClusterSpecRedisExporterEnvValueFromResourceFieldRef;
  secretKeyRef?: RedisClusterSpecRedisExporterEnvValueFromSecretKeyRef;
}

export interface RedisClusterSpecRedisExporterEnvValueFromConfigMapKeyRef {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface RedisClusterSpecRedisExporterEnvValueFromFieldRef {
  apiVersion?: string;
  fieldPath: string;
}

export interface RedisClusterSpecRedisExporterEnvValueFromResourceFieldRef {
  containerName?: string;
  divisor?: number | string;
  resource: string;
}

export interface RedisClusterSpecRedisExporterEnvValueFromSecretKeyRef {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface RedisClusterSpecRedisExporterResources {
  claims?: RedisClusterSpecRedisExporterResourcesClaims[];
  limits?: { [key: string]: number | string };
  requests?: { [key: string]: number | string };
}

export interface RedisClusterSpecRedisExporterResourcesClaims {
  name: string;
}

export interface RedisClusterSpecRedisFollower {
  affinity?: any;
  livenessProbe?: any;
  nodeSelector?: { [key: string]: string };
  pdb?: RedisClusterSpecRedisFollowerPdb;
  readinessProbe?: any;
  redisConfig?: RedisClusterSpecRedisFollowerRedisConfig;
  replicas?: number;
  resources?: RedisClusterSpecRedisFollowerResources;
  securityContext?: any;
  terminationGracePeriodSeconds?: number;
  tolerations?: RedisClusterSpecRedisFollowerTolerations[];
  topologySpreadConstraints?: any[];
}

export interface RedisClusterSpecRedisFollowerPdb {
  enabled?: boolean;
  maxUnavailable?: number;
  minAvailable?: number;
}

export interface RedisClusterSpecRedisFollowerRedisConfig {
  additionalRedisConfig?: string;
  dynamicConfig?: string[];
  maxMemoryPercentOfLimit?: number;
}

export interface RedisClusterSpecRedisFollowerResources {
  claims?: RedisClusterSpecRedisFollowerResourcesClaims[];
  limits?: { [key: string]: number | string };
  requests?: { [key: string]: number | string };
}

export interface RedisClusterSpecRedisFollowerResourcesClaims {
  name: string;
}

export interface RedisClusterSpecRedisFollowerTolerations {
  effect?: string;
  key?: string;
  operator?: string;
  tolerationSeconds?: number;
  value?: string;
}

export interface RedisClusterSpecRedisLeader {
  affinity?: any;
  livenessProbe?: any;
  nodeSelector?: { [key: string]: string };
  pdb?: RedisClusterSpecRedisLeaderPdb;
  readinessProbe?: any;
  redisConfig?: RedisClusterSpecRedisLeaderRedisConfig;
  replicas?: number;
  resources?: RedisClusterSpecRedisLeaderResources;
  securityContext?: any;
  terminationGracePeriodSeconds?: number;
  tolerations?: RedisClusterSpecRedisLeaderTolerations[];
  topologySpreadConstraints?: any[];
}

export interface RedisClusterSpecRedisLeaderPdb {
  enabled?: boolean;
  maxUnavailable?: number;
  minAvailable?: number;
}

export interface RedisClusterSpecRedisLeaderRedisConfig {
  additionalRedisConfig?: string;
  dynamicConfig?: string[];
  maxMemoryPercentOfLimit?: number;
}

export interface RedisClusterSpecRedisLeaderResources {
  claims?: RedisClusterSpecRedisLeaderResourcesClaims[];
  limits?: { [key: string]: number | string };
  requests?: { [key: string]: number | string };
}

export interface RedisClusterSpecRedisLeaderResourcesClaims {
  name: string;
}

export interface RedisClusterSpecRedisLeaderTolerations {
  effect?: string;
  key?: string;
  operator?: string;
  tolerationSeconds?: number;
  value?: string;
}

export interface RedisClusterSpecResources {
  claims?: RedisClusterSpecResourcesClaims[];
  limits?: { [key: string]: number | string };
  requests?: { [key: string]: number | string };
}

export interface RedisClusterSpecResourcesClaims {
  name: string;
}

export interface RedisClusterSpecSidecars {
  command?: string[];
  env?: RedisClusterSpecSidecarsEnv[];
  image: string;
  imagePullPolicy?: string;
  mountPath?: RedisClusterSpecSidecarsMountPath[];
  name: string;
  ports?: RedisClusterSpecSidecarsPorts[];
  resources?: RedisClusterSpecSidecarsResources;
  securityContext?: any;
}

export interface RedisClusterSpecSidecarsEnv {
  name: string;
  value?: string;
  valueFrom?: RedisClusterSpecSidecarsEnvValueFrom;
}

export interface RedisClusterSpecSidecarsEnvValueFrom {
  configMapKeyRef?: RedisClusterSpecSidecarsEnvValueFromConfigMapKeyRef;
  fieldRef?: RedisClusterSpecSidecarsEnvValueFromFieldRef;
  resourceFieldRef?: RedisClusterSpecSidecarsEnvValueFromResourceFieldRef;
  secretKeyRef?: RedisClusterSpecSidecarsEnvValueFromSecretKeyRef;
}

export interface RedisClusterSpecSidecarsEnvValueFromConfigMapKeyRef {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface RedisClusterSpecSidecarsEnvValueFromFieldRef {
  apiVersion?: string;
  fieldPath: string;
}

export interface RedisClusterSpecSidecarsEnvValueFromResourceFieldRef {
  containerName?: string;
  divisor?: number | string;
  resource: string;
}

export interface RedisClusterSpecSidecarsEnvValueFromSecretKeyRef {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface RedisClusterSpecSidecarsMountPath {
  mountPath: string;
  mountPropagation?: string;
  name: string;
  readOnly?: boolean;
  subPath?: string;
  subPathExpr?: string;
}

export interface RedisClusterSpecSidecarsPorts {
  containerPort: number;
  hostIP?: string;
  hostPort?: number;
  name?: string;
  protocol?: string;
}

export interface RedisClusterSpecSidecarsResources {
  claims?: RedisClusterSpecSidecarsResourcesClaims[];
  limits?: { [key: string]: number | string };
  requests?: { [key: string]: number | string };
}

export interface RedisClusterSpecSidecarsResourcesClaims {
  name: string;
}

export interface RedisClusterSpecStorage {
  keepAfterDelete?: boolean;
  nodeConfVolume?: boolean;
  nodeConfVolumeClaimTemplate?: RedisClusterSpecStorageNodeConfVolumeClaimTemplate;
  volumeClaimTemplate?: RedisClusterSpecStorageVolumeClaimTemplate;
  volumeMount?: RedisClusterSpecStorageVolumeMount;
}

export interface RedisClusterSpecStorageNodeConfVolumeClaimTemplate {
  apiVersion?: string;
  kind?: string;
  metadata?: any;
  spec?: any;
  status?: RedisClusterSpecStorageNodeConfVolumeClaimTemplateStatus;
}

export interface RedisClusterSpecStorageNodeConfVolumeClaimTemplateStatus {
  accessModes?: string[];
  allocatedResourceStatuses?: { [key: string]: string };
  allocatedResources?: { [key: string]: number | string };
  capacity?: { [key: string]: number | string };
  conditions?: RedisClusterSpecStorageNodeConfVolumeClaimTemplateStatusConditions[];
  currentVolumeAttributesClassName?: string;
  modifyVolumeStatus?: RedisClusterSpecStorageNodeConfVolumeClaimTemplateStatusModifyVolumeStatus;
  phase?: string;
}

export interface RedisClusterSpecStorageNodeConfVolumeClaimTemplateStatusConditions {
  lastProbeTime?: string;
  lastTransitionTime?: string;
  message?: string;
  reason?: string;
  status: string;
  type: string;
}

export interface RedisClusterSpecStorageNodeConfVolumeClaimTemplateStatusModifyVolumeStatus {
  status: string;
  targetVolumeAttributesClassName?: string;
}

export interface RedisClusterSpecStorageVolumeClaimTemplate {
  apiVersion?: string;
  kind?: string;
  metadata?: any;
  spec?: any;
  status?: RedisClusterSpecStorageVolumeClaimTemplateStatus;
}

export interface RedisClusterSpecStorageVolumeClaimTemplateStatus {
  accessModes?: string[];
  allocatedResourceStatuses?: { [key: string]: string };
  allocatedResources?: { [key: string]: number | string };
  capacity?: { [key: string]: number | string };
  conditions?: RedisClusterSpecStorageVolumeClaimTemplateStatusConditions[];
  currentVolumeAttributesClassName?: string;
  modifyVolumeStatus?: RedisClusterSpecStorageVolumeClaimTemplateStatusModifyVolumeStatus;
  phase?: string;
}

export interface RedisClusterSpecStorageVolumeClaimTemplateStatusConditions {
  lastProbeTime?: string;
  lastTransitionTime?: string;
  message?: string;
  reason?: string;
  status: string;
  type: string;
}

export interface RedisClusterSpecStorageVolumeClaimTemplateStatusModifyVolumeStatus {
  status: string;
  targetVolumeAttributesClassName?: string;
}

export interface RedisClusterSpecStorageVolumeMount {
  mountPath?: RedisClusterSpecStorageVolumeMountMountPath[];
  volume?: any[];
}

export interface RedisClusterSpecStorageVolumeMountMountPath {
  mountPath: string;
  mountPropagation?: string;
  name: string;
  readOnly?: boolean;
  subPath?: string;
  subPathExpr?: string;
}

export interface RedisClusterSpecTls {
  ca?: string;
  cert?: string;
  key?: string;
  secret: RedisClusterSpecTlsSecret;
}

export interface RedisClusterSpecTlsSecret {
  defaultMode?: number;
  items?: RedisClusterSpecTlsSecretItems[];
  optional?: boolean;
  secretName?: string;
}

export interface RedisClusterSpecTlsSecretItems {
  key: string;
  mode?: number;
  path: string;
}
