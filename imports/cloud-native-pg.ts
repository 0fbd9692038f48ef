// Generated from cloudnative-pg.postgresql.cnpg.io.yaml by scripts/import.ts.

export interface ClusterSpec {
  affinity?: ClusterSpecAffinity;
  backup?: ClusterSpecBackup;
  bootstrap?: ClusterSpecBootstrap;
  certificates?: ClusterSpecCertificates;
  description?: string;
  enablePDB?: boolean;
  enableSuperuserAccess?: boolean;
  env?: ClusterSpecEnv[];
  envFrom?: ClusterSpecEnvFrom[];
  ephemeralVolumeSource?: ClusterSpecEphemeralVolumeSource;
  ephemeralVolumesSizeLimit?: ClusterSpecEphemeralVolumesSizeLimit;
  externalClusters?: ClusterSpecExternalClusters[];
  failoverDelay?: number;
  imageCatalogRef?: ClusterSpecImageCatalogRef;
  imageName?: string;
  imagePullPolicy?: string;
  imagePullSecrets?: ClusterSpecImagePullSecrets[];
  inheritedMetadata?: ClusterSpecInheritedMetadata;
  instances: number;
  livenessProbeTimeout?: number;
  logLevel?: ClusterSpecLogLevel;
  managed?: ClusterSpecManaged;
  maxSyncReplicas?: number;
  minSyncReplicas?: number;
  monitoring?: ClusterSpecMonitoring;
  nodeMaintenanceWindow?: ClusterSpecNodeMaintenanceWindow;
  plugins?: ClusterSpecPlugins[];
  podSecurityContext?: any;
  podSelectorRefs?: ClusterSpecPodSelectorRefs[];
  postgresGID?: number;
  postgresUID?: number;
  postgresql?: ClusterSpecPostgresql;
  primaryLease?: ClusterSpecPrimaryLease;
  primaryUpdateMethod?: ClusterSpecPrimaryUpdateMethod;
  primaryUpdateStrategy?: ClusterSpecPrimaryUpdateStrategy;
  priorityClassName?: string;
  probes?: ClusterSpecProbes;
  projectedVolumeTemplate?: ClusterSpecProjectedVolumeTemplate;
  replica?: ClusterSpecReplica;
  replicationSlots?: ClusterSpecReplicationSlots;
  resources?: ClusterSpecResources;
  schedulerName?: string;
  seccompProfile?: ClusterSpecSeccompProfile;
  securityContext?: any;
  serviceAccountName?: string;
  serviceAccountTemplate?: ClusterSpecServiceAccountTemplate;
  smartShutdownTimeout?: number;
  startDelay?: number;
  stopDelay?: number;
  storage?: ClusterSpecStorage;
  superuserSecret?: ClusterSpecSuperuserSecret;
  switchoverDelay?: number;
  tablespaces?: ClusterSpecTablespaces[];
  topologySpreadConstraints?: any[];
  walStorage?: ClusterSpecWalStorage;
}

export interface ClusterSpecAffinity {
  additionalPodAffinity?: ClusterSpecAffinityAdditionalPodAffinity;
  additionalPodAntiAffinity?: ClusterSpecAffinityAdditionalPodAntiAffinity;
  enablePodAntiAffinity?: boolean;
  nodeAffinity?: ClusterSpecAffinityNodeAffinity;
  nodeSelector?: { [key: string]: string };
  podAntiAffinityType?: string;
  tolerations?: ClusterSpecAffinityTolerations[];
  topologyKey?: string;
}

export interface ClusterSpecAffinityAdditionalPodAffinity {
  preferredDuringSchedulingIgnoredDuringExecution?: ClusterSpecAffinityAdditionalPodAffinityPreferredDuringSchedulingIgnoredDuringExecution[];
  requiredDuringSchedulingIgnoredDuringExecution?: any[];
}

export interface ClusterSpecAffinityAdditionalPodAffinityPreferredDuringSchedulingIgnoredDuringExecution {
  podAffinityTerm: any;
  weight: number;
}

export interface ClusterSpecAffinityAdditionalPodAntiAffinity {
  preferredDuringSchedulingIgnoredDuringExecution?: ClusterSpecAffinityAdditionalPodAntiAffinityPreferredDuringSchedulingIgnoredDuringExecution[];
  requiredDuringSchedulingIgnoredDuringExecution?: any[];
}

export interface ClusterSpecAffinityAdditionalPodAntiAffinityPreferredDuringSchedulingIgnoredDuringExecution {
  podAffinityTerm: any;
  weight: number;
}

export interface ClusterSpecAffinityNodeAffinity {
  preferredDuringSchedulingIgnoredDuringExecution?: ClusterSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecution[];
  requiredDuringSchedulingIgnoredDuringExecution?: ClusterSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecution;
}

export interface ClusterSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecution {
  preference: ClusterSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecutionPreference;
  weight: number;
}

export interface ClusterSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecutionPreference {
  matchExpressions?: ClusterSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecutionPreferenceMatchExpressions[];
  matchFields?: ClusterSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecutionPreferenceMatchFields[];
}

export interface ClusterSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecutionPreferenceMatchExpressions {
  key: string;
  operator: string;
  values?: string[];
}

export interface ClusterSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecutionPreferenceMatchFields {
  key: string;
  operator: string;
  values?: string[];
}

export interface ClusterSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecution {
  nodeSelectorTerms: ClusterSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecutionNodeSelectorTerms[];
}

export interface ClusterSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecutionNodeSelectorTerms {
  matchExpressions?: ClusterSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecutionNodeSelectorTermsMatchExpressions[];
  matchFields?: ClusterSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecutionNodeSelectorTermsMatchFields[];
}

export interface ClusterSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecutionNodeSelectorTermsMatchExpressions {
  key: string;
  operator: string;
  values?: string[];
}

export interface ClusterSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecutionNodeSelectorTermsMatchFields {
  key: string;
  operator: string;
  values?: string[];
}

export interface ClusterSpecAffinityTolerations {
  effect?: string;
  key?: string;
  operator?: string;
  tolerationSeconds?: number;
  value?: string;
}

export interface ClusterSpecBackup {
  barmanObjectStore?: ClusterSpecBackupBarmanObjectStore;
  retentionPolicy?: string;
  target?: ClusterSpecBackupTarget;
  volumeSnapshot?: ClusterSpecBackupVolumeSnapshot;
}

export interface ClusterSpecBackupBarmanObjectStore {
  azureCredentials?: ClusterSpecBackupBarmanObjectStoreAzureCredentials;
  data?: ClusterSpecBackupBarmanObjectStoreData;
  destinationPath: string;
  endpointCA?: ClusterSpecBackupBarmanObjectStoreEndpointCa;
  endpointURL?: string;
  googleCredentials?: ClusterSpecBackupBarmanObjectStoreGoogleCredentials;
  historyTags?: { [key: string]: string };
  s3Credentials?: ClusterSpecBackupBarmanObjectStoreS3Credentials;
  serverName?: string;
  tags?: { [key: string]: string };
  wal?: ClusterSpecBackupBarmanObjectStoreWal;
}

export interface ClusterSpecBackupBarmanObjectStoreAzureCredentials {
  connectionString?: ClusterSpecBackupBarmanObjectStoreAzureCredentialsConnectionString;
  inheritFromAzureAD?: boolean;
  storageAccount?: ClusterSpecBackupBarmanObjectStoreAzureCredentialsStorageAccount;
  storageKey?: ClusterSpecBackupBarmanObjectStoreAzureCredentialsStorageKey;
  storageSasToken?: ClusterSpecBackupBarmanObjectStoreAzureCredentialsStorageSasToken;
  useDefaultAzureCredentials?: boolean;
}

export interface ClusterSpecBackupBarmanObjectStoreAzureCredentialsConnectionString {
  key: string;
  name: string;
}

export interface ClusterSpecBackupBarmanObjectStoreAzureCredentialsStorageAccount {
  key: string;
  name: string;
}

export interface ClusterSpecBackupBarmanObjectStoreAzureCredentialsStorageKey {
  key: string;
  name: string;
}

export interface ClusterSpecBackupBarmanObjectStoreAzureCredentialsStorageSasToken {
  key: string;
  name: string;
}

export interface ClusterSpecBackupBarmanObjectStoreData {
  additionalCommandArgs?: string[];
  compression?: ClusterSpecBackupBarmanObjectStoreDataCompression;
  encryption?: ClusterSpecBackupBarmanObjectStoreDataEncryption;
  immediateCheckpoint?: boolean;
  jobs?: number;
}

export type ClusterSpecBackupBarmanObjectStoreDataCompression = 'bzip2' | 'gzip' | 'lz4' | 'snappy';

export type ClusterSpecBackupBarmanObjectStoreDataEncryption = 'AES256' | 'aws:kms';

export interface ClusterSpecBackupBarmanObjectStoreEndpointCa {
  key: string;
  name: string;
}

export interface ClusterSpecBackupBarmanObjectStoreGoogleCredentials {
  applicationCredentials?: ClusterSpecBackupBarmanObjectStoreGoogleCredentialsApplicationCredentials;
  gkeEnvironment?: boolean;
}

export interface ClusterSpecBackupBarmanObjectStoreGoogleCredentialsApplicationCredentials {
  key: string;
  name: string;
}

export interface ClusterSpecBackupBarmanObjectStoreS3Credentials {
  accessKeyId?: ClusterSpecBackupBarmanObjectStoreS3CredentialsAccessKeyId;
  inheritFromIAMRole?: boolean;
  region?: ClusterSpecBackupBarmanObjectStoreS3CredentialsRegion;
  secretAccessKey?: ClusterSpecBackupBarmanObjectStoreS3CredentialsSecretAccessKey;
  sessionToken?: ClusterSpecBackupBarmanObjectStoreS3CredentialsSessionToken;
}

export interface ClusterSpecBackupBarmanObjectStoreS3CredentialsAccessKeyId {
  key: string;
  name: string;
}

export interface ClusterSpecBackupBarmanObjectStoreS3CredentialsRegion {
  key: string;
  name: string;
}

export interface ClusterSpecBackupBarmanObjectStoreS3CredentialsSecretAccessKey {
  key: string;
  name: string;
}

export interface ClusterSpecBackupBarmanObjectStoreS3CredentialsSessionToken {
  key: string;
  name: string;
}

export interface ClusterSpecBackupBarmanObjectStoreWal {
  archiveAdditionalCommandArgs?: string[];
  compression?: ClusterSpecBackupBarmanObjectStoreWalCompression;
  encryption?: ClusterSpecBackupBarmanObjectStoreWalEncryption;
  maxParallel?: number;
  restoreAdditionalCommandArgs?: string[];
}

export type ClusterSpecBackupBarmanObjectStoreWalCompression = 'bzip2' | 'gzip' | 'lz4' | 'snappy' | 'xz' | 'zstd';

export type ClusterSpecBackupBarmanObjectStoreWalEncryption = 'AES256' | 'aws:kms';

export type ClusterSpecBackupTarget = 'primary' | 'prefer-standby';

export interface ClusterSpecBackupVolumeSnapshot {
  annotations?: { [key: string]: string };
  className?: string;
  labels?: { [key: string]: string };
  online?: boolean;
  onlineConfiguration?: ClusterSpecBackupVolumeSnapshotOnlineConfiguration;
  snapshotOwnerReference?: ClusterSpecBackupVolumeSnapshotSnapshotOwnerReference;
  tablespaceClassName?: { [key: string]: string };
  walClassName?: string;
}

export interface ClusterSpecBackupVolumeSnapshotOnlineConfiguration {
  immediateCheckpoint?: boolean;
  waitForArchive?: boolean;
}

export type ClusterSpecBackupVolumeSnapshotSnapshotOwnerReference = 'none' | 'cluster' | 'backup';

export interface ClusterSpecBootstrap {
  initdb?: ClusterSpecBootstrapInitdb;
  pg_basebackup?: ClusterSpecBootstrapPgBasebackup;
  recovery?: ClusterSpecBootstrapRecovery;
}

export interface ClusterSpecBootstrapInitdb {
  builtinLocale?: string;
  dataChecksums?: boolean;
  database?: string;
  encoding?: string;
  icuLocale?: string;
  icuRules?: string;
  import?: ClusterSpecBootstrapInitdbImport;
  locale?: string;
  localeCType?: string;
  localeCollate?: string;
  localeProvider?: string;
  options?: string[];
  owner?: string;
  postInitApplicationSQL?: string[];
  postInitApplicationSQLRefs?: ClusterSpecBootstrapInitdbPostInitApplicationSqlRefs;
  postInitSQL?: string[];
  postInitSQLRefs?: ClusterSpecBootstrapInitdbPostInitSqlRefs;
  postInitTemplateSQL?: string[];
  postInitTemplateSQLRefs?: ClusterSpecBootstrapInitdbPostInitTemplateSqlRefs;
  secret?: ClusterSpecBootstrapInitdbSecret;
  walSegmentSize?: number;
}

export interface ClusterSpecBootstrapInitdbImport {
  databases: string[];
  pgDumpExtraOptions?: string[];
  pgRestoreDataOptions?: string[];
  pgRestoreExtraOptions?: string[];
  pgRestorePostdataOptions?: string[];
  pgRestorePredataOptions?: string[];
  postImportApplicationSQL?: string[];
  roles?: string[];
  schemaOnly?: boolean;
  source: ClusterSpecBootstrapInitdbImportSource;
  type: ClusterSpecBootstrapInitdbImportType;
}

export interface ClusterSpecBootstrapInitdbImportSource {
  externalCluster: string;
}

export type ClusterSpecBootstrapInitdbImportType = 'microservice' | 'monolith';

export interface ClusterSpecBootstrapInitdbPostInitApplicationSqlRefs {
  configMapRefs?: ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsConfigMapRefs[];
  secretRefs?: ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsSecretRefs[];
}

export interface ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsConfigMapRefs {
  key: string;
  name: string;
}

export interface ClusterSpecBootstrapInitdbPostInitApplicationSqlRefsSecretRefs {
  key: string;
  name: string;
}

export interface ClusterSpecBootstrapInitdbPostInitSqlRefs {
  configMapRefs?: ClusterSpecBootstrapInitdbPostInitSqlRefsConfigMapRefs[];
  secretRefs?: ClusterSpecBootstrapInitdbPostInitSqlRefsSecretRefs[];
}

export interface ClusterSpecBootstrapInitdbPostInitSqlRefsConfigMapRefs {
  key: string;
  name: string;
}

export interface ClusterSpecBootstrapInitdbPostInitSqlRefsSecretRefs {
  key: string;
  name: string;
}

export interface ClusterSpecBootstrapInitdbPostInitTemplateSqlRefs {
  configMapRefs?: ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsConfigMapRefs[];
  secretRefs?: ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsSecretRefs[];
}

export interface ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsConfigMapRefs {
  key: string;
  name: string;
}

export interface ClusterSpecBootstrapInitdbPostInitTemplateSqlRefsSecretRefs {
  key: string;
  name: string;
}

export interface ClusterSpecBootstrapInitdbSecret {
  name: string;
}

export interface ClusterSpecBootstrapPgBasebackup {
  database?: string;
  owner?: string;
  secret?: ClusterSpecBootstrapPgBasebackupSecret;
  source: string;
}

export interface ClusterSpecBootstrapPgBasebackupSecret {
  name: string;
}

export interface ClusterSpecBootstrapRecovery {
  backup?: ClusterSpecBootstrapRecoveryBackup;
  database?: string;
  owner?: string;
  recoveryTarget?: ClusterSpecBootstrapRecoveryRecoveryTarget;
  secret?: ClusterSpecBootstrapRecoverySecret;
  source?: string;
  volumeSnapshots?: ClusterSpecBootstrapRecoveryVolumeSnapshots;
}

export interface ClusterSpecBootstrapRecoveryBackup {
  endpointCA?: ClusterSpecBootstrapRecoveryBackupEndpointCa;
  name: string;
}

export interface ClusterSpecBootstrapRecoveryBackupEndpointCa {
  key: string;
  name: string;
}

export interface ClusterSpecBootstrapRecoveryRecoveryTarget {
  backupID?: string;
  exclusive?: boolean;
  targetImmediate?: boolean;
  targetLSN?: string;
  targetName?: string;
  targetTLI?: string;
  targetTime?: string;
  targetXID?: string;
}

export interface ClusterSpecBootstrapRecoverySecret {
  name: string;
}

export interface ClusterSpecBootstrapRecoveryVolumeSnapshots {
  storage: ClusterSpecBootstrapRecoveryVolumeSnapshotsStorage;
  tablespaceStorage?: { [key: string]: ClusterSpecBootstrapRecoveryVolumeSnapshotsTablespaceStorage };
  walStorage?: ClusterSpecBootstrapRecoveryVolumeSnapshotsWalStorage;
}

export interface ClusterSpecBootstrapRecoveryVolumeSnapshotsStorage {
  apiGroup?: string;
  kind: string;
  name: string;
}

export interface ClusterSpecBootstrapRecoveryVolumeSnapshotsTablespaceStorage {
  apiGroup?: string;
  kind: string;
  name: string;
}

export interface ClusterSpecBootstrapRecoveryVolumeSnapshotsWalStorage {
  apiGroup?: string;
  kind: string;
  name: string;
}

export interface ClusterSpecCertificates {
  clientCASecret?: string;
  replicationTLSSecret?: string;
  serverAltDNSNames?: string[];
  serverCASecret?: string;
  serverTLSSecret?: string;
}

export interface ClusterSpecEnv {
  name: string;
  value?: string;
  valueFrom?: ClusterSpecEnvValueFrom;
}

export interface ClusterSpecEnvFrom {
  configMapRef?: ClusterSpecEnvFromConfigMapRef;
  prefix?: string;
  secretRef?: ClusterSpecEnvFromSecretRef;
}

export interface ClusterSpecEnvFromConfigMapRef {
  name?: string;
  optional?: boolean;
}

export interface ClusterSpecEnvFromSecretRef {
  name?: string;
  optional?: boolean;
}

export interface ClusterSpecEnvValueFrom {
  configMapKeyRef?: ClusterSpecEnvValueFromConfigMapKeyRef;
  fieldRef?: ClusterSpecEnvValueFromFieldRef;
  fileKeyRef?: ClusterSpecEnvValueFromFileKeyRef;
  resourceFieldRef?: ClusterSpecEnvValueFromResourceFieldRef;
  secretKeyRef?: ClusterSpecEnvValueFromSecretKeyRef;
}

export interface ClusterSpecEnvValueFromConfigMapKeyRef {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface ClusterSpecEnvValueFromFieldRef {
  apiVersion?: string;
  fieldPath: string;
}

export interface ClusterSpecEnvValueFromFileKeyRef {
  key: string;
  optional?: boolean;
  path: string;
  volumeName: string;
}

export interface ClusterSpecEnvValueFromResourceFieldRef {
  containerName?: string;
  divisor?: number | string;
  resource: string;
}

export interface ClusterSpecEnvValueFromSecretKeyRef {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface ClusterSpecEphemeralVolumeSource {
  volumeClaimTemplate?: ClusterSpecEphemeralVolumeSourceVolumeClaimTemplate;
}

export interface ClusterSpecEphemeralVolumeSourceVolumeClaimTemplate {
  metadata?: any;
  spec: any;
}

export interface ClusterSpecEphemeralVolumesSizeLimit {
  shm?: number | string;
  temporaryData?: number | string;
}

export interface ClusterSpecExternalClusters {
  barmanObjectStore?: ClusterSpecExternalClustersBarmanObjectStore;
  connectionParameters?: { [key: string]: string };
  name: string;
  password?: ClusterSpecExternalClustersPassword;
  plugin?: ClusterSpecExternalClustersPlugin;
  sslCert?: ClusterSpecExternalClustersSslCert;
  sslKey?: ClusterSpecExternalClustersSslKey;
  sslRootCert?: ClusterSpecExternalClustersSslRootCert;
}

export interface ClusterSpecExternalClustersBarmanObjectStore {
  azureCredentials?: ClusterSpecExternalClustersBarmanObjectStoreAzureCredentials;
  data?: ClusterSpecExternalClustersBarmanObjectStoreData;
  destinationPath: string;
  endpointCA?: ClusterSpecExternalClustersBarmanObjectStoreEndpointCa;
  endpointURL?: string;
  googleCredentials?: ClusterSpecExternalClustersBarmanObjectStoreGoogleCredentials;
  historyTags?: { [key: string]: string };
  s3Credentials?: ClusterSpecExternalClustersBarmanObjectStoreS3Credentials;
  serverName?: string;
  tags?: { [key: string]: string };
  wal?: ClusterSpecExternalClustersBarmanObjectStoreWal;
}

export interface ClusterSpecExternalClustersBarmanObjectStoreAzureCredentials {
  connectionString?: ClusterSpecExternalClustersBarmanObjectStoreAzureCredentialsConnectionString;
  inheritFromAzureAD?: boolean;
  storageAccount?: ClusterSpecExternalClustersBarmanObjectStoreAzureCredentialsStorageAccount;
  storageKey?: ClusterSpecExternalClustersBarmanObjectStoreAzureCredentialsStorageKey;
  storageSasToken?: ClusterSpecExternalClustersBarmanObjectStoreAzureCredentialsStorageSasToken;
  useDefaultAzureCredentials?: boolean;
}

export interface ClusterSpecExternalClustersBarmanObjectStoreAzureCredentialsConnectionString {
  key: string;
  name: string;
}

export interface ClusterSpecExternalClustersBarmanObjectStoreAzureCredentialsStorageAccount {
  key: string;
  name: string;
}

export interface ClusterSpecExternalClustersBarmanObjectStoreAzureCredentialsStorageKey {
  key: string;
  name: string;
}

export interface ClusterSpecExternalClustersBarmanObjectStoreAzureCredentialsStorageSasToken {
  key: string;
  name: string;
}

export interface ClusterSpecExternalClustersBarmanObjectStoreData {
  additionalCommandArgs?: string[];
  compression?: ClusterSpecExternalClustersBarmanObjectStoreDataCompression;
  encryption?: ClusterSpecExternalClustersBarmanObjectStoreDataEncryption;
  immediateCheckpoint?: boolean;
  jobs?: number;
}

export type ClusterSpecExternalClustersBarmanObjectStoreDataCompression = 'bzip2' | 'gzip' | 'lz4' | 'snappy';

export type ClusterSpecExternalClustersBarmanObjectStoreDataEncryption = 'AES256' | 'aws:kms';

export interface ClusterSpecExternalClustersBarmanObjectStoreEndpointCa {
  key: string;
  name: string;
}

export interface ClusterSpecExternalClustersBarmanObjectStoreGoogleCredentials {
  applicationCredentials?: ClusterSpecExternalClustersBarmanObjectStoreGoogleCredentialsApplicationCredentials;
  gkeEnvironment?: boolean;
}

export interface ClusterSpecExternalClustersBarmanObjectStoreGoogleCredentialsApplicationCredentials {
  key: string;
  name: string;
}

export interface ClusterSpecExternalClustersBarmanObjectStoreS3Credentials {
  accessKeyId?: ClusterSpecExternalClustersBarmanObjectStoreS3CredentialsAccessKeyId;
  inheritFromIAMRole?: boolean;
  region?: ClusterSpecExternalClustersBarmanObjectStoreS3CredentialsRegion;
  secretAccessKey?: ClusterSpecExternalClustersBarmanObjectStoreS3CredentialsSecretAccessKey;
  sessionToken?: ClusterSpecExternalClustersBarmanObjectStoreS3CredentialsSessionToken;
}

export interface ClusterSpecExternalClustersBarmanObjectStoreS3CredentialsAccessKeyId {
  key: string;
  name: string;
}

export interface ClusterSpecExternalClustersBarmanObjectStoreS3CredentialsRegion {
  key: string;
  name: string;
}

export interface ClusterSpecExternalClustersBarmanObjectStoreS3CredentialsSecretAccessKey {
  key: string;
  name: string;
}

export interface ClusterSpecExternalClustersBarmanObjectStoreS3CredentialsSessionToken {
  key: string;
  name: string;
}

export interface ClusterSpecExternalClustersBarmanObjectStoreWal {
  archiveAdditionalCommandArgs?: string[];
  compression?: ClusterSpecExternalClustersBarmanObjectStoreWalCompression;
  encryption?: ClusterSpecExternalClustersBarmanObjectStoreWalEncryption;
  maxParallel?: number;
  restoreAdditionalCommandArgs?: string[];
}

export type ClusterSpecExternalClustersBarmanObjectStoreWalCompression = 'bzip2' | 'gzip' | 'lz4' | 'snappy' | 'xz' | 'zstd';

export type ClusterSpecExternalClustersBarmanObjectStoreWalEncryption = 'AES256' | 'aws:kms';

export interface ClusterSpecExternalClustersPassword {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface ClusterSpecExternalClustersPlugin {
  enabled?: boolean;
  isWALArchiver?: boolean;
  name: string;
  parameters?: { [key: string]: string };
}

export interface ClusterSpecExternalClustersSslCert {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface ClusterSpecExternalClustersSslKey {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface ClusterSpecExternalClustersSslRootCert {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface ClusterSpecImageCatalogRef {
  apiGroup?: string;
  kind: string;
  major: number;
  name: string;
}

export interface ClusterSpecImagePullSecrets {
  name: string;
}

export interface ClusterSpecInheritedMetadata {
  annotations?: { [key: string]: string };
  labels?: { [key: string]: string };
}

export type ClusterSpecLogLevel = 'error' | 'warning' | 'info' | 'debug' | 'trace';

export interface ClusterSpecManaged {
  roles?: ClusterSpecManagedRoles[];
  services?: ClusterSpecManagedServices;
}

export interface ClusterSpecManagedRoles {
  bypassrls?: boolean;
  comment?: string;
  connectionLimit?: number;
  createdb?: boolean;
  createrole?: boolean;
  disablePassword?: boolean;
  ensure?: ClusterSpecManagedRolesEnsure;
  inRoles?: string[];
  inherit?: boolean;
  login?: boolean;
  name: string;
  passwordSecret?: ClusterSpecManagedRolesPasswordSecret;
  replication?: boolean;
  superuser?: boolean;
  validUntil?: string;
}

export type ClusterSpecManagedRolesEnsure = 'present' | 'absent';

export interface ClusterSpecManagedRolesPasswordSecret {
  name: string;
}

export interface ClusterSpecManagedServices {
  additional?: ClusterSpecManagedServicesAdditional[];
  disabledDefaultServices?: ClusterSpecManagedServicesDisabledDefaultServices[];
}

export interface ClusterSpecManagedServicesAdditional {
  selectorType: ClusterSpecManagedServicesAdditionalSelectorType;
  serviceTemplate: ClusterSpecManagedServicesAdditionalServiceTemplate;
  updateStrategy?: ClusterSpecManagedServicesAdditionalUpdateStrategy;
}

export type ClusterSpecManagedServicesAdditionalSelectorType = 'rw' | 'r' | 'ro';

export interface ClusterSpecManagedServicesAdditionalServiceTemplate {
  metadata?: ClusterSpecManagedServicesAdditionalServiceTemplateMetadata;
  spec?: ClusterSpecManagedServicesAdditionalServiceTemplateSpec;
}

export interface ClusterSpecManagedServicesAdditionalServiceTemplateMetadata {
  annotations?: { [key: string]: string };
  labels?: { [key: string]: string };
  name?: string;
}

export interface ClusterSpecManagedServicesAdditionalServiceTemplateSpec {
  allocateLoadBalancerNodePorts?: boolean;
  clusterIP?: string;
  clusterIPs?: string[];
  externalIPs?: string[];
  externalName?: string;
  externalTrafficPolicy?: string;
  healthCheckNodePort?: number;
  internalTrafficPolicy?: string;
  ipFamilies?: string[];
  ipFamilyPolicy?: string;
  loadBalancerClass?: string;
  loadBalancerIP?: string;
  loadBalancerSourceRanges?: string[];
  ports?: ClusterSpecManagedServicesAdditionalServiceTemplateSpecPorts[];
  publishNotReadyAddresses?: boolean;
  selector?: { [key: string]: string };
  sessionAffinity?: string;
  sessionAffinityConfig?: ClusterSpecManagedServicesAdditionalServiceTemplateSpecSessionAffinityConfig;
  trafficDistribution?: string;
  type?: string;
}

export interface ClusterSpecManagedServicesAdditionalServiceTemplateSpecPorts {
  appProtocol?: string;
  name?: string;
  nodePort?: number;
  port: number;
  protocol?: string;
  targetPort?: number | string;
}

export interface ClusterSpecManagedServicesAdditionalServiceTemplateSpecSessionAffinityConfig {
  clientIP?: ClusterSpecManagedServicesAdditionalServiceTemplateSpecSessionAffinityConfigClientIp;
}

export interface ClusterSpecManagedServicesAdditionalServiceTemplateSpecSessionAffinityConfigClientIp {
  timeoutSeconds?: number;
}

export type ClusterSpecManagedServicesAdditionalUpdateStrategy = 'patch' | 'replace';

export type ClusterSpecManagedServicesDisabledDefaultServices = 'rw' | 'r' | 'ro';

export interface ClusterSpecMonitoring {
  customQueriesConfigMap?: ClusterSpecMonitoringCustomQueriesConfigMap[];
  customQueriesSecret?: ClusterSpecMonitoringCustomQueriesSecret[];
  disableDefaultQueries?: boolean;
  enablePodMonitor?: boolean;
  metricsQueriesTTL?: string;
  podMonitorMetricRelabelings?: ClusterSpecMonitoringPodMonitorMetricRelabelings[];
  podMonitorRelabelings?: ClusterSpecMonitoringPodMonitorRelabelings[];
  tls?: ClusterSpecMonitoringTls;
}

export interface ClusterSpecMonitoringCustomQueriesConfigMap {
  key: string;
  name: string;
}

export interface ClusterSpecMonitoringCustomQueriesSecret {
  key: string;
  name: string;
}

export interface ClusterSpecMonitoringPodMonitorMetricRelabelings {
  action?: ClusterSpecMonitoringPodMonitorMetricRelabelingsAction;
  modulus?: number;
  regex?: string;
  replacement?: string;
  separator?: string;
  sourceLabels?: string[];
  targetLabel?: string;
}

export type ClusterSpecMonitoringPodMonitorMetricRelabelingsAction = 'replace' | 'keep' | 'drop' | 'hashmod' | 'labelmap' | 'labeldrop' | 'labelkeep' | 'lowercase' | 'uppercase' | 'keepequal' | 'dropequal';

export interface ClusterSpecMonitoringPodMonitorRelabelings {
  action?: ClusterSpecMonitoringPodMonitorRelabelingsAction;
  modulus?: number;
  regex?: string;
  replacement?: string;
  separator?: string;
  sourceLabels?: string[];
  targetLabel?: string;
}

export type ClusterSpecMonitoringPodMonitorRelabelingsAction = 'replace' | 'keep' | 'drop' | 'hashmod' | 'labelmap' | 'labeldrop' | 'labelkeep' | 'lowercase' | 'uppercase' | 'keepequal' | 'dropequal';

export interface ClusterSpecMonitoringTls {
  enabled?: boolean;
}

export interface ClusterSpecNodeMaintenanceWindow {
  inProgress?: boolean;
  reusePVC?: boolean;
}

export interface ClusterSpecPlugins {
  enabled?: boolean;
  isWALArchiver?: boolean;
  name: string;
  parameters?: { [key: string]: string };
}

export interface ClusterSpecPodSelectorRefs {
  name: string;
  selector: ClusterSpecPodSelectorRefsSelector;
}

export interface ClusterSpecPodSelectorRefsSelector {
  matchExpressions?: ClusterSpecPodSelectorRefsSelectorMatchExpressions[];
  matchLabels?: { [key: string]: string };
}

export interface ClusterSpecPodSelectorRefsSelectorMatchExpressions {
  key: string;
  operator: string;
  values?: string[];
}

export interface ClusterSpecPostgresql {
  enableAlterSystem?: boolean;
  extensions?: ClusterSpecPostgresqlExtensions[];
  ldap?: ClusterSpecPostgresqlLdap;
  parameters?: { [key: string]: string };
  pg_hba?: string[];
  pg_ident?: string[];
  promotionTimeout?: number;
  shared_preload_libraries?: string[];
  syncReplicaElectionConstraint?: ClusterSpecPostgresqlSyncReplicaElectionConstraint;
  synchronous?: ClusterSpecPostgresqlSynchronous;
}

export interface ClusterSpecPostgresqlExtensions {
  bin_path?: string[];
  dynamic_library_path?: string[];
  env?: ClusterSpecPostgresqlExtensionsEnv[];
  extension_control_path?: string[];
  image?: ClusterSpecPostgresqlExtensionsImage;
  ld_library_path?: string[];
  name: string;
}

export interface ClusterSpecPostgresqlExtensionsEnv {
  name: string;
  value: string;
}

export interface ClusterSpecPostgresqlExtensionsImage {
  pullPolicy?: string;
  reference?: string;
}

export interface ClusterSpecPostgresqlLdap {
  bindAsAuth?: ClusterSpecPostgresqlLdapBindAsAuth;
  bindSearchAuth?: ClusterSpecPostgresqlLdapBindSearchAuth;
  port?: number;
  scheme?: ClusterSpecPostgresqlLdapScheme;
  server?: string;
  tls?: boolean;
}

export interface ClusterSpecPostgresqlLdapBindAsAuth {
  prefix?: string;
  suffix?: string;
}

export interface ClusterSpecPostgresqlLdapBindSearchAuth {
  baseDN?: string;
  bindDN?: string;
  bindPassword?: ClusterSpecPostgresqlLdapBindSearchAuthBindPassword;
  searchAttribute?: string;
  searchFilter?: string;
}

export interface ClusterSpecPostgresqlLdapBindSearchAuthBindPassword {
  key: string;
  name?: string;
  optional?: boolean;
}

export type ClusterSpecPostgresqlLdapScheme = 'ldap' | 'ldaps';

export interface ClusterSpecPostgresqlSyncReplicaElectionConstraint {
  enabled: boolean;
  nodeLabelsAntiAffinity?: string[];
}

export interface ClusterSpecPostgresqlSynchronous {
  dataDurability?: ClusterSpecPostgresqlSynchronousDataDurability;
  failoverQuorum?: boolean;
  maxStandbyNamesFromCluster?: number;
  method: ClusterSpecPostgresqlSynchronousMethod;
  number: number;
  standbyNamesPost?: string[];
  standbyNamesPre?: string[];
}

export type ClusterSpecPostgresqlSynchronousDataDurability = 'required' | 'preferred';

export type ClusterSpecPostgresqlSynchronousMethod = 'any' | 'first';

export interface ClusterSpecPrimaryLease {
  leaseDurationSeconds?: number;
  releasedLeaseDurationSeconds?: number;
  renewDeadlineSeconds?: number;
  retryPeriodSeconds?: number;
}

export type ClusterSpecPrimaryUpdateMethod = 'switchover' | 'restart';

export type ClusterSpecPrimaryUpdateStrategy = 'unsupervised' | 'supervised';

export interface ClusterSpecProbes {
  liveness?: ClusterSpecProbesLiveness;
  readiness?: ClusterSpecProbesReadiness;
  startup?: ClusterSpecProbesStartup;
}

export interface ClusterSpecProbesLiveness {
  failureThreshold?: number;
  initialDelaySeconds?: number;
  isolationCheck?: ClusterSpecProbesLivenessIsolationCheck;
  periodSeconds?: number;
  successThreshold?: number;
  terminationGracePeriodSeconds?: number;
  timeoutSeconds?: number;
}

export interface ClusterSpecProbesLivenessIsolationCheck {
  connectionTimeout?: number;
  enabled?: boolean;
  requestTimeout?: number;
}

export interface ClusterSpecProbesReadiness {
  failureThreshold?: number;
  initialDelaySeconds?: number;
  maximumLag?: number | string;
  periodSeconds?: number;
  successThreshold?: number;
  terminationGracePeriodSeconds?: number;
  timeoutSeconds?: number;
  type?: ClusterSpecProbesReadinessType;
}

export type ClusterSpecProbesReadinessType = 'pg_isready' | 'streaming' | 'query';

export interface ClusterSpecProbesStartup {
  failureThreshold?: number;
  initialDelaySeconds?: number;
  maximumLag?: number | string;
  periodSeconds?: number;
  successThreshold?: number;
  terminationGracePeriodSeconds?: number;
  timeoutSeconds?: number;
  type?: ClusterSpecProbesStartupType;
}

export type ClusterSpecProbesStartupType = 'pg_isready' | 'streaming' | 'query';

export interface ClusterSpecProjectedVolumeTemplate {
  defaultMode?: number;
  sources?: any[];
}

export interface ClusterSpecReplica {
  enabled?: boolean;
  minApplyDelay?: string;
  primary?: string;
  promotionToken?: string;
  self?: string;
  source: string;
}

export interface ClusterSpecReplicationSlots {
  highAvailability?: ClusterSpecReplicationSlotsHighAvailability;
  synchronizeReplicas?: ClusterSpecReplicationSlotsSynchronizeReplicas;
  updateInterval?: number;
}

export interface ClusterSpecReplicationSlotsHighAvailability {
  enabled?: boolean;
  slotPrefix?: string;
  synchronizeLogicalDecoding?: boolean;
}

export interface ClusterSpecReplicationSlotsSynchronizeReplicas {
  enabled: boolean;
  excludePatterns?: string[];
}

export interface ClusterSpecResources {
  claims?: ClusterSpecResourcesClaims[];
  limits?: { [key: string]: number | string };
  requests?: { [key: string]: number | string };
}

export interface ClusterSpecResourcesClaims {
  name: string;
  request?: string;
}

export interface ClusterSpecSeccompProfile {
  localhostProfile?: string;
  type: string;
}

export interface ClusterSpecServiceAccountTemplate {
  metadata: ClusterSpecServiceAccountTemplateMetadata;
}

export interface ClusterSpecServiceAccountTemplateMetadata {
  annotations?: { [key: string]: string };
  labels?: { [key: string]: string };
  name?: string;
}

export interface ClusterSpecStorage {
  pvcTemplate?: any;
  resizeInUseVolumes?: boolean;
  size?: string;
  storageClass?: string;
}

export interface ClusterSpecSuperuserSecret {
  name: string;
}

export interface ClusterSpecTablespaces {
  name: string;
  owner?: ClusterSpecTablespacesOwner;
  storage: ClusterSpecTablespacesStorage;
  temporary?: boolean;
}

export interface ClusterSpecTablespacesOwner {
  name?: string;
}

export interface ClusterSpecTablespacesStorage {
  pvcTemplate?: any;
  resizeInUseVolumes?: boolean;
  size?: string;
  storageClass?: string;
}

export interface ClusterSpecWalStorage {
  pvcTemplate?: any;
  resizeInUseVolumes?: boolean;
  size?: string;
  storageClass?: string;
}

export interface DatabaseSpec {
  allowConnections?: boolean;
  builtinLocale?: string;
  cluster: DatabaseSpecCluster;
  collationVersion?: string;
  connectionLimit?: number;
  databaseReclaimPolicy?: DatabaseSpecDatabaseReclaimPolicy;
  encoding?: string;
  ensure?: DatabaseSpecEnsure;
  extensions?: DatabaseSpecExtensions[];
  fdws?: DatabaseSpecFdws[];
  icuLocale?: string;
  icuRules?: string;
  isTemplate?: boolean;
  locale?: string;
  localeCType?: string;
  localeCollate?: string;
  localeProvider?: string;
  name: string;
  owner: string;
  schemas?: DatabaseSpecSchemas[];
  servers?: DatabaseSpecServers[];
  tablespace?: string;
  template?: string;
}

export interface DatabaseSpecCluster {
  name?: string;
}

export type DatabaseSpecDatabaseReclaimPolicy = 'delete' | 'retain';

export type DatabaseSpecEnsure = 'present' | 'absent';

export interface DatabaseSpecExtensions {
  ensure?: DatabaseSpecExtensionsEnsure;
  name: string;
  schema?: string;
  version?: string;
}

export type DatabaseSpecExtensionsEnsure = 'present' | 'absent';

export interface DatabaseSpecFdws {
  ensure?: DatabaseSpecFdwsEnsure;
  handler?: string;
  name: string;
  options?: DatabaseSpecFdwsOptions[];
  owner?: string;
  usage?: DatabaseSpecFdwsUsage[];
  validator?: string;
}

export type DatabaseSpecFdwsEnsure = 'present' | 'absent';

export interface DatabaseSpecFdwsOptions {
  ensure?: DatabaseSpecFdwsOptionsEnsure;
  name: string;
  value: string;
}

export type DatabaseSpecFdwsOptionsEnsure = 'present' | 'absent';

export interface DatabaseSpecFdwsUsage {
  name: string;
  type?: DatabaseSpecFdwsUsageType;
}

export type DatabaseSpecFdwsUsageType = 'grant' | 'revoke';

export interface DatabaseSpecSchemas {
  ensure?: DatabaseSpecSchemasEnsure;
  name: string;
  owner?: string;
}

export type DatabaseSpecSchemasEnsure = 'present' | 'absent';

export interface DatabaseSpecServers {
  ensure?: DatabaseSpecServersEnsure;
  fdw: string;
  name: string;
  options?: DatabaseSpecServersOptions[];
  usage?: DatabaseSpecServersUsage[];
}

export type DatabaseSpecServersEnsure = 'present' | 'absent';

export interface DatabaseSpecServersOptions {
  ensure?: DatabaseSpecServersOptionsEnsure;
  name: string;
  value: string;
}

export type DatabaseSpecServersOptionsEnsure = 'present' | 'absent';

export interface DatabaseSpecServersUsage {
  name: string;
  type?: DatabaseSpecServersUsageType;
}

export type DatabaseSpecServersUsageType = 'grant' | 'revoke';

export interface PoolerSpec {
  cluster: PoolerSpecCluster;
  deploymentStrategy?: PoolerSpecDeploymentStrategy;
  instances?: number;
  monitoring?: PoolerSpecMonitoring;
  pgbouncer: PoolerSpecPgbouncer;
  serviceAccountName?: string;
  serviceTemplate?: PoolerSpecServiceTemplate;
  template?: PoolerSpecTemplate;
  type?: PoolerSpecType;
}

export interface PoolerSpecCluster {
  name: string;
}

export interface PoolerSpecDeploymentStrategy {
  rollingUpdate?: PoolerSpecDeploymentStrategyRollingUpdate;
  type?: string;
}

export interface PoolerSpecDeploymentStrategyRollingUpdate {
  maxSurge?: number | string;
  maxUnavailable?: number | string;
}

export interface PoolerSpecMonitoring {
  enablePodMonitor?: boolean;
  podMonitorMetricRelabelings?: PoolerSpecMonitoringPodMonitorMetricRelabelings[];
  podMonitorRelabelings?: PoolerSpecMonitoringPodMonitorRelabelings[];
  tls?: PoolerSpecMonitoringTls;
}

export interface PoolerSpecMonitoringPodMonitorMetricRelabelings {
  action?: PoolerSpecMonitoringPodMonitorMetricRelabelingsAction;
  modulus?: number;
  regex?: string;
  replacement?: string;
  separator?: string;
  sourceLabels?: string[];
  targetLabel?: string;
}

export type PoolerSpecMonitoringPodMonitorMetricRelabelingsAction = 'replace' | 'keep' | 'drop' | 'hashmod' | 'labelmap' | 'labeldrop' | 'labelkeep' | 'lowercase' | 'uppercase' | 'keepequal' | 'dropequal';

export interface PoolerSpecMonitoringPodMonitorRelabelings {
  action?: PoolerSpecMonitoringPodMonitorRelabelingsAction;
  modulus?: number;
  regex?: string;
  replacement?: string;
  separator?: string;
  sourceLabels?: string[];
  targetLabel?: string;
}

export type PoolerSpecMonitoringPodMonitorRelabelingsAction = 'replace' | 'keep' | 'drop' | 'hashmod' | 'labelmap' | 'labeldrop' | 'labelkeep' | 'lowercase' | 'uppercase' | 'keepequal' | 'dropequal';

export interface PoolerSpecMonitoringTls {
  enabled?: boolean;
}

export interface PoolerSpecPgbouncer {
  authQuery?: string;
  authQuerySecret?: PoolerSpecPgbouncerAuthQuerySecret;
  clientCASecret?: PoolerSpecPgbouncerClientCaSecret;
  clientTLSSecret?: PoolerSpecPgbouncerClientTlsSecret;
  image?: string;
  imageCatalogRef?: PoolerSpecPgbouncerImageCatalogRef;
  parameters?: { [key: string]: string };
  paused?: boolean;
  pg_hba?: string[];
  poolMode?: PoolerSpecPgbouncerPoolMode;
  serverCASecret?: PoolerSpecPgbouncerServerCaSecret;
  serverTLSSecret?: PoolerSpecPgbouncerServerTlsSecret;
}

export interface PoolerSpecPgbouncerAuthQuerySecret {
  name: string;
}

export interface PoolerSpecPgbouncerClientCaSecret {
  name: string;
}

export interface PoolerSpecPgbouncerClientTlsSecret {
  name: string;
}

export interface PoolerSpecPgbouncerImageCatalogRef {
  apiGroup?: string;
  key: string;
  kind: string;
  name: string;
}

export type PoolerSpecPgbouncerPoolMode = 'session' | 'transaction';

export interface PoolerSpecPgbouncerServerCaSecret {
  name: string;
}

export interface PoolerSpecPgbouncerServerTlsSecret {
  name: string;
}

export interface PoolerSpecServiceTemplate {
  metadata?: PoolerSpecServiceTemplateMetadata;
  spec?: PoolerSpecServiceTemplateSpec;
}

export interface PoolerSpecServiceTemplateMetadata {
  annotations?: { [key: string]: string };
  labels?: { [key: string]: string };
  name?: string;
}

export interface PoolerSpecServiceTemplateSpec {
  allocateLoadBalancerNodePorts?: boolean;
  clusterIP?: string;
  clusterIPs?: string[];
  externalIPs?: string[];
  externalName?: string;
  externalTrafficPolicy?: string;
  healthCheckNodePort?: number;
  internalTrafficPolicy?: string;
  ipFamilies?: string[];
  ipFamilyPolicy?: string;
  loadBalancerClass?: string;
  loadBalancerIP?: string;
  loadBalancerSourceRanges?: string[];
  ports?: PoolerSpecServiceTemplateSpecPorts[];
  publishNotReadyAddresses?: boolean;
  selector?: { [key: string]: string };
  sessionAffinity?: string;
  sessionAffinityConfig?: PoolerSpecServiceTemplateSpecSessionAffinityConfig;
  trafficDistribution?: string;
  type?: string;
}

export interface PoolerSpecServiceTemplateSpecPorts {
  appProtocol?: string;
  name?: string;
  nodePort?: number;
  port: number;
  protocol?: string;
  targetPort?: number | string;
}

export interface PoolerSpecServiceTemplateSpecSessionAffinityConfig {
  clientIP?: PoolerSpecServiceTemplateSpecSessionAffinityConfigClientIp;
}

export interface PoolerSpecServiceTemplateSpecSessionAffinityConfigClientIp {
  timeoutSeconds?: number;
}

export interface PoolerSpecTemplate {
  metadata?: PoolerSpecTemplateMetadata;
  spec?: any;
}

export interface PoolerSpecTemplateMetadata {
  annotations?: { [key: string]: string };
  labels?: { [key: string]: string };
  name?: string;
}

export type PoolerSpecType = 'rw' | 'ro' | 'r';

export interface ScheduledBackupSpec {
  backupOwnerReference?: ScheduledBackupSpecBackupOwnerReference;
  cluster: ScheduledBackupSpecCluster;
  immediate?: boolean;
  method?: ScheduledBackupSpecMethod;
  online?: boolean;
  onlineConfiguration?: ScheduledBackupSpecOnlineConfiguration;
  pluginConfiguration?: ScheduledBackupSpecPluginConfiguration;
  schedule: string;
  suspend?: boolean;
  target?: ScheduledBackupSpecTarget;
}

export type ScheduledBackupSpecBackupOwnerReference = 'none' | 'self' | 'cluster';

export interface ScheduledBackupSpecCluster {
  name: string;
}

export type ScheduledBackupSpecMethod = 'barmanObjectStore' | 'volumeSnapshot' | 'plugin';

export interface ScheduledBackupSpecOnlineConfiguration {
  immediateCheckpoint?: boolean;
  waitForArchive?: boolean;
}

export interface ScheduledBackupSpecPluginConfiguration {
  name: string;
  parameters?: { [key: string]: string };
}

export type ScheduledBackupSpecTarget = 'primary' | 'prefer-standby';
