import type { DaprConfigurationSettings } from './configuration-settings';
import { checkTuning, type SidecarTuning } from './sidecar-tuning';
import { Dapr } from '../values/dapr';
import type { DaprOptions } from '../values/dapr-options';
import { dnsLabel, plainText } from '../values/value-checks';

/**
 * All settings of the Dapr sidecar of one service.
 */
export interface TunedSidecarOptions extends DaprOptions, SidecarTuning {
  /**
   * Settings of the Dapr Configuration. The service then has a Configuration of its own, `<name>-appconfig`.
   *
   * @default - the profile's settings in `daprConfiguration`
   */
  readonly daprConfiguration?: DaprConfigurationSettings;

  /**
   * The host of the application, if it does not run in the pod of the sidecar. Network policies of the library do not allow the connection.
   *
   * @default - the pod itself
   */
  readonly appChannelAddress?: string;

  /**
   * The names of the containers of the pod that are pluggable components.
   *
   * @default - none
   * @see https://docs.dapr.io/developing-applications/develop-components/pluggable-components/
   */
  readonly pluggableComponents?: string[];

  /**
   * The folder of the sockets of pluggable components.
   *
   * @default - `/tmp/dapr-components-sockets`
   */
  readonly pluggableComponentsFolder?: string;
}

/**
 * Dapr sidecars with settings that few services need.
 *
 * @example
 *
 * new Microservice(this, 'order', { dapr: workloads.TunedSidecar.of({ maxBodySize: '16Mi', disabledInitEndpoints: ['subscribe'] }) });
 */
export class TunedSidecar {
  /**
   * With a sidecar, like `Dapr.sidecar`, and with all settings of Dapr's injector.
   */
  public static of(options: TunedSidecarOptions): Dapr {
    const where = 'TunedSidecar.of';
    checkTuning(where, '', options);
    options.pluggableComponents?.forEach((container) => dnsLabel(where, 'pluggableComponents', container));
    if (options.appChannelAddress !== undefined) {
      plainText(where, 'appChannelAddress', options.appChannelAddress);
    }
    return Dapr._sidecar(where, options);
  }

  private constructor() {}
}
