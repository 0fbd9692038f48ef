import type { Construct } from 'constructs';
import { defineBackupAlerts } from './backup-alerts';
import { type PostgresBackup, scriptsName } from './backup-definition';
import { RestoreDrill } from './restore-drill';
import { ConnectionIndex } from '../../../core/connection-index';
import { defineObject } from '../../../core/kubernetes-object';
import type { RestoreAssertion } from '../../backup/restore-assertion';

/** Defines what a backed-up PostgreSQL cluster has besides its members: the scripts, the drill and the alerts. */
export function defineBackup(construct: Construct, backup: PostgresBackup, assertions: readonly RestoreAssertion[]): void {
  ConnectionIndex.of(construct).addReporter(backup.store.group);
  defineObject(construct, 'BackupScripts', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: scriptsName(backup) }, data: backup.files });
  new RestoreDrill(construct, 'RestoreDrill', backup, assertions);
  defineBackupAlerts(construct, backup);
}
