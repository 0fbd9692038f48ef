import type { IConstruct } from 'constructs';
import { kafkaConsumerGroup, kafkaUser } from './kafka-client';
import { KAFKA_SETTINGS } from './kafka-section';
import type { DaprComponentSpec, QueueAccess, QueueTrigger, StoreClient, StoreField } from '../../core/store-client';
import { StoreEngine } from '../../core/store-engine';
import { PlatformProfile } from '../../profile/platform-profile';
import { SecretReference } from '../../values/secret-reference';

/** Kafka, as Strimzi runs it or with users of that kind. */
class KafkaStoreEngine extends StoreEngine {
  constructor() {
    super('kafka', {
      serviceSuffix: '-kafka-bootstrap',
      secretSuffix: '-cluster-ca-cert',
      serviceUsers: true,
      dataKinds: ['Kafka.kafka.strimzi.io', 'KafkaNodePool.kafka.strimzi.io', 'KafkaTopic.kafka.strimzi.io'],
    });
  }

  public portOf(scope: IConstruct): number {
    return KAFKA_SETTINGS.of(PlatformProfile.of(scope)).port;
  }

  /**
   * Kafka deletes events by their age, which is a property of the topic.
   *
   * @see https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-apache-kafka/
   */
  public pubsubComponent(client: StoreClient): DaprComponentSpec {
    const { store, construct } = client;
    const [username, password, authority] = credentialsOf(client);
    return {
      type: 'pubsub.kafka',
      version: 'v1',
      metadata: [
        { name: 'brokers', value: `${store.host}:${store.port}` },
        { name: 'authType', value: 'password' },
        { ...username, name: 'saslUsername' },
        { ...password, name: 'saslPassword' },
        { name: 'saslMechanism', value: 'SHA-512' },
        { ...authority, name: 'caCert' },
        { name: 'consumerGroup', value: kafkaConsumerGroup(client) },
        // as on Redis, a new subscriber begins with what the topic still has
        { name: 'initialOffset', value: 'oldest' },
        { name: 'version', value: protocolVersion(construct) },
      ],
    };
  }

  public topicTriggers(topic: string, _streams: string[], client: StoreClient): QueueTrigger[] {
    return [{
      name: `lag_${topic}`,
      type: 'kafka',
      threshold: 'lagThreshold',
      metadata: {
        consumerGroup: kafkaConsumerGroup(client),
        topic,
        // where the sidecar begins that has never been there
        offsetResetPolicy: 'earliest',
        version: protocolVersion(client.construct),
      },
    }];
  }

  public queueAccess(client: StoreClient): QueueAccess {
    return { addressField: 'bootstrapServers', metadata: { sasl: 'scram_sha512', tls: 'enable' }, credentials: credentialsOf(client) };
  }
}

function protocolVersion(construct: IConstruct): string {
  return KAFKA_SETTINGS.of(PlatformProfile.of(construct)).protocolVersion;
}

/** Strimzi makes a Secret with the password of each user, whose name is no secret. Elsewhere one Secret has the credentials of all services. */
function credentialsOf(client: StoreClient): StoreField[] {
  const { secretName, namespace } = client.store;
  const user = kafkaUser(client.store, client);
  const inside = namespace !== undefined;
  return [
    { name: 'username', ...inside ? { value: user } : { secret: SecretReference.of(secretName, 'username') } },
    { name: 'password', secret: SecretReference.of(inside ? user : secretName, 'password') },
    { name: 'ca', secret: SecretReference.of(secretName, 'ca.crt') },
  ];
}

export const KAFKA_ENGINE: StoreEngine = new KafkaStoreEngine();
