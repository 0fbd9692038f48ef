import { engineOf } from '../core/engine-of';
import type { QueueTrigger } from '../core/store-client';
import type { IBroker, StoreEndpoint } from '../core/store-endpoint';
import { fail } from '../values/errors';
import { plainText } from '../values/value-checks';

/**
 * A queue, and the store that contains it.
 *
 * @internal
 */
export interface SourceTrigger extends QueueTrigger {
  /** Undefined for a query of metrics. */
  readonly store?: StoreEndpoint;
}

/**
 * Work that waits for a worker, besides the events of the topics that it subscribes.
 *
 * @see https://keda.sh/docs/latest/scalers/
 */
export class QueueSource {
  /**
   * The entries of a list on a Redis cluster. An entry that was taken out no longer counts, so leave it in a second list until the work on it
   * is done, and name both.
   *
   * @see https://keda.sh/docs/latest/scalers/redis-cluster-lists/
   */
  public static redisList(redis: IBroker, list: string): QueueSource {
    const where = 'QueueSource.redisList';
    plainText(where, 'list', list);
    const store = redisOf(where, redis);
    return new QueueSource([{ name: `length_${list}`, type: 'redis-cluster', threshold: 'listLength', metadata: { listName: list }, store }]);
  }

  /**
   * The entries of a stream on a Redis cluster that a consumer group has not acknowledged: those that nobody has got, and those in work.
   *
   * For an application that reads the stream by itself. The topics that a worker subscribes count anyway.
   *
   * @see https://keda.sh/docs/latest/scalers/redis-cluster-streams/
   */
  public static redisStream(redis: IBroker, stream: string, consumerGroup: string): QueueSource {
    const where = 'QueueSource.redisStream';
    plainText(where, 'stream', stream);
    plainText(where, 'consumerGroup', consumerGroup);
    const store = redisOf(where, redis);
    return new QueueSource(streamTriggers(stream, consumerGroup).map((trigger) => ({ ...trigger, store })));
  }

  /**
   * The answer of Prometheus to a query, one number: `network.metricsCollectorService` of the platform profile in force is asked. Where there
   * is no answer, nothing waits.
   *
   * @see https://keda.sh/docs/latest/scalers/prometheus/
   */
  public static prometheus(query: string): QueueSource {
    return new QueueSource([{ name: 'query', type: 'prometheus', threshold: 'threshold', metadata: { query: plainText('QueueSource.prometheus', 'query', query) } }]);
  }

  /** @internal */
  public readonly _triggers: readonly SourceTrigger[];

  private constructor(triggers: readonly SourceTrigger[]) {
    this._triggers = triggers;
  }
}

/**
 * A stream counts twice: what nobody has got (its lag), and what somebody has got and not acknowledged. The lag alone would be 0 as soon as a
 * sidecar has fetched what waits, and KEDA would stop the worker over its work.
 *
 * @internal
 */
export function streamTriggers(stream: string, consumerGroup: string): QueueTrigger[] {
  const metadata = { stream, consumerGroup };
  return [
    { name: `lag_${stream}`, type: 'redis-cluster-streams', threshold: 'lagCount', metadata },
    { name: `pending_${stream}`, type: 'redis-cluster-streams', threshold: 'pendingEntriesCount', metadata },
  ];
}

function redisOf(where: string, { brokerEndpoint }: IBroker): StoreEndpoint {
  return /^redis(?:-|$)/.test(engineOf(brokerEndpoint).protocol) ? brokerEndpoint
    : fail(where, `'${brokerEndpoint.name}' is no Redis`, 'Name a RedisCluster or a MessageBroker');
}
