import { Construct } from 'constructs';
import { kafkaDefinition } from './kafka-definition';
import { defineKafka } from './kafka-objects';
import type { KafkaSettings } from './kafka-settings';
import { StoreEngine } from '../../core/store-endpoint';
import type { IBroker, StoreEndpoint } from '../../core/store-endpoint';
import type { Environment } from '../../profile/environment';
import { endpointHosted, endpointInside, endpointOutside } from '../store';

/**
 * A Kafka cluster, as services use it: the broker of topics. It keeps no state of services.
 */
export interface IKafkaCluster extends IBroker {
}

/**
 * Where a Kafka cluster of Strimzi runs in the cluster.
 */
export interface KafkaFromNamespaceOptions {
  /**
   * The name of its Kafka.
   *
   * @default - the id and the name of the environment, such as `kafka-prod`: each environment has its own
   */
  readonly instance?: string;

  /**
   * The Secret with the key `ca.crt`, the certificate of the authority of its brokers. It must exist in the namespace of each service that
   * uses it.
   *
   * @default - `<instance>-cluster-ca-cert`, as Strimzi names it
   */
  readonly secretName?: string;

  /**
   * The port of its listener for services.
   *
   * @default - the profile's `storage.kafkaPort` (9093)
   */
  readonly port?: number;
}

/**
 * Where a Kafka cluster runs outside of the cluster.
 */
export interface KafkaFromHostOptions {
  /**
   * The ranges of the addresses of all of its brokers, such as `10.20.0.0/24`: NetworkPolicies know addresses, not names.
   */
  readonly cidrs: string[];

  /**
   * The Secret with the keys `username`, `password` and `ca.crt`. It must exist in the namespace of each service that uses it.
   *
   * @default - the id
   */
  readonly secretName?: string;

  /**
   * The port its brokers listen on, with TLS and SCRAM-SHA-512.
   *
   * @default - the profile's `storage.kafkaPort` (9093)
   */
  readonly port?: number;
}

/**
 * Properties for `KafkaCluster`.
 */
export interface KafkaClusterProps extends KafkaSettings {
  /**
   * The environment whose services use it: its changes of the platform profile hold for this cluster too.
   *
   * @default - none; the platform profile in force
   */
  readonly environment?: Environment;
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
export class KafkaCluster extends Construct implements IKafkaCluster {
  /**
   * The instance of this environment in a namespace of the cluster, such as `kafka-prod` in `infrastructure`.
   *
   * Fails at synthesis if two environments would share one.
   */
  public static fromNamespace(scope: Construct, id: string, namespace: string, options: KafkaFromNamespaceOptions = {}): IKafkaCluster {
    return new ExistingKafka(scope, id, (kafka) => endpointInside(kafka, StoreEngine.KAFKA, namespace, options));
  }

  /**
   * A Kafka cluster outside of the Kubernetes cluster. Topics and users are made there.
   *
   * Fails at synthesis if two environments would share one.
   */
  public static fromHost(scope: Construct, id: string, host: string, options: KafkaFromHostOptions): IKafkaCluster {
    return new ExistingKafka(scope, id, (kafka) => endpointOutside(kafka, StoreEngine.KAFKA, host, options));
  }

  /** Where services find it. */
  public readonly brokerEndpoint: StoreEndpoint;

  /** The name of its Kafka. */
  public readonly name: string;

  /**
   * Defines the cluster `id`, which is the name of its Kafka and a DNS label of at most 30 characters.
   */
  constructor(scope: Construct, id: string, props: KafkaClusterProps = {}) {
    super(scope, id);
    const kafka = kafkaDefinition(this, props);
    this.name = kafka.name;
    this.brokerEndpoint = endpointHosted(this, StoreEngine.KAFKA, kafka.port);
    defineKafka(this, kafka, this.brokerEndpoint);
  }
}

class ExistingKafka extends Construct implements IKafkaCluster {
  public readonly brokerEndpoint: StoreEndpoint;

  constructor(scope: Construct, id: string, endpoint: (construct: Construct) => StoreEndpoint) {
    super(scope, id);
    this.brokerEndpoint = endpoint(this);
  }
}
