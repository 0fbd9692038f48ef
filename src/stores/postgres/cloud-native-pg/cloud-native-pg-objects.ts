import type { Construct } from 'constructs';
import { clusterBackup, defineClusterBackup } from './backup';
import { defineClusterBackupAlerts } from './cloud-native-pg-alerts';
import { defineCluster } from './cloud-native-pg-cluster';
import { ManagedDatabases } from './cloud-native-pg-databases';
import type { CloudNativePgDefinition } from './cloud-native-pg-definition';
import { defineMembersPolicy } from './cloud-native-pg-policies';
import { Pooler } from './pooler';
import type { StoreEndpoint } from '../../../core/store-endpoint';
import { fail } from '../../../values/errors';
import type { RestoreAssertion } from '../../backup/restore-assertion';
import { tierResources } from '../../hosted/hosted-store';
import type { PostgresDefinition } from '../postgres-definition';

/** Defines the objects of a cluster that CloudNativePG runs. */
export function defineCloudNativePg(
  construct: Construct, store: PostgresDefinition, endpoint: StoreEndpoint, assertions: readonly RestoreAssertion[],
): void {
  if (assertions.length > 0) {
    fail(construct, `has restoreAssertions, which nobody would prove: engine '${store.settings.engine}' has no restore drill`, 'Leave them out');
  }
  const { group, settings } = store;
  const postgres: CloudNativePgDefinition = {
    ...store,
    memberResources: tierResources(construct, group.profile, settings.tier, settings.resources),
    backup: clusterBackup(construct, store),
  };
  const { backup } = postgres;
  defineCluster(construct, postgres, endpoint);
  new ManagedDatabases(construct, 'Databases', postgres, endpoint);
  defineMembersPolicy(construct, postgres);
  if (settings.cloudNativePg.pooler.instances > 0) {
    new Pooler(construct, 'Pooler', postgres);
  }
  if (backup) {
    defineClusterBackup(construct, postgres, backup);
    defineClusterBackupAlerts(construct, postgres, backup);
  }
}
