import type { DaprOptions } from './dapr-options';
import { checkSidecar } from './sidecar-checks';
import { serviceName, plainText, portNumber, wholeNumber } from './value-checks';

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
    return Dapr._sidecar('Dapr.sidecar', options);
  }

  /**
   * The same for another place.
   *
   * @internal
   */
  public static _sidecar(where: string, options: DaprOptions): Dapr {
    if (options.appId !== undefined) {
      serviceName(where, 'appId', options.appId, APP_ID_LENGTH);
    }
    if (options.appPort !== undefined) {
      portNumber(where, options.appPort);
    }
    if (options.maxConcurrency !== undefined) {
      wholeNumber(where, options.maxConcurrency, 1, undefined, 'maxConcurrency');
    }
    checkSidecar(where, '', options);
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
