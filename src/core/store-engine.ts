import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import type { BrokerClient, DaprComponentSpec, QueueAccess, QueueTrigger, StoreClient } from './store-client';
import type { IBroker, IStateStore, IStoreEngine, StoreEndpoint } from './store-endpoint';
import type { StoreEngineProps } from './store-engine-props';
import type { StoreFromHostOptions, StoreFromNamespaceOptions, StoreHostedOptions } from './store-places';
import { endpointHosted, endpointInside, endpointOutside } from './store-places';
import { fail } from '../values/errors';

/**
 * A store and broker that runs already, as services use it.
 */
export interface IStore extends IStateStore, IBroker {
}

/**
 * A kind of store: how services reach it, and which Dapr components and KEDA triggers fit it.
 *
 * To support a store that this library does not know, extend this class and override the methods that apply. A construct that defines the store
 * returns `hosted(this)` as its endpoint.
 *
 * @example
 *
 * class Memcached extends stores.StoreEngine {
 *   constructor() {
 *     super('memcached', { port: 11211 });
 *   }
 *
 *   public stateComponent({ store }: stores.StoreClient): stores.DaprComponentSpec {
 *     return { type: 'state.memcached', version: 'v1', metadata: [{ name: 'hosts', value: `${store.host}:${store.port}` }] };
 *   }
 * }
 *
 * order.uses(new Memcached().fromNamespace(this, 'sessions', 'infrastructure'));
 */
export class StoreEngine implements IStoreEngine {
  /** Name of the engine. */
  public readonly name: string;

  /** Facts of the engine. */
  public readonly facts: StoreEngineProps;

  /** Protocol of its clients. */
  public readonly protocol: string;

  /**
   * Defines an engine.
   *
   * @param name such as `memcached`
   */
  constructor(name: string, facts: StoreEngineProps) {
    this.name = name;
    this.facts = facts;
    this.protocol = facts.protocol ?? name;
  }

  /**
   * The instance of this environment in a namespace that environments share.
   */
  public fromNamespace(scope: Construct, id: string, namespace: string, options: StoreFromNamespaceOptions = {}): IStore {
    return new ExistingStore(scope, id, (store) => endpointInside(store, this, namespace, options));
  }

  /**
   * A store outside of the cluster.
   */
  public fromHost(scope: Construct, id: string, host: string, options: StoreFromHostOptions): IStore {
    return new ExistingStore(scope, id, (store) => endpointOutside(store, this, host, options));
  }

  /**
   * The endpoint of a store that a construct defines. The services of one environment may use it.
   */
  public hosted(construct: Construct, options: StoreHostedOptions = {}): StoreEndpoint {
    return endpointHosted(construct, this, options);
  }

  /**
   * The port of stores in a part of the program.
   */
  public portOf(scope: IConstruct): number {
    return this.facts.port ?? fail(scope as Construct, `uses the engine '${this.name}', which has no port`, 'Give it one, or override portOf of its StoreEngine');
  }

  /**
   * The Dapr component that keeps state in the store. Fails unless an engine overrides it.
   */
  public stateComponent(client: StoreClient): DaprComponentSpec {
    return this.refuse(client, 'keeps no state of services', 'stateComponent');
  }

  /**
   * The Dapr component that publishes and subscribes topics. Fails unless an engine overrides it.
   */
  public pubsubComponent(client: BrokerClient): DaprComponentSpec {
    return this.refuse(client, 'carries no topics', 'pubsubComponent');
  }

  /**
   * The streams or queues that carry a topic.
   *
   * @param topic name of the topic
   * @param partitions the number of partitions of the store, if it has any
   */
  public streamsOf(topic: string, partitions?: number): string[] {
    return partitions === undefined ? [topic] : Array.from({ length: partitions }, (_, index) => `${topic}-${index}`);
  }

  /**
   * What KEDA reads to learn how many events of a topic wait for a worker. Fails unless an engine overrides it.
   *
   * @param topic name of the topic
   * @param streams what `streamsOf` returned for it
   * @param client the worker
   */
  public topicTriggers(topic: string, streams: string[], client: StoreClient): QueueTrigger[] {
    return this.refuse(client, `has no queue that KEDA can read for '${topic}' (${streams.join(', ')})`, 'topicTriggers');
  }

  /**
   * How KEDA connects to the store. Fails unless an engine overrides it.
   */
  public queueAccess(client: StoreClient): QueueAccess {
    return this.refuse(client, 'has no queue that KEDA can read', 'queueAccess');
  }

  private refuse({ store, construct }: StoreClient, problem: string, method: string): never {
    return fail(construct as Construct, `uses '${store.name}', which ${problem}`, `Use a store of another kind than '${this.name}', or override ${method} of its StoreEngine`);
  }
}

class ExistingStore extends Construct implements IStore {
  public readonly stateEndpoint: StoreEndpoint;
  public readonly brokerEndpoint: StoreEndpoint;

  constructor(scope: Construct, id: string, endpoint: (construct: Construct) => StoreEndpoint) {
    super(scope, id);
    this.stateEndpoint = endpoint(this);
    this.brokerEndpoint = this.stateEndpoint;
  }
}
