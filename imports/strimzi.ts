// Generated from strimzi.kafka.strimzi.io.yaml by scripts/import.ts.

export interface KafkaNodePoolSpec {
  replicas: number;
  storage: KafkaNodePoolSpecStorage;
  roles: KafkaNodePoolSpecRoles[];
  resources?: KafkaNodePoolSpecResources;
  jvmOptions?: KafkaNodePoolSpecJvmOptions;
  template?: KafkaNodePoolSpecTemplate;
}

export interface KafkaNodePoolSpecJvmOptions {
  '-XX'?: { [key: string]: string };
  '-Xmx'?: string;
  '-Xms'?: string;
  gcLoggingEnabled?: boolean;
  javaSystemProperties?: KafkaNodePoolSpecJvmOptionsJavaSystemProperties[];
}

export interface KafkaNodePoolSpecJvmOptionsJavaSystemProperties {
  name?: string;
  value?: string;
}

export interface KafkaNodePoolSpecResources {
  claims?: KafkaNodePoolSpecResourcesClaims[];
  limits?: { [key: string]: number | string };
  requests?: { [key: string]: number | string };
}

export interface KafkaNodePoolSpecResourcesClaims {
  name?: string;
  request?: string;
}

export type KafkaNodePoolSpecRoles = 'controller' | 'broker';

export interface KafkaNodePoolSpecStorage {
  class?: string;
  deleteClaim?: boolean;
  id?: number;
  kraftMetadata?: KafkaNodePoolSpecStorageKraftMetadata;
  selector?: { [key: string]: string };
  size?: string;
  sizeLimit?: string;
  type: KafkaNodePoolSpecStorageType;
  volumeAttributesClass?: string;
  volumes?: KafkaNodePoolSpecStorageVolumes[];
}

export type KafkaNodePoolSpecStorageKraftMetadata = 'shared';

export type KafkaNodePoolSpecStorageType = 'ephemeral' | 'persistent-claim' | 'jbod';

export interface KafkaNodePoolSpecStorageVolumes {
  class?: string;
  deleteClaim?: boolean;
  id?: number;
  kraftMetadata?: KafkaNodePoolSpecStorageVolumesKraftMetadata;
  selector?: { [key: string]: string };
  size?: string;
  sizeLimit?: string;
  type: KafkaNodePoolSpecStorageVolumesType;
  volumeAttributesClass?: string;
}

export type KafkaNodePoolSpecStorageVolumesKraftMetadata = 'shared';

export type KafkaNodePoolSpecStorageVolumesType = 'ephemeral' | 'persistent-claim';

export interface KafkaNodePoolSpecTemplate {
  podSet?: KafkaNodePoolSpecTemplatePodSet;
  pod?: KafkaNodePoolSpecTemplatePod;
  perPodService?: KafkaNodePoolSpecTemplatePerPodService;
  perPodRoute?: KafkaNodePoolSpecTemplatePerPodRoute;
  perPodIngress?: KafkaNodePoolSpecTemplatePerPodIngress;
  persistentVolumeClaim?: KafkaNodePoolSpecTemplatePersistentVolumeClaim;
  kafkaContainer?: KafkaNodePoolSpecTemplateKafkaContainer;
  initContainer?: KafkaNodePoolSpecTemplateInitContainer;
}

export interface KafkaNodePoolSpecTemplateInitContainer {
  env?: KafkaNodePoolSpecTemplateInitContainerEnv[];
  securityContext?: any;
  volumeMounts?: KafkaNodePoolSpecTemplateInitContainerVolumeMounts[];
}

export interface KafkaNodePoolSpecTemplateInitContainerEnv {
  name?: string;
  value?: string;
  valueFrom?: KafkaNodePoolSpecTemplateInitContainerEnvValueFrom;
}

export interface KafkaNodePoolSpecTemplateInitContainerEnvValueFrom {
  secretKeyRef?: KafkaNodePoolSpecTemplateInitContainerEnvValueFromSecretKeyRef;
  configMapKeyRef?: KafkaNodePoolSpecTemplateInitContainerEnvValueFromConfigMapKeyRef;
}

export interface KafkaNodePoolSpecTemplateInitContainerEnvValueFromConfigMapKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaNodePoolSpecTemplateInitContainerEnvValueFromSecretKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaNodePoolSpecTemplateInitContainerVolumeMounts {
  mountPath?: string;
  mountPropagation?: string;
  name?: string;
  readOnly?: boolean;
  recursiveReadOnly?: string;
  subPath?: string;
  subPathExpr?: string;
}

export interface KafkaNodePoolSpecTemplateKafkaContainer {
  env?: KafkaNodePoolSpecTemplateKafkaContainerEnv[];
  securityContext?: any;
  volumeMounts?: KafkaNodePoolSpecTemplateKafkaContainerVolumeMounts[];
}

export interface KafkaNodePoolSpecTemplateKafkaContainerEnv {
  name?: string;
  value?: string;
  valueFrom?: KafkaNodePoolSpecTemplateKafkaContainerEnvValueFrom;
}

export interface KafkaNodePoolSpecTemplateKafkaContainerEnvValueFrom {
  secretKeyRef?: KafkaNodePoolSpecTemplateKafkaContainerEnvValueFromSecretKeyRef;
  configMapKeyRef?: KafkaNodePoolSpecTemplateKafkaContainerEnvValueFromConfigMapKeyRef;
}

export interface KafkaNodePoolSpecTemplateKafkaContainerEnvValueFromConfigMapKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaNodePoolSpecTemplateKafkaContainerEnvValueFromSecretKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaNodePoolSpecTemplateKafkaContainerVolumeMounts {
  mountPath?: string;
  mountPropagation?: string;
  name?: string;
  readOnly?: boolean;
  recursiveReadOnly?: string;
  subPath?: string;
  subPathExpr?: string;
}

export interface KafkaNodePoolSpecTemplatePerPodIngress {
  metadata?: KafkaNodePoolSpecTemplatePerPodIngressMetadata;
}

export interface KafkaNodePoolSpecTemplatePerPodIngressMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaNodePoolSpecTemplatePerPodRoute {
  metadata?: KafkaNodePoolSpecTemplatePerPodRouteMetadata;
}

export interface KafkaNodePoolSpecTemplatePerPodRouteMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaNodePoolSpecTemplatePerPodService {
  metadata?: KafkaNodePoolSpecTemplatePerPodServiceMetadata;
}

export interface KafkaNodePoolSpecTemplatePerPodServiceMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaNodePoolSpecTemplatePersistentVolumeClaim {
  metadata?: KafkaNodePoolSpecTemplatePersistentVolumeClaimMetadata;
}

export interface KafkaNodePoolSpecTemplatePersistentVolumeClaimMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaNodePoolSpecTemplatePod {
  metadata?: KafkaNodePoolSpecTemplatePodMetadata;
  imagePullSecrets?: KafkaNodePoolSpecTemplatePodImagePullSecrets[];
  securityContext?: any;
  terminationGracePeriodSeconds?: number;
  affinity?: any;
  tolerations?: KafkaNodePoolSpecTemplatePodTolerations[];
  topologySpreadConstraints?: any[];
  priorityClassName?: string;
  schedulerName?: string;
  hostAliases?: KafkaNodePoolSpecTemplatePodHostAliases[];
  dnsPolicy?: KafkaNodePoolSpecTemplatePodDnsPolicy;
  dnsConfig?: KafkaNodePoolSpecTemplatePodDnsConfig;
  enableServiceLinks?: boolean;
  tmpDirSizeLimit?: string;
  volumes?: any[];
  templatedVolumes?: KafkaNodePoolSpecTemplatePodTemplatedVolumes[];
  hostUsers?: boolean;
}

export interface KafkaNodePoolSpecTemplatePodDnsConfig {
  nameservers?: string[];
  options?: KafkaNodePoolSpecTemplatePodDnsConfigOptions[];
  searches?: string[];
}

export interface KafkaNodePoolSpecTemplatePodDnsConfigOptions {
  name?: string;
  value?: string;
}

export type KafkaNodePoolSpecTemplatePodDnsPolicy = 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';

export interface KafkaNodePoolSpecTemplatePodHostAliases {
  hostnames?: string[];
  ip?: string;
}

export interface KafkaNodePoolSpecTemplatePodImagePullSecrets {
  name?: string;
}

export interface KafkaNodePoolSpecTemplatePodMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaNodePoolSpecTemplatePodSet {
  metadata?: KafkaNodePoolSpecTemplatePodSetMetadata;
}

export interface KafkaNodePoolSpecTemplatePodSetMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaNodePoolSpecTemplatePodTemplatedVolumes {
  name?: string;
  secret?: KafkaNodePoolSpecTemplatePodTemplatedVolumesSecret;
  configMap?: KafkaNodePoolSpecTemplatePodTemplatedVolumesConfigMap;
  persistentVolumeClaim?: KafkaNodePoolSpecTemplatePodTemplatedVolumesPersistentVolumeClaim;
}

export interface KafkaNodePoolSpecTemplatePodTemplatedVolumesConfigMap {
  defaultMode?: number;
  items?: KafkaNodePoolSpecTemplatePodTemplatedVolumesConfigMapItems[];
  name?: string;
  optional?: boolean;
}

export interface KafkaNodePoolSpecTemplatePodTemplatedVolumesConfigMapItems {
  key?: string;
  mode?: number;
  path?: string;
}

export interface KafkaNodePoolSpecTemplatePodTemplatedVolumesPersistentVolumeClaim {
  claimName?: string;
  readOnly?: boolean;
}

export interface KafkaNodePoolSpecTemplatePodTemplatedVolumesSecret {
  defaultMode?: number;
  items?: KafkaNodePoolSpecTemplatePodTemplatedVolumesSecretItems[];
  optional?: boolean;
  secretName?: string;
}

export interface KafkaNodePoolSpecTemplatePodTemplatedVolumesSecretItems {
  key?: string;
  mode?: number;
  path?: string;
}

export interface KafkaNodePoolSpecTemplatePodTolerations {
  effect?: string;
  key?: string;
  operator?: string;
  tolerationSeconds?: number;
  value?: string;
}

export interface KafkaSpec {
  kafka: KafkaSpecKafka;
  entityOperator?: KafkaSpecEntityOperator;
  clusterCa?: KafkaSpecClusterCa;
  clientsCa?: KafkaSpecClientsCa;
  cruiseControl?: KafkaSpecCruiseControl;
  kafkaExporter?: KafkaSpecKafkaExporter;
  maintenanceTimeWindows?: string[];
}

export interface KafkaSpecClientsCa {
  generateCertificateAuthority?: boolean;
  generateSecretOwnerReference?: boolean;
  validityDays?: number;
  renewalDays?: number;
  certificateExpirationPolicy?: KafkaSpecClientsCaCertificateExpirationPolicy;
}

export type KafkaSpecClientsCaCertificateExpirationPolicy = 'renew-certificate' | 'replace-key';

export interface KafkaSpecClusterCa {
  generateCertificateAuthority?: boolean;
  generateSecretOwnerReference?: boolean;
  validityDays?: number;
  renewalDays?: number;
  certificateExpirationPolicy?: KafkaSpecClusterCaCertificateExpirationPolicy;
}

export type KafkaSpecClusterCaCertificateExpirationPolicy = 'renew-certificate' | 'replace-key';

export interface KafkaSpecCruiseControl {
  image?: string;
  resources?: KafkaSpecCruiseControlResources;
  livenessProbe?: KafkaSpecCruiseControlLivenessProbe;
  readinessProbe?: KafkaSpecCruiseControlReadinessProbe;
  jvmOptions?: KafkaSpecCruiseControlJvmOptions;
  logging?: KafkaSpecCruiseControlLogging;
  template?: KafkaSpecCruiseControlTemplate;
  brokerCapacity?: KafkaSpecCruiseControlBrokerCapacity;
  config?: any;
  metricsConfig?: KafkaSpecCruiseControlMetricsConfig;
  apiUsers?: KafkaSpecCruiseControlApiUsers;
  autoRebalance?: KafkaSpecCruiseControlAutoRebalance[];
}

export interface KafkaSpecCruiseControlApiUsers {
  type: KafkaSpecCruiseControlApiUsersType;
  valueFrom: KafkaSpecCruiseControlApiUsersValueFrom;
}

export type KafkaSpecCruiseControlApiUsersType = 'hashLoginService';

export interface KafkaSpecCruiseControlApiUsersValueFrom {
  secretKeyRef?: KafkaSpecCruiseControlApiUsersValueFromSecretKeyRef;
}

export interface KafkaSpecCruiseControlApiUsersValueFromSecretKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecCruiseControlAutoRebalance {
  mode: KafkaSpecCruiseControlAutoRebalanceMode;
  template?: KafkaSpecCruiseControlAutoRebalanceTemplate;
}

export type KafkaSpecCruiseControlAutoRebalanceMode = 'add-brokers' | 'remove-brokers';

export interface KafkaSpecCruiseControlAutoRebalanceTemplate {
  name?: string;
}

export interface KafkaSpecCruiseControlBrokerCapacity {
  cpu?: string;
  inboundNetwork?: string;
  outboundNetwork?: string;
  overrides?: KafkaSpecCruiseControlBrokerCapacityOverrides[];
}

export interface KafkaSpecCruiseControlBrokerCapacityOverrides {
  brokers: number[];
  cpu?: string;
  inboundNetwork?: string;
  outboundNetwork?: string;
}

export interface KafkaSpecCruiseControlJvmOptions {
  '-XX'?: { [key: string]: string };
  '-Xmx'?: string;
  '-Xms'?: string;
  gcLoggingEnabled?: boolean;
  javaSystemProperties?: KafkaSpecCruiseControlJvmOptionsJavaSystemProperties[];
}

export interface KafkaSpecCruiseControlJvmOptionsJavaSystemProperties {
  name?: string;
  value?: string;
}

export interface KafkaSpecCruiseControlLivenessProbe {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

export interface KafkaSpecCruiseControlLogging {
  loggers?: { [key: string]: string };
  type: KafkaSpecCruiseControlLoggingType;
  valueFrom?: KafkaSpecCruiseControlLoggingValueFrom;
}

export type KafkaSpecCruiseControlLoggingType = 'inline' | 'external';

export interface KafkaSpecCruiseControlLoggingValueFrom {
  configMapKeyRef?: KafkaSpecCruiseControlLoggingValueFromConfigMapKeyRef;
}

export interface KafkaSpecCruiseControlLoggingValueFromConfigMapKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecCruiseControlMetricsConfig {
  type: KafkaSpecCruiseControlMetricsConfigType;
  valueFrom?: KafkaSpecCruiseControlMetricsConfigValueFrom;
  values?: KafkaSpecCruiseControlMetricsConfigValues;
}

export type KafkaSpecCruiseControlMetricsConfigType = 'jmxPrometheusExporter' | 'strimziMetricsReporter';

export interface KafkaSpecCruiseControlMetricsConfigValueFrom {
  configMapKeyRef?: KafkaSpecCruiseControlMetricsConfigValueFromConfigMapKeyRef;
}

export interface KafkaSpecCruiseControlMetricsConfigValueFromConfigMapKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecCruiseControlMetricsConfigValues {
  allowList?: string[];
}

export interface KafkaSpecCruiseControlReadinessProbe {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

export interface KafkaSpecCruiseControlResources {
  claims?: KafkaSpecCruiseControlResourcesClaims[];
  limits?: { [key: string]: number | string };
  requests?: { [key: string]: number | string };
}

export interface KafkaSpecCruiseControlResourcesClaims {
  name?: string;
  request?: string;
}

export interface KafkaSpecCruiseControlTemplate {
  deployment?: KafkaSpecCruiseControlTemplateDeployment;
  pod?: KafkaSpecCruiseControlTemplatePod;
  apiService?: KafkaSpecCruiseControlTemplateApiService;
  podDisruptionBudget?: KafkaSpecCruiseControlTemplatePodDisruptionBudget;
  cruiseControlContainer?: KafkaSpecCruiseControlTemplateCruiseControlContainer;
  serviceAccount?: KafkaSpecCruiseControlTemplateServiceAccount;
}

export interface KafkaSpecCruiseControlTemplateApiService {
  metadata?: KafkaSpecCruiseControlTemplateApiServiceMetadata;
  ipFamilyPolicy?: KafkaSpecCruiseControlTemplateApiServiceIpFamilyPolicy;
  ipFamilies?: KafkaSpecCruiseControlTemplateApiServiceIpFamilies[];
}

export type KafkaSpecCruiseControlTemplateApiServiceIpFamilies = 'IPv4' | 'IPv6';

export type KafkaSpecCruiseControlTemplateApiServiceIpFamilyPolicy = 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';

export interface KafkaSpecCruiseControlTemplateApiServiceMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecCruiseControlTemplateCruiseControlContainer {
  env?: KafkaSpecCruiseControlTemplateCruiseControlContainerEnv[];
  securityContext?: any;
  volumeMounts?: KafkaSpecCruiseControlTemplateCruiseControlContainerVolumeMounts[];
}

export interface KafkaSpecCruiseControlTemplateCruiseControlContainerEnv {
  name?: string;
  value?: string;
  valueFrom?: KafkaSpecCruiseControlTemplateCruiseControlContainerEnvValueFrom;
}

export interface KafkaSpecCruiseControlTemplateCruiseControlContainerEnvValueFrom {
  secretKeyRef?: KafkaSpecCruiseControlTemplateCruiseControlContainerEnvValueFromSecretKeyRef;
  configMapKeyRef?: KafkaSpecCruiseControlTemplateCruiseControlContainerEnvValueFromConfigMapKeyRef;
}

export interface KafkaSpecCruiseControlTemplateCruiseControlContainerEnvValueFromConfigMapKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecCruiseControlTemplateCruiseControlContainerEnvValueFromSecretKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecCruiseControlTemplateCruiseControlContainerVolumeMounts {
  mountPath?: string;
  mountPropagation?: string;
  name?: string;
  readOnly?: boolean;
  recursiveReadOnly?: string;
  subPath?: string;
  subPathExpr?: string;
}

export interface KafkaSpecCruiseControlTemplateDeployment {
  metadata?: KafkaSpecCruiseControlTemplateDeploymentMetadata;
  deploymentStrategy?: KafkaSpecCruiseControlTemplateDeploymentDeploymentStrategy;
}

export type KafkaSpecCruiseControlTemplateDeploymentDeploymentStrategy = 'RollingUpdate' | 'Recreate';

export interface KafkaSpecCruiseControlTemplateDeploymentMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecCruiseControlTemplatePod {
  metadata?: KafkaSpecCruiseControlTemplatePodMetadata;
  imagePullSecrets?: KafkaSpecCruiseControlTemplatePodImagePullSecrets[];
  securityContext?: any;
  terminationGracePeriodSeconds?: number;
  affinity?: any;
  tolerations?: KafkaSpecCruiseControlTemplatePodTolerations[];
  topologySpreadConstraints?: any[];
  priorityClassName?: string;
  schedulerName?: string;
  hostAliases?: KafkaSpecCruiseControlTemplatePodHostAliases[];
  dnsPolicy?: KafkaSpecCruiseControlTemplatePodDnsPolicy;
  dnsConfig?: KafkaSpecCruiseControlTemplatePodDnsConfig;
  enableServiceLinks?: boolean;
  tmpDirSizeLimit?: string;
  volumes?: any[];
  hostUsers?: boolean;
}

export interface KafkaSpecCruiseControlTemplatePodDisruptionBudget {
  metadata?: KafkaSpecCruiseControlTemplatePodDisruptionBudgetMetadata;
  maxUnavailable?: number;
}

export interface KafkaSpecCruiseControlTemplatePodDisruptionBudgetMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecCruiseControlTemplatePodDnsConfig {
  nameservers?: string[];
  options?: KafkaSpecCruiseControlTemplatePodDnsConfigOptions[];
  searches?: string[];
}

export interface KafkaSpecCruiseControlTemplatePodDnsConfigOptions {
  name?: string;
  value?: string;
}

export type KafkaSpecCruiseControlTemplatePodDnsPolicy = 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';

export interface KafkaSpecCruiseControlTemplatePodHostAliases {
  hostnames?: string[];
  ip?: string;
}

export interface KafkaSpecCruiseControlTemplatePodImagePullSecrets {
  name?: string;
}

export interface KafkaSpecCruiseControlTemplatePodMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecCruiseControlTemplatePodTolerations {
  effect?: string;
  key?: string;
  operator?: string;
  tolerationSeconds?: number;
  value?: string;
}

export interface KafkaSpecCruiseControlTemplateServiceAccount {
  metadata?: KafkaSpecCruiseControlTemplateServiceAccountMetadata;
}

export interface KafkaSpecCruiseControlTemplateServiceAccountMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecEntityOperator {
  topicOperator?: KafkaSpecEntityOperatorTopicOperator;
  userOperator?: KafkaSpecEntityOperatorUserOperator;
  template?: KafkaSpecEntityOperatorTemplate;
}

export interface KafkaSpecEntityOperatorTemplate {
  deployment?: KafkaSpecEntityOperatorTemplateDeployment;
  pod?: KafkaSpecEntityOperatorTemplatePod;
  topicOperatorContainer?: KafkaSpecEntityOperatorTemplateTopicOperatorContainer;
  userOperatorContainer?: KafkaSpecEntityOperatorTemplateUserOperatorContainer;
  serviceAccount?: KafkaSpecEntityOperatorTemplateServiceAccount;
  podDisruptionBudget?: KafkaSpecEntityOperatorTemplatePodDisruptionBudget;
  entityOperatorRole?: KafkaSpecEntityOperatorTemplateEntityOperatorRole;
  topicOperatorRoleBinding?: KafkaSpecEntityOperatorTemplateTopicOperatorRoleBinding;
  userOperatorRoleBinding?: KafkaSpecEntityOperatorTemplateUserOperatorRoleBinding;
}

export interface KafkaSpecEntityOperatorTemplateDeployment {
  metadata?: KafkaSpecEntityOperatorTemplateDeploymentMetadata;
  deploymentStrategy?: KafkaSpecEntityOperatorTemplateDeploymentDeploymentStrategy;
}

export type KafkaSpecEntityOperatorTemplateDeploymentDeploymentStrategy = 'RollingUpdate' | 'Recreate';

export interface KafkaSpecEntityOperatorTemplateDeploymentMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecEntityOperatorTemplateEntityOperatorRole {
  metadata?: KafkaSpecEntityOperatorTemplateEntityOperatorRoleMetadata;
}

export interface KafkaSpecEntityOperatorTemplateEntityOperatorRoleMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecEntityOperatorTemplatePod {
  metadata?: KafkaSpecEntityOperatorTemplatePodMetadata;
  imagePullSecrets?: KafkaSpecEntityOperatorTemplatePodImagePullSecrets[];
  securityContext?: any;
  terminationGracePeriodSeconds?: number;
  affinity?: any;
  tolerations?: KafkaSpecEntityOperatorTemplatePodTolerations[];
  topologySpreadConstraints?: any[];
  priorityClassName?: string;
  schedulerName?: string;
  hostAliases?: KafkaSpecEntityOperatorTemplatePodHostAliases[];
  dnsPolicy?: KafkaSpecEntityOperatorTemplatePodDnsPolicy;
  dnsConfig?: KafkaSpecEntityOperatorTemplatePodDnsConfig;
  enableServiceLinks?: boolean;
  tmpDirSizeLimit?: string;
  volumes?: any[];
  hostUsers?: boolean;
}

export interface KafkaSpecEntityOperatorTemplatePodDisruptionBudget {
  metadata?: KafkaSpecEntityOperatorTemplatePodDisruptionBudgetMetadata;
  maxUnavailable?: number;
}

export interface KafkaSpecEntityOperatorTemplatePodDisruptionBudgetMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecEntityOperatorTemplatePodDnsConfig {
  nameservers?: string[];
  options?: KafkaSpecEntityOperatorTemplatePodDnsConfigOptions[];
  searches?: string[];
}

export interface KafkaSpecEntityOperatorTemplatePodDnsConfigOptions {
  name?: string;
  value?: string;
}

export type KafkaSpecEntityOperatorTemplatePodDnsPolicy = 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';

export interface KafkaSpecEntityOperatorTemplatePodHostAliases {
  hostnames?: string[];
  ip?: string;
}

export interface KafkaSpecEntityOperatorTemplatePodImagePullSecrets {
  name?: string;
}

export interface KafkaSpecEntityOperatorTemplatePodMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecEntityOperatorTemplatePodTolerations {
  effect?: string;
  key?: string;
  operator?: string;
  tolerationSeconds?: number;
  value?: string;
}

export interface KafkaSpecEntityOperatorTemplateServiceAccount {
  metadata?: KafkaSpecEntityOperatorTemplateServiceAccountMetadata;
}

export interface KafkaSpecEntityOperatorTemplateServiceAccountMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecEntityOperatorTemplateTopicOperatorContainer {
  env?: KafkaSpecEntityOperatorTemplateTopicOperatorContainerEnv[];
  securityContext?: any;
  volumeMounts?: KafkaSpecEntityOperatorTemplateTopicOperatorContainerVolumeMounts[];
}

export interface KafkaSpecEntityOperatorTemplateTopicOperatorContainerEnv {
  name?: string;
  value?: string;
  valueFrom?: KafkaSpecEntityOperatorTemplateTopicOperatorContainerEnvValueFrom;
}

export interface KafkaSpecEntityOperatorTemplateTopicOperatorContainerEnvValueFrom {
  secretKeyRef?: KafkaSpecEntityOperatorTemplateTopicOperatorContainerEnvValueFromSecretKeyRef;
  configMapKeyRef?: KafkaSpecEntityOperatorTemplateTopicOperatorContainerEnvValueFromConfigMapKeyRef;
}

export interface KafkaSpecEntityOperatorTemplateTopicOperatorContainerEnvValueFromConfigMapKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecEntityOperatorTemplateTopicOperatorContainerEnvValueFromSecretKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecEntityOperatorTemplateTopicOperatorContainerVolumeMounts {
  mountPath?: string;
  mountPropagation?: string;
  name?: string;
  readOnly?: boolean;
  recursiveReadOnly?: string;
  subPath?: string;
  subPathExpr?: string;
}

export interface KafkaSpecEntityOperatorTemplateTopicOperatorRoleBinding {
  metadata?: KafkaSpecEntityOperatorTemplateTopicOperatorRoleBindingMetadata;
}

export interface KafkaSpecEntityOperatorTemplateTopicOperatorRoleBindingMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecEntityOperatorTemplateUserOperatorContainer {
  env?: KafkaSpecEntityOperatorTemplateUserOperatorContainerEnv[];
  securityContext?: any;
  volumeMounts?: KafkaSpecEntityOperatorTemplateUserOperatorContainerVolumeMounts[];
}

export interface KafkaSpecEntityOperatorTemplateUserOperatorContainerEnv {
  name?: string;
  value?: string;
  valueFrom?: KafkaSpecEntityOperatorTemplateUserOperatorContainerEnvValueFrom;
}

export interface KafkaSpecEntityOperatorTemplateUserOperatorContainerEnvValueFrom {
  secretKeyRef?: KafkaSpecEntityOperatorTemplateUserOperatorContainerEnvValueFromSecretKeyRef;
  configMapKeyRef?: KafkaSpecEntityOperatorTemplateUserOperatorContainerEnvValueFromConfigMapKeyRef;
}

export interface KafkaSpecEntityOperatorTemplateUserOperatorContainerEnvValueFromConfigMapKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecEntityOperatorTemplateUserOperatorContainerEnvValueFromSecretKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecEntityOperatorTemplateUserOperatorContainerVolumeMounts {
  mountPath?: string;
  mountPropagation?: string;
  name?: string;
  readOnly?: boolean;
  recursiveReadOnly?: string;
  subPath?: string;
  subPathExpr?: string;
}

export interface KafkaSpecEntityOperatorTemplateUserOperatorRoleBinding {
  metadata?: KafkaSpecEntityOperatorTemplateUserOperatorRoleBindingMetadata;
}

export interface KafkaSpecEntityOperatorTemplateUserOperatorRoleBindingMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecEntityOperatorTopicOperator {
  watchedNamespace?: string;
  image?: string;
  reconciliationIntervalMs?: number;
  startupProbe?: KafkaSpecEntityOperatorTopicOperatorStartupProbe;
  livenessProbe?: KafkaSpecEntityOperatorTopicOperatorLivenessProbe;
  readinessProbe?: KafkaSpecEntityOperatorTopicOperatorReadinessProbe;
  resources?: KafkaSpecEntityOperatorTopicOperatorResources;
  logging?: KafkaSpecEntityOperatorTopicOperatorLogging;
  jvmOptions?: KafkaSpecEntityOperatorTopicOperatorJvmOptions;
}

export interface KafkaSpecEntityOperatorTopicOperatorJvmOptions {
  '-XX'?: { [key: string]: string };
  '-Xmx'?: string;
  '-Xms'?: string;
  gcLoggingEnabled?: boolean;
  javaSystemProperties?: KafkaSpecEntityOperatorTopicOperatorJvmOptionsJavaSystemProperties[];
}

export interface KafkaSpecEntityOperatorTopicOperatorJvmOptionsJavaSystemProperties {
  name?: string;
  value?: string;
}

export interface KafkaSpecEntityOperatorTopicOperatorLivenessProbe {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

export interface KafkaSpecEntityOperatorTopicOperatorLogging {
  loggers?: { [key: string]: string };
  type: KafkaSpecEntityOperatorTopicOperatorLoggingType;
  valueFrom?: KafkaSpecEntityOperatorTopicOperatorLoggingValueFrom;
}

export type KafkaSpecEntityOperatorTopicOperatorLoggingType = 'inline' | 'external';

export interface KafkaSpecEntityOperatorTopicOperatorLoggingValueFrom {
  configMapKeyRef?: KafkaSpecEntityOperatorTopicOperatorLoggingValueFromConfigMapKeyRef;
}

export interface KafkaSpecEntityOperatorTopicOperatorLoggingValueFromConfigMapKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecEntityOperatorTopicOperatorReadinessProbe {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

export interface KafkaSpecEntityOperatorTopicOperatorResources {
  claims?: KafkaSpecEntityOperatorTopicOperatorResourcesClaims[];
  limits?: { [key: string]: number | string };
  requests?: { [key: string]: number | string };
}

export interface KafkaSpecEntityOperatorTopicOperatorResourcesClaims {
  name?: string;
  request?: string;
}

export interface KafkaSpecEntityOperatorTopicOperatorStartupProbe {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

export interface KafkaSpecEntityOperatorUserOperator {
  watchedNamespace?: string;
  image?: string;
  reconciliationIntervalMs?: number;
  secretPrefix?: string;
  livenessProbe?: KafkaSpecEntityOperatorUserOperatorLivenessProbe;
  readinessProbe?: KafkaSpecEntityOperatorUserOperatorReadinessProbe;
  resources?: KafkaSpecEntityOperatorUserOperatorResources;
  logging?: KafkaSpecEntityOperatorUserOperatorLogging;
  jvmOptions?: KafkaSpecEntityOperatorUserOperatorJvmOptions;
}

export interface KafkaSpecEntityOperatorUserOperatorJvmOptions {
  '-XX'?: { [key: string]: string };
  '-Xmx'?: string;
  '-Xms'?: string;
  gcLoggingEnabled?: boolean;
  javaSystemProperties?: KafkaSpecEntityOperatorUserOperatorJvmOptionsJavaSystemProperties[];
}

export interface KafkaSpecEntityOperatorUserOperatorJvmOptionsJavaSystemProperties {
  name?: string;
  value?: string;
}

export interface KafkaSpecEntityOperatorUserOperatorLivenessProbe {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

export interface KafkaSpecEntityOperatorUserOperatorLogging {
  loggers?: { [key: string]: string };
  type: KafkaSpecEntityOperatorUserOperatorLoggingType;
  valueFrom?: KafkaSpecEntityOperatorUserOperatorLoggingValueFrom;
}

export type KafkaSpecEntityOperatorUserOperatorLoggingType = 'inline' | 'external';

export interface KafkaSpecEntityOperatorUserOperatorLoggingValueFrom {
  configMapKeyRef?: KafkaSpecEntityOperatorUserOperatorLoggingValueFromConfigMapKeyRef;
}

export interface KafkaSpecEntityOperatorUserOperatorLoggingValueFromConfigMapKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecEntityOperatorUserOperatorReadinessProbe {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

export interface KafkaSpecEntityOperatorUserOperatorResources {
  claims?: KafkaSpecEntityOperatorUserOperatorResourcesClaims[];
  limits?: { [key: string]: number | string };
  requests?: { [key: string]: number | string };
}

export interface KafkaSpecEntityOperatorUserOperatorResourcesClaims {
  name?: string;
  request?: string;
}

export interface KafkaSpecKafka {
  version?: string;
  metadataVersion?: string;
  image?: string;
  listeners: KafkaSpecKafkaListeners[];
  config?: any;
  authorization?: KafkaSpecKafkaAuthorization;
  rack?: KafkaSpecKafkaRack;
  brokerRackInitImage?: string;
  livenessProbe?: KafkaSpecKafkaLivenessProbe;
  readinessProbe?: KafkaSpecKafkaReadinessProbe;
  jvmOptions?: KafkaSpecKafkaJvmOptions;
  jmxOptions?: KafkaSpecKafkaJmxOptions;
  metricsConfig?: KafkaSpecKafkaMetricsConfig;
  logging?: KafkaSpecKafkaLogging;
  template?: KafkaSpecKafkaTemplate;
  tieredStorage?: KafkaSpecKafkaTieredStorage;
  quotas?: KafkaSpecKafkaQuotas;
}

export interface KafkaSpecKafkaAuthorization {
  authorizerClass?: string;
  superUsers?: string[];
  supportsAdminApi?: boolean;
  type: KafkaSpecKafkaAuthorizationType;
}

export type KafkaSpecKafkaAuthorizationType = 'simple' | 'custom';

export interface KafkaSpecKafkaExporter {
  image?: string;
  groupRegex?: string;
  topicRegex?: string;
  groupExcludeRegex?: string;
  topicExcludeRegex?: string;
  resources?: KafkaSpecKafkaExporterResources;
  logging?: string;
  livenessProbe?: KafkaSpecKafkaExporterLivenessProbe;
  readinessProbe?: KafkaSpecKafkaExporterReadinessProbe;
  enableSaramaLogging?: boolean;
  showAllOffsets?: boolean;
  template?: KafkaSpecKafkaExporterTemplate;
}

export interface KafkaSpecKafkaExporterLivenessProbe {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

export interface KafkaSpecKafkaExporterReadinessProbe {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

export interface KafkaSpecKafkaExporterResources {
  claims?: KafkaSpecKafkaExporterResourcesClaims[];
  limits?: { [key: string]: number | string };
  requests?: { [key: string]: number | string };
}

export interface KafkaSpecKafkaExporterResourcesClaims {
  name?: string;
  request?: string;
}

export interface KafkaSpecKafkaExporterTemplate {
  deployment?: KafkaSpecKafkaExporterTemplateDeployment;
  pod?: KafkaSpecKafkaExporterTemplatePod;
  container?: KafkaSpecKafkaExporterTemplateContainer;
  serviceAccount?: KafkaSpecKafkaExporterTemplateServiceAccount;
  podDisruptionBudget?: KafkaSpecKafkaExporterTemplatePodDisruptionBudget;
}

export interface KafkaSpecKafkaExporterTemplateContainer {
  env?: KafkaSpecKafkaExporterTemplateContainerEnv[];
  securityContext?: any;
  volumeMounts?: KafkaSpecKafkaExporterTemplateContainerVolumeMounts[];
}

export interface KafkaSpecKafkaExporterTemplateContainerEnv {
  name?: string;
  value?: string;
  valueFrom?: KafkaSpecKafkaExporterTemplateContainerEnvValueFrom;
}

export interface KafkaSpecKafkaExporterTemplateContainerEnvValueFrom {
  secretKeyRef?: KafkaSpecKafkaExporterTemplateContainerEnvValueFromSecretKeyRef;
  configMapKeyRef?: KafkaSpecKafkaExporterTemplateContainerEnvValueFromConfigMapKeyRef;
}

export interface KafkaSpecKafkaExporterTemplateContainerEnvValueFromConfigMapKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecKafkaExporterTemplateContainerEnvValueFromSecretKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecKafkaExporterTemplateContainerVolumeMounts {
  mountPath?: string;
  mountPropagation?: string;
  name?: string;
  readOnly?: boolean;
  recursiveReadOnly?: string;
  subPath?: string;
  subPathExpr?: string;
}

export interface KafkaSpecKafkaExporterTemplateDeployment {
  metadata?: KafkaSpecKafkaExporterTemplateDeploymentMetadata;
  deploymentStrategy?: KafkaSpecKafkaExporterTemplateDeploymentDeploymentStrategy;
}

export type KafkaSpecKafkaExporterTemplateDeploymentDeploymentStrategy = 'RollingUpdate' | 'Recreate';

export interface KafkaSpecKafkaExporterTemplateDeploymentMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaExporterTemplatePod {
  metadata?: KafkaSpecKafkaExporterTemplatePodMetadata;
  imagePullSecrets?: KafkaSpecKafkaExporterTemplatePodImagePullSecrets[];
  securityContext?: any;
  terminationGracePeriodSeconds?: number;
  affinity?: any;
  tolerations?: KafkaSpecKafkaExporterTemplatePodTolerations[];
  topologySpreadConstraints?: any[];
  priorityClassName?: string;
  schedulerName?: string;
  hostAliases?: KafkaSpecKafkaExporterTemplatePodHostAliases[];
  dnsPolicy?: KafkaSpecKafkaExporterTemplatePodDnsPolicy;
  dnsConfig?: KafkaSpecKafkaExporterTemplatePodDnsConfig;
  enableServiceLinks?: boolean;
  tmpDirSizeLimit?: string;
  volumes?: any[];
  hostUsers?: boolean;
}

export interface KafkaSpecKafkaExporterTemplatePodDisruptionBudget {
  metadata?: KafkaSpecKafkaExporterTemplatePodDisruptionBudgetMetadata;
  maxUnavailable?: number;
}

export interface KafkaSpecKafkaExporterTemplatePodDisruptionBudgetMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaExporterTemplatePodDnsConfig {
  nameservers?: string[];
  options?: KafkaSpecKafkaExporterTemplatePodDnsConfigOptions[];
  searches?: string[];
}

export interface KafkaSpecKafkaExporterTemplatePodDnsConfigOptions {
  name?: string;
  value?: string;
}

export type KafkaSpecKafkaExporterTemplatePodDnsPolicy = 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';

export interface KafkaSpecKafkaExporterTemplatePodHostAliases {
  hostnames?: string[];
  ip?: string;
}

export interface KafkaSpecKafkaExporterTemplatePodImagePullSecrets {
  name?: string;
}

export interface KafkaSpecKafkaExporterTemplatePodMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaExporterTemplatePodTolerations {
  effect?: string;
  key?: string;
  operator?: string;
  tolerationSeconds?: number;
  value?: string;
}

export interface KafkaSpecKafkaExporterTemplateServiceAccount {
  metadata?: KafkaSpecKafkaExporterTemplateServiceAccountMetadata;
}

export interface KafkaSpecKafkaExporterTemplateServiceAccountMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaJmxOptions {
  authentication?: KafkaSpecKafkaJmxOptionsAuthentication;
}

export interface KafkaSpecKafkaJmxOptionsAuthentication {
  type: KafkaSpecKafkaJmxOptionsAuthenticationType;
}

export type KafkaSpecKafkaJmxOptionsAuthenticationType = 'password';

export interface KafkaSpecKafkaJvmOptions {
  '-XX'?: { [key: string]: string };
  '-Xmx'?: string;
  '-Xms'?: string;
  gcLoggingEnabled?: boolean;
  javaSystemProperties?: KafkaSpecKafkaJvmOptionsJavaSystemProperties[];
}

export interface KafkaSpecKafkaJvmOptionsJavaSystemProperties {
  name?: string;
  value?: string;
}

export interface KafkaSpecKafkaListeners {
  name: string;
  port: number;
  type: KafkaSpecKafkaListenersType;
  tls: boolean;
  authentication?: KafkaSpecKafkaListenersAuthentication;
  configuration?: KafkaSpecKafkaListenersConfiguration;
  networkPolicyPeers?: KafkaSpecKafkaListenersNetworkPolicyPeers[];
}

export interface KafkaSpecKafkaListenersAuthentication {
  listenerConfig?: any;
  sasl?: boolean;
  type: KafkaSpecKafkaListenersAuthenticationType;
}

export type KafkaSpecKafkaListenersAuthenticationType = 'tls' | 'scram-sha-512' | 'custom';

export interface KafkaSpecKafkaListenersConfiguration {
  brokerCertChainAndKey?: KafkaSpecKafkaListenersConfigurationBrokerCertChainAndKey;
  class?: string;
  externalTrafficPolicy?: KafkaSpecKafkaListenersConfigurationExternalTrafficPolicy;
  loadBalancerSourceRanges?: string[];
  bootstrap?: KafkaSpecKafkaListenersConfigurationBootstrap;
  brokers?: KafkaSpecKafkaListenersConfigurationBrokers[];
  ipFamilyPolicy?: KafkaSpecKafkaListenersConfigurationIpFamilyPolicy;
  ipFamilies?: KafkaSpecKafkaListenersConfigurationIpFamilies[];
  createBootstrapService?: boolean;
  finalizers?: string[];
  useServiceDnsDomain?: boolean;
  maxConnections?: number;
  maxConnectionCreationRate?: number;
  preferredNodePortAddressType?: KafkaSpecKafkaListenersConfigurationPreferredNodePortAddressType;
  publishNotReadyAddresses?: boolean;
  perBrokerAnnotationsTemplate?: { [key: string]: string };
  perBrokerLabelsTemplate?: { [key: string]: string };
  hostTemplate?: string;
  advertisedHostTemplate?: string;
  advertisedPortTemplate?: string;
  allocateLoadBalancerNodePorts?: boolean;
  parentRefs?: KafkaSpecKafkaListenersConfigurationParentRefs[];
}

export interface KafkaSpecKafkaListenersConfigurationBootstrap {
  alternativeNames?: string[];
  host?: string;
  nodePort?: number;
  loadBalancerIP?: string;
  annotations?: { [key: string]: string };
  labels?: { [key: string]: string };
  externalIPs?: string[];
}

export interface KafkaSpecKafkaListenersConfigurationBrokerCertChainAndKey {
  secretName: string;
  certificate: string;
  key: string;
}

export interface KafkaSpecKafkaListenersConfigurationBrokers {
  broker: number;
  advertisedHost?: string;
  advertisedPort?: number;
  host?: string;
  nodePort?: number;
  loadBalancerIP?: string;
  annotations?: { [key: string]: string };
  labels?: { [key: string]: string };
  externalIPs?: string[];
}

export type KafkaSpecKafkaListenersConfigurationExternalTrafficPolicy = 'Local' | 'Cluster';

export type KafkaSpecKafkaListenersConfigurationIpFamilies = 'IPv4' | 'IPv6';

export type KafkaSpecKafkaListenersConfigurationIpFamilyPolicy = 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';

export interface KafkaSpecKafkaListenersConfigurationParentRefs {
  kind?: string;
  group?: string;
  name?: string;
  namespace?: string;
  port?: number;
  sectionName?: string;
}

export type KafkaSpecKafkaListenersConfigurationPreferredNodePortAddressType = 'ExternalIP' | 'ExternalDNS' | 'InternalIP' | 'InternalDNS' | 'Hostname';

export interface KafkaSpecKafkaListenersNetworkPolicyPeers {
  ipBlock?: KafkaSpecKafkaListenersNetworkPolicyPeersIpBlock;
  namespaceSelector?: KafkaSpecKafkaListenersNetworkPolicyPeersNamespaceSelector;
  podSelector?: KafkaSpecKafkaListenersNetworkPolicyPeersPodSelector;
}

export interface KafkaSpecKafkaListenersNetworkPolicyPeersIpBlock {
  cidr?: string;
  except?: string[];
}

export interface KafkaSpecKafkaListenersNetworkPolicyPeersNamespaceSelector {
  matchExpressions?: KafkaSpecKafkaListenersNetworkPolicyPeersNamespaceSelectorMatchExpressions[];
  matchLabels?: { [key: string]: string };
}

export interface KafkaSpecKafkaListenersNetworkPolicyPeersNamespaceSelectorMatchExpressions {
  key?: string;
  operator?: string;
  values?: string[];
}

export interface KafkaSpecKafkaListenersNetworkPolicyPeersPodSelector {
  matchExpressions?: KafkaSpecKafkaListenersNetworkPolicyPeersPodSelectorMatchExpressions[];
  matchLabels?: { [key: string]: string };
}

export interface KafkaSpecKafkaListenersNetworkPolicyPeersPodSelectorMatchExpressions {
  key?: string;
  operator?: string;
  values?: string[];
}

export type KafkaSpecKafkaListenersType = 'internal' | 'route' | 'tlsroute' | 'loadbalancer' | 'nodeport' | 'ingress' | 'cluster-ip';

export interface KafkaSpecKafkaLivenessProbe {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

export interface KafkaSpecKafkaLogging {
  loggers?: { [key: string]: string };
  type: KafkaSpecKafkaLoggingType;
  valueFrom?: KafkaSpecKafkaLoggingValueFrom;
}

export type KafkaSpecKafkaLoggingType = 'inline' | 'external';

export interface KafkaSpecKafkaLoggingValueFrom {
  configMapKeyRef?: KafkaSpecKafkaLoggingValueFromConfigMapKeyRef;
}

export interface KafkaSpecKafkaLoggingValueFromConfigMapKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecKafkaMetricsConfig {
  type: KafkaSpecKafkaMetricsConfigType;
  valueFrom?: KafkaSpecKafkaMetricsConfigValueFrom;
  values?: KafkaSpecKafkaMetricsConfigValues;
}

export type KafkaSpecKafkaMetricsConfigType = 'jmxPrometheusExporter' | 'strimziMetricsReporter';

export interface KafkaSpecKafkaMetricsConfigValueFrom {
  configMapKeyRef?: KafkaSpecKafkaMetricsConfigValueFromConfigMapKeyRef;
}

export interface KafkaSpecKafkaMetricsConfigValueFromConfigMapKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecKafkaMetricsConfigValues {
  allowList?: string[];
}

export interface KafkaSpecKafkaQuotas {
  consumerByteRate?: number;
  controllerMutationRate?: number;
  excludedPrincipals?: string[];
  minAvailableBytesPerVolume?: number;
  minAvailableRatioPerVolume?: number;
  producerByteRate?: number;
  requestPercentage?: number;
  type: KafkaSpecKafkaQuotasType;
}

export type KafkaSpecKafkaQuotasType = 'kafka' | 'strimzi';

export interface KafkaSpecKafkaRack {
  envVarName?: string;
  topologyKey?: string;
  type?: KafkaSpecKafkaRackType;
}

export type KafkaSpecKafkaRackType = 'topology-label' | 'environment-variable';

export interface KafkaSpecKafkaReadinessProbe {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

export interface KafkaSpecKafkaTemplate {
  pod?: KafkaSpecKafkaTemplatePod;
  bootstrapService?: KafkaSpecKafkaTemplateBootstrapService;
  brokersService?: KafkaSpecKafkaTemplateBrokersService;
  externalBootstrapService?: KafkaSpecKafkaTemplateExternalBootstrapService;
  perPodService?: KafkaSpecKafkaTemplatePerPodService;
  externalBootstrapRoute?: KafkaSpecKafkaTemplateExternalBootstrapRoute;
  perPodRoute?: KafkaSpecKafkaTemplatePerPodRoute;
  externalBootstrapIngress?: KafkaSpecKafkaTemplateExternalBootstrapIngress;
  perPodIngress?: KafkaSpecKafkaTemplatePerPodIngress;
  persistentVolumeClaim?: KafkaSpecKafkaTemplatePersistentVolumeClaim;
  podDisruptionBudget?: KafkaSpecKafkaTemplatePodDisruptionBudget;
  kafkaContainer?: KafkaSpecKafkaTemplateKafkaContainer;
  initContainer?: KafkaSpecKafkaTemplateInitContainer;
  clusterCaCert?: KafkaSpecKafkaTemplateClusterCaCert;
  serviceAccount?: KafkaSpecKafkaTemplateServiceAccount;
  jmxSecret?: KafkaSpecKafkaTemplateJmxSecret;
  clusterRoleBinding?: KafkaSpecKafkaTemplateClusterRoleBinding;
  podSet?: KafkaSpecKafkaTemplatePodSet;
}

export interface KafkaSpecKafkaTemplateBootstrapService {
  metadata?: KafkaSpecKafkaTemplateBootstrapServiceMetadata;
  ipFamilyPolicy?: KafkaSpecKafkaTemplateBootstrapServiceIpFamilyPolicy;
  ipFamilies?: KafkaSpecKafkaTemplateBootstrapServiceIpFamilies[];
}

export type KafkaSpecKafkaTemplateBootstrapServiceIpFamilies = 'IPv4' | 'IPv6';

export type KafkaSpecKafkaTemplateBootstrapServiceIpFamilyPolicy = 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';

export interface KafkaSpecKafkaTemplateBootstrapServiceMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplateBrokersService {
  metadata?: KafkaSpecKafkaTemplateBrokersServiceMetadata;
  ipFamilyPolicy?: KafkaSpecKafkaTemplateBrokersServiceIpFamilyPolicy;
  ipFamilies?: KafkaSpecKafkaTemplateBrokersServiceIpFamilies[];
}

export type KafkaSpecKafkaTemplateBrokersServiceIpFamilies = 'IPv4' | 'IPv6';

export type KafkaSpecKafkaTemplateBrokersServiceIpFamilyPolicy = 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';

export interface KafkaSpecKafkaTemplateBrokersServiceMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplateClusterCaCert {
  metadata?: KafkaSpecKafkaTemplateClusterCaCertMetadata;
}

export interface KafkaSpecKafkaTemplateClusterCaCertMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplateClusterRoleBinding {
  metadata?: KafkaSpecKafkaTemplateClusterRoleBindingMetadata;
}

export interface KafkaSpecKafkaTemplateClusterRoleBindingMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplateExternalBootstrapIngress {
  metadata?: KafkaSpecKafkaTemplateExternalBootstrapIngressMetadata;
}

export interface KafkaSpecKafkaTemplateExternalBootstrapIngressMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplateExternalBootstrapRoute {
  metadata?: KafkaSpecKafkaTemplateExternalBootstrapRouteMetadata;
}

export interface KafkaSpecKafkaTemplateExternalBootstrapRouteMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplateExternalBootstrapService {
  metadata?: KafkaSpecKafkaTemplateExternalBootstrapServiceMetadata;
}

export interface KafkaSpecKafkaTemplateExternalBootstrapServiceMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplateInitContainer {
  env?: KafkaSpecKafkaTemplateInitContainerEnv[];
  securityContext?: any;
  volumeMounts?: KafkaSpecKafkaTemplateInitContainerVolumeMounts[];
}

export interface KafkaSpecKafkaTemplateInitContainerEnv {
  name?: string;
  value?: string;
  valueFrom?: KafkaSpecKafkaTemplateInitContainerEnvValueFrom;
}

export interface KafkaSpecKafkaTemplateInitContainerEnvValueFrom {
  secretKeyRef?: KafkaSpecKafkaTemplateInitContainerEnvValueFromSecretKeyRef;
  configMapKeyRef?: KafkaSpecKafkaTemplateInitContainerEnvValueFromConfigMapKeyRef;
}

export interface KafkaSpecKafkaTemplateInitContainerEnvValueFromConfigMapKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecKafkaTemplateInitContainerEnvValueFromSecretKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecKafkaTemplateInitContainerVolumeMounts {
  mountPath?: string;
  mountPropagation?: string;
  name?: string;
  readOnly?: boolean;
  recursiveReadOnly?: string;
  subPath?: string;
  subPathExpr?: string;
}

export interface KafkaSpecKafkaTemplateJmxSecret {
  metadata?: KafkaSpecKafkaTemplateJmxSecretMetadata;
}

export interface KafkaSpecKafkaTemplateJmxSecretMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplateKafkaContainer {
  env?: KafkaSpecKafkaTemplateKafkaContainerEnv[];
  securityContext?: any;
  volumeMounts?: KafkaSpecKafkaTemplateKafkaContainerVolumeMounts[];
}

export interface KafkaSpecKafkaTemplateKafkaContainerEnv {
  name?: string;
  value?: string;
  valueFrom?: KafkaSpecKafkaTemplateKafkaContainerEnvValueFrom;
}

export interface KafkaSpecKafkaTemplateKafkaContainerEnvValueFrom {
  secretKeyRef?: KafkaSpecKafkaTemplateKafkaContainerEnvValueFromSecretKeyRef;
  configMapKeyRef?: KafkaSpecKafkaTemplateKafkaContainerEnvValueFromConfigMapKeyRef;
}

export interface KafkaSpecKafkaTemplateKafkaContainerEnvValueFromConfigMapKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecKafkaTemplateKafkaContainerEnvValueFromSecretKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecKafkaTemplateKafkaContainerVolumeMounts {
  mountPath?: string;
  mountPropagation?: string;
  name?: string;
  readOnly?: boolean;
  recursiveReadOnly?: string;
  subPath?: string;
  subPathExpr?: string;
}

export interface KafkaSpecKafkaTemplatePerPodIngress {
  metadata?: KafkaSpecKafkaTemplatePerPodIngressMetadata;
}

export interface KafkaSpecKafkaTemplatePerPodIngressMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplatePerPodRoute {
  metadata?: KafkaSpecKafkaTemplatePerPodRouteMetadata;
}

export interface KafkaSpecKafkaTemplatePerPodRouteMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplatePerPodService {
  metadata?: KafkaSpecKafkaTemplatePerPodServiceMetadata;
}

export interface KafkaSpecKafkaTemplatePerPodServiceMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplatePersistentVolumeClaim {
  metadata?: KafkaSpecKafkaTemplatePersistentVolumeClaimMetadata;
}

export interface KafkaSpecKafkaTemplatePersistentVolumeClaimMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplatePod {
  metadata?: KafkaSpecKafkaTemplatePodMetadata;
  imagePullSecrets?: KafkaSpecKafkaTemplatePodImagePullSecrets[];
  securityContext?: any;
  terminationGracePeriodSeconds?: number;
  affinity?: any;
  tolerations?: KafkaSpecKafkaTemplatePodTolerations[];
  topologySpreadConstraints?: any[];
  priorityClassName?: string;
  schedulerName?: string;
  hostAliases?: KafkaSpecKafkaTemplatePodHostAliases[];
  dnsPolicy?: KafkaSpecKafkaTemplatePodDnsPolicy;
  dnsConfig?: KafkaSpecKafkaTemplatePodDnsConfig;
  enableServiceLinks?: boolean;
  tmpDirSizeLimit?: string;
  volumes?: any[];
  templatedVolumes?: KafkaSpecKafkaTemplatePodTemplatedVolumes[];
  hostUsers?: boolean;
}

export interface KafkaSpecKafkaTemplatePodDisruptionBudget {
  metadata?: KafkaSpecKafkaTemplatePodDisruptionBudgetMetadata;
  maxUnavailable?: number;
}

export interface KafkaSpecKafkaTemplatePodDisruptionBudgetMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplatePodDnsConfig {
  nameservers?: string[];
  options?: KafkaSpecKafkaTemplatePodDnsConfigOptions[];
  searches?: string[];
}

export interface KafkaSpecKafkaTemplatePodDnsConfigOptions {
  name?: string;
  value?: string;
}

export type KafkaSpecKafkaTemplatePodDnsPolicy = 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';

export interface KafkaSpecKafkaTemplatePodHostAliases {
  hostnames?: string[];
  ip?: string;
}

export interface KafkaSpecKafkaTemplatePodImagePullSecrets {
  name?: string;
}

export interface KafkaSpecKafkaTemplatePodMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplatePodSet {
  metadata?: KafkaSpecKafkaTemplatePodSetMetadata;
}

export interface KafkaSpecKafkaTemplatePodSetMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTemplatePodTemplatedVolumes {
  name?: string;
  secret?: KafkaSpecKafkaTemplatePodTemplatedVolumesSecret;
  configMap?: KafkaSpecKafkaTemplatePodTemplatedVolumesConfigMap;
  persistentVolumeClaim?: KafkaSpecKafkaTemplatePodTemplatedVolumesPersistentVolumeClaim;
}

export interface KafkaSpecKafkaTemplatePodTemplatedVolumesConfigMap {
  defaultMode?: number;
  items?: KafkaSpecKafkaTemplatePodTemplatedVolumesConfigMapItems[];
  name?: string;
  optional?: boolean;
}

export interface KafkaSpecKafkaTemplatePodTemplatedVolumesConfigMapItems {
  key?: string;
  mode?: number;
  path?: string;
}

export interface KafkaSpecKafkaTemplatePodTemplatedVolumesPersistentVolumeClaim {
  claimName?: string;
  readOnly?: boolean;
}

export interface KafkaSpecKafkaTemplatePodTemplatedVolumesSecret {
  defaultMode?: number;
  items?: KafkaSpecKafkaTemplatePodTemplatedVolumesSecretItems[];
  optional?: boolean;
  secretName?: string;
}

export interface KafkaSpecKafkaTemplatePodTemplatedVolumesSecretItems {
  key?: string;
  mode?: number;
  path?: string;
}

export interface KafkaSpecKafkaTemplatePodTolerations {
  effect?: string;
  key?: string;
  operator?: string;
  tolerationSeconds?: number;
  value?: string;
}

export interface KafkaSpecKafkaTemplateServiceAccount {
  metadata?: KafkaSpecKafkaTemplateServiceAccountMetadata;
}

export interface KafkaSpecKafkaTemplateServiceAccountMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

export interface KafkaSpecKafkaTieredStorage {
  remoteStorageManager?: KafkaSpecKafkaTieredStorageRemoteStorageManager;
  type: KafkaSpecKafkaTieredStorageType;
}

export interface KafkaSpecKafkaTieredStorageRemoteStorageManager {
  className?: string;
  classPath?: string;
  config?: { [key: string]: string };
}

export type KafkaSpecKafkaTieredStorageType = 'custom';

export interface KafkaTopicSpec {
  topicName?: string;
  partitions?: number;
  replicas?: number;
  config?: any;
}

export interface KafkaUserSpec {
  authentication?: KafkaUserSpecAuthentication;
  authorization?: KafkaUserSpecAuthorization;
  quotas?: KafkaUserSpecQuotas;
  template?: KafkaUserSpecTemplate;
}

export interface KafkaUserSpecAuthentication {
  password?: KafkaUserSpecAuthenticationPassword;
  renewalDays?: number;
  type: KafkaUserSpecAuthenticationType;
  validityDays?: number;
}

export interface KafkaUserSpecAuthenticationPassword {
  valueFrom: KafkaUserSpecAuthenticationPasswordValueFrom;
}

export interface KafkaUserSpecAuthenticationPasswordValueFrom {
  secretKeyRef?: KafkaUserSpecAuthenticationPasswordValueFromSecretKeyRef;
}

export interface KafkaUserSpecAuthenticationPasswordValueFromSecretKeyRef {
  key?: string;
  name?: string;
  optional?: boolean;
}

export type KafkaUserSpecAuthenticationType = 'tls' | 'tls-external' | 'scram-sha-512';

export interface KafkaUserSpecAuthorization {
  acls: KafkaUserSpecAuthorizationAcls[];
  type: KafkaUserSpecAuthorizationType;
}

export interface KafkaUserSpecAuthorizationAcls {
  type?: KafkaUserSpecAuthorizationAclsType;
  resource: KafkaUserSpecAuthorizationAclsResource;
  host?: string;
  operations: KafkaUserSpecAuthorizationAclsOperations[];
}

export type KafkaUserSpecAuthorizationAclsOperations = 'Read' | 'Write' | 'Create' | 'Delete' | 'Alter' | 'Describe' | 'ClusterAction' | 'AlterConfigs' | 'DescribeConfigs' | 'IdempotentWrite' | 'All';

export interface KafkaUserSpecAuthorizationAclsResource {
  name?: string;
  patternType?: KafkaUserSpecAuthorizationAclsResourcePatternType;
  type: KafkaUserSpecAuthorizationAclsResourceType;
}

export type KafkaUserSpecAuthorizationAclsResourcePatternType = 'literal' | 'prefix';

export type KafkaUserSpecAuthorizationAclsResourceType = 'topic' | 'group' | 'cluster' | 'transactionalId';

export type KafkaUserSpecAuthorizationAclsType = 'allow' | 'deny';

export type KafkaUserSpecAuthorizationType = 'simple';

export interface KafkaUserSpecQuotas {
  producerByteRate?: number;
  consumerByteRate?: number;
  requestPercentage?: number;
  controllerMutationRate?: number;
}

export interface KafkaUserSpecTemplate {
  secret?: KafkaUserSpecTemplateSecret;
}

export interface KafkaUserSpecTemplateSecret {
  metadata?: KafkaUserSpecTemplateSecretMetadata;
}

export interface KafkaUserSpecTemplateSecretMetadata {
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}
