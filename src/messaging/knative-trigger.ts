import { Construct } from 'constructs';
import { type DeliveryOptions, deliverySpec, resolveDelivery } from './event-delivery';
import type { KnativeBroker } from './knative-broker';
import type * as eventing from '../../imports/knative-eventing';
import type { EventSink } from '../core/event-sink';
import { defineObject } from '../core/kubernetes-object';
import { groupOf } from '../core/service-group';
import { fail } from '../values/errors';
import { dnsSubdomain, plainText, show } from '../values/value-checks';
import { FUNCTION_SETTINGS } from '../workloads/function/function-settings';

/**
 * Which events of a broker a function takes, and what happens to those that it could not take.
 */
export interface TriggerOptions extends DeliveryOptions {
  /**
   * The attribute `type` of the events, such as `com.example.order.placed`.
   *
   * @default - events of every type
   */
  readonly eventType?: string;

  /**
   * The attribute `source` of the events.
   *
   * @default - events of every source
   */
  readonly source?: string;

  /**
   * Further attributes of the events, each with its exact value: names of lower-case letters and digits that begin with a letter.
   *
   * @default - none
   */
  readonly attributes?: { [name: string]: string };

  /**
   * The path at which the function takes an event (POST), such as `/events/order-placed`.
   *
   * @default - the root
   */
  readonly route?: string;

  /**
   * What tells this trigger from others of the function. Its object is named `<function>-<name>`.
   *
   * @default - the type of the events, or the name of the broker
   */
  readonly name?: string;
}

/**
 * A Trigger: the events of a broker that are sent to one subscriber.
 *
 * @see https://knative.dev/docs/eventing/triggers/
 * @internal
 */
export class KnativeTrigger extends Construct {
  constructor(scope: Construct, subscriber: EventSink, broker: KnativeBroker, options: TriggerOptions) {
    const suffix = nameOf(broker, options);
    const twin = scope.node.tryFindChild(`Trigger ${suffix}`);
    if (twin) {
      fail(scope, `has two triggers with the name '${suffix}'`, 'Give one of them another name');
    }
    super(scope, `Trigger ${suffix}`);
    const group = groupOf(this);
    if (broker.eventSink.namespace !== group.namespace) {
      fail(scope, `is triggered by the broker '${broker.name}' of '${broker.eventSink.namespace}', and a trigger finds those of its own namespace only`,
        `Define a KnativeBroker in '${group.namespace}', and let it take the events there`);
    }
    const delivery = resolveDelivery(this, FUNCTION_SETTINGS.of(group.profile).eventing, options, broker._delivery);
    const name = dnsSubdomain(scope, 'the name of the trigger', `${subscriber.name}-${suffix}`);
    defineObject<eventing.TriggerSpec>(this, 'Resource', {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Trigger',
      metadata: { name },
      spec: {
        broker: broker.name,
        filter: { attributes: attributesOf(scope, options) },
        subscriber: { ref: { ...subscriber }, ...options.route === undefined ? undefined : { uri: checkedRoute(scope, options.route) } },
        delivery: deliverySpec(scope, group, delivery),
      },
    });
  }
}

function nameOf(broker: KnativeBroker, { name, eventType }: TriggerOptions): string {
  return name ?? (eventType ?? broker.name).toLowerCase().split(/[^a-z0-9.]/).filter((part) => part !== '').join('-');
}

function attributesOf(where: Construct, { eventType, source, attributes }: TriggerOptions): { [name: string]: string } {
  const all = Object.entries({ ...attributes, ...eventType === undefined ? {} : { type: eventType }, ...source === undefined ? {} : { source } });
  for (const [name, value] of all) {
    if (!/^[a-z][a-z0-9]*$/.test(name)) {
      fail(where, `${show(name)} is not the name of an attribute of events`, 'Use lower-case letters and digits, and begin with a letter');
    }
    plainText(where, `the attribute ${name}`, value);
  }
  return Object.fromEntries(all);
}

function checkedRoute(where: Construct, route: string): string {
  plainText(where, 'route', route);
  return route.startsWith('/') ? route : fail(where, `expected a route that begins with '/', got ${show(route)}`, "Write a path such as '/events/order-placed'");
}
