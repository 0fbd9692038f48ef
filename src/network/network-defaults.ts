import type { IConstruct } from 'constructs';
import { NETWORK_SETTINGS, type NetworkSettings } from './network-settings';
import { ProfileDefaults } from '../profile/profile-defaults';
import { settingsInForce } from '../profile/settings-in-force';

/**
 * Changes to the defaults of the network. What is left out stays as it was.
 */
export interface NetworkDefaultsProps {
  /** Namespaces, labels and ports of platform components. */
  readonly network?: NetworkSettings;
}

/** The sections of `NetworkDefaultsProps`. */
export const NETWORK_SECTIONS = {
  network: NETWORK_SETTINGS,
};

/**
 * The defaults of the network.
 *
 * @example
 *
 * PlatformProfile.standard().with(network.NetworkDefaults.of({ network: { apiServerCidrs: ['10.0.0.1/32'] } }));
 */
export class NetworkDefaults {
  /**
   * Changes for `PlatformProfile.with` and `Environment.with`.
   */
  public static of(changes: NetworkDefaultsProps): ProfileDefaults {
    return ProfileDefaults._of('NetworkDefaults.of', NETWORK_SECTIONS, changes);
  }

  /**
   * All settings in force for a construct, none of them undefined.
   */
  public static inForce(scope: IConstruct): NetworkDefaultsProps {
    return settingsInForce(NETWORK_SECTIONS, scope);
  }

  private constructor() {}
}
