import { Duration } from 'cdk8s';
import { section } from '../profile/section';
import { wholeNumber } from '../values/value-checks';

/**
 * How events are published and delivered.
 */
export interface EventSettings {
  /** The path at the subscriber that takes the events of a topic is this and the topic's name. */
  readonly routePrefix?: string;
  /** How often the delivery of an event is repeated before it goes to the dead-letter topic. */
  readonly retries?: number;
  /** The longest time between two deliveries of an event. It grows from 0.5 s by half each time, and varies by half. */
  readonly longestRetryInterval?: Duration;
  /** A fixed time between two deliveries of an event, in place of one that grows. */
  readonly retryInterval?: Duration;
  /** The longest time that a service takes for one delivery. A broker delivers an event again when all deliveries and the times between them are over. */
  readonly handlingTime?: Duration;
  /** How often publishing is repeated, of events and of dead letters. */
  readonly publishRetries?: number;
  /** The longest time between two attempts to publish. It grows as that between deliveries. */
  readonly longestPublishInterval?: Duration;
  /** Whether a PrometheusRule of each subscriber alerts on its dead letters. It requires the CRDs of the Prometheus Operator. */
  readonly deadLetterAlerts?: boolean;
  /** The most entries a topic keeps, roughly: acknowledged entries are not deleted otherwise. */
  readonly maxLength?: number;
}

/** The settings in force. All but one have a default. */
export type EventValues = Required<Omit<EventSettings, 'retryInterval'>> & Pick<EventSettings, 'retryInterval'>;

/** How events are published and delivered. */
export const EVENT_SETTINGS = section<EventValues>('events', () => ({
  routePrefix: '/events/',
  // 26 to 79 seconds: longer than the restart of an application and than a failover of the broker
  retries: 10,
  longestRetryInterval: Duration.seconds(15),
  retryInterval: undefined,
  handlingTime: Duration.seconds(30),
  // 15 to 46 seconds: a failover takes 10 to 13
  publishRetries: 10,
  longestPublishInterval: Duration.seconds(5),
  deadLetterAlerts: true,
  maxLength: 100_000,
}), {
  check: (where, { retries, publishRetries, maxLength }) => {
    wholeNumber(where, retries, 0, undefined, 'events.retries');
    wholeNumber(where, publishRetries, 0, undefined, 'events.publishRetries');
    wholeNumber(where, maxLength, 1, undefined, 'events.maxLength');
  },
});
