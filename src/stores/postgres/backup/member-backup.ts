import type { PostgresBackup } from './backup-definition';
import { archiveMounts, archiveRules, archiveVariables, archiveVolumes, BACKUP_FOLDERS, canarySeconds, reportVariables } from './backup-definition';
import { checksum } from '../../../core/pod-parts';
import { type Container, probeTimes, storeContainer, variables } from '../../hosted/hosted-pods';
import { DATA_VOLUME } from '../../hosted/stateful-set';
import type { MemberExtension } from '../patroni/member-extension';
import { FOLDERS, SUPERUSER } from '../patroni/patroni-definition';

/** So long after a backup that failed the next one begins. */
const RETRY_SECONDS = 300;
/** So long the loop beside the server may take for one round: it asks the archive, which answers within seconds. */
const SILENT_MINUTES = 10;
/** Whatever the retention says, so many whole backups stay. */
const MINIMUM_BACKUPS = 2;

/**
 * What makes the members of a PostgreSQL cluster archive and back themselves up.
 *
 * A whole backup reads the files of the server, so it is made where they are: by a container beside each member, of which only the
 * primary's acts. Nobody needs the right to run commands in other pods.
 */
export function memberBackup(backup: PostgresBackup): MemberExtension {
  const { plan, storage, store } = backup;
  const mounts = archiveMounts(backup, storage.options.credentials);
  const script = (name: string) => `/bin/sh ${BACKUP_FOLDERS.BACKUP_DIR}/${name}`;
  const probe = (command: string[]) => ({ exec: { command }, ...probeTimes(store.settings) });
  return {
    // in a ConfigMap of their own, which the drill has too
    files: {},
    parameters: {
      archive_mode: 'on',
      archive_command: `${script('archive.sh')} "%p"`,
      archive_timeout: `${plan.archiveTimeout.toSeconds()}s`,
    },
    env: variables(archiveVariables(backup)),
    volumeMounts: mounts,
    volumes: archiveVolumes(backup, storage.options.credentials, backup.keeperResources),
    containers: [storeContainer(store, 'backup', {
      command: script('keep.sh').split(' '),
      env: variables({
        ...archiveVariables(backup),
        ...reportVariables(backup),
        BACKUP_OFFSET: plan.schedule._offset,
        BACKUP_PERIOD: plan.schedule._period,
        CANARY_SECONDS: canarySeconds(backup),
        MINIMUM_BACKUPS,
        PGHOST: FOLDERS.RUN_DIR,
        PGPORT: store.settings.port,
        PGUSER: SUPERUSER,
        RETENTION_DAYS: plan.retention.toDays(),
        RETRY_SECONDS,
        SILENT_MINUTES,
        // a change of the scripts rolls out
        SCRIPTS: checksum(backup.files),
      }),
      resources: backup.keeperResources._toKube(),
      livenessProbe: probe(script('alive.sh').split(' ')),
      // never false again: a member serves also while nothing keeps its backups
      readinessProbe: probe(['test', '-f', `${BACKUP_FOLDERS.TMPDIR}/alive`]),
      volumeMounts: [
        ...mounts,
        { name: DATA_VOLUME, mountPath: FOLDERS.DATA_DIR, readOnly: true },
        { name: 'run', mountPath: FOLDERS.RUN_DIR },
      ],
    } as Partial<Container>)],
    resources: [backup.keeperResources],
    egress: archiveRules(backup),
    accountAnnotations: storage.options.credentials._annotations,
  };
}
