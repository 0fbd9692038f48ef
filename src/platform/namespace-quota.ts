import type { ServiceGroup } from '../core/service-group';
import { Quantity } from '../values/quantity';
import type { Capacity } from '../values/size-settings';

/** The quota of a namespace, in Kubernetes notation. */
export function quotaOf(group: ServiceGroup): { cpu: string; memory: string } {
  const { quotas, defaultQuota } = group.profile._values;
  return amounts(Object.hasOwn(quotas, group.namespace) ? quotas[group.namespace] : defaultQuota);
}

export function amounts(capacity: Capacity): { cpu: string; memory: string } {
  return { cpu: `${Quantity.cpu(capacity.cpu)}`, memory: `${Quantity.memory(capacity.memory)}` };
}

/** What the volumes of a namespace may hold together, if that is limited. */
export function storageQuotaOf(group: ServiceGroup): Quantity | undefined {
  const { storageQuotas } = group.profile._values;
  return Object.hasOwn(storageQuotas, group.namespace) ? Quantity.storage(storageQuotas[group.namespace]) : undefined;
}

/** How many best-effort pods a namespace may have, if any. */
export function bestEffortPodsOf(group: ServiceGroup): number | undefined {
  const { bestEffortPods } = group.profile._values;
  return Object.hasOwn(bestEffortPods, group.namespace) ? bestEffortPods[group.namespace] : undefined;
}
