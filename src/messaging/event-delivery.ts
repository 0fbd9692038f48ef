import type { Construct } from 'constructs';
import { checkDelivery, type DeliverySettings } from './eventing-settings';
import type * as eventing from '../../imports/knative-eventing';
import { type IEventSink, sinkReference } from '../core/event-sink';
import type { ServiceGroup } from '../core/service-group';

/**
 * What happens to an event that nobody took.
 */
export interface DeliveryOptions extends DeliverySettings {
  /**
   * Where an event goes whose deliveries all failed.
   *
   * @default - that of the broker; without one, the event is lost
   */
  readonly deadLetters?: IEventSink;
}

/** A delivery with every setting in place. */
export type Delivery = Required<DeliverySettings> & DeliveryOptions;

/** Every setting of a delivery, by who says something of it, the more special first. */
export function resolveDelivery(where: Construct, defaults: Required<DeliverySettings>, ...said: DeliveryOptions[]): Delivery {
  const one = <K extends keyof DeliveryOptions>(key: K) => said.find((each) => each[key] !== undefined)?.[key];
  const delivery = {
    retries: one('retries') ?? defaults.retries,
    backoff: one('backoff') ?? defaults.backoff,
    backoffDelay: one('backoffDelay') ?? defaults.backoffDelay,
    deadLetters: one('deadLetters'),
  };
  checkDelivery(where, '', delivery);
  return delivery;
}

/** The `delivery` of a Broker or Trigger. */
export function deliverySpec(where: Construct, group: ServiceGroup, delivery: Delivery): eventing.TriggerSpecDelivery {
  const { retries, backoff, backoffDelay, deadLetters } = delivery;
  return {
    retry: retries,
    backoffPolicy: backoff,
    backoffDelay: backoffDelay.toIsoString(),
    ...deadLetters === undefined ? undefined : { deadLetterSink: { ref: sinkReference(where, deadLetters, group) } },
  };
}
