import { Construct } from 'constructs';
import type { ConfigurationDefinition } from './definition';
import type * as prometheus from '../../../imports/prometheus-operator';
import { defineObject } from '../../core/kubernetes-object';

type Rule = prometheus.PrometheusRuleSpecGroupsRules;

const METRIC = 'configuration_backup_last_success_timestamp_seconds';

/**
 * Tells somebody when a configuration backup no longer succeeds, or never did: a run that failed once is followed by the next.
 *
 * @internal
 */
export class ConfigurationAlerts extends Construct {
  constructor(scope: Construct, id: string, { name, group, settings }: ConfigurationDefinition) {
    super(scope, id);
    const labels = { namespace: group.namespace, backup: name };
    const series = `${METRIC}{job="configuration-backup",namespace="${labels.namespace}",backup="${labels.backup}"}`;
    const oldest = settings.oldestSuccess.toSeconds();
    const alert = (alertName: string, expr: string, lasting: string, summary: string): Rule => ({
      alert: alertName,
      expr: expr as unknown as Rule['expr'],
      for: lasting,
      labels: { severity: 'warning', ...labels },
      annotations: { summary },
    });
    defineObject<prometheus.PrometheusRuleSpec>(this, 'Resource', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name },
      spec: {
        groups: [{
          name,
          rules: [
            alert('ConfigurationBackupStale', `time() - ${series} > ${oldest}`, '5m', `The configuration of ${group.namespace} was not backed up for over ${oldest} s`),
            alert('ConfigurationBackupAbsent', `absent(${series})`, `${oldest}s`, `The configuration of ${group.namespace} was never reported as backed up`),
          ],
        }],
      },
    });
  }
}
