import type { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { StoreEndpoint } from './store-endpoint';
import type { SecretReference } from '../values/secret-reference';

/**
 * A field of a Dapr component or of a KEDA trigger: either a value or a key of a Secret.
 */
export interface StoreField {
  /** Name of the field, such as `redisHost`. */
  readonly name: string;

  /**
   * The value.
   *
   * @default - the value of `secret`
   */
  readonly value?: string;

  /**
   * The key of a Secret in the namespace of the service.
   *
   * @default - the field is no secret
   */
  readonly secret?: SecretReference;
}

/**
 * The type of a Dapr component, and how it connects to the store.
 *
 * @see https://docs.dapr.io/reference/components-reference/
 */
export interface DaprComponentSpec {
  /** Type of the component, such as `state.redis`. */
  readonly type: string;

  /** Version of the component type, such as `v1`. */
  readonly version: string;

  /** Fields that connect to the store. */
  readonly metadata: StoreField[];

  /**
   * Fields of a pub/sub component that follow those which limit topics to their users.
   *
   * @default - none
   */
  readonly topicMetadata?: StoreField[];
}

/**
 * A queue whose length KEDA reads.
 *
 * @see https://keda.sh/docs/latest/scalers/
 */
export interface QueueTrigger {
  /** Name of the trigger, such as `lag_orders`. */
  readonly name: string;

  /** Type of the scaler, such as `kafka`. */
  readonly type: string;

  /** The field that takes the load of one replica, such as `lagThreshold`. */
  readonly threshold: string;

  /** Fields that identify the queue. */
  readonly metadata: { [field: string]: string };
}

/**
 * How KEDA connects to a store.
 */
export interface QueueAccess {
  /** The field of the trigger that takes `<host>:<port>`, such as `addresses`. */
  readonly addressField: string;

  /** Further fields of the trigger, such as those that enable TLS. */
  readonly metadata: { [field: string]: string };

  /**
   * The types of triggers that the store needs in place of others, such as `redis` in place of `redis-cluster`.
   *
   * @default - none
   */
  readonly triggerTypes?: { [type: string]: string };

  /** Parameters of the TriggerAuthentication. None are rendered without any. */
  readonly credentials: StoreField[];
}

/**
 * A service that uses a store. Where services share a Dapr component, the first of them.
 */
export interface StoreClient {
  /** The store. */
  readonly store: StoreEndpoint;

  /** The construct of the service. */
  readonly construct: IConstruct;

  /** Name of the service. */
  readonly name: string;

  /** Namespace of the service. */
  readonly namespace: string;

  /** Dapr app id of the service. */
  readonly appId: string;
}

/**
 * Services that publish and subscribe topics through one Dapr component.
 */
export interface BrokerClient extends StoreClient {
  /** The most topics or partitions that one of them subscribes, with dead-letter topics. */
  readonly subscriptions: number;

  /**
   * The longest time that all deliveries of an event take together. A broker that delivers an event again earlier delivers it twice at a time.
   */
  readonly deliveryTime: Duration;
}
