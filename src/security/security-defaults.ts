import type { IConstruct } from 'constructs';
import { ADMISSION_SETTINGS, type AdmissionSettings } from './admission-settings';
import { IMAGE_SETTINGS, type ImageSettings } from './image-settings';
import { POD_SECURITY_SETTINGS, type SecuritySettings } from './pod-security-settings';
import { SECRET_SETTINGS, type SecretSettings } from './secret-settings';
import { ProfileDefaults } from '../profile/profile-defaults';
import { settingsInForce } from '../profile/settings-in-force';

/**
 * Changes to the defaults of the security of pods, images and secrets. What is left out stays as it was.
 */
export interface SecurityDefaultsProps {
  /** The user and file system of containers. */
  readonly security?: SecuritySettings;
  /** Which images may run, and how they must be named. */
  readonly images?: ImageSettings;
  /** What the API server requires of pods, where `AdmissionPolicies` are defined. */
  readonly admission?: AdmissionSettings;
  /** Where secrets come from, and how old they may become. */
  readonly secrets?: SecretSettings;
}

/** The sections of `SecurityDefaultsProps`. */
export const SECURITY_SECTIONS = {
  security: POD_SECURITY_SETTINGS,
  images: IMAGE_SETTINGS,
  admission: ADMISSION_SETTINGS,
  secrets: SECRET_SETTINGS,
};

/**
 * The defaults of the security of pods, images and secrets.
 *
 * @example
 *
 * PlatformProfile.standard().with(security.SecurityDefaults.of({ images: { requireDigest: true } }));
 */
export class SecurityDefaults {
  /**
   * Changes for `PlatformProfile.with` and `Environment.with`.
   */
  public static of(changes: SecurityDefaultsProps): ProfileDefaults {
    return ProfileDefaults._of('SecurityDefaults.of', SECURITY_SECTIONS, changes);
  }

  /**
   * All settings in force for a construct, none of them undefined.
   */
  public static inForce(scope: IConstruct): SecurityDefaultsProps {
    return settingsInForce(SECURITY_SECTIONS, scope);
  }

  private constructor() {}
}
