import type { Construct } from 'constructs';
import type { RedisDefinition } from './redis-definition';
import { alert, defineAlerts } from '../../core/alerts';
import type { BackupValues } from '../backup/backup-plan';

/** What kube-state-metrics says of a CronJob. */
const LAST_SUCCESS = 'kube_cronjob_status_last_successful_time';

/** Alerts on snapshots that are older than the plan of backups allows, and on those that never were. */
export function defineSnapshotAlerts(scope: Construct, { name, group: { namespace } }: RedisDefinition, job: string, plan: BackupValues): void {
  const oldest = plan.drill.oldestBackup.toSeconds();
  const series = `${LAST_SUCCESS}{namespace="${namespace}",cronjob="${job}"}`;
  defineAlerts(scope, 'Alerts', job, { namespace, redis: name }, [
    alert('RedisSnapshotStale', 'critical', '15m', `time() - ${series} > ${oldest}`, `The newest snapshot of ${name} is older than ${oldest} s`),
    alert('RedisSnapshotAbsent', 'critical', `${oldest}s`, `absent(${series})`, `No snapshot of ${name} was brought away for ${oldest} s`),
  ]);
}
