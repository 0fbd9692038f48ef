import type { Port } from '../../values/port';
import type { ProbeSettings } from '../../values/probe-settings';
import type { WorkloadProps } from '../workload-props';

/**
 * Properties of the leaves of a `ScatterGather`. A leaf has no Dapr sidecar: its root asks each by its name, and Dapr calls a service,
 * whichever of its pods answers. Storage is a volume for each leaf.
 */
export interface LeafProps extends WorkloadProps {
  /**
   * The ports a leaf listens on; its root calls the first.
   *
   * @default - the profile's `ports` (http 8000, grpc 9000)
   */
  readonly ports?: Port[];

  /**
   * How a leaf is asked for its health.
   *
   * @default - the profile's `probes`
   */
  readonly probes?: ProbeSettings;
}
