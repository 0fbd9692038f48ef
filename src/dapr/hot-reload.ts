import type * as dapr from '../../imports/dapr';
import type { PlatformProfile } from '../profile/platform-profile';

/** The first version whose sidecars restart by themselves when one of their objects changes. */
const RELOADS = '1.18';

/**
 * Turns off the hot reload of sidecars where Dapr turns it on by itself.
 *
 * A change of a Configuration or a Resiliency would restart the sidecars of all replicas at the same moment, past every disruption budget. Those
 * of other services in the namespace would restart as well. The checksum of the pods rolls them instead, see `loadedChecksums`.
 *
 * @see https://docs.dapr.io/operations/components/component-updates/
 */
export function withoutHotReload(profile: PlatformProfile): Pick<dapr.ConfigurationSpec, 'features'> {
  return profile.daprVersion.atLeast(RELOADS) ? { features: [{ name: 'HotReload', enabled: false }] } : {};
}
