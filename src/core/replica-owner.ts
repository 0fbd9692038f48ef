import type { IConstruct } from 'constructs';
import { TreeValue } from '../values/tree-value';

/** What decides how many replicas a workload has: one thing, or two would undo each other's decisions. */
export interface ReplicaOwner {
  /** What it is, as messages say it, such as `an Autoscaler`. */
  readonly what: string;
  /** Resources by whose use, in percent of the requests, it decides: `cpu`, `memory`, or none where it follows something else. */
  readonly resources: readonly string[];
  /** What comes of a second one. */
  readonly consequence: string;
}

const OWNER = new TreeValue<ReplicaOwner>('replica-owner');

/** Records who decides, and returns who does so already, if anybody does. */
export function claimReplicas(workload: IConstruct, owner: ReplicaOwner): ReplicaOwner | undefined {
  const existing = OWNER.own(workload);
  if (!existing) {
    OWNER.set(workload, owner);
  }
  return existing;
}

/** What decides how many replicas a workload has: nothing where the number is fixed. */
export function replicaOwnerOf(workload: IConstruct): ReplicaOwner | undefined {
  return OWNER.own(workload);
}
