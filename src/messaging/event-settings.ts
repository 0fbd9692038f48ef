import { Duration } from 'cdk8s';
import { section } from '../profile/section';
import { wholeNumber } from '../values/value-checks';

/**
 * How events are delivered.
 */
export interface EventSettings {
  /** The path at the subscriber that takes the events of a topic is this and the topic's name. */
  readonly routePrefix?: string;
  /** How often the delivery of an event is repeated before it goes to the dead-letter topic. */
  readonly retries?: number;
  /** How long the sidecar waits before it repeats a delivery. */
  readonly retryInterval?: Duration;
  /** The most entries a topic keeps, roughly: acknowledged entries are not deleted otherwise. */
  readonly maxLength?: number;
}

/** How events are delivered. */
export const EVENT_SETTINGS = section<Required<EventSettings>>('events', () => ({
  routePrefix: '/events/', retries: 3, retryInterval: Duration.seconds(1), maxLength: 100_000,
}), {
  check: (where, { retries, maxLength }) => {
    wholeNumber(where, retries, 0, undefined, 'events.retries');
    wholeNumber(where, maxLength, 1, undefined, 'events.maxLength');
  },
});
