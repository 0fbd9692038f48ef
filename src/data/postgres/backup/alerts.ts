import { Construct } from 'constructs';
import type { PostgresBackup } from './definition';
import type * as prometheus from '../../../../imports/prometheus-operator';
import { defineObject } from '../../../core/kubernetes-object';
import { shortestRestore } from '../../../model/backup-plan';

/** A drill may take its time: so much later than its schedule it counts as missing. */
const DRILL_GRACE = 86_400;
/** An upload that failed is tried again: so long it may take until somebody is told. */
const ARCHIVE_GRACE = 300;

type Rule = prometheus.PrometheusRuleSpecGroupsRules;

/**
 * Alerts on drills that failed, that are missing, that never were, or that took too long; and on an archive that is behind.
 *
 * @internal
 */
export class BackupAlerts extends Construct {
  constructor(scope: Construct, id: string, backup: PostgresBackup) {
    super(scope, id);
    const name = `${backup.store.name}-backup`;
    defineObject<prometheus.PrometheusRuleSpec>(this, 'Resource', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name },
      spec: { groups: [{ name, rules: [...drillRules(backup), ...archiveRules(backup)] }] },
    });
  }
}

function drillRules(backup: PostgresBackup): Rule[] {
  const { plan, store } = backup;
  const of = seriesOf(backup, 'restore-drill');
  const stale = plan.drill.schedule._period + DRILL_GRACE;
  const restore = plan.restoreTime.toSeconds();
  const alert = alertOf(backup);
  return [
    alert('RestoreDrillFailed', `${of('restore_drill_last_run_success')} == 0`, '5m', 'critical', `Restore drill of ${store.name} failed`),
    alert('RestoreDrillStale', `time() - ${of('restore_drill_last_success_timestamp_seconds')} > ${stale}`, '15m', 'critical',
      `No successful restore of ${store.name} for over ${inWords(stale)}`),
    alert('RestoreDrillAbsent', `absent(${of('restore_drill_last_success_timestamp_seconds')})`, `${stale}s`, 'critical',
      `${store.name} has not reported a successful restore drill for ${inWords(stale)}`),
    alert('RestoreDrillTooSlow', `${of('restore_drill_duration_seconds')} > ${restore}`, '5m', 'warning',
      `Restore of ${store.name} took over ${inWords(restore)}, and a full volume of ${store.settings.storage} needs ${shortestRestore(plan, store.settings.storage)} s at ${plan.restoreRate} a second`),
  ];
}

function archiveRules(backup: PostgresBackup): Rule[] {
  const { plan, store } = backup;
  const of = seriesOf(backup, 'postgres-backup');
  const oldest = plan.drill.oldestBackup.toSeconds();
  const alert = alertOf(backup);
  const behind = plan.recoveryPoint.toSeconds() + ARCHIVE_GRACE;
  return [
    alert('PostgresArchiveBehind', `time() - ${of('postgres_archive_last_success_timestamp_seconds')} > ${behind}`, '1m', 'critical',
      `The archive of ${store.name} is ${inWords(behind)} behind, and ${plan.recoveryPoint.toSeconds()} s are promised`),
    alert('PostgresArchiveAbsent', `absent(${of('postgres_archive_last_success_timestamp_seconds')})`, '15m', 'critical',
      `${store.name} has never reported an archived log`),
    alert('PostgresBackupStale', `time() - ${of('postgres_backup_last_success_timestamp_seconds')} > ${oldest}`, '15m', 'critical',
      `The newest backup of ${store.name} is older than ${inWords(oldest)}`),
  ];
}

/** A metric of one job and this database alone. */
function seriesOf({ store }: PostgresBackup, job: string): (metric: string) => string {
  return (metric) => `${metric}{job="${job}",namespace="${store.group.namespace}",database="${store.name}"}`;
}

function alertOf({ store }: PostgresBackup): (alert: string, expr: string, lasting: string, severity: string, summary: string) => Rule {
  return (alert, expr, lasting, severity, summary) => ({
    alert,
    expr: expr as unknown as Rule['expr'],
    for: lasting,
    labels: { severity, namespace: store.group.namespace, database: store.name },
    annotations: { summary },
  });
}

function inWords(seconds: number): string {
  const [unit, size] = UNITS.find(([, length]) => seconds % length === 0)!;
  return `${seconds / size} ${unit}${seconds === size ? '' : 's'}`;
}

/** The largest that divides a time is the one to say it in. */
const UNITS: readonly [string, number][] = [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]];
