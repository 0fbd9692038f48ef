import type { Duration } from 'cdk8s';
import type { ContainerProps, ISidecar, SidecarContainer, SidecarContext } from '../core/pod-container';
import type { Port } from '../values/port';
import type { ProbeSettings } from '../values/probe-settings';

/**
 * Properties for `Sidecar`.
 */
export interface SidecarProps extends ContainerProps {
  /**
   * Ports by which others reach it: whoever may reach the application may reach these, and the Service offers them.
   *
   * @default - none
   */
  readonly ports?: Port[];

  /**
   * Ports on which it listens for the application alone, on 127.0.0.1.
   *
   * @default - none
   */
  readonly localPorts?: Port[];

  /**
   * How it is asked for its health. While it is not ready, neither is the pod. What the timing of a probe does not say is as in Kubernetes.
   *
   * @default - it is not asked
   */
  readonly probes?: ProbeSettings;

  /**
   * Files of its configuration by their names: a ConfigMap. A change rolls out. Nothing secret: anybody who may read the namespace sees it.
   *
   * @default - none
   */
  readonly configuration?: { [file: string]: string };

  /**
   * The folder in which it finds its configuration.
   *
   * @default - none; needed where there is a configuration
   */
  readonly configurationFolder?: string;

  /**
   * How long it may take to end after SIGTERM. The pod is given that time.
   *
   * @default - the profile's `containers.drain` (5 s)
   */
  readonly drain?: Duration;
}

/**
 * A container beside the application: what forwards its logs, fetches its files or keeps it company otherwise.
 *
 * From Kubernetes 1.29 on it starts before the application and ends after it (an init container that restarts always), so it also never
 * keeps a Job from ending. On older versions it starts and ends together with it.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 *
 * @example
 *
 * new Microservice(this, 'order', {
 *   sidecars: [new containers.Sidecar('log-shipper', {
 *     image: Image.of('registry.example.com/log-shipper', { tag: '3.1.0' }),
 *     sharedFolders: ['/var/log/order'],
 *   })],
 * });
 */
export class Sidecar implements ISidecar {
  /**
   * The sidecar with this name of its container: a DNS label that no other container of the pod has.
   */
  constructor(private readonly name: string, private readonly props: SidecarProps) {}

  /**
   * The container for a workload.
   */
  public bind(_context: SidecarContext): SidecarContainer {
    return { ...this.props, name: this.name };
  }
}
