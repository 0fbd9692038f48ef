import { Construct } from 'constructs';
import { type DeliveryOptions, deliverySpec, resolveDelivery } from './event-delivery';
import type * as eventing from '../../imports/knative-eventing';
import type { EventSink, IEventSink } from '../core/event-sink';
import { defineObject } from '../core/kubernetes-object';
import { groupOf, placeOf } from '../core/service-group';
import { type ICallable, ServiceReference } from '../core/service-reference';
import { NETWORK_SETTINGS } from '../network/network-settings';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import { Port } from '../values/port';
import { dnsLabel } from '../values/value-checks';
import { FUNCTION_SETTINGS } from '../workloads/function/function-settings';

/**
 * Properties for `KnativeBroker`.
 */
export interface KnativeBrokerProps extends DeliveryOptions {
}

/**
 * A broker of Knative Eventing: takes CloudEvents by HTTP, and wakes the functions that want them.
 *
 * Defines a Broker in the namespace of the group. Functions say what they want of it by `triggersOn`. Who sends events says
 * `order.calls(broker)`, which opens the way to where all brokers take events, and POSTs them to `url`.
 *
 * It knows nothing of a `Topic`, which Dapr carries.
 *
 * @see https://knative.dev/docs/eventing/brokers/
 *
 * @example
 *
 * declare const order: Microservice;
 * declare const thumbnail: workloads.KnativeFunction;
 * const events = new messaging.KnativeBroker(this, 'events');
 * order.calls(events);
 * thumbnail.triggersOn(events, { eventType: 'com.example.picture.uploaded' });
 */
export class KnativeBroker extends Construct implements ICallable, IEventSink {
  /** The name of the Broker. */
  public readonly name: string;

  /** Where events are sent by POST. */
  public readonly url: string;

  /** Where this is for those who send events to it. */
  public readonly reference: ServiceReference;

  /** This broker as the target of events. */
  public readonly eventSink: EventSink;

  /** @internal */
  public readonly _delivery: DeliveryOptions;

  /**
   * Defines the broker `id`, which is a DNS label. Its class and its ConfigMap come from `functions.eventing` of the platform profile in force,
   * and Knative lets neither change later.
   */
  constructor(scope: Construct, id: string, props: KnativeBrokerProps = {}) {
    super(scope, constructId(scope, id, new.target, props));
    this.name = dnsLabel(this, 'name', id);
    const group = groupOf(this);
    if (!group.environment) {
      fail(this, `is in ${placeOf(group)}, so its events would cross environments`, 'Define it below a ServiceChart');
    }
    const { clusterDomain } = group.profile._values;
    const functions = FUNCTION_SETTINGS.of(group.profile);
    const network = NETWORK_SETTINGS.of(group.profile);
    const { brokerClass, brokerConfig, namespace, ingressService, ingressPort } = functions.eventing;
    const { label, values: [value, ...more] } = network.knativeBrokerIngress;
    if (value === undefined || more.length > 0) {
      fail(this, `finds ${more.length === 0 ? 'no value' : 'several values'} in network.knativeBrokerIngress, and one Service takes the events for all brokers`, 'Name one value');
    }
    this._delivery = props;
    this.url = `http://${ingressService}.${namespace}.svc.${clusterDomain}/${group.namespace}/${id}`;
    this.reference = ServiceReference._foreign(id, {
      url: this.url,
      namespace: network.knativeBrokerIngress.namespace,
      selectorLabels: { [label]: value },
      ports: [Port.http(ingressPort)],
      dapr: false,
    });
    this.eventSink = { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: id, namespace: group.namespace };
    defineObject<eventing.BrokerSpec>(this, 'Resource', {
      apiVersion: this.eventSink.apiVersion,
      kind: this.eventSink.kind,
      metadata: { name: id, annotations: { 'eventing.knative.dev/broker.class': brokerClass } },
      spec: {
        config: { apiVersion: 'v1', kind: 'ConfigMap', name: brokerConfig, namespace },
        delivery: deliverySpec(this, group, resolveDelivery(this, functions.eventing, props)),
      },
    });
  }
}
