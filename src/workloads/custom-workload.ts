import type { Construct } from 'constructs';
import { ConnectedWorkload } from './connected-workload';
import type { CustomWorkloadProps } from './custom-workload-props';
import { podTemplate } from './pod-template';
import { REPLICA_KEYS } from './replica-settings';
import { defineService, defineStorage } from './service-objects';
import { checkShape, shapeOf } from './service-shape';
import { sidecarOf } from './sidecar-choice';
import type { WorkloadKind } from './workload-kind';
import { late } from '../core/kubernetes-object';
import { probesOver } from '../core/pod-probes';
import { DEPLOYMENT, setScaleTarget } from '../core/scale-target';
import type { ICallable } from '../core/service-reference';
import { ServiceReference } from '../core/service-reference';
import type { IReplicated } from '../core/workload';
import { wholeNumber } from '../values/value-checks';

/**
 * Pods that an object of your own runs, such as a DaemonSet or a custom resource. They have connections as those of a `Microservice` have.
 *
 * Defines what belongs to the pods: a ServiceAccount, settings, a Dapr sidecar, a Service if there are ports, and what connections need. You define
 * the object that runs them, with `podTemplate`. Extend this class for a kind of workload of your own.
 *
 * @example
 *
 * const render = new workloads.CustomWorkload(this, 'render', { replicas: 3, kind: 'StatefulSet', image: Image.parse('registry.example.com/render:1.0.0') });
 * new core.CustomObject(render, 'StatefulSet', {
 *   apiVersion: 'apps/v1',
 *   kind: 'StatefulSet',
 *   name: render.name,
 *   spec: { replicas: 3, serviceName: render.name, selector: { matchLabels: render.selectorLabels }, template: render.podTemplate },
 * });
 */
export class CustomWorkload extends ConnectedWorkload implements IReplicated, ICallable {
  /** The fewest pods that run. */
  public readonly minReplicas: number;

  /** The most pods that run at a time. */
  public readonly maxReplicas: number;

  /** Which service this is, for those who call it. */
  public readonly reference: ServiceReference;

  /** The pods, for `spec.template` of the object that runs them. Its value is known at synthesis; change it with `JsonPatch` of cdk8s. */
  public readonly podTemplate: any;

  /**
   * Defines the workload `id`, which is a DNS label that begins with a letter, at most 58 characters long.
   */
  constructor(scope: Construct, id: string, props: CustomWorkloadProps) {
    super(scope, id, props);
    const { apiVersion = DEPLOYMENT.apiVersion, kind = DEPLOYMENT.kind } = props;
    this.maxReplicas = wholeNumber(this, props.replicas, 1, undefined, 'replicas');
    this.minReplicas = wholeNumber(this, props.minReplicas ?? props.replicas, 0, props.replicas, 'minReplicas');
    this.reference = ServiceReference._in(this._group.environment?.name, this._group.name, this.name);
    this._settings.refuseInFiles(Object.values(REPLICA_KEYS).flat(), 'is for a service that is scaled, and the code says how many replicas there are', 'Remove it');
    setScaleTarget(this, { apiVersion, kind });
    // after the scale target, which decides how the versions of the pods are told apart
    this.podTemplate = late(podTemplate(this._pod));
    checkShape(this, this._group.profile, props, this.ports);
    if (this.address !== undefined) {
      defineService(this, this._serviceNode, { ...this._settings.pod.metadata.service, ...shapeOf(props) });
    }
    defineStorage(this._pod, this.maxReplicas, "Use accessMode 'ReadWriteMany', or replicas: 1");
  }

  /** @internal */
  protected override _kind(props: CustomWorkloadProps): WorkloadKind {
    const { probes, serviceType } = this._group.profile._values;
    const ports = props.ports ?? [];
    return {
      props: 'CustomWorkloadProps',
      type: serviceType,
      called: true,
      dapr: sidecarOf(this, this._group.profile, props.dapr),
      ports,
      probes: probesOver(probes, ports, props.probes),
    };
  }
}
