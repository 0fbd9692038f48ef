import type { IConstruct } from 'constructs';

/**
 * Pods of one name and label, whether they run on or end.
 */
export interface IPods extends IConstruct {
  /**
   * Name of the workload's Kubernetes objects, such as `checkout`.
   */
  readonly name: string;

  /**
   * The labels by which its pods are selected. They never change, and hold no hash.
   */
  readonly selectorLabels: { [name: string]: string };
}

/**
 * A set of equal pods that runs on, as the capabilities around it need to know it.
 *
 * `Microservice` is one; any construct of your own can be one.
 */
export interface IWorkload extends IPods {
  /**
   * The fewest replicas it runs with.
   */
  readonly minReplicas: number;
}
