import type { PlatformProfile } from '../../profile/platform-profile';
import { ADMISSION_SETTINGS } from '../admission-settings';
import { IMAGE_SETTINGS } from '../image-settings';
import { POD_SECURITY_SETTINGS } from '../pod-security-settings';

/** The settings that admission policies are rendered from. */
export type AdmissionValues = ReturnType<typeof admissionValues>;

export function admissionValues(profile: PlatformProfile) {
  return {
    imageRegistry: profile._values.imageRegistry,
    images: IMAGE_SETTINGS.of(profile),
    admission: ADMISSION_SETTINGS.of(profile),
    security: POD_SECURITY_SETTINGS.of(profile),
  };
}
