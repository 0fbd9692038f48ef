import type { IConstruct } from 'constructs';
import { TreeValue } from '../model/tree-value';

/** What decides the number of replicas of a workload, and by the use of which resources. */
export interface ReplicaScaling {
  /** As messages name it, such as `its HorizontalPodAutoscaler`. */
  readonly by: string;
  /** Resources whose use, in percent of the requests, counts: `cpu`, `memory`, or none where it follows something else. */
  readonly resources: readonly string[];
}

const SCALINGS = new TreeValue<ReplicaScaling[]>('replica-scaling');

/** Notes that the number of replicas of a workload follows something. */
export function recordReplicaScaling(workload: IConstruct, scaling: ReplicaScaling): void {
  SCALINGS.set(workload, [...replicaScalingsOf(workload), scaling]);
}

/** What decides the number of replicas of a workload: nothing where it is fixed. */
export function replicaScalingsOf(workload: IConstruct): readonly ReplicaScaling[] {
  return SCALINGS.own(workload) ?? [];
}
