import type { Construct } from 'constructs';
import { BARMAN_PLUGIN } from './cloud-native-pg-checks';
import type { ObjectStoreConfiguration, ObjectStoreSpec, PluginSpec, ScheduledBackupSpec } from './cloud-native-pg-manifests';
import { defineObject } from '../../../core/kubernetes-object';
import type { Resources } from '../../../values/resources';
import { type BackupValues, checkRestoreTime } from '../../backup/backup-plan';
import { BACKUP_SETTINGS } from '../../backup/backup-section';
import type { ObjectStorage } from '../../backup/object-storage';
import { STORAGE_KEYS } from '../../backup/storage-credentials';
import { type HostedStore, tierResources } from '../../hosted/hosted-store';

/** As the members of the other engine compress, so that one drill reads the archives of both. */
const COMPRESSION = 'gzip';
/** Cron of the operator begins with seconds. */
const AT_FULL_MINUTE = '0';

/** How CloudNativePG backs a cluster up, decided in every detail. */
export interface ClusterBackup {
  readonly plan: BackupValues;
  readonly storage: ObjectStorage;
  /** Of the container that the plug-in puts into each member. */
  readonly sidecarResources: Resources;
}

/** Decides how a cluster is backed up, or that it is not. */
export function clusterBackup(construct: Construct, { group, settings }: HostedStore): ClusterBackup | undefined {
  const plan = BACKUP_SETTINGS.of(group.profile);
  if (!plan.storage) {
    return undefined;
  }
  checkRestoreTime(construct, plan, settings.storage);
  return { plan, storage: plan.storage, sidecarResources: tierResources(construct, group.profile, settings.tier, plan.resources) };
}

/** Where the plug-in archives to: each log at once, and a whole backup by the schedule of the plan. */
export function defineClusterBackup(scope: Construct, store: HostedStore, backup: ClusterBackup): void {
  const { name } = store;
  const { plan } = backup;
  defineObject<ObjectStoreSpec>(scope, 'ObjectStore', {
    apiVersion: 'barmancloud.cnpg.io/v1',
    kind: 'ObjectStore',
    metadata: { name },
    spec: {
      configuration: configuration(store, backup),
      retentionPolicy: `${plan.retention.toDays()}d`,
      instanceSidecarConfiguration: {
        env: [{ name: 'AWS_DEFAULT_REGION', value: backup.storage.options.region }],
        resources: backup.sidecarResources._toKube(),
      },
    },
  });
  defineObject<ScheduledBackupSpec>(scope, 'ScheduledBackup', {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'ScheduledBackup',
    metadata: { name },
    spec: {
      cluster: { name },
      schedule: `${AT_FULL_MINUTE} ${plan.schedule.expression}`,
      // logs alone restore nothing
      immediate: true,
      backupOwnerReference: 'self',
      method: 'plugin',
      pluginConfiguration: { name: BARMAN_PLUGIN },
    },
  });
}

/** How the Cluster knows of it. */
export function backupPlugin({ name }: HostedStore): PluginSpec {
  return { name: BARMAN_PLUGIN, enabled: true, isWALArchiver: true, parameters: { barmanObjectName: name, serverName: name } };
}

function configuration({ group }: HostedStore, { storage }: ClusterBackup): ObjectStoreConfiguration {
  const { credentials, certificateAuthority, kmsKeyId } = storage.options;
  const [accessKeyId, secretAccessKey] = STORAGE_KEYS.map((key) => ({ name: credentials.secretName ?? '', key }));
  const key = kmsKeyId === undefined ? undefined : ['--sse-kms-key-id', kmsKeyId];
  const written = { compression: COMPRESSION, encryption: storage.encryption as 'AES256' } as const;
  return {
    // the plug-in appends the name of the server
    destinationPath: storage._url(group.namespace),
    endpointURL: storage.options.endpoint,
    endpointCA: certificateAuthority === undefined ? undefined : { name: certificateAuthority.name, key: certificateAuthority.key },
    s3Credentials: credentials.secretName === undefined ? { inheritFromIAMRole: true } : { accessKeyId, secretAccessKey },
    data: { ...written, immediateCheckpoint: true, additionalCommandArgs: key },
    wal: { ...written, archiveAdditionalCommandArgs: key },
  };
}
