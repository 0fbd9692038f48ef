import { Construct } from 'constructs';
import type * as k8s from '../../imports/k8s';
import { defineObject } from '../core/kubernetes-object';
import type { IReplicated } from '../core/workload';
import { PlatformProfile } from '../profile/platform-profile';
import { constructId } from '../values/construct-id';
import type { DisruptionLimit } from '../values/disruption-limit';
import { describe } from '../values/errors';

/**
 * Properties for `DisruptionBudget`.
 */
export interface DisruptionBudgetProps {
  /**
   * The workload whose replicas are protected.
   */
  readonly workload: IReplicated;

  /**
   * How many replicas must stay, or may go, during a voluntary disruption: a node drain, a cluster upgrade, a node
   * removed by the cluster autoscaler.
   *
   * In whole replicas, or in percent of the replicas, which Kubernetes rounds up to whole replicas.
   *
   * @default - the profile's `disruptionLimit` (maxUnavailable 1)
   */
  readonly limit?: DisruptionLimit;
}

/**
 * Keeps a workload serving while nodes are drained.
 *
 * Defines one PodDisruptionBudget with the name of the workload. It does not limit crashes and node failures, nor
 * rolling updates, which follow the workload's delivery strategy.
 *
 * Synthesis fails if the limit leaves no replica to evict at the workload's minimum size, because a node drain would
 * wait forever.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 *
 * @example
 *
 * declare const order: Microservice;
 * new workloads.DisruptionBudget(this, 'OrderBudget', {
 *   workload: order,
 *   limit: DisruptionLimit.minAvailable(2),
 * });
 */
export class DisruptionBudget extends Construct {
  /**
   * The limit in force.
   */
  public readonly limit: DisruptionLimit;

  private readonly workload: IReplicated;

  constructor(scope: Construct, id: string, props: DisruptionBudgetProps) {
    super(scope, constructId(scope, id, new.target, props));

    this.workload = props.workload;
    this.limit = props.limit ?? PlatformProfile.of(this).disruptionLimit;

    defineObject<k8s.PodDisruptionBudgetSpec>(this, 'Resource', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: this.workload.name },
      spec: {
        ...this.limit._toKube(),
        selector: { matchLabels: this.workload.selectorLabels },
        // a pod that never became ready serves nobody: it must not hold up a drain
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    });

    // late, because the minimum number of replicas may still change after this line
    this.node.addValidation({ validate: () => this.validateDrain() });
  }

  private validateDrain(): string[] {
    const { name, minReplicas } = this.workload;
    // no drain waits for a workload that is scaled to zero; with its first pod it may
    if (this.limit._evictable(Math.max(1, minReplicas)) > 0) {
      return [];
    }
    return [describe(
      `${this.limit} leaves no pod of '${name}' to evict at minReplicas ${Math.max(1, minReplicas)}, so a node drain waits forever`,
      'Use DisruptionLimit.maxUnavailable(1)',
    )];
  }
}
