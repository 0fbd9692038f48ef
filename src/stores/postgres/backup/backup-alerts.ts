import type { Construct } from 'constructs';
import type { PostgresBackup } from './backup-definition';
import { type Alert, alert, defineAlerts } from '../../../core/alerts';
import { shortestRestore } from '../../backup/backup-plan';

/** A drill may take its time: so much later than its schedule it counts as missing. */
const DRILL_GRACE = 86_400;
/** An upload that failed is tried again: so long it may take until somebody is told. */
const ARCHIVE_GRACE = 300;

/** Alerts on drills that failed, that are missing, that never were, or that took too long; and on an archive that is behind. */
export function defineBackupAlerts(scope: Construct, backup: PostgresBackup): void {
  const { name, group: { namespace } } = backup.store;
  defineAlerts(scope, 'BackupAlerts', `${name}-backup`, { namespace, database: name }, [...drillAlerts(backup), ...archiveAlerts(backup)]);
}

function drillAlerts(backup: PostgresBackup): Alert[] {
  const { plan, store } = backup;
  const of = seriesOf(backup, 'restore-drill');
  const stale = plan.drill.schedule._period + DRILL_GRACE;
  const restore = plan.restoreTime.toSeconds();
  return [
    alert('RestoreDrillFailed', 'critical', '5m', `${of('restore_drill_last_run_success')} == 0`, `Restore drill of ${store.name} failed`),
    alert('RestoreDrillStale', 'critical', '15m', `time() - ${of('restore_drill_last_success_timestamp_seconds')} > ${stale}`,
      `No successful restore of ${store.name} for over ${inWords(stale)}`),
    alert('RestoreDrillAbsent', 'critical', `${stale}s`, `absent(${of('restore_drill_last_success_timestamp_seconds')})`,
      `${store.name} has not reported a successful restore drill for ${inWords(stale)}`),
    alert('RestoreDrillTooSlow', 'warning', '5m', `${of('restore_drill_duration_seconds')} > ${restore}`,
      `Restore of ${store.name} took over ${inWords(restore)}, and a full volume of ${store.settings.storage} needs ${shortestRestore(plan, store.settings.storage)} s at ${plan.restoreRate} a second`),
  ];
}

function archiveAlerts(backup: PostgresBackup): Alert[] {
  const { plan, store } = backup;
  const of = seriesOf(backup, 'postgres-backup');
  const oldest = plan.drill.oldestBackup.toSeconds();
  const behind = plan.recoveryPoint.toSeconds() + ARCHIVE_GRACE;
  return [
    alert('PostgresArchiveBehind', 'critical', '1m', `time() - ${of('postgres_archive_last_success_timestamp_seconds')} > ${behind}`,
      `The archive of ${store.name} is ${inWords(behind)} behind, and ${plan.recoveryPoint.toSeconds()} s are promised`),
    alert('PostgresArchiveAbsent', 'critical', '15m', `absent(${of('postgres_archive_last_success_timestamp_seconds')})`,
      `${store.name} has never reported an archived log`),
    alert('PostgresBackupStale', 'critical', '15m', `time() - ${of('postgres_backup_last_success_timestamp_seconds')} > ${oldest}`,
      `The newest backup of ${store.name} is older than ${inWords(oldest)}`),
  ];
}

/** A metric of one job and this database alone. */
function seriesOf({ store }: PostgresBackup, job: string): (metric: string) => string {
  return (metric) => `${metric}{job="${job}",namespace="${store.group.namespace}",database="${store.name}"}`;
}

function inWords(seconds: number): string {
  const [unit, size] = UNITS.find(([, length]) => seconds % length === 0)!;
  return `${seconds / size} ${unit}${seconds === size ? '' : 's'}`;
}

/** The largest that divides a time is the one to say it in. */
const UNITS: readonly [string, number][] = [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]];
