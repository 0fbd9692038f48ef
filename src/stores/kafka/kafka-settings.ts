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
   * @default - the profile's `kafka.version` (4.3.0)
   */
  readonly version?: string;

  /**
   * The format of the metadata, such as `4.3-IV0`. Kafka cannot go back to a version that does not know it, so it is raised by itself, after
   * the version.
   *
   * @default - the profile's `kafka.metadataVersion` (4.3-IV0)
   */
  readonly metadataVersion?: string;

  /**
   * The version of the protocol that sidecars speak, such as `3.6.0`: not newer than the brokers, and one that the library in Dapr knows.
   *
   * @default - the profile's `kafka.protocolVersion` (3.6.0)
   */
  readonly protocolVersion?: string;

  /**
   * How many brokers hold events: 3 or more, and not fewer than `replicationFactor`.
   *
   * @default - the profile's `kafka.brokers` (3)
   */
  readonly brokers?: number;

  /**
   * How many controllers agree on where everything is. Odd, and 3 or more.
   *
   * @default - the profile's `kafka.controllers` (3)
   */
  readonly controllers?: number;

  /**
   * On how many brokers each event is: 2 or more, and not more than there are brokers.
   *
   * @default - the profile's `kafka.replicationFactor` (3)
   */
  readonly replicationFactor?: number;

  /**
   * On how many brokers an event must be before it counts as written: fewer than `replicationFactor`, so that one broker may be away.
   *
   * @default - the profile's `kafka.minInSyncReplicas` (2)
   */
  readonly minInSyncReplicas?: number;

  /**
   * Into how many partitions a topic is split: at most so many replicas of a subscriber share its events. It may grow later, and never shrink.
   *
   * @default - the profile's `kafka.partitions` (16)
   */
  readonly partitions?: number;

  /**
   * How long an event is kept.
   *
   * @default - the profile's `kafka.retention` (604800 s)
   */
  readonly retention?: Duration;

  /**
   * The volume of each broker, such as `10000Gi`. It may grow later where its StorageClass allows that, and never shrink.
   *
   * @default - the profile's `kafka.storage` (10000Gi)
   */
  readonly storage?: string;

  /**
   * The volume of each controller, such as `20Gi`.
   *
   * @default - the profile's `kafka.controllerStorage` (20Gi)
   */
  readonly controllerStorage?: string;

  /**
   * The StorageClass that makes the volumes; an empty text means the default class of the cluster.
   *
   * @default - the profile's `kafka.storageClass` (none)
   */
  readonly storageClass?: string;

  /**
   * Processors and memory of each broker.
   *
   * @default - the profile's `kafka.resources` (cpuRequest 1, cpuLimit 1, memoryRequest 2Gi, memoryLimit 2Gi)
   */
  readonly resources?: ResourceAmounts;

  /**
   * Processors and memory of each controller.
   *
   * @default - the profile's `kafka.controllerResources`
   */
  readonly controllerResources?: ResourceAmounts;

  /**
   * Processors and memory of each of the two operators, of topics and of users.
   *
   * @default - the profile's `kafka.operatorResources`
   */
  readonly operatorResources?: ResourceAmounts;

  /**
   * How clients outside of the cluster reach the brokers: `route` (OpenShift alone has Routes), `loadbalancer`, `nodeport` or `none`.
   *
   * @default - the profile's `kafka.externalListener` (route)
   */
  readonly externalListener?: string;

  /**
   * The port of the brokers for services: 9092 to 65535.
   *
   * @default - the profile's `kafka.port` (9093)
   */
  readonly port?: number;

  /**
   * The port of the brokers for clients outside of the cluster: 9092 to 65535, and not `port`.
   *
   * @default - the profile's `kafka.externalPort` (9094)
   */
  readonly externalPort?: number;

  /**
   * How much the platform depends on it.
   *
   * @default - the profile's `kafka.tier` (critical)
   */
  readonly tier?: Tier;

  /**
   * What happens to a broker that no zone can take without becoming uneven: `DoNotSchedule` or `ScheduleAnyway`.
   *
   * @default - the profile's `kafka.zoneSpread` (DoNotSchedule)
   */
  readonly zoneSpread?: string;

  /**
   * How long a leaving broker may take to hand over its partitions.
   *
   * @default - the profile's `kafka.shutdown` (120 s)
   */
  readonly shutdown?: Duration;

  /**
   * Whether brokers and controllers offer metrics, on port 9404 to everybody in the cluster.
   *
   * @default - the profile's `kafka.metrics` (false)
   */
  readonly metrics?: boolean;
}
