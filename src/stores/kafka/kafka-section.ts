import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KafkaSettings } from './kafka-settings';
import { section } from '../../profile/section';
import { Stage } from '../../profile/stage';
import { fail } from '../../values/errors';
import { oneOf } from '../../values/one-of';
import { Quantity } from '../../values/quantity';
import { Resources } from '../../values/resources';
import { Tier } from '../../values/tier';
import { show, wholeNumber, wholeSeconds } from '../../values/value-checks';

/** With fewer, the loss of one leaves no majority of controllers, or no second copy of an event. */
const FEWEST = 3;
/** Ports below are those of the brokers among themselves. */
const FIRST_KAFKA_PORT = 9092;
/** What Strimzi uses itself: metrics, and JMX. */
const TAKEN_PORTS = [9404, 9999];

/** Fails where the cluster could not run as it is said. */
function checkKafka(where: Construct | string, kafka: Required<KafkaSettings>): void {
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
  checkPort(where, 'kafka.port', kafka.port);
  checkPort(where, 'kafka.externalPort', kafka.externalPort);
  form(where, 'version', kafka.version, /^\d+\.\d+\.\d+$/, '4.3.0');
  form(where, 'metadataVersion', kafka.metadataVersion, /^\d+\.\d+-IV\d+$/, '4.3-IV0');
  form(where, 'protocolVersion', kafka.protocolVersion, /^\d+\.\d+\.\d+$/, '3.6.0');
}

/** A port that a listener may have. */
function checkPort(where: Construct | string, what: string, port: number): void {
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

/** Kafka clusters that Strimzi runs. */
export const KAFKA_SETTINGS = section<Required<KafkaSettings>>('kafka', () => ({
  version: '4.3.0',
  metadataVersion: '4.3-IV0',
  // the newest that the oldest supported Dapr knows, and not older than Kafka 4 still understands
  protocolVersion: '3.6.0',
  brokers: 3,
  controllers: 3,
  replicationFactor: 3,
  minInSyncReplicas: 2,
  partitions: 16,
  retention: Duration.days(7),
  storage: '10000Gi',
  controllerStorage: '20Gi',
  storageClass: '',
  resources: { cpuRequest: '1', cpuLimit: '1', memoryRequest: '2Gi', memoryLimit: '2Gi' },
  controllerResources: { cpuRequest: '250m', cpuLimit: '250m', memoryRequest: '512Mi', memoryLimit: '512Mi' },
  operatorResources: { cpuRequest: '100m', cpuLimit: '100m', memoryRequest: '256Mi', memoryLimit: '256Mi' },
  externalListener: 'route',
  port: 9093,
  externalPort: 9094,
  tier: Tier.CRITICAL,
  zoneSpread: 'DoNotSchedule',
  shutdown: Duration.seconds(120),
  metrics: false,
}), {
  check: checkKafka,
  stages: {
    [Stage.DEVELOPMENT]: { storage: '50Gi', resources: { cpuRequest: '250m', cpuLimit: '250m', memoryRequest: '1Gi', memoryLimit: '1Gi' } },
    [Stage.STAGING]: { storage: '500Gi', resources: { cpuRequest: '500m', cpuLimit: '500m', memoryRequest: '1Gi', memoryLimit: '1Gi' } },
  },
});
