import { APP_PROTOCOLS, LOG_LEVELS, oneOf } from './one-of';
import type { ResourceAmounts } from './resources';
import { serviceName, plainText, portNumber, wholeNumber } from './value-checks';

/**
 * What is special about the Dapr sidecar of one service.
 */
export interface DaprOptions {
  /**
   * The id by which other services call this one: a DNS label of at most 58 characters.
   *
   * @default - the name of the service
   */
  readonly appId?: string;

  /**
   * How the sidecar speaks to the application: `http` or `grpc`.
   *
   * @default - the profile's `sidecar.appProtocol` (http)
   */
  readonly appProtocol?: string;

  /**
   * The port of the application that the sidecar speaks to.
   *
   * @default - the first port of the service that fits the protocol
   */
  readonly appPort?: number;

  /**
   * Severity from which the sidecar writes log lines: `debug`, `info`, `warn`, `error`.
   *
   * @default - the profile's `sidecar.logLevel` (info)
   */
  readonly logLevel?: string;

  /**
   * Processors and memory of the sidecar.
   *
   * @default - the profile's `sidecar.resources`
   */
  readonly resources?: ResourceAmounts;

  /**
   * The most requests the sidecar hands to the application at a time. At least 1.
   *
   * @default - no limit
   */
  readonly maxConcurrency?: number;

  /**
   * Whether the application ends the sidecar when its own work is done, by a POST to `http://localhost:3500/v1.0/shutdown`.
   *
   * Only a job says so, and only where there is no native sidecar, which leaves by itself: Kubernetes 1.28 or Dapr 1.17 and older. The
   * pod would run on otherwise, and the job would never be complete.
   *
   * @default false
   * @see https://docs.dapr.io/operations/hosting/kubernetes/kubernetes-job/
   */
  readonly shutdownByApplication?: boolean;
}

/** `<app-id>-dapr` is the name of a Service, a DNS label that begins with a letter. */
const APP_ID_LENGTH = 58;

/**
 * Whether a service has a Dapr sidecar, and which.
 *
 * @see https://docs.dapr.io/concepts/dapr-services/sidecar/
 */
export class Dapr {
  /**
   * With a sidecar, which is what the platform profile says but for these options.
   */
  public static sidecar(options: DaprOptions = {}): Dapr {
    const where = 'Dapr.sidecar';
    if (options.appId !== undefined) {
      serviceName(where, 'appId', options.appId, APP_ID_LENGTH);
    }
    if (options.appPort !== undefined) {
      portNumber(where, options.appPort);
    }
    if (options.maxConcurrency !== undefined) {
      wholeNumber(where, options.maxConcurrency, 1, undefined, 'maxConcurrency');
    }
    if (options.appProtocol !== undefined) {
      oneOf(where, 'appProtocol', options.appProtocol, APP_PROTOCOLS);
    }
    if (options.logLevel !== undefined) {
      oneOf(where, 'logLevel', options.logLevel, LOG_LEVELS);
    }
    return new Dapr(options);
  }

  /**
   * Without a sidecar: calls go directly to the application's ports, and topics and state stores are out of reach.
   *
   * The reason is recorded for those who review the manifests.
   */
  public static none(reason: string): Dapr {
    return new Dapr({}, plainText('Dapr.none', 'reason', reason));
  }

  /**
   * Without a sidecar where this library decides so, which a reviewer need not know.
   *
   * @internal
   */
  public static _unneeded(): Dapr {
    return new Dapr({}, '');
  }

  /** @internal */
  public readonly _options: DaprOptions;

  /**
   * Why there is no sidecar; empty if this library decides so.
   *
   * @internal
   */
  public readonly _reasonAgainst?: string;

  /**
   * Whether there is a sidecar.
   *
   * @internal
   */
  public get _injected(): boolean {
    return this._reasonAgainst === undefined;
  }

  private constructor(options: DaprOptions, reasonAgainst?: string) {
    this._options = options;
    this._reasonAgainst = reasonAgainst;
  }
}
