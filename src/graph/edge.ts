import type { Endpoint } from './endpoint';
import type { PortRange } from './ports';
import { portsText } from './ports';

/**
 * A connection that network policies allow between two workloads.
 */
export class Edge {
  /** @internal */
  public static _of(from: Endpoint, to: Endpoint, ports: PortRange[]): Edge {
    return new Edge(from, to, ports);
  }

  /** The workload that connects. */
  public readonly from: Endpoint;

  /** The workload that it connects to. */
  public readonly to: Endpoint;

  /** The ports of the pods of `to`, by protocol and number. */
  public readonly ports: PortRange[];

  private constructor(from: Endpoint, to: Endpoint, ports: PortRange[]) {
    this.from = from;
    this.to = to;
    this.ports = ports;
  }

  /** The edge as text, such as `core-business-prod/checkout -> platform-prod/auth TCP 8000`. */
  public toString(): string {
    return `${this.from} -> ${this.to} ${portsText(this.ports)}`;
  }
}
