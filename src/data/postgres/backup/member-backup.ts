import type { PostgresBackup } from './definition';
import { archiveMounts, archiveVariables, archiveVolumes, BACKUP_FOLDERS, canarySeconds, reportVariables, SUPERUSER } from './definition';
import { storageRules } from './network';
import type { Container } from '../../hosted/pods';
import { storeContainer, variables } from '../../hosted/pods';
import type { MemberExtension, MemberPlaces } from '../member-extension';

/** So long after a backup that failed the next one begins. */
const RETRY_SECONDS = 300;
/** Whatever the retention says, so many whole backups stay. */
const MINIMUM_BACKUPS = 2;

/**
 * What makes the members of a PostgreSQL cluster archive and back themselves up.
 *
 * A whole backup reads the files of the server, so it is made where they are: by a container beside each member, of which only the
 * primary's acts. Nobody needs the right to run commands in other pods.
 */
export function memberBackup(backup: PostgresBackup, places: MemberPlaces): MemberExtension {
  const { plan, storage, store } = backup;
  const mounts = archiveMounts(backup, storage.credentials);
  const script = (name: string) => `/bin/sh ${BACKUP_FOLDERS.BACKUP_DIR}/${name}`;
  return {
    files: backup.files,
    parameters: {
      archive_mode: 'on',
      archive_command: `${script('archive.sh')} "%p"`,
      archive_timeout: `${plan.archiveTimeout.toSeconds()}s`,
    },
    env: variables(archiveVariables(backup)),
    volumeMounts: mounts,
    volumes: archiveVolumes(backup, storage.credentials, backup.keeperResources),
    containers: [storeContainer(store, 'backup', {
      command: script('keep.sh').split(' '),
      env: variables({
        ...archiveVariables(backup),
        ...reportVariables(backup),
        BACKUP_OFFSET: plan.schedule._offset,
        BACKUP_PERIOD: plan.schedule._period,
        CANARY_SECONDS: canarySeconds(backup),
        MINIMUM_BACKUPS,
        PGHOST: places.socketMount,
        PGPORT: store.group.profile._values.storage.postgresqlPort,
        PGUSER: SUPERUSER,
        RETENTION_DAYS: plan.retention.toDays(),
        RETRY_SECONDS,
      }),
      resources: backup.keeperResources._toKube(),
      volumeMounts: [
        ...mounts,
        { name: places.dataVolume, mountPath: places.dataMount, readOnly: true },
        { name: places.socketVolume, mountPath: places.socketMount },
      ],
    } as Partial<Container>)],
    resources: [backup.keeperResources],
    egress: storageRules(backup),
    accountAnnotations: storage.credentials._annotations,
  };
}
