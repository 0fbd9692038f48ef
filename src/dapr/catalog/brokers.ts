import type { Construct } from 'constructs';
import { knownComponent } from './known-component';
import type { KnownComponentProps } from './known-component-props';
import type { DaprComponent } from '../dapr-component';

/**
 * Components that carry topics.
 *
 * @example
 *
 * declare const rabbitmq: Microservice;
 * const pubsub = components.Brokers.rabbitMq(this, 'pubsub', {
 *   server: rabbitmq,
 *   metadata: { username: 'shop' },
 *   secrets: { password: SecretReference.of('rabbitmq', 'password') },
 * });
 * new Topic(this, 'OrderPlaced', { broker: pubsub });
 */
export class Brokers {
  /**
   * RabbitMQ, `pubsub.rabbitmq`: port 5672. Sets `hostname` unless `connectionString` is set.
   */
  public static rabbitMq(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, {
      type: 'pubsub.rabbitmq', port: 5672, fields: { hostname: '{host}:{port}' }, unless: ['connectionString', 'host'],
    }, props);
  }

  /**
   * Kafka, `pubsub.kafka`: port 9092. Sets `brokers`; you set `authType`.
   */
  public static kafka(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'pubsub.kafka', port: 9092, fields: { brokers: '{host}:{port}' } }, props);
  }

  /**
   * NATS JetStream, `pubsub.jetstream`: port 4222. Sets `natsURL`.
   */
  public static nats(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'pubsub.jetstream', port: 4222, fields: { natsURL: 'nats://{host}:{port}' } }, props);
  }

  /**
   * AWS SNS and SQS, `pubsub.aws.snssqs`: the hosts of `region` in metadata.
   */
  public static awsSnsSqs(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, {
      type: 'pubsub.aws.snssqs', hosts: ['sns.{region}.amazonaws.com', 'sqs.{region}.amazonaws.com', 'sts.{region}.amazonaws.com'],
    }, props);
  }

  /**
   * Topics of Azure Service Bus, `pubsub.azure.servicebus.topics`: the host in `namespaceName` of metadata, port 5671. Set `host` if a Secret has the connection string.
   */
  public static azureServiceBus(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, {
      type: 'pubsub.azure.servicebus.topics', port: 5671, hosts: ['{namespaceName}:5671', 'login.microsoftonline.com'],
    }, props);
  }

  /**
   * GCP Pub/Sub, `pubsub.gcp.pubsub`.
   */
  public static gcpPubSub(scope: Construct, id: string, props: KnownComponentProps = {}): DaprComponent {
    return knownComponent(scope, id, { type: 'pubsub.gcp.pubsub', hosts: ['pubsub.googleapis.com', 'oauth2.googleapis.com'] }, props);
  }

  private constructor() {}
}
