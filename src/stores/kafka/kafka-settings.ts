import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { fail } from '../../values/errors';
import { oneOf } from '../../values/one-of';
import { Quantity } from '../../values/quantity';
import type { ResourceAmounts } from '../../values/resources';
import { Resources } from '../../values/resources';
import type { Tier } from '../../values/tier';
import { show, wholeNumber, wholeSeconds } from '../../values/value-checks';

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

/** With fewer, the loss of one leaves no majority of controllers, or no second copy of an event. */
const FEWEST = 3;
/** Ports below are those of the brokers among themselves. */
export const FIRST_KAFKA_PORT = 9092;
/** What Strimzi uses itself: metrics, and JMX. */
const TAKEN_PORTS = [9404, 9999];

/** Fails where the cluster could not run as it is said. */
export function checkKafka(where: Construct | string, kafka: Required<KafkaSettings>): void {
  const whole = (field: keyof KafkaSettings, min: number, max?: number) => wholeNumber(where, kafka[field] as number, min, max, `kafka.${field}`);
  whole('brokers', FEWEST);
  whole('controllers', FEWEST);
  if (kafka.controllers % 2 === 0) {
    fail(where, `kafka.controllers ${kafka.controllers} is even: as with ${kafka.controllers - 1}, ${kafka.controllers / 2 - 1} of them may be lost before no majority is left`,
      `Use ${kafka.controllers - 1} or ${kafka.controllers + 1}`);
  }
  whole('replicationFactor', 2);
  if (kafka.replicationFactor > kafka.brokers) {
    fail(where, `kafka.replicationFactor ${kafka.replicationFactor} is more than kafka.brokers ${kafka.brokers}, so no topic could be made`,
      `Use ${kafka.brokers} or less, or more brokers`);
  }
  whole('minInSyncReplicas', 1);
  if (kafka.minInSyncReplicas >= kafka.replicationFactor) {
    fail(where, `kafka.minInSyncReplicas ${kafka.minInSyncReplicas} of kafka.replicationFactor ${kafka.replicationFactor} lets nobody write while one broker is away`,
      `Use ${kafka.replicationFactor - 1} or less`);
  }
  whole('partitions', 1);
  wholeSeconds(where, 'kafka.retention', kafka.retention, 1);
  wholeSeconds(where, 'kafka.shutdown', kafka.shutdown, 0);
  Quantity._of('storage', where, 'kafka.storage', kafka.storage);
  Quantity._of('storage', where, 'kafka.controllerStorage', kafka.controllerStorage);
  [kafka.resources, kafka.controllerResources, kafka.operatorResources].forEach((amounts) => Resources._partial(where, amounts));
  oneOf(where, 'kafka.externalListener', kafka.externalListener, ['route', 'loadbalancer', 'nodeport', 'none']);
  oneOf(where, 'kafka.zoneSpread', kafka.zoneSpread, ['DoNotSchedule', 'ScheduleAnyway']);
  checkKafkaPort(where, 'kafka.externalPort', kafka.externalPort);
  form(where, 'version', kafka.version, /^\d+\.\d+\.\d+$/, '4.3.0');
  form(where, 'metadataVersion', kafka.metadataVersion, /^\d+\.\d+-IV\d+$/, '4.3-IV0');
  form(where, 'protocolVersion', kafka.protocolVersion, /^\d+\.\d+\.\d+$/, '3.6.0');
}

/** A port that a listener may have. */
export function checkKafkaPort(where: Construct | string, what: string, port: number): void {
  wholeNumber(where, port, FIRST_KAFKA_PORT, 65535, what);
  if (TAKEN_PORTS.includes(port)) {
    fail(where, `${what} ${port} is a port that Strimzi uses itself`, `Use another, such as ${FIRST_KAFKA_PORT + 1}`);
  }
}

function form(where: Construct | string, field: keyof KafkaSettings, value: string, wanted: RegExp, example: string): void {
  if (typeof value !== 'string' || !wanted.test(value)) {
    fail(where, `expected kafka.${field} to be a version such as ${example}, got ${show(value)}`, `Write it as '${example}'`);
  }
}
