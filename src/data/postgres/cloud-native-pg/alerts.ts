import { Construct } from 'constructs';
import type { ClusterBackup } from './backup';
import { LABEL, MEMBER_ROLE } from './definition';
import type * as prometheus from '../../../../imports/prometheus-operator';
import type { Plain } from '../../../core/kubernetes-object';
import { defineObject } from '../../../core/kubernetes-object';
import type { HostedStore } from '../../hosted/hosted-store';

/** The operator's name of the port on which members tell their metrics. */
const METRICS = 'metrics';

type Rule = prometheus.PrometheusRuleSpecGroupsRules;

/**
 * Alerts on an archive that takes no logs, and on copies that are too old or unknown, by what the members tell of themselves.
 *
 * @see https://cloudnative-pg.io/documentation/current/monitoring/
 * @internal
 */
export class ClusterBackupAlerts extends Construct {
  constructor(scope: Construct, id: string, private readonly store: HostedStore, { plan }: ClusterBackup) {
    super(scope, id);
    const { name } = store;
    defineObject<Plain<prometheus.PodMonitorSpec>>(this, 'PodMonitor', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name },
      spec: {
        selector: { matchLabels: { [LABEL.cluster]: name, [LABEL.role]: MEMBER_ROLE } },
        podMetricsEndpoints: [{ port: METRICS }],
      } as Plain<prometheus.PodMonitorSpec>,
    });
    const [archived, failed] = ['archived', 'failed'].map((what) => this.series(`cnpg_pg_stat_archiver_last_${what}_time`));
    const newest = this.series('barman_cloud_cloudnative_pg_io_last_available_backup_timestamp');
    const oldest = plan.drill.oldestBackup.toSeconds();
    defineObject<prometheus.PrometheusRuleSpec>(this, 'PrometheusRule', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: `${name}-backup` },
      spec: {
        groups: [{
          name: `${name}-backup`,
          rules: [
            this.alert('PostgresArchiveFailing', `${failed} > ${archived}`, '5m', `Logs of ${name} do not reach the archive`),
            // members that follow may know less than the primary
            this.alert('PostgresBackupStale', `time() - max(${newest}) > ${oldest}`, '15m', `The newest backup of ${name} is older than ${oldest} s`),
            this.alert('PostgresBackupAbsent', `absent(${newest})`, '15m', `${name} does not report its backups`),
          ],
        }],
      },
    });
  }

  /** A metric of the members of this cluster alone. */
  private series(metric: string): string {
    return `${metric}{namespace="${this.store.group.namespace}",pod=~"${this.store.name}-[0-9]+"}`;
  }

  private alert(alert: string, expr: string, lasting: string, summary: string): Rule {
    return {
      alert,
      expr: expr as unknown as Rule['expr'],
      for: lasting,
      labels: { severity: 'critical', namespace: this.store.group.namespace, database: this.store.name },
      annotations: { summary },
    };
  }
}
