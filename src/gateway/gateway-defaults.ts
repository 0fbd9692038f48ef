import type { IConstruct } from 'constructs';
import { GATEWAY_SETTINGS, type GatewaySettings } from './gateway-settings';
import { ProfileDefaults } from '../profile/profile-defaults';
import { settingsInForce } from '../profile/settings-in-force';

/**
 * Changes to the defaults of gateways. What is left out stays as it was.
 */
export interface GatewayDefaultsProps {
  /** The way into the cluster. */
  readonly gateway?: GatewaySettings;
}

/** The sections of `GatewayDefaultsProps`. */
export const GATEWAY_SECTIONS = {
  gateway: GATEWAY_SETTINGS,
};

/**
 * The defaults of gateways.
 *
 * @example
 *
 * PlatformProfile.standard().with(gateway.GatewayDefaults.of({ gateway: { hostnames: ['api.example.com'] } }));
 */
export class GatewayDefaults {
  /**
   * Changes for `PlatformProfile.with` and `Environment.with`.
   */
  public static of(changes: GatewayDefaultsProps): ProfileDefaults {
    return ProfileDefaults._of('GatewayDefaults.of', GATEWAY_SECTIONS, changes);
  }

  /**
   * All settings in force for a construct, none of them undefined.
   */
  public static inForce(scope: IConstruct): GatewayDefaultsProps {
    return settingsInForce(GATEWAY_SECTIONS, scope);
  }

  private constructor() {}
}
