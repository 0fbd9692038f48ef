import { Duration } from 'cdk8s';
import type { ConnectionIndex } from './connection-index';
import type { ServiceNode, TopicEdge } from './edges';
import { endpointKey } from './node-keys';
import type { StoreEndpoint } from './store-endpoint';
import { EVENT_SETTINGS, type EventValues } from '../messaging/event-settings';
import type { PlatformProfile } from '../profile/platform-profile';

/** The waits of Dapr's exponential back-off: the first, the growth, and how much longer one may be by chance. */
const FIRST_WAIT = 500;
const GROWTH = 1.5;
const JITTER = 1.5;

/** The subscriptions of a service to the topics of one broker. */
export function subscriptionsOn(connections: ConnectionIndex, broker: StoreEndpoint, service: ServiceNode): TopicEdge[] {
  return connections.subscriptionsOf(service).filter((edge) => {
    const topic = connections.topic(edge.topic, service);
    return topic !== undefined && endpointKey(topic.broker) === endpointKey(broker);
  });
}

/** How often a delivery is repeated. Dapr has one setting for all topics of a broker, so the most persistent subscription decides. */
export function deliveryRetries(edges: readonly TopicEdge[]): number {
  return Math.max(...edges.map(({ service, options }) => options.retries ?? EVENT_SETTINGS.of(service.group.profile).retries));
}

/**
 * How long all deliveries of an event may take together, with the waits between them, in whole seconds. Without a subscription that of the
 * profile, so that the first subscriber of a broker changes nothing for its publishers.
 */
export function longestDelivery(edges: readonly TopicEdge[], profile: PlatformProfile): Duration {
  const usual = EVENT_SETTINGS.of(profile);
  const milliseconds = edges.length === 0 ? [deliveryTime(usual.retries, usual)] : edges.map(({ service, options }) => {
    const events = EVENT_SETTINGS.of(service.group.profile);
    const retries = deliveryRetries(edges.filter((edge) => edge.service === service));
    return deliveryTime(retries, { ...events, handlingTime: options.handlingTime ?? events.handlingTime });
  });
  return Duration.seconds(Math.ceil(Math.max(...milliseconds) / 1000));
}

function deliveryTime(retries: number, events: EventValues): number {
  return (retries + 1) * events.handlingTime.toMilliseconds() + longestWait(retries, events);
}

function longestWait(retries: number, { retryInterval, longestRetryInterval }: EventValues): number {
  if (retryInterval) {
    return retries * retryInterval.toMilliseconds();
  }
  const waits = Array.from({ length: retries }, (_, retry) => Math.min(FIRST_WAIT * GROWTH ** retry, longestRetryInterval.toMilliseconds()));
  return JITTER * waits.reduce((sum, wait) => sum + wait, 0);
}
