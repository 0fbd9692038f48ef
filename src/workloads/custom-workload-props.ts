import type { Duration } from 'cdk8s';
import type { WorkloadProps } from './workload-props';
import type { Port } from '../values/port';
import type { ProbeSettings } from '../values/probe-settings';

/**
 * Properties for `CustomWorkload`.
 */
export interface CustomWorkloadProps extends WorkloadProps {
  /**
   * The most pods that run at a time.
   */
  readonly replicas: number;

  /**
   * The fewest pods that run.
   *
   * @default - `replicas`
   */
  readonly minReplicas?: number;

  /**
   * The ports on which others call it, the main one first.
   *
   * @default - none: it has no Service, and nobody calls it
   */
  readonly ports?: Port[];

  /**
   * How long connections of one client address go to the same pod, up to a day. Gateways and Dapr sidecars choose a pod themselves.
   *
   * @default - connections go to any pod
   */
  readonly sessionAffinity?: Duration;

  /**
   * Whether the Service has no address of its own, so that its name leads to the pods that are ready.
   *
   * @default false
   */
  readonly headless?: boolean;

  /**
   * The probes of the container.
   *
   * @default - the profile's `probes`
   */
  readonly probes?: ProbeSettings;

  /**
   * The API version of the object that runs the pods. Autoscalers refer to it.
   *
   * @default apps/v1
   */
  readonly apiVersion?: string;

  /**
   * The kind of the object that runs the pods. Autoscalers refer to it.
   *
   * @default Deployment
   */
  readonly kind?: string;
}
