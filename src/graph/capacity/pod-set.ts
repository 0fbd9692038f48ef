import type { Manifest } from '../../manifests/manifest';

/** Equal pods, as many as a workload has at most. */
export interface PodSet {
  /** The manifest that asks for them. */
  readonly manifest: Manifest;
  /** What messages call them. */
  readonly name: string;
  readonly replicas: number;
  /** How many more may run during a roll-out at that size. */
  readonly surge: number;
  /** The template of the pods, with `metadata` and `spec`. */
  readonly template: any;
}
