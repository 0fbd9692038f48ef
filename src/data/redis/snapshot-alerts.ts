import { Construct } from 'constructs';
import type { RedisDefinition } from './pods';
import type * as prometheus from '../../../imports/prometheus-operator';
import { defineObject } from '../../core/kubernetes-object';
import type { BackupValues } from '../../model/backup-plan';

type Rule = prometheus.PrometheusRuleSpecGroupsRules;

/** What kube-state-metrics says of a CronJob. */
const LAST_SUCCESS = 'kube_cronjob_status_last_successful_time';

/**
 * Alerts on snapshots that are older than the plan of backups allows, and on those that never were.
 *
 * @internal
 */
export class SnapshotAlerts extends Construct {
  constructor(scope: Construct, id: string, { name, group }: RedisDefinition, job: string, plan: BackupValues) {
    super(scope, id);
    const oldest = plan.drill.oldestBackup.toSeconds();
    const series = `${LAST_SUCCESS}{namespace="${group.namespace}",cronjob="${job}"}`;
    const rule = (alert: string, expr: string, lasting: string, summary: string): Rule => ({
      alert,
      expr: expr as unknown as Rule['expr'],
      for: lasting,
      labels: { severity: 'critical', namespace: group.namespace, redis: name },
      annotations: { summary },
    });
    defineObject<prometheus.PrometheusRuleSpec>(this, 'Resource', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: job },
      spec: {
        groups: [{
          name: job,
          rules: [
            rule('RedisSnapshotStale', `time() - ${series} > ${oldest}`, '15m', `The newest snapshot of ${name} is older than ${oldest} s`),
            rule('RedisSnapshotAbsent', `absent(${series})`, `${oldest}s`, `No snapshot of ${name} was brought away for ${oldest} s`),
          ],
        }],
      },
    });
  }
}
