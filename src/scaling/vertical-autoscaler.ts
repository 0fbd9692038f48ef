import { Construct } from 'constructs';
import { VERTICAL_SCALING_SETTINGS } from './vertical-scaling-settings';
import type * as vpa from '../../imports/vertical-pod-autoscaler';
import { defineObject } from '../core/kubernetes-object';
import { replicaOwnerOf } from '../core/replica-owner';
import { scaleTargetOf } from '../core/scale-target';
import type { IReplicated } from '../core/workload';
import { PlatformProfile } from '../profile/platform-profile';
import { constructId } from '../values/construct-id';
import { describe } from '../values/errors';
import { DAPRD_CONTAINER } from '../values/ports';
import { dnsLabel } from '../values/value-checks';
import { VerticalScaling } from '../values/vertical-scaling';

/**
 * Properties for `VerticalAutoscaler`.
 */
export interface VerticalAutoscalerProps {
  /**
   * The workload whose requests are recommended: a Deployment or Rollout with its name.
   */
  readonly workload: IReplicated;

  /**
   * Between which bounds, and whether pods are changed.
   *
   * @default - `VerticalScaling.recommends()` with `verticalScaling` of the platform profile in force
   */
  readonly scaling?: VerticalScaling;

  /**
   * The container whose requests are meant.
   *
   * @default - the container with the name of the workload
   */
  readonly containerName?: string;
}

/**
 * Recommends what a workload's container should request, or sets it.
 *
 * Defines one VerticalPodAutoscaler with the name of the workload. It looks at the application's container alone: the Dapr sidecar and
 * every other container keep what the manifests say. Limits stay as they are.
 *
 * Synthesis fails if it acts on a resource by whose use the number of replicas is decided too: both are shares of the requests, so each
 * change of the one would make the other change back. It also fails on bounds beyond the LimitRange of the namespace.
 *
 * The VerticalPodAutoscaler must be installed in the cluster: it is no part of Kubernetes.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/autoscaling/vertical-pod-autoscale/
 *
 * @example
 *
 * declare const order: Microservice;
 * new workloads.VerticalAutoscaler(this, 'OrderRequests', {
 *   workload: order,
 *   scaling: VerticalScaling.recommends({ max: { cpu: '1', memory: '2Gi' } }),
 * });
 */
export class VerticalAutoscaler extends Construct {
  private readonly workload: IReplicated;
  private readonly scaling: ReturnType<VerticalScaling['_resolve']>;

  constructor(scope: Construct, id: string, props: VerticalAutoscalerProps) {
    super(scope, constructId(scope, id, new.target, props));
    const { workload } = props;
    if (props.containerName !== undefined) {
      dnsLabel(this, 'containerName', props.containerName);
    }
    const profile = PlatformProfile.of(this);
    const { containerLimits } = profile._values;
    const verticalScaling = VERTICAL_SCALING_SETTINGS.of(profile);
    this.workload = workload;
    this.scaling = (props.scaling ?? VerticalScaling.recommends())._resolve(this, verticalScaling, containerLimits, profile.kubernetesVersion);

    const { updateMode, resources, min, max } = this.scaling;
    const keep = (containerName: string) => ({ containerName, mode: 'Off' as const });
    defineObject<vpa.VerticalPodAutoscalerSpec>(this, 'Resource', {
      apiVersion: 'autoscaling.k8s.io/v1',
      kind: 'VerticalPodAutoscaler',
      metadata: { name: workload.name },
      spec: {
        targetRef: { ...scaleTargetOf(workload), name: workload.name },
        updatePolicy: { updateMode },
        resourcePolicy: {
          containerPolicies: [
            {
              containerName: props.containerName ?? workload.name,
              mode: 'Auto',
              controlledResources: [...resources],
              // limits would grow in proportion, beyond quota and LimitRange
              controlledValues: 'RequestsOnly',
              minAllowed: only(resources, min),
              maxAllowed: only(resources, max),
            },
            keep(DAPRD_CONTAINER),
            // whatever else is there or gets injected
            keep('*'),
          ],
        },
      },
    });

    // late, because an autoscaler may be defined after this line
    this.node.addValidation({ validate: () => this.validateScaling() });
  }

  private validateScaling(): string[] {
    const { acts, resources } = this.scaling;
    if (!acts) {
      return [];
    }
    const { name } = this.workload;
    const owner = replicaOwnerOf(this.workload);
    const shared = resources.filter((resource) => owner?.resources.includes(resource));
    return !owner || shared.length === 0 ? [] : [describe(
      `sets the requests of ${shared.join(' and ')} of '${name}', and ${owner.what} counts replicas by the use of ${shared.join(' and ')} in percent of those requests, so the two would chase each other`,
      'Use VerticalScaling.recommends(), or a fixed number by Scaling.replicas(...)',
    )];
  }
}

function only(resources: readonly string[], amounts: object): { [resource: string]: string } {
  return Object.fromEntries(Object.entries(amounts).filter(([resource]) => resources.includes(resource)));
}
