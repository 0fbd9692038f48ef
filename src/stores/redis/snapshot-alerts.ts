import type { Construct } from 'constructs';
import type { RedisDefinition } from './redis-definition';
import type { BackupValues } from '../backup/backup-plan';
import { defineAlerts } from '../hosted/hosted-alerts';

/** What kube-state-metrics says of a CronJob. */
const LAST_SUCCESS = 'kube_cronjob_status_last_successful_time';

/** Alerts on snapshots that are older than the plan of backups allows, and on those that never were. */
export function defineSnapshotAlerts(scope: Construct, { name, group: { namespace } }: RedisDefinition, job: string, plan: BackupValues): void {
  const oldest = plan.drill.oldestBackup.toSeconds();
  const series = `${LAST_SUCCESS}{namespace="${namespace}",cronjob="${job}"}`;
  defineAlerts(scope, 'Alerts', job, { namespace, redis: name }, [
    {
      alert: 'RedisSnapshotStale',
      expr: `time() - ${series} > ${oldest}`,
      for: '15m',
      severity: 'critical',
      summary: `The newest snapshot of ${name} is older than ${oldest} s`,
    },
    {
      alert: 'RedisSnapshotAbsent',
      expr: `absent(${series})`,
      for: `${oldest}s`,
      severity: 'critical',
      summary: `No snapshot of ${name} was brought away for ${oldest} s`,
    },
  ]);
}
