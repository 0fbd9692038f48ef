import type { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { whyUntouched } from './member-checks';
import { FAULT_REHEARSALS_SETTING, MESH_SETTING } from './mesh-settings';
import { ConnectionIndex } from '../core/connection-index';
import { placeOf, groupOf } from '../core/service-group';
import type { ICallable } from '../core/service-reference';
import type { FaultNode } from '../core/traffic-shifts';
import { constructId } from '../values/construct-id';
import { describe, fail } from '../values/errors';
import { wholeNumber } from '../values/value-checks';

/**
 * A delay of some requests.
 */
export interface DelayedRequests {
  /** How many of all requests, in percent: 1 to 100. */
  readonly percent: number;

  /** For how long each is held back: at least one millisecond. */
  readonly duration: Duration;
}

/**
 * The failure of some requests.
 */
export interface FailedRequests {
  /** How many of all requests, in percent: 1 to 100. */
  readonly percent: number;

  /** The status of the answer: 400 to 599. */
  readonly status: number;
}

/**
 * Properties for `FaultRehearsal`.
 */
export interface FaultRehearsalProps {
  /**
   * The service whose callers are rehearsed.
   */
  readonly service: ICallable;

  /**
   * Requests that arrive late.
   *
   * @default - none
   */
  readonly delay?: DelayedRequests;

  /**
   * Requests that fail without reaching the service.
   *
   * @default - none
   */
  readonly abort?: FailedRequests;
}

/** What a client and a server may have done wrong. @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15 */
const ERRORS = { first: 400, last: 599 };

/**
 * Lets requests of a service come late or fail, to see what becomes of its callers. Always a finding.
 *
 * These are real requests. So synthesis fails where the profile does not say `faultRehearsals`, which of the standard environments all but
 * production do. It needs `Mesh.istio()`, and holds for calls that pass through the mesh.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/fault-injection/
 *
 * @example
 *
 * declare const order: Microservice;
 * new mesh.FaultRehearsal(this, 'SlowOrders', { service: order, delay: { percent: 10, duration: Duration.seconds(5) } });
 */
export class FaultRehearsal extends Construct {
  constructor(scope: Construct, id: string, props: FaultRehearsalProps) {
    super(scope, constructId(scope, id, new.target, props));
    const connections = ConnectionIndex.of(this);
    const group = groupOf(this);
    const mesh = MESH_SETTING.of(group.profile);
    const faultRehearsals = FAULT_REHEARSALS_SETTING.of(group.profile);
    const { name } = props.service.reference;
    if (!faultRehearsals) {
      fail(this, `lets requests of '${name}' fail in ${placeOf(group)}, which does not allow it`, 'Set faultRehearsals in the environment for as long as the rehearsal lasts');
    }
    if (mesh._kind !== 'istio') {
      fail(this, `lets requests of '${name}' fail, and mesh ${mesh} cannot do that`, 'Use Mesh.istio()');
    }
    if (!props.delay && !props.abort) {
      fail(this, `rehearses nothing with '${name}'`, 'Name a delay or an abort');
    }
    [props.delay, props.abort].forEach((fault) => fault && wholeNumber(this, fault.percent, 1, 100, 'percent'));
    const milliseconds = props.delay?.duration.toMilliseconds({ integral: false });
    if (milliseconds !== undefined && milliseconds < 1) {
      fail(this, `delays requests of '${name}' by ${milliseconds} ms`, 'Wait at least 1 ms');
    }
    if (props.abort) {
      wholeNumber(this, props.abort.status, ERRORS.first, ERRORS.last, 'status');
    }
    const fault: FaultNode = {
      construct: this,
      group,
      service: props.service.reference,
      delay: props.delay,
      abort: props.abort,
    };
    connections.faults.push(fault);
    this.node.addValidation({ validate: () => problems(connections, fault) });
  }
}

function problems(connections: ConnectionIndex, fault: FaultNode): string[] {
  const service = connections.service(fault.service, fault);
  if (!service) {
    return [describe(`rehearses '${fault.service}', which is not defined`, 'Define a Microservice of that name')];
  }
  const twin = connections.faults.find((other) => other !== fault && connections.service(other.service, other) === service);
  const untouched = whyUntouched(connections, service);
  return [
    ...twin ? [describe(`rehearses '${service.name}', and ${twin.construct.node.path} does so too`, 'Say it in one place')] : [],
    ...untouched ? [describe(`lets nothing fail: ${untouched}`, 'Rehearse at the application, or call it without a Dapr sidecar')] : [],
  ];
}
