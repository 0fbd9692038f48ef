import type { IConstruct } from 'constructs';
import type { Port } from '../values/port';

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
 * Equal pods that keep running. Autoscalers and disruption budgets accept every construct that implements it, such as a `Microservice`.
 */
export interface IReplicated extends IPods {
  /**
   * The fewest pods that run.
   */
  readonly minReplicas: number;
}

/**
 * Pods with connections: a `Microservice` or any other `ConnectedWorkload`.
 */
export interface IWorkload extends IPods {
  /**
   * The namespace of the pods.
   */
  readonly namespace: string;

  /**
   * The ports on which other pods connect; none for a job.
   */
  readonly ports: Port[];

  /**
   * The ports on which the pods serve metrics. Network policies admit the metrics collector there.
   */
  readonly metricsPorts: Port[];

  /**
   * The host name of its Service, valid in every namespace of the cluster.
   *
   * @default - it has no Service
   */
  readonly host?: string;

  /**
   * The main port of its Service.
   *
   * @default - it has no Service
   */
  readonly port?: number;

  /**
   * Host and port of its Service, such as `catalog.shop-prod.svc.cluster.local:8000`.
   *
   * @default - it has no Service
   */
  readonly address?: string;

  /**
   * The ServiceAccount of the pods.
   */
  readonly serviceAccountName: string;
}
