import type { Construct } from 'constructs';
import { SCRIPTS } from './scripts';
import { fail } from '../../../values/errors';
import type { NetworkRule } from '../../../values/network-peer';
import type { Resources } from '../../../values/resources';
import { Tier } from '../../../values/tier';
import { type BackupValues, checkRestoreTime } from '../../backup/backup-plan';
import { BACKUP_SETTINGS } from '../../backup/backup-section';
import type { ObjectStorage } from '../../backup/object-storage';
import type { StorageCredentials } from '../../backup/storage-credentials';
import { storageMounts, storageRule, storageVariables, storageVolumes } from '../../hosted/hosted-object-storage';
import type { Container } from '../../hosted/hosted-pods';
import { tierResources } from '../../hosted/hosted-store';
import { pushgatewayRule, pushgatewayUrl } from '../../hosted/pushgateway';
import { scratchVolume, type Volume } from '../../hosted/volumes';
import { BIN_DIR } from '../patroni/patroni-definition';
import type { PostgresDefinition } from '../postgres-definition';

/** The backup of a PostgreSQL cluster that is decided in every detail. */
export interface PostgresBackup {
  readonly store: PostgresDefinition;
  readonly plan: BackupValues;
  readonly storage: ObjectStorage;
  /** Who may only read. */
  readonly reader: StorageCredentials;
  readonly keeperResources: Resources;
  readonly drillResources: Resources;
  /** The scripts, as its ConfigMap holds them. */
  readonly files: { [file: string]: string };
}

/** The folders that scripts know by these variables. */
export const BACKUP_FOLDERS = {
  BACKUP_DIR: '/etc/postgresql-backup',
  TMPDIR: '/var/tmp/backup',
};

/** Decides how a PostgreSQL cluster is backed up, or that it is not, or fails. */
export function decideBackup(construct: Construct, store: PostgresDefinition): PostgresBackup | undefined {
  const { profile } = store.group;
  const plan = BACKUP_SETTINGS.of(profile);
  const { storage } = plan;
  if (!storage) {
    return undefined;
  }
  checkRestoreTime(construct, plan, store.settings.storage);
  return {
    store,
    plan,
    storage,
    reader: storage.options.readCredentials
      ?? fail(construct, `bucket '${storage.options.bucket}' has no readCredentials, so a restore drill could remove the backups that it proves`, 'Add readCredentials to ObjectStorage.s3'),
    keeperResources: tierResources(construct, profile, store.settings.tier, plan.resources),
    drillResources: tierResources(construct, profile, Tier.BATCH, plan.drill.resources),
    files: SCRIPTS,
  };
}

/** The ConfigMap with the scripts. */
export function scriptsName(backup: PostgresBackup): string {
  return `${backup.store.name}-backup`;
}

/** How often the canary row is written: there are no more logs to archive than that. */
export function canarySeconds(backup: PostgresBackup): number {
  return backup.plan.archiveTimeout.toSeconds();
}

/** What every script needs to know. */
export function archiveVariables(backup: PostgresBackup): { [name: string]: string | number } {
  const { storage, store } = backup;
  return {
    ...BACKUP_FOLDERS,
    ...storageVariables(storage),
    ARCHIVE_NAME: store.name,
    ARCHIVE_URL: storage._url(store.group.namespace),
    BIN_DIR,
  };
}

/** Where metrics are pushed to, and as whose. */
export function reportVariables({ store }: PostgresBackup): { [name: string]: string } {
  return {
    NAMESPACE: store.group.namespace,
    PUSHGATEWAY_URL: pushgatewayUrl(store.group.profile),
  };
}

/** Scripts, credentials and room for what is on its way, as volumes. */
export function archiveVolumes(backup: PostgresBackup, credentials: StorageCredentials, resources: Resources): Volume[] {
  return [
    { name: 'backup', configMap: { name: scriptsName(backup) } },
    scratchVolume('backup-scratch', resources),
    ...storageVolumes(backup.storage, credentials),
  ];
}

/** Where they are in a container. */
export function archiveMounts(backup: PostgresBackup, credentials: StorageCredentials): NonNullable<Container['volumeMounts']> {
  return [
    { name: 'backup', mountPath: BACKUP_FOLDERS.BACKUP_DIR, readOnly: true },
    { name: 'backup-scratch', mountPath: BACKUP_FOLDERS.TMPDIR },
    ...storageMounts(backup.storage, credentials),
  ];
}

/** What a pod that reads or writes the archive must reach: object storage, and where it reports. */
export function archiveRules({ storage, store }: PostgresBackup): NetworkRule[] {
  return [storageRule(storage), pushgatewayRule(store.group.profile)];
}
