import type { Duration } from 'cdk8s';
import type { WorkloadProps } from './workload-props';
import type { DeliveryStrategy } from '../values/delivery-strategy';
import type { DisruptionLimit } from '../values/disruption-limit';
import type { Port } from '../values/port';
import type { ProbeSettings } from '../values/probe-settings';
import type { Scaling } from '../values/scaling';
import type { VerticalScaling } from '../values/vertical-scaling';

/**
 * Properties for `Microservice`. All are optional: what is left out comes from the platform profile in force.
 */
export interface MicroserviceProps extends WorkloadProps {
  /**
   * The ports the container listens on, the main one first.
   *
   * @default - the profile's `ports` (http 8000, grpc 9000)
   */
  readonly ports?: Port[];

  /**
   * The labels by which its objects select its pods, such as those of a Deployment that you adopt, whose selector Kubernetes never changes.
   *
   * @default - `app` with the name of the workload
   */
  readonly selectorLabels?: { [name: string]: string };

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
   * How many replicas run.
   *
   * @default - `Scaling.utilization()` with `scaling` of the platform profile in force
   */
  readonly scaling?: Scaling;

  /**
   * Whether the requests of the container are recommended, or set, by what it uses. Needs the VerticalPodAutoscaler in the cluster.
   *
   * @default - neither
   */
  readonly verticalScaling?: VerticalScaling;

  /**
   * How the container is asked for its health.
   *
   * @default - the profile's `probes`
   */
  readonly probes?: ProbeSettings;

  /**
   * How a new version replaces the old one.
   *
   * @default - the profile's `delivery` (maxSurgePercent 100, maxUnavailable 0)
   */
  readonly delivery?: DeliveryStrategy;

  /**
   * How many replicas a node drain may take.
   *
   * @default - the profile's `disruptionLimit` (maxUnavailable 1)
   */
  readonly disruptionLimit?: DisruptionLimit;
}
