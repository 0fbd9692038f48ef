import type { ISidecar, SidecarContainer, SidecarContext, SidecarProps } from '../core/pod-container';

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
