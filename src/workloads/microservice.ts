import type { Construct } from 'constructs';
import { checkHasPort } from './connection-checks';
import type { MicroserviceProps } from './microservice-props';
import { ReplicatedWorkload } from './replicated-workload';
import type { WorkloadKind } from './workload-kind';
import { servingKind } from './workload-kind';
import type { ICallable } from '../core/service-reference';
import { ServiceReference } from '../core/service-reference';
import { fail } from '../values/errors';
import { Scaling } from '../values/scaling';

/**
 * A service: its pods, and everything around them that makes them reachable, scaled, protected and replaceable.
 *
 * Defines a Deployment, a Service, a ServiceAccount, a PodDisruptionBudget, a HorizontalPodAutoscaler, and what its
 * connections need: NetworkPolicies, Dapr access control, resiliency and subscriptions. All carry the name of the
 * service. It stands anywhere below a `ServiceChart`; where it stands does not change its manifests.
 *
 * @example
 *
 * const payment = new Microservice(this, 'payment', { tier: Tier.CRITICAL });
 * const checkout = new Microservice(this, 'checkout', { scaling: Scaling.utilization({ max: 10 }) });
 * checkout.calls(payment);
 */
export class Microservice extends ReplicatedWorkload implements ICallable {
  /** Which service this is, for those who call it. */
  public readonly reference: ServiceReference;

  /**
   * Defines the service `id`, which is a DNS label that begins with a letter, at most 58 characters long because Dapr
   * appends to it.
   */
  constructor(scope: Construct, id: string, props: MicroserviceProps = {}) {
    super(scope, id, props);
    this.reference = ServiceReference._in(this._group.environment?.name, this._group.name, this.name);
  }

  /**
   * All pods of a group, in the same environment, may connect directly to the ports of this service.
   *
   * Gives: ingress here, and the way out of the group's namespace. Prefer `calls` on the side of the caller: it admits one service and not a namespace, and Dapr checks it too.
   */
  public allowsGroup(group: string): void {
    checkHasPort(this, this.ports);
    this._connections.addAdmission({ service: this._serviceNode, group });
  }

  /** @internal */
  protected override _kind(props: MicroserviceProps): WorkloadKind {
    const scaling = props.scaling ?? Scaling._STANDARD;
    if (scaling._kind === 'queue') {
      fail(this, 'is scaled on its queues, so that callers would find nobody while nothing waits', 'Use a Worker, which nobody calls, or Scaling.utilization(...)');
    }
    const { profile } = this._group;
    return servingKind(this, profile, props, { props: 'MicroserviceProps', type: profile._values.serviceType, called: true, scaling });
  }
}
