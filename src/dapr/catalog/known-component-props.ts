import type { ICallable } from '../../core/service-reference';
import type { DaprComponentOptions } from '../dapr-component-props';

/**
 * Properties for a component of a type that the library knows: it fills in type, version, port and the fields with the address.
 */
export interface KnownComponentProps extends DaprComponentOptions {
  /**
   * A workload of the program or a `workloads.ImportedService` that the component connects to.
   *
   * @default - `host`
   */
  readonly server?: ICallable;

  /**
   * A host outside of the cluster that the component connects to, such as `mq.example.com`.
   *
   * @default - `server`, or the hosts of the cloud provider that follow from the metadata
   */
  readonly host?: string;

  /**
   * The port.
   *
   * @default - the port of `server`, or else the port that is usual for the type
   */
  readonly port?: number;

  /**
   * The addresses of the hosts outside of the cluster, in CIDR notation. Network policies of Kubernetes and Calico require them, those of Cilium do not.
   *
   * @default - not known
   */
  readonly cidrs?: string[];
}
