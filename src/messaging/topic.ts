import { Construct } from 'constructs';
import { ConnectionIndex } from '../core/connection-index';
import { engineOf } from '../core/engine-of';
import { environmentName, groupOf, placeOf } from '../core/service-group';
import type { IBroker } from '../core/store-endpoint';
import { type ITopic, TopicReference } from '../core/topic-reference';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import { topicName } from '../values/topic-name';

/**
 * Properties for `Topic`.
 */
export interface TopicProps {
  /**
   * The broker that carries the topic.
   */
  readonly broker: IBroker;
}

/**
 * A stream of events of one kind, owned by the group that defines it.
 *
 * Services publish and subscribe it. A topic alone renders nothing, unless this program defines its broker and the broker needs an object for
 * each topic.
 *
 * @example
 *
 * declare const order: Microservice;
 * const redis = stores.RedisCluster.fromNamespace(this, 'redis', 'infrastructure');
 * order.publishes(new Topic(this, 'order-placed', { broker: redis }));
 */
export class Topic extends Construct implements ITopic {
  /** Which topic this is. */
  public readonly topicId: TopicReference;

  /**
   * The streams of its broker that carry it: one for each partition, or the topic itself.
   */
  public readonly streams: string[];

  /**
   * Defines a topic with the name `id`: letters, digits, `.`, `_` and `-`, at most 178 of them.
   */
  constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, constructId(scope, id, new.target, props));
    topicName(this, id);
    const group = groupOf(this);
    if (!group.environment) {
      fail(this, `is in ${placeOf(group)}, so its events would cross environments`, 'Define it below a ServiceChart');
    }
    const broker = props.broker.brokerEndpoint;
    this.streams = engineOf(broker).streamsOf(id, broker.partitions);
    const node = { construct: this, name: id, group, broker, streams: this.streams };
    const owner = ConnectionIndex.of(this).stores.definitionOf(node.broker)?.group;
    if (owner && environmentName(owner) !== environmentName(group)) {
      fail(this, `is carried by the broker '${node.broker.name}' of ${placeOf(owner)}, so its events would cross environments`,
        `Define '${node.broker.name}' in '${group.namespace}' too`);
    }
    const twin = ConnectionIndex.of(this).addTopic(node);
    if (twin && twin.group.chart !== group.chart) {
      fail(this, `topic '${id}' of ${twin.construct.node.path} is on the same broker, which would mix the events of the two`,
        'Give one of them another name or broker, or use TopicReference.of() for the one that is there');
    }
    if (twin) {
      fail(this, `topic '${id}' is defined already at ${twin.construct.node.path}`, 'Give one of them another name, or use the one that is there');
    }
    this.topicId = TopicReference._in(group.environment.name, group.name, id);
  }
}
