import type { Construct } from 'constructs';
import type { ServiceGroup } from '../core/service-group';
import { fail } from '../values/errors';
import { QualityOfService } from '../values/quality-of-service';
import type { Resources } from '../values/resources';
import type { Tier } from '../values/tier';

/** What decides whether a service can be best effort. */
export interface BestEffortQuestion {
  readonly group: ServiceGroup;
  readonly quality: QualityOfService;
  readonly tier: Tier;
  /** Whether an autoscaler decides how many replicas there are. */
  readonly scaled: boolean;
}

/**
 * Fails for a best-effort service where the cluster would refuse its pods, or make something else of them.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes
 */
export function checkBestEffort(service: Construct, { group: { namespace, profile }, quality, tier, scaled }: BestEffortQuestion): void {
  if (quality !== QualityOfService.BEST_EFFORT) {
    return;
  }
  if (!Object.hasOwn(profile._values.bestEffortPods, namespace)) {
    fail(service, `is best effort by its tier '${tier}', but the quota of '${namespace}' is on limits and refuses pods that have none, and its LimitRange would make them burstable`,
      `Choose a tier that is burstable with small requests and a low priority, or let the namespace have such pods by PlatformProfile.customize({ bestEffortPods: { '${namespace}': 10 } })`);
  }
  if (scaled) {
    fail(service, `is best effort by its tier '${tier}', and its autoscaler counts replicas by the use in percent of requests, which its pods have not`,
      'Use Scaling.replicas(...), or a tier that is burstable');
  }
}

/** Amounts that were asked for would be lost. */
export function refuseAmounts(service: Construct, tier: Tier, asked: Resources): void {
  if (asked._counted) {
    fail(service, `is best effort by its tier '${tier}', and processors or memory are asked for, with which its pods would be burstable`,
      'Leave the resources out, or choose a tier that is burstable');
  }
}
