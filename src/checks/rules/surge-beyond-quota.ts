import { exceeds, excessive } from '../../graph/capacity/excess';
import { quotaUsage } from '../../graph/capacity/quota';
import type { IRule } from '../rule';
import { Severity } from '../severity';

export const SURGE_BEYOND_QUOTA: IRule = {
  id: 'MS-CAP-001',
  severity: Severity.WARNING,
  why: 'A roll-out of all workloads at their maximum would use more than the quota, so it would wait.',
  fix: 'Raise the quota, or lower maxSurge.',
  check: (manifests) => excessive(quotaUsage(manifests), ({ allowed, needed, surging }) => exceeds(surging, allowed) && !exceeds(needed, allowed))
    .map(({ quota, resource, allowed, surging, surgingSum }) => ({
      manifest: quota,
      problem: `allows ${resource} ${allowed}, and a roll-out of '${quota.namespace}' would use ${surging}: ${surgingSum}`,
    })),
};
