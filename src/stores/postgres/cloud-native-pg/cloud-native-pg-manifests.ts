import type * as barman from '../../../../imports/barman-cloud';
import type * as cnpg from '../../../../imports/cloud-native-pg';

export type PluginSpec = cnpg.ClusterSpecPlugins;
export type ClusterSpec = cnpg.ClusterSpec;
export type PoolerSpec = cnpg.PoolerSpec;
export type ObjectStoreConfiguration = barman.ObjectStoreSpecConfiguration;
export type ObjectStoreSpec = barman.ObjectStoreSpec;
export type ScheduledBackupSpec = cnpg.ScheduledBackupSpec;
export type DatabaseSpec = cnpg.DatabaseSpec;
export type ManagedRole = cnpg.ClusterSpecManagedRoles;
