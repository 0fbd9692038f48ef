import type { PodAmounts } from './pod-amounts';
import type { Manifest } from '../../manifests/manifest';

/** Equal pods, as many as a workload has at most. */
export interface PodSet {
  /** The manifest that defines them. */
  readonly manifest: Manifest;
  /** What messages call them. */
  readonly name: string;
  readonly replicas: number;
  /** How many more may run during a roll-out at that size. */
  readonly surge: number;
  /** The template of the pods, with `metadata` and `spec`. */
  readonly template: any;
}

/** The same pods with what each of them reserves and may use in its namespace. */
export interface SizedPodSet extends PodSet {
  readonly amounts: PodAmounts;
}
