import { fail } from './errors';
import { portNumber, show } from './value-checks';

/** Processes that are not root cannot listen below this port. */
const FIRST_FREE_PORT = 1024;
const ROOT_ONLY = `Use ${FIRST_FREE_PORT} or more, because only root may listen below, and the Service can still offer the lower port`;

/**
 * A named TCP port that a container listens on: 1024 to 65535.
 *
 * Ports below 1024 are refused, because the containers of this library do not run as root.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
 */
export class Port {
  /**
   * The port `http`, by which HTTP requests and health probes come.
   */
  public static http(number: number): Port {
    return new Port('Port.http', 'http', number, 'http');
  }

  /**
   * The port `https`, by which HTTP requests come over TLS.
   */
  public static https(number: number): Port {
    return new Port('Port.https', 'https', number, 'https');
  }

  /**
   * The port `grpc`, by which gRPC calls come over HTTP/2 without TLS.
   */
  public static grpc(number: number): Port {
    return new Port('Port.grpc', 'grpc', number, 'kubernetes.io/h2c');
  }

  /**
   * The port `metrics`, which a metrics collector reads.
   */
  public static metrics(number: number): Port {
    return new Port('Port.metrics', 'metrics', number, 'http');
  }

  /**
   * A port of another name: at most 15 lower-case letters, digits and single `-`, at least one letter.
   *
   * @see https://www.rfc-editor.org/rfc/rfc6335.html#section-5.1
   */
  public static of(name: string, number: number): Port {
    return new Port('Port.of', checkedName(name), number);
  }

  /**
   * The name of the port, such as `http`.
   */
  public readonly name: string;

  /**
   * The number of the port, such as 8000.
   */
  public readonly number: number;

  /**
   * What is spoken on the port, for the mesh and the gateway.
   *
   * @internal
   */
  public readonly _appProtocol?: string;

  private constructor(where: string, name: string, number: number, appProtocol?: string) {
    this.name = name;
    const rootOnly = Number.isInteger(number) && number >= 1 && number < FIRST_FREE_PORT;
    this.number = portNumber(where, number, FIRST_FREE_PORT, rootOnly ? ROOT_ONLY : undefined);
    this._appProtocol = appProtocol;
  }
}

function checkedName(name: string): string {
  if (typeof name !== 'string' || name.length > 15 || !/^[a-z0-9-]+$/.test(name) || !/[a-z]/.test(name) || /^-|--|-$/.test(name)) {
    fail('Port.of', `${show(name)} is not the name of a port`,
      "Use at most 15 lower-case letters, digits and single '-', at least one letter, such as 'admin'");
  }
  return name;
}
