import type { Construct } from 'constructs';
import { ConnectedWorkload } from './connected-workload';
import type { MicroserviceProps } from './microservice-props';
import { decideProgressive, surgeOf } from './progressive/progressive-definition';
import { defineProgressive } from './progressive/progressive-objects';
import type { ReplicaSettings } from './replica-settings';
import { replicaSettings } from './replica-settings';
import { defineDeployment, defineService, defineStorage } from './service-objects';
import { checkShape, shapeOf } from './service-shape';
import { checkStart } from './start-deadline';
import { hasReplicas, ROLLOUT, setScaleTarget } from '../core/scale-target';
import type { IReplicated } from '../core/workload';
import { Autoscaler } from '../scaling/autoscaler';
import { DisruptionBudget } from '../scaling/disruption-budget';
import { VerticalAutoscaler } from '../scaling/vertical-autoscaler';
import { fail } from '../values/errors';
import { QualityOfService } from '../values/quality-of-service';
import type { VerticalScaling } from '../values/vertical-scaling';

/**
 * Equal pods that run on, as a Deployment or a Rollout: each capability around them is a construct of its own.
 *
 * @internal
 */
export abstract class ReplicatedWorkload extends ConnectedWorkload implements IReplicated {
  /** The fewest replicas it runs with; those of a worker may be 0. */
  public readonly minReplicas: number;

  /** The most replicas it runs with. */
  public readonly maxReplicas: number;

  /** @internal */
  protected readonly _scaling: ReplicaSettings['resolved'];

  constructor(scope: Construct, id: string, props: MicroserviceProps) {
    super(scope, id, props);
    const { profile } = this._group;
    const called = this.address !== undefined;
    const { scaling, resolved } = replicaSettings(this, profile, this._settings);
    this._scaling = resolved;
    this.minReplicas = resolved.min;
    this.maxReplicas = resolved.max;
    const delivery = (props.delivery ?? profile.delivery)._completedBy(profile.delivery);
    const progressive = decideProgressive(this, this._serviceNode, delivery, called);
    const surge = progressive ? surgeOf(progressive, resolved.max) : delivery._surge(resolved.max);
    if (progressive) {
      setScaleTarget(this, ROLLOUT);
    }
    new DisruptionBudget(this, 'DisruptionBudget', { workload: this, limit: props.disruptionLimit });
    if (resolved.kind === 'utilization') {
      new Autoscaler(this, 'Autoscaler', { workload: this, scaling });
    }
    if (props.verticalScaling) {
      this.checkActing(props.verticalScaling);
      new VerticalAutoscaler(this, 'VerticalAutoscaler', { workload: this, scaling: props.verticalScaling });
    }
    defineStorage(this._pod, resolved.max + surge,
      "Use accessMode 'ReadWriteMany', or Scaling.replicas(1) with DeliveryStrategy.rolling({ maxSurge: 0, maxUnavailable: 1 })");
    checkStart(this, this._settings.kind.ports, this._settings.kind.probes, profile);
    checkShape(this, profile, props, called ? this.ports : []);
    if (called) {
      defineService(this, this._serviceNode, { ...this._settings.pod.metadata.service, ...shapeOf(props) });
    }
    const replicas = resolved.kind === 'replicas' ? resolved.max : undefined;
    if (progressive) {
      const { min: minReplicas, max: maxReplicas } = resolved;
      defineProgressive(this, { definition: progressive, pod: this._pod, shape: shapeOf(props), replicas, minReplicas, maxReplicas });
    } else {
      defineDeployment(this._pod, delivery, replicas);
    }
  }

  public override patch(kind: string, path: string, value: any, reason: string): void {
    if (hasReplicas(kind.split('/')[0]) && path === '/spec/replicas' && this._scaling.kind !== 'replicas') {
      const onQueues = this._scaling.kind === 'queue';
      fail(this, `patches /spec/replicas, which ${onQueues ? 'KEDA' : 'its autoscaler'} decides`, `Use scaling: Scaling.replicas(...)${onQueues ? ', or Scaling.queue({ pausedReplicas })' : ''}`);
    }
    super.patch(kind, path, value, reason);
  }

  /** Requests that change by themselves make another class of the pods than their tier says. */
  private checkActing(scaling: VerticalScaling): void {
    const { quality, tier } = this._settings;
    if (scaling._acts && quality !== QualityOfService.BURSTABLE) {
      fail(this, `sets requests by VerticalScaling.acts(), and its tier '${tier}' is ${quality}: with other requests its pods would be Burstable`,
        'Use VerticalScaling.recommends(), or a tier that is burstable');
    }
  }
}
