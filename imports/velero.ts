// Generated from velero.velero.io.yaml by scripts/import.ts.

export interface BackupStorageLocationSpec {
  accessMode?: BackupStorageLocationSpecAccessMode;
  backupSyncPeriod?: string;
  config?: { [key: string]: string };
  credential?: BackupStorageLocationSpecCredential;
  default?: boolean;
  objectStorage: BackupStorageLocationSpecObjectStorage;
  provider: string;
  validationFrequency?: string;
}

export type BackupStorageLocationSpecAccessMode = 'ReadOnly' | 'ReadWrite';

export interface BackupStorageLocationSpecCredential {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface BackupStorageLocationSpecObjectStorage {
  bucket: string;
  caCert?: string;
  caCertRef?: BackupStorageLocationSpecObjectStorageCaCertRef;
  prefix?: string;
}

export interface BackupStorageLocationSpecObjectStorageCaCertRef {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface ScheduleSpec {
  paused?: boolean;
  schedule: string;
  skipImmediately?: boolean;
  template: ScheduleSpecTemplate;
  useOwnerReferencesInBackup?: boolean;
}

export interface ScheduleSpecTemplate {
  csiSnapshotTimeout?: string;
  datamover?: string;
  defaultVolumesToFsBackup?: boolean;
  defaultVolumesToRestic?: boolean;
  excludedClusterScopedResources?: string[];
  excludedNamespaceScopedResources?: string[];
  excludedNamespaces?: string[];
  excludedResources?: string[];
  hooks?: ScheduleSpecTemplateHooks;
  includeClusterResources?: boolean;
  includedClusterScopedResources?: string[];
  includedNamespaceScopedResources?: string[];
  includedNamespaces?: string[];
  includedResources?: string[];
  itemOperationTimeout?: string;
  labelSelector?: ScheduleSpecTemplateLabelSelector;
  metadata?: ScheduleSpecTemplateMetadata;
  orLabelSelectors?: ScheduleSpecTemplateOrLabelSelectors[];
  orderedResources?: { [key: string]: string };
  resourcePolicy?: ScheduleSpecTemplateResourcePolicy;
  snapshotMoveData?: boolean;
  snapshotVolumes?: boolean;
  storageLocation?: string;
  ttl?: string;
  uploaderConfig?: ScheduleSpecTemplateUploaderConfig;
  volumeGroupSnapshotLabelKey?: string;
  volumeSnapshotLocations?: string[];
}

export interface ScheduleSpecTemplateHooks {
  resources?: ScheduleSpecTemplateHooksResources[];
}

export interface ScheduleSpecTemplateHooksResources {
  excludedNamespaces?: string[];
  excludedResources?: string[];
  includedNamespaces?: string[];
  includedResources?: string[];
  labelSelector?: ScheduleSpecTemplateHooksResourcesLabelSelector;
  name: string;
  post?: ScheduleSpecTemplateHooksResourcesPost[];
  pre?: ScheduleSpecTemplateHooksResourcesPre[];
}

export interface ScheduleSpecTemplateHooksResourcesLabelSelector {
  matchExpressions?: ScheduleSpecTemplateHooksResourcesLabelSelectorMatchExpressions[];
  matchLabels?: { [key: string]: string };
}

export interface ScheduleSpecTemplateHooksResourcesLabelSelectorMatchExpressions {
  key: string;
  operator: string;
  values?: string[];
}

export interface ScheduleSpecTemplateHooksResourcesPost {
  exec: ScheduleSpecTemplateHooksResourcesPostExec;
}

export interface ScheduleSpecTemplateHooksResourcesPostExec {
  command: string[];
  container?: string;
  onError?: ScheduleSpecTemplateHooksResourcesPostExecOnError;
  timeout?: string;
}

export type ScheduleSpecTemplateHooksResourcesPostExecOnError = 'Continue' | 'Fail';

export interface ScheduleSpecTemplateHooksResourcesPre {
  exec: ScheduleSpecTemplateHooksResourcesPreExec;
}

export interface ScheduleSpecTemplateHooksResourcesPreExec {
  command: string[];
  container?: string;
  onError?: ScheduleSpecTemplateHooksResourcesPreExecOnError;
  timeout?: string;
}

export type ScheduleSpecTemplateHooksResourcesPreExecOnError = 'Continue' | 'Fail';

export interface ScheduleSpecTemplateLabelSelector {
  matchExpressions?: ScheduleSpecTemplateLabelSelectorMatchExpressions[];
  matchLabels?: { [key: string]: string };
}

export interface ScheduleSpecTemplateLabelSelectorMatchExpressions {
  key: string;
  operator: string;
  values?: string[];
}

export interface ScheduleSpecTemplateMetadata {
  labels?: { [key: string]: string };
}

export interface ScheduleSpecTemplateOrLabelSelectors {
  matchExpressions?: ScheduleSpecTemplateOrLabelSelectorsMatchExpressions[];
  matchLabels?: { [key: string]: string };
}

export interface ScheduleSpecTemplateOrLabelSelectorsMatchExpressions {
  key: string;
  operator: string;
  values?: string[];
}

export interface ScheduleSpecTemplateResourcePolicy {
  apiGroup?: string;
  kind: string;
  name: string;
}

export interface ScheduleSpecTemplateUploaderConfig {
  parallelFilesUpload?: number;
}
