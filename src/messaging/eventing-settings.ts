import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { oneOf } from '../values/one-of';
import { dnsLabel, plainText, portNumber, wholeNumber, wholeSeconds } from '../values/value-checks';

/**
 * How often an event is delivered again that a function did not take.
 *
 * @see https://knative.dev/docs/eventing/event-delivery/
 */
export interface DeliverySettings {
  /**
   * How often a delivery is repeated: 0 or more.
   *
   * @default - the profile's `functions.eventing.retries` (5)
   */
  readonly retries?: number;

  /**
   * How the wait between deliveries grows: `exponential` or `linear`.
   *
   * @default - the profile's `functions.eventing.backoff` (exponential)
   */
  readonly backoff?: string;

  /**
   * The wait before the first repetition, 1 whole second or more.
   *
   * @default - the profile's `functions.eventing.backoffDelay` (1 s)
   */
  readonly backoffDelay?: Duration;
}

/**
 * The brokers of Knative Eventing: which kind they are, and where events are handed to them.
 *
 * @see https://knative.dev/docs/eventing/brokers/
 */
export interface EventingSettings extends DeliverySettings {
  /** Which installed implementation runs brokers: `MTChannelBasedBroker`, `Kafka` or another class. It cannot change later. */
  readonly brokerClass?: string;
  /** The name of the ConfigMap that says how a broker of that class keeps events. */
  readonly brokerConfig?: string;
  /** The namespace of Knative Eventing: of that ConfigMap and of the Service below. */
  readonly namespace?: string;
  /** The Service that takes the events for all brokers. */
  readonly ingressService?: string;
  /** The port of its pods. */
  readonly ingressPort?: number;
}

/** Fails where no event could be delivered as it is said. */
export function checkDelivery(where: Construct | string, what: string, { retries, backoff, backoffDelay }: Required<DeliverySettings>): void {
  wholeNumber(where, retries, 0, undefined, `${what}retries`);
  oneOf(where, `${what}backoff`, backoff, ['exponential', 'linear']);
  wholeSeconds(where, `${what}backoffDelay`, backoffDelay, 1);
}

export function checkEventing(where: Construct | string, eventing: Required<EventingSettings>): void {
  checkDelivery(where, 'functions.eventing.', eventing);
  plainText(where, 'functions.eventing.brokerClass', eventing.brokerClass);
  dnsLabel(where, 'functions.eventing.brokerConfig', eventing.brokerConfig);
  dnsLabel(where, 'functions.eventing.namespace', eventing.namespace);
  dnsLabel(where, 'functions.eventing.ingressService', eventing.ingressService);
  portNumber(where, eventing.ingressPort);
}
