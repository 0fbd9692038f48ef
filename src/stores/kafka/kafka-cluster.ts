import { Construct } from 'constructs';
import { decideKafka } from './kafka-definition';
import { defineKafka } from './kafka-objects';
import type { KafkaSettings } from './kafka-settings';
import { KAFKA_ENGINE } from './kafka-store-engine';
import type { IBroker, StoreEndpoint } from '../../core/store-endpoint';
import type { StoreFromHostOptions, StoreFromNamespaceOptions } from '../../core/store-places';
import { constructId } from '../../values/construct-id';
import type { HostedStoreProps } from '../hosted/hosted-store-props';

/**
 * Properties for `KafkaCluster`.
 */
export interface KafkaClusterProps extends KafkaSettings, HostedStoreProps {
}

/**
 * A Kafka cluster (KRaft) that Strimzi 1.0 or later runs, reached by TLS and a password for each service.
 *
 * Defines, in a file of its own, a Kafka `<id>`, the KafkaNodePools `<id>-brokers` and `<id>-controllers`, a KafkaTopic for each `Topic` on it
 * and for what each subscriber could not take, and a KafkaUser for each service that publishes or subscribes one of them, with the rights
 * that follow from exactly that.
 *
 * Strimzi must be installed, and watch the namespace. It makes a Secret with the password of each user, `<id>.<namespace>.<app id>`, and one
 * with the certificate of its authority, `<id>-cluster-ca-cert`. Both must be brought to the namespace of the service, which this library
 * does not do. The Dapr component of a service is `<name>-pubsub-<service>`: each service has one of its own, because each has a password.
 *
 * @see https://strimzi.io/docs/operators/latest/deploying
 *
 * @example
 *
 * class Infrastructure extends SharedChart {
 *   constructor(scope: Construct) {
 *     super(scope, 'infrastructure');
 *     for (const environment of Environment.standard()) {
 *       new stores.KafkaCluster(this, `kafka-${environment.name}`, { environment, externalListener: 'none' });
 *     }
 *   }
 * }
 */
export class KafkaCluster extends Construct implements IBroker {
  /**
   * The instance of this environment in a namespace of the cluster, such as `kafka-prod` in `infrastructure`.
   *
   * The Secret `<instance>-cluster-ca-cert` has the key `ca.crt`, the certificate of the authority of its brokers. Fails at synthesis if two environments would share one.
   */
  public static fromNamespace(scope: Construct, id: string, namespace: string, options: StoreFromNamespaceOptions = {}): IBroker {
    return KAFKA_ENGINE.fromNamespace(scope, id, namespace, options);
  }

  /**
   * A Kafka cluster outside of the Kubernetes cluster.
   *
   * Topics and users are made there. Its Secret has the keys `username`, `password` and `ca.crt`. Its brokers use TLS and
   * SCRAM-SHA-512. Fails at synthesis if two environments would share one.
   */
  public static fromHost(scope: Construct, id: string, host: string, options: StoreFromHostOptions): IBroker {
    return KAFKA_ENGINE.fromHost(scope, id, host, options);
  }

  /** Where services find it. */
  public readonly brokerEndpoint: StoreEndpoint;

  /** The name of its Kafka. */
  public readonly name: string;

  /**
   * Defines the cluster `id`, which is the name of its Kafka and a DNS label of at most 30 characters.
   */
  constructor(scope: Construct, id: string, props: KafkaClusterProps = {}) {
    super(scope, constructId(scope, id, new.target, props));
    const kafka = decideKafka(this, props);
    this.name = kafka.name;
    this.brokerEndpoint = KAFKA_ENGINE.hosted(this, { port: kafka.settings.port });
    defineKafka(this, kafka, this.brokerEndpoint);
  }
}
