import { pubsubName } from './components';
import type * as dapr from '../../imports/dapr';
import { eventRoute } from '../core/callbacks';
import { deadLetterTopics } from '../core/dead-letter';
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
    if (!topic || edge.options.declaredByApplication) {
      return;
    }
    const { options } = edge;
    const [deadLetterTopic] = deadLetterTopics(edge);
    const route = eventRoute(edge, topic.name);
    const rules = Object.entries(options.rules ?? {}).map(([path, match]) => ({ match, path }));
    // partitions share a route, and a topic for what the service could not take
    for (const stream of topic.streams) {
      this.define(edge, topic, stream, {
        routes: { default: route, rules: rules.length > 0 ? rules : undefined },
        deadLetterTopic,
        bulkSubscribe: options.bulk === undefined ? undefined : { enabled: true, maxMessagesCount: options.bulk },
        metadata: options.rawPayload ? { rawPayload: 'true' } : undefined,
      });
    }
    if (deadLetterTopic !== undefined && options.deadLetterRoute !== undefined) {
      // what the service cannot take again is kept, and not lost
      this.define(edge, topic, deadLetterTopic, { routes: { default: options.deadLetterRoute }, deadLetterTopic });
    }
  }

  private define(edge: TopicEdge, { broker, group }: TopicNode, stream: string, spec: Omit<dapr.SubscriptionSpec, 'pubsubname' | 'topic'>): void {
    const id = `${group.name} ${stream}`;
    if (!this.node.tryFindChild(id)) {
      defineObject<dapr.SubscriptionSpec>(this, id, {
        apiVersion: 'dapr.io/v2alpha1',
        kind: 'Subscription',
        metadata: { name: this.nameOf(edge, stream) },
        spec: late(() => ({ pubsubname: pubsubName(broker, this.service), topic: stream, ...spec })),
        scopes: [this.service.appId],
      });
    }
  }
}
