import type { Construct } from 'constructs';
import { ConnectionIndex } from './connection-index';
import type { ServiceGroup } from './service-group';
import { environmentName, placeOf } from './service-group';
import { fail } from '../values/errors';

/**
 * Where events are sent, as Knative Eventing names it: an object that has an address.
 */
export interface EventSink {
  /** Group and version of the object, such as `serving.knative.dev/v1`. */
  readonly apiVersion: string;
  /** The kind of the object, such as `Service`. */
  readonly kind: string;
  /** Its name. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace: string;
}

/**
 * What takes events of Knative Eventing: a `KnativeFunction` or a `KnativeBroker`.
 */
export interface IEventSink {
  /** Where events for it are sent. */
  readonly eventSink: EventSink;
}

/** The sink as a reference. Fails where events would leave the environment of the group. */
export function sinkReference(where: Construct, { eventSink }: IEventSink, group: ServiceGroup): EventSink {
  const targets = ConnectionIndex.of(where).groupsIn(eventSink.namespace);
  const [target] = targets;
  if (target && !targets.some((each) => environmentName(each) === environmentName(group))) {
    fail(where, `sends events to '${eventSink.name}' of ${placeOf(target)}, so they would leave ${placeOf(group)}`, `Define '${eventSink.name}' in '${group.namespace}'`);
  }
  return { ...eventSink };
}
