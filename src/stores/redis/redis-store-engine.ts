import type { IConstruct } from 'constructs';
import { streamsOf } from './broker/topic-partitions';
import { REDIS_SETTINGS } from './redis-settings';
import type { BrokerClient, DaprComponent, QueueAccess, QueueTrigger, StoreClient, StoreField } from '../../core/store-client';
import type { StoreEndpoint } from '../../core/store-endpoint';
import { StoreEngine } from '../../core/store-engine';
import { EVENT_SETTINGS } from '../../messaging/event-settings';
import { PlatformProfile } from '../../profile/platform-profile';
import { streamTriggers } from '../../scaling/queue-source';
import { SecretReference } from '../../values/secret-reference';

/**
 * How many events Dapr handles at a time, as many connections as acknowledging them takes. Waiting for events takes one for each stream
 * besides, and a sidecar that is told nothing has five for each processor and server.
 */
const HANDLED_AT_A_TIME = 10;

/** Redis 7 in cluster mode. */
class RedisStoreEngine extends StoreEngine {
  constructor() {
    super('redis', { dataKinds: ['RedisCluster.redis.redis.opstreelabs.in'] });
  }

  public portOf(scope: IConstruct): number {
    return REDIS_SETTINGS.of(PlatformProfile.of(scope)).port;
  }

  public stateComponent({ store }: StoreClient): DaprComponent {
    return { type: 'state.redis', version: 'v1', metadata: connection(store) };
  }

  public pubsubComponent(client: BrokerClient): DaprComponent {
    return { type: 'pubsub.redis', version: 'v1', metadata: connection(client.store), topicMetadata: streamLimits(client) };
  }

  public streamsOf(topic: string, partitions?: number): string[] {
    return streamsOf(topic, partitions);
  }

  /** The consumer group is that of the Dapr component: the app id. */
  public topicTriggers(_topic: string, streams: string[], { appId }: StoreClient): QueueTrigger[] {
    return streams.flatMap((stream) => streamTriggers(stream, appId));
  }

  /** Members are reached by their addresses, which no certificate names. As with Dapr, the password and the network policy protect the connection. */
  public queueAccess({ store }: StoreClient): QueueAccess {
    return {
      addressField: 'addresses',
      metadata: { enableTLS: 'true', unsafeSsl: 'true' },
      credentials: ['username', 'password'].map((name) => ({ name, secret: SecretReference.of(store.secretName, name) })),
    };
  }
}

function connection({ host, port, secretName }: StoreEndpoint): StoreField[] {
  return [
    { name: 'redisHost', value: `${host}:${port}` },
    { name: 'redisType', value: 'cluster' },
    { name: 'enableTLS', value: 'true' },
    { name: 'redisUsername', secret: SecretReference.of(secretName, 'username') },
    { name: 'redisPassword', secret: SecretReference.of(secretName, 'password') },
  ];
}

/** How long streams may become, and how many connections to them a sidecar needs. */
function streamLimits({ construct, store: { partitions }, subscriptions, worker }: BrokerClient): StoreField[] {
  const { maxLength } = EVENT_SETTINGS.of(PlatformProfile.of(construct));
  return [
    // what a topic keeps is shared by its partitions
    { name: 'maxLenApprox', value: String(Math.ceil(maxLength / (partitions ?? 1))) },
    ...partitions === undefined ? [] : [{ name: 'poolSize', value: String(subscriptions + HANDLED_AT_A_TIME) }],
    // a sidecar fetches a hundred events of each stream at a time; where there are workers, the next replica should find some of them
    ...worker ? [{ name: 'queueDepth', value: String(HANDLED_AT_A_TIME) }] : [],
  ];
}

export const REDIS_ENGINE: StoreEngine = new RedisStoreEngine();
