import type { Construct } from 'constructs';
import type { ClusterBackup } from './backup';
import { LABEL, MEMBER_ROLE } from './cloud-native-pg-definition';
import type * as prometheus from '../../../../imports/prometheus-operator';
import { alert, defineAlerts } from '../../../core/alerts';
import { defineObject } from '../../../core/kubernetes-object';
import type { HostedStore } from '../../hosted/hosted-store';

/** The operator's name of the port on which members tell their metrics. */
const METRICS = 'metrics';

/**
 * Alerts on an archive that takes no logs, and on copies that are too old or unknown, by what the members tell of themselves.
 *
 * @see https://cloudnative-pg.io/documentation/current/monitoring/
 */
export function defineClusterBackupAlerts(scope: Construct, { name, group: { namespace } }: HostedStore, { plan }: ClusterBackup): void {
  defineObject<prometheus.PodMonitorSpec>(scope, 'PodMonitor', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name },
    spec: {
      selector: { matchLabels: { [LABEL.cluster]: name, [LABEL.role]: MEMBER_ROLE } },
      podMetricsEndpoints: [{ port: METRICS }],
    },
  });
  // a metric of the members of this cluster alone
  const series = (metric: string) => `${metric}{namespace="${namespace}",pod=~"${name}-[0-9]+"}`;
  const [archived, failed] = ['archived', 'failed'].map((what) => series(`cnpg_pg_stat_archiver_last_${what}_time`));
  const newest = series('barman_cloud_cloudnative_pg_io_last_available_backup_timestamp');
  const oldest = plan.drill.oldestBackup.toSeconds();
  defineAlerts(scope, 'BackupAlerts', `${name}-backup`, { namespace, database: name }, [
    alert('PostgresArchiveFailing', 'critical', '5m', `${failed} > ${archived}`, `Logs of ${name} do not reach the archive`),
    // members that follow may know less than the primary
    alert('PostgresBackupStale', 'critical', '15m', `time() - max(${newest}) > ${oldest}`, `The newest backup of ${name} is older than ${oldest} s`),
    alert('PostgresBackupAbsent', 'critical', '15m', `absent(${newest})`, `${name} does not report its backups`),
  ]);
}
