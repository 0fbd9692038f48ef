import type { Construct } from 'constructs';
import type { PlatformProfile } from '../profile/platform-profile';
import { Dapr } from '../values/dapr';
import { fail } from '../values/errors';

/** Whether a workload has a Dapr sidecar: by its own properties, or else by the profile. Fails on a sidecar where the profile excludes Dapr. */
export function sidecarOf(workload: Construct, profile: PlatformProfile, own: Dapr | undefined): Dapr {
  if (profile._hasDapr) {
    return own ?? profile._values.dapr;
  }
  if (own?._injected) {
    fail(workload, `has a Dapr sidecar, and ${profile._origin('dapr')} excludes Dapr: ${profile._values.dapr._reasonAgainst}`,
      `Remove dapr: Dapr.sidecar(...), or remove dapr: Dapr.none(...) from ${profile._origin('dapr')}`);
  }
  return Dapr._unneeded();
}

/**
 * How a workload without a sidecar gets one, as the remedy of a message.
 *
 * @param instead what else would do
 */
export function sidecarRemedy(profile: PlatformProfile, instead?: string): string {
  const remove = `emove dapr: Dapr.none(...)${profile._hasDapr ? '' : ` from ${profile._origin('dapr')}`}`;
  return instead === undefined ? `R${remove}` : `${instead}, or r${remove}`;
}
