import type { Construct } from 'constructs';
import { fail } from './errors';
import { portNumber, show } from './value-checks';

/** Processes that are not root cannot listen below this port. */
const FIRST_FREE_PORT = 1024;

/** What is added to a port for root in a suggestion: 80 becomes 8080. */
const FREE_NEIGHBOUR = 8000;

/**
 * How a Service offers a port.
 */
export interface PortOptions {
  /**
   * The port of the Service, which callers and routes use, such as 80.
   *
   * @default - the number of the container port
   */
  readonly servicePort?: number;
}

/**
 * A named TCP port that a container listens on, and the port of the Service in front of it.
 *
 * Containers of this library do not run as root, so workloads listen on 1024 or more. The Service can offer a lower port. An `ImportedService`
 * may listen on any port.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
 *
 * @example
 *
 * const web = new Microservice(this, 'web', { ports: [Port.http(8080, { servicePort: 80 })] });
 */
export class Port {
  /**
   * The port `http`, by which HTTP requests and health probes come.
   */
  public static http(number: number, options: PortOptions = {}): Port {
    return new Port('Port.http', 'http', number, options, 'http');
  }

  /**
   * The port `https`, by which HTTP requests come over TLS.
   */
  public static https(number: number, options: PortOptions = {}): Port {
    return new Port('Port.https', 'https', number, options, 'https');
  }

  /**
   * The port `grpc`, by which gRPC calls come over HTTP/2 without TLS.
   */
  public static grpc(number: number, options: PortOptions = {}): Port {
    return new Port('Port.grpc', 'grpc', number, options, 'kubernetes.io/h2c');
  }

  /**
   * The port `metrics`, which a metrics collector reads.
   */
  public static metrics(number: number, options: PortOptions = {}): Port {
    return new Port('Port.metrics', 'metrics', number, options, 'http');
  }

  /**
   * A port of another name: at most 15 lower-case letters, digits and single `-`, at least one letter.
   *
   * @see https://www.rfc-editor.org/rfc/rfc6335.html#section-5.1
   */
  public static of(name: string, number: number, options: PortOptions = {}): Port {
    return new Port('Port.of', checkedName(name), number, options);
  }

  /**
   * The name of the port, such as `http`.
   */
  public readonly name: string;

  /**
   * The port that the container listens on, such as 8000.
   */
  public readonly number: number;

  /**
   * The port of the Service.
   */
  public readonly servicePort: number;

  /**
   * What is spoken on the port, for the mesh and the gateway.
   *
   * @internal
   */
  public readonly _appProtocol?: string;

  /** @internal */
  private readonly _factory: string;

  private constructor(factory: string, name: string, number: number, { servicePort }: PortOptions, appProtocol?: string) {
    this.name = name;
    this.number = portNumber(factory, number);
    this.servicePort = servicePort === undefined ? number : portNumber(factory, servicePort);
    this._factory = factory;
    this._appProtocol = appProtocol;
  }

  /**
   * Fails if only root can listen on the port.
   *
   * @internal
   */
  public _checkUnprivileged(where: Construct): void {
    if (this.number < FIRST_FREE_PORT) {
      const free = this.number + FREE_NEIGHBOUR;
      const factory = this._factory === 'Port.of' ? `Port.of('${this.name}', ` : `${this._factory}(`;
      fail(where, `listens on port ${this.number}, which only root can open, and containers do not run as root`,
        `Listen on ${FIRST_FREE_PORT} or more, and let the Service offer ${this.servicePort}: ${factory}${free}, { servicePort: ${this.servicePort} })`);
    }
  }

  /**
   * Fails if a Service would have to offer the port under another number.
   *
   * @internal
   */
  public _checkUnmapped(where: Construct | string, problem: string): void {
    if (this.servicePort !== this.number) {
      fail(where, `the port '${this.name}' has servicePort ${this.servicePort}, ${problem}`, 'Leave servicePort out');
    }
  }

  /**
   * The port as clients see it who connect to pods and not to a Service with an address.
   *
   * @internal
   */
  public _unmapped(): Port {
    return this.servicePort === this.number ? this : new Port(this._factory, this.name, this.number, {}, this._appProtocol);
  }
}

function checkedName(name: string): string {
  if (typeof name !== 'string' || name.length > 15 || !/^[a-z0-9-]+$/.test(name) || !/[a-z]/.test(name) || /^-|--|-$/.test(name)) {
    fail('Port.of', `${show(name)} is not the name of a port`,
      "Use at most 15 lower-case letters, digits and single '-', at least one letter, such as 'admin'");
  }
  return name;
}
