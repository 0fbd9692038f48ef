import { Duration } from 'cdk8s';
import { checkKafkaPort } from './kafka/kafka-section';
import { section } from '../profile/section';
import { wholeNumber } from '../values/value-checks';

/**
 * How file storage and stores are reached.
 */
export interface StorageSettings {
  /** Who may mount the file storage of a service: `ReadWriteMany`, `ReadOnlyMany`, `ReadWriteOnce`, `ReadWriteOncePod`. */
  readonly accessMode?: string;
  /** The port of a Redis cluster. */
  readonly redisPort?: number;
  /** The port of a PostgreSQL cluster. */
  readonly postgresqlPort?: number;
  /** The port of a Kafka cluster's brokers for clients inside of the cluster: 9092 to 65535. */
  readonly kafkaPort?: number;
  /** How long a sidecar tries to reach a store or broker at its start before it gives up and is restarted. */
  readonly initTimeout?: Duration;
}

/** How file storage and stores are reached. */
export const STORAGE_SETTINGS = section<Required<StorageSettings>>('storage', () => ({
  accessMode: 'ReadWriteMany', redisPort: 6379, postgresqlPort: 5432, kafkaPort: 9093, initTimeout: Duration.seconds(30),
}), {
  check: (where, { redisPort, postgresqlPort, kafkaPort }) => {
    wholeNumber(where, redisPort, 1, 65535, 'storage.redisPort');
    wholeNumber(where, postgresqlPort, 1, 65535, 'storage.postgresqlPort');
    checkKafkaPort(where, 'storage.kafkaPort', kafkaPort);
  },
});
