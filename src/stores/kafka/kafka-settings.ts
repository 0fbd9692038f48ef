import type { Duration } from 'cdk8s';
import type { ResourceAmounts } from '../../values/resources';
import type { Tier } from '../../values/tier';

/**
 * A Kafka cluster that Strimzi runs: its size, how often it keeps an event, and who may reach it.
 *
 * @see https://strimzi.io/docs/operators/latest/configuring
 */
export interface KafkaSettings {
  /**
   * The version of Kafka, such as `4.3.0`. It must be one that the installed Strimzi has an image for.
   *
   * @default - `kafka.version` of the platform profile in force
   */
  readonly version?: string;

  /**
   * The format of the metadata, such as `4.3-IV0`. Kafka cannot go back to a version that does not know it, so it is raised by itself, after
   * the version.
   *
   * @default - `kafka.metadataVersion` of the platform profile in force
   */
  readonly metadataVersion?: string;

  /**
   * The version of the protocol that sidecars speak, such as `3.6.0`: not newer than the brokers, and one that the library in Dapr knows.
   *
   * @default - `kafka.protocolVersion` of the platform profile in force
   */
  readonly protocolVersion?: string;

  /**
   * How many brokers hold events: 3 or more, and not fewer than `replicationFactor`.
   *
   * @default - `kafka.brokers` of the platform profile in force
   */
  readonly brokers?: number;

  /**
   * How many controllers agree on where everything is. Odd, and 3 or more.
   *
   * @default - `kafka.controllers` of the platform profile in force
   */
  readonly controllers?: number;

  /**
   * On how many brokers each event is: 2 or more, and not more than there are brokers.
   *
   * @default - `kafka.replicationFactor` of the platform profile in force
   */
  readonly replicationFactor?: number;

  /**
   * On how many brokers an event must be before it counts as written: fewer than `replicationFactor`, so that one broker may be away.
   *
   * @default - `kafka.minInSyncReplicas` of the platform profile in force
   */
  readonly minInSyncReplicas?: number;

  /**
   * Into how many partitions a topic is split: at most so many replicas of a subscriber share its events. It may grow later, and never shrink.
   *
   * @default - `kafka.partitions` of the platform profile in force
   */
  readonly partitions?: number;

  /**
   * How long an event is kept.
   *
   * @default - `kafka.retention` of the platform profile in force
   */
  readonly retention?: Duration;

  /**
   * The volume of each broker, such as `10000Gi`. It may grow later where its StorageClass allows that, and never shrink.
   *
   * @default - `kafka.storage` of the platform profile in force
   */
  readonly storage?: string;

  /**
   * The volume of each controller, such as `20Gi`.
   *
   * @default - `kafka.controllerStorage` of the platform profile in force
   */
  readonly controllerStorage?: string;

  /**
   * The StorageClass that makes the volumes; an empty text means the default class of the cluster.
   *
   * @default - `kafka.storageClass` of the platform profile in force
   */
  readonly storageClass?: string;

  /**
   * Processors and memory of each broker.
   *
   * @default - `kafka.resources` of the platform profile in force
   */
  readonly resources?: ResourceAmounts;

  /**
   * Processors and memory of each controller.
   *
   * @default - `kafka.controllerResources` of the platform profile in force
   */
  readonly controllerResources?: ResourceAmounts;

  /**
   * Processors and memory of each of the two operators, of topics and of users.
   *
   * @default - `kafka.operatorResources` of the platform profile in force
   */
  readonly operatorResources?: ResourceAmounts;

  /**
   * How clients outside of the cluster reach the brokers: `route` (OpenShift alone has Routes), `loadbalancer`, `nodeport` or `none`.
   *
   * @default - `kafka.externalListener` of the platform profile in force
   */
  readonly externalListener?: string;

  /**
   * The port of the brokers for clients outside of the cluster: 9092 to 65535, and not `storage.kafkaPort`.
   *
   * @default - `kafka.externalPort` of the platform profile in force
   */
  readonly externalPort?: number;

  /**
   * How much the platform depends on it.
   *
   * @default - `kafka.tier` of the platform profile in force
   */
  readonly tier?: Tier;

  /**
   * What happens to a broker that no zone can take without becoming uneven: `DoNotSchedule` or `ScheduleAnyway`.
   *
   * @default - `kafka.zoneSpread` of the platform profile in force
   */
  readonly zoneSpread?: string;

  /**
   * How long a leaving broker may take to hand over its partitions.
   *
   * @default - `kafka.shutdown` of the platform profile in force
   */
  readonly shutdown?: Duration;

  /**
   * Whether brokers and controllers offer metrics, on port 9404 to everybody in the cluster.
   *
   * @default - `kafka.metrics` of the platform profile in force
   */
  readonly metrics?: boolean;
}
