import type { Construct } from 'constructs';
import { ConnectedWorkload } from './connected-workload';
import { checkHasPort } from './connection-checks';
import type { MicroserviceProps } from './microservice-props';
import { assemble } from './service-assembly';
import { ServiceSettings } from './service-settings';
import { hasReplicas } from '../core/scale-target';
import type { ICallable } from '../core/service-reference';
import { ServiceReference } from '../core/service-reference';
import type { IWorkload } from '../core/workload';
import { fail } from '../values/errors';
import type { Port } from '../values/port';

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
 * checkout.calls(payment, { idempotent: false });
 */
export class Microservice extends ConnectedWorkload implements IWorkload, ICallable {
  /** The fewest replicas it runs with. */
  public readonly minReplicas: number;

  /** The most replicas it runs with. */
  public readonly maxReplicas: number;

  /** Which service this is, for those who call it. */
  public readonly reference: ServiceReference;

  private readonly settings: ServiceSettings;

  /**
   * Defines the service `id`, which is a DNS label that begins with a letter, at most 58 characters long because Dapr
   * appends to it.
   */
  constructor(scope: Construct, id: string, props: MicroserviceProps = {}) {
    super(scope, id, props);
    if (props.scaling?._kind === 'queue') {
      fail(this, 'is scaled on its queues, so that callers would find nobody while nothing waits', 'Use a Worker, which nobody calls, or Scaling.utilization(...)');
    }
    this.settings = new ServiceSettings(this, this.name, this._group, props);
    this.minReplicas = this.settings.scaling.min;
    this.maxReplicas = this.settings.scaling.max;
    const { environment, name: group, profile } = this._group;
    this.reference = environment ? ServiceReference._in(environment.name, group, this.name) : ServiceReference.of(group, this.name);
    const labels = this._labels(props.type ?? profile._values.serviceType, this.settings.image);
    assemble(this, {
      node: this._serviceNode,
      containers: this._containers,
      settings: this.settings,
      dapr: this._dapr,
      labels,
      props,
      callable: true,
      queues: () => [],
    });
  }

  /**
   * All pods of a group, in the same environment, may connect directly to the ports of this service.
   *
   * Gives: ingress here, and the way out of the group's namespace. Prefer `calls` on the side of the caller: it admits one service and not a namespace, and Dapr checks it too.
   */
  public allowsGroup(group: string): void {
    this._connections.addAdmission({ service: this._serviceNode, group });
  }

  public override patch(kind: string, path: string, value: any, reason: string): void {
    if (hasReplicas(kind) && path === '/spec/replicas' && this.settings.scaling.kind === 'utilization') {
      fail(this, 'patches /spec/replicas, which its autoscaler decides', 'Use scaling: Scaling.replicas(...)');
    }
    super.patch(kind, path, value, reason);
  }

  /**
   * Who decided a setting: `<file>:<line>`, `MicroserviceProps`, the environment, or the platform profile.
   *
   * @param setting the dotted key as in a values file, such as `replicas.max`, `image.tag` or `env.LOG_FORMAT`
   */
  public explain(setting: string): string {
    return this.settings.explain(setting, 'MicroserviceProps');
  }

  /** @internal */
  protected override get _isCalled(): boolean {
    return true;
  }

  /** @internal */
  protected override _portsOf(props: MicroserviceProps): readonly Port[] {
    return checkHasPort(this, props.ports ?? this._group.profile._values.ports);
  }
}
