import type { IConstruct } from 'constructs';
import type { BackupPlan } from './backup/backup-plan';
import { BACKUP_SETTINGS } from './backup/backup-section';
import { CONFIGURATION_BACKUP_SETTINGS } from './configuration/configuration-backup-section';
import type { ConfigurationBackupSettings } from './configuration/configuration-backup-settings';
import { ETCD_SETTINGS, type EtcdSettings } from './etcd/etcd-settings';
import { KAFKA_SETTINGS } from './kafka/kafka-section';
import type { KafkaSettings } from './kafka/kafka-settings';
import { POSTGRES_SETTINGS } from './postgres/postgres-section';
import type { PostgresSettings } from './postgres/postgres-settings';
import { BROKER_SETTINGS, type BrokerSettings } from './redis/broker/broker-settings';
import { REDIS_SETTINGS, type RedisSettings } from './redis/redis-settings';
import { STORAGE_SETTINGS, type StorageSettings } from './storage-settings';
import { ProfileDefaults } from '../profile/profile-defaults';
import { settingsInForce } from '../profile/settings-in-force';

/**
 * Changes to the defaults of stores, brokers and backups. What is left out stays as it was.
 */
export interface StoreDefaultsProps {
  /** PostgreSQL clusters that the platform runs itself. */
  readonly postgresql?: PostgresSettings;
  /** Redis clusters that the platform runs itself. */
  readonly redis?: RedisSettings;
  /** Kafka clusters that Strimzi runs. */
  readonly kafka?: KafkaSettings;
  /** etcd clusters that their operator runs. */
  readonly etcd?: EtcdSettings;
  /** Message brokers that the platform runs itself. */
  readonly broker?: BrokerSettings;
  /** What is copied out of the cluster, for how long, and how that is proved. */
  readonly backups?: BackupPlan;
  /** How the objects of the API server get into a Git repository. */
  readonly configurationBackup?: ConfigurationBackupSettings;
  /** How file storage and stores are reached. */
  readonly storage?: StorageSettings;
}

/** The sections of `StoreDefaultsProps`. */
export const STORE_SECTIONS = {
  postgresql: POSTGRES_SETTINGS,
  redis: REDIS_SETTINGS,
  kafka: KAFKA_SETTINGS,
  etcd: ETCD_SETTINGS,
  broker: BROKER_SETTINGS,
  backups: BACKUP_SETTINGS,
  configurationBackup: CONFIGURATION_BACKUP_SETTINGS,
  storage: STORAGE_SETTINGS,
};

/**
 * The defaults of stores, brokers and backups.
 *
 * @example
 *
 * PlatformProfile.standard().with(stores.StoreDefaults.of({ postgresql: { storage: '200Gi' } }));
 */
export class StoreDefaults {
  /**
   * Changes for `PlatformProfile.with` and `Environment.with`.
   */
  public static of(changes: StoreDefaultsProps): ProfileDefaults {
    return ProfileDefaults._of('StoreDefaults.of', STORE_SECTIONS, changes);
  }

  /**
   * All settings in force for a construct, none of them undefined.
   */
  public static inForce(scope: IConstruct): StoreDefaultsProps {
    return settingsInForce(STORE_SECTIONS, scope);
  }

  private constructor() {}
}
