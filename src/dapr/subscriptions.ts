import { Construct } from 'constructs';
import { pubsubName } from './components';
import type * as dapr from '../../imports/dapr';
import { Connections } from '../core/connections';
import { deadLetterTopic } from '../core/dead-letter';
import type { ServiceNode, TopicEdge } from '../core/edges';
import { defineObject, late } from '../core/kubernetes-object';
import { beforeSynthesis } from '../core/preparation';

/**
 * The Dapr Subscriptions of a service, one for each topic.
 *
 * @see https://docs.dapr.io/developing-applications/building-blocks/pubsub/subscription-methods/
 * @internal
 */
export class Subscriptions extends Construct {
  private readonly connections: Connections;

  constructor(scope: Construct, id: string, private readonly service: ServiceNode) {
    super(scope, id);
    this.connections = Connections.of(this);
    beforeSynthesis(this, () => this.connections.subscriptionsOf(this.service).forEach((edge) => this.render(edge)));
  }

  /** Two groups may have a topic of one name, each on a broker of its own. */
  private nameOf({ topic }: TopicEdge): string {
    const twin = this.connections.subscriptionsOf(this.service).some((other) => other.topic.name === topic.name && other.topic.group !== topic.group);
    return [this.service.name, ...twin ? [topic.group] : [], topic.name].join('-');
  }

  private render(edge: TopicEdge): void {
    const topic = this.connections.topic(edge.topic, this.service);
    const name = this.nameOf(edge);
    if (!topic || this.node.tryFindChild(name)) {
      return;
    }
    const { events } = this.service.group.profile._values;
    defineObject<dapr.SubscriptionSpec>(this, name, {
      apiVersion: 'dapr.io/v2alpha1',
      kind: 'Subscription',
      metadata: { name },
      spec: late(() => ({
        pubsubname: pubsubName(topic.broker, this.service),
        topic: topic.name,
        routes: { default: edge.options.route ?? `${events.routePrefix}${topic.name}` },
        deadLetterTopic: deadLetterTopic(topic.name, this.service.name),
      })),
      scopes: [this.service.appId],
    });
  }
}
