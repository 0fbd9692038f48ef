import type { Construct } from 'constructs';
import { ROLLOUT_SETTINGS } from './rollout-settings';
import type { PlatformProfile } from '../profile/platform-profile';
import { fail } from '../values/errors';
import type { Port } from '../values/port';
import type { ProbeSettings } from '../values/probe-settings';

/**
 * Fails if a pod may take longer to become available than a roll-out waits for it: a slow start would be reported as a failure, and a Rollout
 * would abort.
 */
export function checkStart(where: Construct, ports: readonly Port[], { startup, readiness }: ProbeSettings, profile: PlatformProfile): void {
  const { minReady, progressDeadline } = ROLLOUT_SETTINGS.of(profile);
  const starting = startup?._toKube(ports, where);
  const ready = readiness?._toKube(ports, where);
  // Kubernetes asks every 10 seconds, and gives up after 3 failures, where nothing else is set
  const { periodSeconds = 10, failureThreshold = 3 } = starting ?? {};
  const parts = [
    ['startup probe', starting ? (starting.initialDelaySeconds ?? 0) + periodSeconds * failureThreshold : 0],
    ['initial delay of the readiness probe', ready?.initialDelaySeconds ?? 0],
    ['minReady', minReady.toSeconds()],
  ] as const;
  const longest = parts.reduce((sum, [, seconds]) => sum + seconds, 0);
  if (longest > progressDeadline.toSeconds()) {
    fail(where, `may take ${longest} seconds to become available (${parts.filter(([, seconds]) => seconds > 0).map(([what, seconds]) => `${what} ${seconds}`).join(' + ')}), `
      + `and a roll-out fails after ${progressDeadline.toSeconds()} seconds without progress`, 'Shorten the probe, or raise rollout.progressDeadline by WorkloadDefaults.of()');
  }
}
