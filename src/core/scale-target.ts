import type { IConstruct } from 'constructs';
import { TreeValue } from '../values/tree-value';

/** The object that has the replicas of a workload: what autoscalers refer to, under the workload's name. */
export interface ScaleTarget {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What runs the pods of most workloads. */
export const DEPLOYMENT: ScaleTarget = { apiVersion: 'apps/v1', kind: 'Deployment' };
/** What Argo Rollouts puts in the place of a Deployment. */
export const ROLLOUT: ScaleTarget = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' };

const TARGET = new TreeValue<ScaleTarget>('scale-target');

/** Says that the replicas of a workload belong to another object than a Deployment. Before any autoscaler is defined. */
export function setScaleTarget(workload: IConstruct, target: ScaleTarget): void {
  TARGET.set(workload, target);
}

export function scaleTargetOf(workload: IConstruct): ScaleTarget {
  return TARGET.own(workload) ?? DEPLOYMENT;
}

/** The labels by which controllers tell the pods of one version from those of another. */
const VERSION_LABELS: { readonly [kind: string]: string[] } = { [DEPLOYMENT.kind]: ['pod-template-hash'], [ROLLOUT.kind]: ['rollouts-pod-template-hash'] };

/** The labels that tell the pods of one version of a workload from those of another; undefined if its controller sets none. */
export function versionLabelsOf(workload: IConstruct): string[] | undefined {
  return VERSION_LABELS[scaleTargetOf(workload).kind];
}

/** Whether an object has the pods of a workload, and its replicas: a patch of them means the autoscaler's own field. */
export function hasReplicas(kind: string): boolean {
  return [DEPLOYMENT.kind, ROLLOUT.kind].includes(kind);
}
