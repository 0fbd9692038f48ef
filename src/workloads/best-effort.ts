import type { Construct } from 'constructs';
import type { ServiceGroup } from '../core/service-group';
import { fail } from '../values/errors';
import { QualityOfService } from '../values/quality-of-service';
import type { Resources } from '../values/resources';
import type { Tier } from '../values/tier';

interface Importance {
  readonly quality: QualityOfService;
  readonly tier: Tier;
}

/**
 * Fails for a best-effort workload where the cluster would refuse its pods, or make something else of them.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes
 */
export function checkBestEffort(workload: Construct, { namespace, profile }: ServiceGroup, { quality, tier }: Importance): void {
  if (quality === QualityOfService.BEST_EFFORT && !Object.hasOwn(profile._values.bestEffortPods, namespace)) {
    fail(workload, `is best effort by its tier '${tier}', but the quota of '${namespace}' is on limits and refuses pods that have none, and its LimitRange would make them burstable`,
      `Choose a tier that is burstable with small requests and a low priority, or let the namespace have such pods by PlatformProfile.customize({ bestEffortPods: { '${namespace}': 10 } })`);
  }
}

/** An autoscaler counts by requests, which best-effort pods have not. */
export function checkScalable(workload: Construct, { quality, tier }: Importance): void {
  if (quality === QualityOfService.BEST_EFFORT) {
    fail(workload, `is best effort by its tier '${tier}', and its autoscaler counts replicas by the use in percent of requests, which its pods have not`,
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
