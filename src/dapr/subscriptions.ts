import { pubsubName } from './components';
import type * as dapr from '../../imports/dapr';
import { eventRoute } from '../core/callbacks';
import { deadLetterTopic } from '../core/dead-letter';
import type { TopicEdge, TopicNode } from '../core/edges';
import { defineObject, late } from '../core/kubernetes-object';
import { ServiceStep } from '../core/service-step';
import { objectNameOf } from '../values/topic-name';

/**
 * The Dapr Subscriptions of a service, one for each topic, or for each of its partitions.
 *
 * @see https://docs.dapr.io/developing-applications/building-blocks/pubsub/subscription-methods/
 * @internal
 */
export class Subscriptions extends ServiceStep {
  protected render(): void {
    this.connections.subscriptionsOf(this.service).forEach((edge) => this.subscribe(edge));
  }

  /** Two groups may have a topic of one name, each on a broker of its own. */
  private nameOf({ topic }: TopicEdge, stream: string): string {
    const twin = this.connections.subscriptionsOf(this.service).some((other) => other.topic.name === topic.name && other.topic.group !== topic.group);
    return [this.service.name, ...twin ? [topic.group] : [], objectNameOf(stream)].join('-');
  }

  private subscribe(edge: TopicEdge): void {
    const topic = this.connections.topic(edge.topic, this.service);
    if (topic && !edge.options.declaredByApplication) {
      topic.streams.forEach((stream) => this.define(this.nameOf(edge, stream), edge, topic, stream));
    }
  }

  /** Partitions share a route, and a topic for what the service could not take. */
  private define(name: string, edge: TopicEdge, topic: TopicNode, stream: string): void {
    const id = `${topic.group.name} ${stream}`;
    if (this.node.tryFindChild(id)) {
      return;
    }
    defineObject<dapr.SubscriptionSpec>(this, id, {
      apiVersion: 'dapr.io/v2alpha1',
      kind: 'Subscription',
      metadata: { name },
      spec: late(() => ({
        pubsubname: pubsubName(topic.broker, this.service),
        topic: stream,
        routes: { default: eventRoute(edge, topic.name) },
        deadLetterTopic: deadLetterTopic(topic.name, this.service.name),
      })),
      scopes: [this.service.appId],
    });
  }
}
