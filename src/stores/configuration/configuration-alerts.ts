import type { Construct } from 'constructs';
import type { ConfigurationDefinition } from './configuration-definition';
import { alert, defineAlerts } from '../../core/alerts';

const METRIC = 'configuration_backup_last_success_timestamp_seconds';

/** Tells somebody when a configuration backup no longer succeeds, or never did: a run that failed once is followed by the next. */
export function defineConfigurationAlerts(scope: Construct, { name, group: { namespace }, settings }: ConfigurationDefinition): void {
  const series = `${METRIC}{job="configuration-backup",namespace="${namespace}",backup="${name}"}`;
  const oldest = settings.oldestSuccess.toSeconds();
  defineAlerts(scope, 'Alerts', name, { namespace, backup: name }, [
    alert('ConfigurationBackupStale', 'warning', '5m', `time() - ${series} > ${oldest}`,
      `The configuration of ${namespace} was not backed up for over ${oldest} s`),
    alert('ConfigurationBackupAbsent', 'warning', `${oldest}s`, `absent(${series})`,
      `The configuration of ${namespace} was never reported as backed up`),
  ]);
}
