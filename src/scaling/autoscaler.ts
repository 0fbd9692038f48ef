import { Construct } from 'constructs';
import { scaleBehavior } from './scale-behavior';
import type * as k8s from '../../imports/k8s';
import { defineObject } from '../core/kubernetes-object';
import { claimReplicas } from '../core/replica-owner';
import { scaleTargetOf } from '../core/scale-target';
import type { IReplicated } from '../core/workload';
import { PlatformProfile } from '../profile/platform-profile';
import { constructId } from '../values/construct-id';
import { fail } from '../values/errors';
import { Scaling } from '../values/scaling';
import { dnsLabel } from '../values/value-checks';

/**
 * Properties for `Autoscaler`.
 */
export interface AutoscalerProps {
  /**
   * The workload that is scaled: a Deployment or Rollout with its name, that must not set `replicas`.
   */
  readonly workload: IReplicated;

  /**
   * Between how many replicas, and by what use.
   *
   * @default - the profile's `scaling`
   */
  readonly scaling?: Scaling;

  /**
   * The container whose use counts. Sidecars would falsify it.
   *
   * @default - the container with the name of the workload
   */
  readonly containerName?: string;
}

/**
 * Keeps as many replicas of a workload as its use of processors and memory asks for.
 *
 * Defines one HorizontalPodAutoscaler with the name of the workload. It looks at the application's container alone.
 *
 * Synthesis fails for `Scaling.replicas`, which asks for no autoscaler.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 *
 * @example
 *
 * declare const order: Microservice;
 * new workloads.Autoscaler(this, 'OrderAutoscaler', {
 *   workload: order,
 *   scaling: Scaling.utilization({ max: 20, cpuPercent: 60 }),
 * });
 */
export class Autoscaler extends Construct {
  constructor(scope: Construct, id: string, props: AutoscalerProps) {
    super(scope, constructId(scope, id, new.target, props));

    const { workload } = props;
    if (props.containerName !== undefined) {
      dnsLabel(this, 'containerName', props.containerName);
    }
    if (props.scaling?._kind === 'queue') {
      fail(this, 'Scaling.queue(...) is what KEDA scales a Worker by, and a HorizontalPodAutoscaler alone knows no queue', 'Use Scaling.utilization(...), or a Worker');
    }
    const scaling = (props.scaling ?? Scaling._STANDARD)._resolve(PlatformProfile.of(this)._values.scaling);
    if (scaling.kind === 'replicas') {
      fail(this, `a fixed number of ${scaling.max} replicas needs no autoscaler`, 'Use Scaling.utilization(...), or leave the autoscaler out');
    }
    const owner = claimReplicas(workload, {
      what: 'an Autoscaler', resources: scaling.resources, consequence: 'the two would set the number of replicas against each other',
    });
    if (owner) {
      fail(this, `'${workload.name}' is scaled by ${owner.what} already: ${owner.consequence}`, 'Remove this Autoscaler');
    }

    const metric = (name: string, averageUtilization: number) => ({
      type: 'ContainerResource',
      containerResource: { name, container: props.containerName ?? workload.name, target: { type: 'Utilization', averageUtilization } },
    });
    defineObject<k8s.HorizontalPodAutoscalerSpecV2>(this, 'Resource', {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: workload.name },
      spec: {
        scaleTargetRef: { ...scaleTargetOf(workload), name: workload.name },
        minReplicas: scaling.min,
        maxReplicas: scaling.max,
        metrics: [
          ...scaling.resources.map((resource) => metric(resource, resource === 'cpu' ? scaling.cpuPercent : scaling.memoryPercent)),
          ...Object.entries(scaling.podMetrics).map(([name, value]) => ({ type: 'Pods', pods: averageOf(name, value) })),
          ...Object.entries(scaling.externalMetrics).map(([name, value]) => ({ type: 'External', external: averageOf(name, value) })),
        ],
        behavior: scaleBehavior(scaling),
      },
    });
  }
}

function averageOf(name: string, averageValue: string) {
  return { metric: { name }, target: { type: 'AverageValue', averageValue } };
}
