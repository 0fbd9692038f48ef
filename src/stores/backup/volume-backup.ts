import { Construct } from 'constructs';
import { BACKUP_SETTINGS } from './backup-section';
import type { ObjectStorage } from './object-storage';
import type * as velero from '../../../imports/velero';
import { defineObject } from '../../core/kubernetes-object';
import { PlatformProfile } from '../../profile/platform-profile';
import { constructId } from '../../values/construct-id';
import { fail } from '../../values/errors';
import { SecretReference } from '../../values/secret-reference';
import { dnsLabel } from '../../values/value-checks';

/**
 * Properties for `VolumeBackup`.
 */
export interface VolumeBackupProps {
  /**
   * The namespaces whose objects and volumes are backed up.
   */
  readonly namespaces: string[];

  /**
   * The key of the Secret of `backups.storage` under which its credentials are in the form that Velero's plug-in reads: a file of AWS.
   * Without credentials by a Secret it is not used.
   *
   * @default - Velero's own credentials
   */
  readonly credentialsKey?: string;
}

/** The folder of Velero in the bucket: it takes one for itself. */
const FOLDER = 'velero';
/** The plug-in that knows S3. */
const PROVIDER = 'aws';

/**
 * What Velero copies to object storage: each day the objects and the volumes of namespaces, kept for `backups.retention`, and the
 * objects alone, kept for `backups.configurationRetention`.
 *
 * A volume is copied by a snapshot of its storage: as if its power had been cut (crash consistent). PostgreSQL and Redis come up from
 * that as they do after a crash, each volume at a moment of its own. It is the way back for files, and the second way back for
 * databases: their own backups have a point in time.
 *
 * Define it in the namespace in which Velero runs, which must be installed with its `aws` plug-in, the feature `EnableCSI` and a
 * VolumeSnapshotClass of the label `velero.io/csi-volumesnapshot-class`. The snapshot's content is moved to the bucket, so it outlives
 * the storage system.
 *
 * @see https://velero.io/docs/v1.18/csi/
 *
 * @example
 *
 * class Backups extends SharedChart {
 *   constructor(scope: Construct) {
 *     super(scope, 'velero');
 *     new stores.VolumeBackup(this, 'platform', { namespaces: ['infrastructure', 'core-business-prod'] });
 *   }
 * }
 */
export class VolumeBackup extends Construct {
  /**
   * Defines the BackupStorageLocation `id` and the Schedules `<id>-volumes` and `<id>-configuration`.
   *
   * Fails if the platform profile names no storage, or if no namespace is given.
   */
  constructor(scope: Construct, id: string, props: VolumeBackupProps) {
    super(scope, constructId(scope, id, new.target, props));
    if (props.credentialsKey !== undefined) {
      SecretReference.of('credentials', props.credentialsKey);
    }
    dnsLabel(this, 'name', id);
    const plan = BACKUP_SETTINGS.of(PlatformProfile.of(this));
    const storage = plan.storage
      ?? fail(this, 'has no bucket to copy to', 'Name one by StoreDefaults.of({ backups: { storage: ObjectStorage.s3(...) } })');
    if (props.namespaces.length === 0) {
      fail(this, 'names no namespace, and Velero would take all of them', "Name them, such as ['infrastructure']");
    }
    props.namespaces.forEach((namespace) => dnsLabel(this, 'namespace', namespace));
    defineObject<velero.BackupStorageLocationSpec>(this, 'Location', {
      apiVersion: 'velero.io/v1', kind: 'BackupStorageLocation', metadata: { name: id }, spec: location(storage, id, props),
    });
    const schedule = (name: string, ttl: string, snapshotVolumes: boolean) => defineObject<velero.ScheduleSpec>(this, name, {
      apiVersion: 'velero.io/v1',
      kind: 'Schedule',
      metadata: { name: `${id}-${name.toLowerCase()}` },
      spec: {
        schedule: plan.schedule.expression,
        // backups belong to the bucket, and not to what orders them
        useOwnerReferencesInBackup: false,
        template: {
          includedNamespaces: [...props.namespaces].sort(),
          storageLocation: id,
          ttl,
          snapshotVolumes,
          snapshotMoveData: snapshotVolumes,
          // a Secret is not in a backup that many may read
          excludedResources: ['secrets'],
        },
      },
    });
    schedule('Volumes', hours(plan.retention.toHours()), true);
    schedule('Configuration', hours(plan.configurationRetention.toHours()), false);
  }
}

function location(storage: ObjectStorage, name: string, { credentialsKey }: VolumeBackupProps): velero.BackupStorageLocationSpec {
  const { bucket, region, endpoint, kmsKeyId, credentials: { secretName }, certificateAuthority: authority } = storage.options;
  return {
    provider: PROVIDER,
    objectStorage: {
      bucket,
      prefix: storage._folder(FOLDER, name),
      caCertRef: authority && { name: authority.name, key: authority.key },
    },
    config: {
      region,
      ...kmsKeyId === undefined ? { serverSideEncryption: storage.encryption } : { kmsKeyId },
      ...endpoint === undefined ? {} : { s3Url: endpoint, s3ForcePathStyle: 'true' },
    },
    ...secretName === undefined || credentialsKey === undefined ? {} : { credential: { name: secretName, key: credentialsKey } },
  };
}

function hours(count: number): string {
  return `${count}h0m0s`;
}
