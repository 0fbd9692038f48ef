import type { IConstruct } from 'constructs';
import { ARGO_CD_SETTINGS, type ArgoCdSettings } from './argo-cd-settings';
import { ProfileDefaults } from '../profile/profile-defaults';
import { settingsInForce } from '../profile/settings-in-force';

/**
 * Changes to the defaults of Argo CD. What is left out stays as it was.
 */
export interface DeliveryDefaultsProps {
  /** How Argo CD brings manifests into a cluster. */
  readonly argoCd?: ArgoCdSettings;
}

/** The sections of `DeliveryDefaultsProps`. */
export const DELIVERY_SECTIONS = {
  argoCd: ARGO_CD_SETTINGS,
};

/**
 * The defaults of Argo CD.
 *
 * @example
 *
 * PlatformProfile.standard().with(delivery.DeliveryDefaults.of({ argoCd: { namespace: 'gitops' } }));
 */
export class DeliveryDefaults {
  /**
   * Changes for `PlatformProfile.with` and `Environment.with`.
   */
  public static of(changes: DeliveryDefaultsProps): ProfileDefaults {
    return ProfileDefaults._of('DeliveryDefaults.of', DELIVERY_SECTIONS, changes);
  }

  /**
   * All settings in force for a construct, none of them undefined.
   */
  public static inForce(scope: IConstruct): DeliveryDefaultsProps {
    return settingsInForce(DELIVERY_SECTIONS, scope);
  }

  private constructor() {}
}
