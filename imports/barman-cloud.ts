// Generated from barman-cloud.barmancloud.cnpg.io.yaml by scripts/import.ts.

export interface ObjectStoreSpec {
  configuration: ObjectStoreSpecConfiguration;
  instanceSidecarConfiguration?: ObjectStoreSpecInstanceSidecarConfiguration;
  retentionPolicy?: string;
}

export interface ObjectStoreSpecConfiguration {
  azureCredentials?: ObjectStoreSpecConfigurationAzureCredentials;
  data?: ObjectStoreSpecConfigurationData;
  destinationPath: string;
  endpointCA?: ObjectStoreSpecConfigurationEndpointCa;
  endpointURL?: string;
  googleCredentials?: ObjectStoreSpecConfigurationGoogleCredentials;
  historyTags?: { [key: string]: string };
  s3Credentials?: ObjectStoreSpecConfigurationS3Credentials;
  serverName?: string;
  tags?: { [key: string]: string };
  wal?: ObjectStoreSpecConfigurationWal;
}

export interface ObjectStoreSpecConfigurationAzureCredentials {
  connectionString?: ObjectStoreSpecConfigurationAzureCredentialsConnectionString;
  inheritFromAzureAD?: boolean;
  storageAccount?: ObjectStoreSpecConfigurationAzureCredentialsStorageAccount;
  storageKey?: ObjectStoreSpecConfigurationAzureCredentialsStorageKey;
  storageSasToken?: ObjectStoreSpecConfigurationAzureCredentialsStorageSasToken;
  useDefaultAzureCredentials?: boolean;
}

export interface ObjectStoreSpecConfigurationAzureCredentialsConnectionString {
  key: string;
  name: string;
}

export interface ObjectStoreSpecConfigurationAzureCredentialsStorageAccount {
  key: string;
  name: string;
}

export interface ObjectStoreSpecConfigurationAzureCredentialsStorageKey {
  key: string;
  name: string;
}

export interface ObjectStoreSpecConfigurationAzureCredentialsStorageSasToken {
  key: string;
  name: string;
}

export interface ObjectStoreSpecConfigurationData {
  additionalCommandArgs?: string[];
  compression?: ObjectStoreSpecConfigurationDataCompression;
  encryption?: ObjectStoreSpecConfigurationDataEncryption;
  immediateCheckpoint?: boolean;
  jobs?: number;
  restoreAdditionalCommandArgs?: string[];
}

export type ObjectStoreSpecConfigurationDataCompression = 'bzip2' | 'gzip' | 'lz4' | 'snappy';

export type ObjectStoreSpecConfigurationDataEncryption = 'AES256' | 'aws:kms';

export interface ObjectStoreSpecConfigurationEndpointCa {
  key: string;
  name: string;
}

export interface ObjectStoreSpecConfigurationGoogleCredentials {
  applicationCredentials?: ObjectStoreSpecConfigurationGoogleCredentialsApplicationCredentials;
  gkeEnvironment?: boolean;
}

export interface ObjectStoreSpecConfigurationGoogleCredentialsApplicationCredentials {
  key: string;
  name: string;
}

export interface ObjectStoreSpecConfigurationS3Credentials {
  accessKeyId?: ObjectStoreSpecConfigurationS3CredentialsAccessKeyId;
  inheritFromIAMRole?: boolean;
  region?: ObjectStoreSpecConfigurationS3CredentialsRegion;
  secretAccessKey?: ObjectStoreSpecConfigurationS3CredentialsSecretAccessKey;
  sessionToken?: ObjectStoreSpecConfigurationS3CredentialsSessionToken;
}

export interface ObjectStoreSpecConfigurationS3CredentialsAccessKeyId {
  key: string;
  name: string;
}

export interface ObjectStoreSpecConfigurationS3CredentialsRegion {
  key: string;
  name: string;
}

export interface ObjectStoreSpecConfigurationS3CredentialsSecretAccessKey {
  key: string;
  name: string;
}

export interface ObjectStoreSpecConfigurationS3CredentialsSessionToken {
  key: string;
  name: string;
}

export interface ObjectStoreSpecConfigurationWal {
  archiveAdditionalCommandArgs?: string[];
  compression?: ObjectStoreSpecConfigurationWalCompression;
  encryption?: ObjectStoreSpecConfigurationWalEncryption;
  maxParallel?: number;
  restoreAdditionalCommandArgs?: string[];
}

export type ObjectStoreSpecConfigurationWalCompression = 'bzip2' | 'gzip' | 'lz4' | 'snappy' | 'xz' | 'zstd';

export type ObjectStoreSpecConfigurationWalEncryption = 'AES256' | 'aws:kms';

export interface ObjectStoreSpecInstanceSidecarConfiguration {
  additionalContainerArgs?: string[];
  env?: ObjectStoreSpecInstanceSidecarConfigurationEnv[];
  logLevel?: ObjectStoreSpecInstanceSidecarConfigurationLogLevel;
  resources?: ObjectStoreSpecInstanceSidecarConfigurationResources;
  retentionPolicyIntervalSeconds?: number;
}

export interface ObjectStoreSpecInstanceSidecarConfigurationEnv {
  name: string;
  value?: string;
  valueFrom?: ObjectStoreSpecInstanceSidecarConfigurationEnvValueFrom;
}

export interface ObjectStoreSpecInstanceSidecarConfigurationEnvValueFrom {
  configMapKeyRef?: ObjectStoreSpecInstanceSidecarConfigurationEnvValueFromConfigMapKeyRef;
  fieldRef?: ObjectStoreSpecInstanceSidecarConfigurationEnvValueFromFieldRef;
  fileKeyRef?: ObjectStoreSpecInstanceSidecarConfigurationEnvValueFromFileKeyRef;
  resourceFieldRef?: ObjectStoreSpecInstanceSidecarConfigurationEnvValueFromResourceFieldRef;
  secretKeyRef?: ObjectStoreSpecInstanceSidecarConfigurationEnvValueFromSecretKeyRef;
}

export interface ObjectStoreSpecInstanceSidecarConfigurationEnvValueFromConfigMapKeyRef {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface ObjectStoreSpecInstanceSidecarConfigurationEnvValueFromFieldRef {
  apiVersion?: string;
  fieldPath: string;
}

export interface ObjectStoreSpecInstanceSidecarConfigurationEnvValueFromFileKeyRef {
  key: string;
  optional?: boolean;
  path: string;
  volumeName: string;
}

export interface ObjectStoreSpecInstanceSidecarConfigurationEnvValueFromResourceFieldRef {
  containerName?: string;
  divisor?: number | string;
  resource: string;
}

export interface ObjectStoreSpecInstanceSidecarConfigurationEnvValueFromSecretKeyRef {
  key: string;
  name?: string;
  optional?: boolean;
}

export type ObjectStoreSpecInstanceSidecarConfigurationLogLevel = 'error' | 'warning' | 'info' | 'debug' | 'trace';

export interface ObjectStoreSpecInstanceSidecarConfigurationResources {
  claims?: ObjectStoreSpecInstanceSidecarConfigurationResourcesClaims[];
  limits?: { [key: string]: number | string };
  requests?: { [key: string]: number | string };
}

export interface ObjectStoreSpecInstanceSidecarConfigurationResourcesClaims {
  name: string;
  request?: string;
}
