import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { backupManifest } from './postgres-backup';

const rules = backupManifest('PrometheusRule', 'orders-backup').spec;
const labels = { namespace: 'infrastructure', database: 'orders' };
const HOUR = 60;
const DAY = 24 * HOUR;

/** Values of a metric, a minute apart, in the notation of promtool. */
const series = (metric: string, values: string, job = 'restore-drill') =>
  ({ series: `${metric}{job="${job}",namespace="${labels.namespace}",database="${labels.database}"}`, values });

interface Expected { readonly alert: string; readonly summary: string; readonly severity?: string; readonly job?: string }

/** What fires, and what does not fire yet, after so many minutes. */
function at(minute: number, { alert, summary, severity = 'critical', job = 'restore-drill' }: Expected, fires: boolean) {
  const expected = { exp_labels: { severity, job, ...labels }, exp_annotations: { summary } };
  return { eval_time: `${minute}m`, alertname: alert, exp_alerts: fires ? [expected] : [] };
}

function promtool(...tests: object[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  try {
    writeFileSync(join(folder, 'rules.yaml'), dump(rules));
    writeFileSync(join(folder, 'test.yaml'), dump({ rule_files: ['rules.yaml'], evaluation_interval: '1m', tests }));
    return execFileSync('promtool', ['check', 'rules', 'rules.yaml'], { cwd: folder, encoding: 'utf8' })
      + execFileSync('promtool', ['test', 'rules', 'test.yaml'], { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    throw new Error(`${(error as { stdout: string }).stdout}${(error as { stderr: string }).stderr}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each<[string, Expected, object[], number]>([
  ['a drill that failed', { alert: 'RestoreDrillFailed', summary: 'Restore drill of orders failed' },
    [series('restore_drill_last_run_success', `1x${2 * HOUR} 0x${HOUR}`)], 2 * HOUR + 6],
  ['no drill that succeeded for longer than a week and a day', { alert: 'RestoreDrillStale', summary: 'No successful restore of orders for over 8 days' },
    [series('restore_drill_last_success_timestamp_seconds', `0x${9 * DAY}`)], 8 * DAY + 16],
  ['a drill that never reported', { alert: 'RestoreDrillAbsent', summary: 'orders has not reported a successful restore drill for 8 days' },
    [series('restore_drill_last_run_success', `1x${9 * DAY}`)], 8 * DAY],
  ['a restore that took too long', {
    alert: 'RestoreDrillTooSlow', severity: 'warning', summary: 'Restore of orders took over 30 minutes, and a full volume of 100Gi needs 1650 s at 100M a second',
  }, [series('restore_drill_duration_seconds', `1700x${2 * HOUR} 1801x${HOUR}`)], 2 * HOUR + 6],
  ['an archive that is behind', {
    alert: 'PostgresArchiveBehind', job: 'postgres-backup', summary: 'The archive of orders is 6 minutes behind, and 60 s are promised',
  }, [series('postgres_archive_last_success_timestamp_seconds', '0+60x60 3600x60', 'postgres-backup')], 60 + 8],
  ['an archive that never was', { alert: 'PostgresArchiveAbsent', job: 'postgres-backup', summary: 'orders has never reported an archived log' },
    [], 15],
  ['a backup that is too old', { alert: 'PostgresBackupStale', job: 'postgres-backup', summary: 'The newest backup of orders is older than 26 hours' },
    [series('postgres_backup_last_success_timestamp_seconds', `0x${2 * DAY}`, 'postgres-backup')], 26 * HOUR + 16],
])('the alert on %s fires in time, and not before', (_what, expected, input, minute) => {
  const output = promtool({ interval: '1m', input_series: input, alert_rule_test: [at(minute - 1, expected, false), at(minute, expected, true)] });
  expect(output).toContain('SUCCESS: 7 rules found');
  expect(output).toMatch(/SUCCESS\s*$/);
});
