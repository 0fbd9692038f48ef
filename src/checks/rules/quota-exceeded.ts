import { exceeds, excessive } from '../../graph/capacity/excess';
import { quotaUsage } from '../../graph/capacity/quota';
import type { IRule } from '../rule';
import { Severity } from '../severity';

export const QUOTA_EXCEEDED: IRule = {
  id: 'MS-CAP-002',
  severity: Severity.ERROR,
  why: 'The workloads of a namespace at their maximum use more than its quota, so the last pods never start.',
  fix: 'Lower the number of replicas, the limits or the storage of a workload, or raise the quota.',
  check: (manifests) => excessive(quotaUsage(manifests), ({ allowed, needed }) => exceeds(needed, allowed))
    .map(({ quota, resource, allowed, needed, sum }) => ({
      manifest: quota,
      problem: `allows ${resource} ${allowed}, and the workloads of '${quota.namespace}' may use ${needed} at their maximum: ${sum}`,
    })),
};
