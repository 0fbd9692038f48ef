import type { ConnectionIndex } from '../core/connection-index';
import { deadLetterTopics } from '../core/dead-letter';
import type { ServiceNode, TopicEdge, TopicNode } from '../core/edges';
import { subscriptionsOn } from '../core/event-delivery';
import { endpointKey } from '../core/node-keys';
import type { StoreField } from '../core/store-client';
import type { StoreEndpoint } from '../core/store-endpoint';

/** The topics of a broker that a service may use. */
export interface ServiceTopics {
  readonly app: string;
  readonly publishing: readonly string[];
  readonly subscribing: readonly string[];
}

/** Which topics of a broker a service may publish and subscribe. */
export function topicsOf(connections: ConnectionIndex, broker: StoreEndpoint, service: ServiceNode): ServiceTopics {
  const topics = (edges: readonly TopicEdge[]) => edges
    .flatMap((edge) => connections.topic(edge.topic, service) ?? [])
    .filter((topic) => endpointKey(topic.broker) === endpointKey(broker));
  const streams = (list: readonly TopicNode[]) => list.flatMap((topic) => topic.streams);
  const subscriptions = subscriptionsOn(connections, broker, service);
  const deadLetters = subscriptions.flatMap(deadLetterTopics);
  return {
    app: service.appId,
    // the subscriber's own sidecar publishes what it could not deliver; were it refused, the event would be lost
    publishing: [...streams(topics(connections.publicationsOf(service))), ...deadLetters],
    // and only the subscriber may read it again
    subscribing: [...streams(topics(subscriptions)), ...deadLetters],
  };
}

/** The fields that limit the users of a pub/sub component to their topics. A service that they do not name could use all. */
export function topicScopes(topics: readonly ServiceTopics[]): StoreField[] {
  return [
    { name: 'allowedTopics', value: [...new Set(topics.flatMap(({ publishing, subscribing }) => [...publishing, ...subscribing]))].sort().join(',') },
    { name: 'publishingScopes', value: topics.map(({ app, publishing }) => `${app}=${publishing.join(',')}`).join(';') },
    { name: 'subscriptionScopes', value: topics.map(({ app, subscribing }) => `${app}=${subscribing.join(',')}`).join(';') },
  ];
}
