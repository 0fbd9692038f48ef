import { Construct } from 'constructs';
import { whyUntouched } from './member-checks';
import { MESH_SETTING } from './mesh-settings';
import { canaryRoutingOf } from '../core/canary-routing';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { groupOf } from '../core/service-group';
import type { ICallable } from '../core/service-reference';
import type { TrafficShiftNode } from '../core/traffic-shifts';
import { constructId } from '../values/construct-id';
import { describe, fail } from '../values/errors';
import { wholeNumber } from '../values/value-checks';

/**
 * A service that answers a share of requests.
 */
export interface WeightedService {
  /** The service. */
  readonly service: ICallable;

  /** Its share in percent: 0 to 100. */
  readonly weight: number;
}

/**
 * Properties for `TrafficShift`.
 */
export interface TrafficShiftProps {
  /**
   * The service that is called.
   */
  readonly service: ICallable;

  /**
   * Who answers, itself included: at least two, whose weights add up to 100. Each listens on the ports of the service that is called.
   */
  readonly backends: WeightedService[];
}

/** The shares of all backends together. */
const WHOLE = 100;

/**
 * Lets several services answer the requests of one, each a share: the old and the new version of it.
 *
 * It holds for calls that pass through the mesh: those to and from a service with Dapr sidecars at both ends go around it. Who calls the
 * service may also connect to the others, which need not be said. Istio renders it in the VirtualService, Linkerd as an HTTPRoute;
 * synthesis fails with `Mesh.cilium()` and `Mesh.none()`, which shift nothing.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/traffic-shifting/
 * @see https://linkerd.io/2/features/traffic-split/
 *
 * @example
 *
 * declare const order: Microservice;
 * declare const orderNext: Microservice;
 * new mesh.TrafficShift(this, 'OrderNext', {
 *   service: order,
 *   backends: [{ service: order, weight: 90 }, { service: orderNext, weight: 10 }],
 * });
 */
export class TrafficShift extends Construct {
  private readonly connections: ConnectionIndex;
  private readonly shift: TrafficShiftNode;

  constructor(scope: Construct, id: string, props: TrafficShiftProps) {
    super(scope, constructId(scope, id, new.target, props));
    this.connections = ConnectionIndex.of(this);
    const group = groupOf(this);
    const mesh = MESH_SETTING.of(group.profile);
    if (!mesh._proxies) {
      fail(this, `shifts traffic of '${props.service.reference.name}', and mesh ${mesh} shifts none`, 'Use Mesh.istio() or Mesh.linkerd(), or a canary by DeliveryStrategy');
    }
    props.backends.forEach(({ weight }) => wholeNumber(this, weight, 0, WHOLE, 'a weight'));
    const sum = props.backends.reduce((total, { weight }) => total + weight, 0);
    if (sum !== WHOLE) {
      fail(this, `the weights of '${props.service.reference.name}' add up to ${sum}, so no share would be what it says`, `Let them add up to ${WHOLE}`);
    }
    this.shift = {
      construct: this,
      group,
      service: props.service.reference,
      backends: props.backends.map(({ service, weight }) => ({ reference: service.reference, weight })),
    };
    this.connections.shifts.push(this.shift);
    this.node.addValidation({ validate: () => this.problems() });
  }

  private problems(): string[] {
    const { service, backends } = this.shift;
    const host = this.connections.service(service, this.shift);
    const missing = [service, ...backends.map(({ reference }) => reference)].find((reference) => !this.connections.service(reference, this.shift));
    if (!host || missing) {
      return [describe(`shifts traffic with '${missing}', which is not defined`, 'Define a Microservice of that name')];
    }
    const twin = this.connections.shifts.find((other) => other !== this.shift && this.connections.service(other.service, other) === host);
    const untouched = whyUntouched(this.connections, host);
    return [
      ...twin ? [describe(`shifts traffic of '${host.name}', and ${twin.construct.node.path} does so too`, 'Say it in one place')] : [],
      ...[host, ...backends.flatMap(({ reference }) => this.connections.service(reference, this.shift)!)].filter(({ construct }) => canaryRoutingOf(construct, 'istio')).slice(0, 1)
        .map(({ name }) => describe(`shifts traffic of '${name}', which is a canary whose weights Argo Rollouts changes`, 'Remove the TrafficShift, or use CanaryTraffic.REPLICA_RATIO')),
      ...untouched ? [describe(`shifts nothing: ${untouched}`, 'Shift by a canary of the service, or call it without a Dapr sidecar')] : [],
      ...backends.flatMap(({ reference }) => otherPorts(host, this.connections.service(reference, this.shift)!)),
    ];
  }
}

function otherPorts(host: ServiceNode, backend: ServiceNode): string[] {
  const [wanted, known] = [host, backend].map(({ ports }) => ports.map(({ servicePort }) => servicePort));
  const lacking = wanted.filter((port) => !known.includes(port));
  return lacking.length === 0 ? [] : [describe(
    `shifts requests of '${host.name}' to '${backend.name}', whose Service has no port ${lacking.join(', ')}`, 'Give both services the same ports',
  )];
}
