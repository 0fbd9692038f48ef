import type { Probe } from './probe';

/**
 * How the kubelet asks a container for its health.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
 */
export interface ProbeSettings {
  /**
   * Restarts the container when it fails. Must not ask for dependencies, or one outage restarts everything.
   *
   * @default - the profile's `probes.liveness`
   */
  readonly liveness?: Probe;

  /**
   * Takes the pod out of its Services while it fails. May ask for dependencies.
   *
   * @default - the profile's `probes.readiness`
   */
  readonly readiness?: Probe;

  /**
   * Holds the other two back until the container has started.
   *
   * @default - the profile's `probes.startup`
   */
  readonly startup?: Probe;
}
