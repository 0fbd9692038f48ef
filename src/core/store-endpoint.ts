/**
 * A kind of store, such as Redis. `stores.StoreEngine` implements it.
 */
export interface IStoreEngine {
  /** Name of the engine, such as `redis`. */
  readonly name: string;
}

/**
 * Where a store is, and by what credentials.
 */
export interface StoreEndpoint {
  /** Name by which services know it, equal in all environments, such as `redis`. */
  readonly name: string;

  /** The kind of store: a `stores.StoreEngine`. */
  readonly engine: IStoreEngine;

  /** Host name; empty for a Dapr component, whose metadata contains it. */
  readonly host: string;

  /** Port, 1 to 65535; 0 for a Dapr component, whose metadata contains it. */
  readonly port: number;

  /**
   * Further ports to which clients connect, such as that of Redis behind Redis Sentinel.
   *
   * @default - none
   */
  readonly furtherPorts?: number[];

  /**
   * Name of the Secret with the credentials; it must exist in the namespace of each service that uses the store. Where each
   * service is a user of its own, its engine derives the name for the service from this one.
   */
  readonly secretName: string;

  /**
   * Namespace in which it runs.
   *
   * @default - it runs outside of the cluster
   */
  readonly namespace?: string;

  /**
   * The addresses it may have outside of the cluster, in CIDR notation.
   *
   * @default - it runs inside of the cluster
   */
  readonly cidrs?: string[];

  /**
   * The value of its pods' `app` label.
   *
   * @default - it runs outside of the cluster
   */
  readonly app?: string;

  /**
   * How many streams carry each topic, where it is a broker that spreads topics: 1 or more.
   *
   * @default - a topic is one stream
   */
  readonly partitions?: number;

  /**
   * Further fields of its Dapr state component, which replace those of the library.
   *
   * @default - none
   */
  readonly stateMetadata?: { [name: string]: string };
}

/**
 * A store for the state of services, or a Dapr component that services use: `components.DaprComponent`.
 */
export interface IStateStore {
  /** Where the store is. */
  readonly stateEndpoint: StoreEndpoint;
}

/**
 * A broker for topics.
 */
export interface IBroker {
  /** Where the broker is. */
  readonly brokerEndpoint: StoreEndpoint;
}
