import type { Construct } from 'constructs';
import { poolerName, POSTGRESQL_PORT, primaryService } from './cloud-native-pg-definition';
import type { StoreHostedOptions } from '../../../core/store-places';
import { fail } from '../../../values/errors';
import type { Image } from '../../../values/image';
import { PostgresEngine } from '../postgres-engine';
import type { PostgresValues } from '../postgres-section';
import type { PostgresSettings } from '../postgres-settings';

/** What each setting of the other engine is in this one. */
const OF_PATRONI: { readonly [setting in keyof PostgresSettings]?: string } = {
  ttl: 'the operator itself notices that a primary is lost',
  loopWait: 'the operator itself notices that a primary is lost',
  retryTimeout: 'the operator itself notices that a primary is lost',
  primaryStartTimeout: 'a member is taken for lost as soon as it does not answer its probes',
  maximumLag: 'the member that is least behind takes the place of the primary',
  startTimeout: 'cloudNativePg.startTimeout holds, which covers the recovery from the log as well',
  certificateInterval: 'the operator sees a renewed certificate at once',
  databasesResources: 'the operator makes databases, without a Job',
  databasesTimeout: 'the operator makes databases, without a Job',
};

/** Parameters that the operator keeps for itself, besides those that no engine takes. */
const OF_OPERATOR = new RegExp(`^(?:${[
  'allow_system_table_mods', 'archive_cleanup_command', 'bonjour(?:_name)?', 'cluster_name', 'config_file', 'data_directory', 'data_sync_retry',
  'event_source', 'external_pid_file', 'hba_file', 'hot_standby', 'ident_file', 'jit_provider', 'logging_collector', 'promote_trigger_file',
  'log_(?:destination|directory|file_mode|filename|rotation_age|rotation_size|truncate_on_rotation)', 'primary_(?:conninfo|slot_name)',
  'recovery_\\w+', 'restart_after_crash', 'restore_command', 'shared_preload_libraries', 'stats_temp_directory', 'synchronized_standby_slots',
  'syslog_\\w+', 'temp_tablespaces', 'unix_socket_\\w+',
].join('|')})$`);

/** Fails where what was said of a cluster itself belongs to another engine: what the profile says is for all of them. */
export function refuseForeignSettings(construct: Construct, said: PostgresSettings, { engine, parameters, port }: PostgresValues): void {
  if (engine !== PostgresEngine.CLOUD_NATIVE_PG) {
    if (said.cloudNativePg !== undefined) {
      fail(construct, `says cloudNativePg, and its engine is '${engine}'`, 'Use engine: PostgresEngine.CLOUD_NATIVE_PG, or leave it out');
    }
    return;
  }
  for (const [setting, instead] of Object.entries(OF_PATRONI)) {
    if (said[setting as keyof PostgresSettings] !== undefined) {
      fail(construct, `says ${setting}, which engine '${PostgresEngine.CLOUD_NATIVE_PG}' does not know: ${instead}`, 'Leave it out');
    }
  }
  const parameter = Object.keys(parameters).find((name) => OF_OPERATOR.test(name));
  if (parameter !== undefined) {
    fail(construct, `postgresql.parameters has '${parameter}', which the operator of engine '${PostgresEngine.CLOUD_NATIVE_PG}' keeps for itself`,
      parameter === 'shared_preload_libraries' ? "Say it as cloudNativePg: { cluster: { postgresql: { shared_preload_libraries: ['...'] } } }" : 'Leave it out');
  }
  if (port !== POSTGRESQL_PORT) {
    fail(construct, `postgresql.port is ${port}, and members of engine '${PostgresEngine.CLOUD_NATIVE_PG}' listen on ${POSTGRESQL_PORT} alone`,
      `Use ${POSTGRESQL_PORT}`);
  }
}

/** The image of the members: that of the profile is made for the other engine. */
export function imageOf(said: PostgresSettings, { engine, image, cloudNativePg }: PostgresValues): Image | undefined {
  return engine === PostgresEngine.CLOUD_NATIVE_PG ? said.image ?? cloudNativePg.image : image;
}

/** Where services come in: by the pooler where there is one. */
export function entryOf(name: string, { engine, cloudNativePg }: PostgresValues): StoreHostedOptions {
  if (engine !== PostgresEngine.CLOUD_NATIVE_PG) {
    return {};
  }
  const pooler = poolerName(name);
  return cloudNativePg.pooler.instances > 0 ? { service: pooler, app: pooler } : { service: primaryService(name) };
}
