import { storageQuotaOf } from './namespace-quota';
import type { ServiceGroup } from '../core/service-group';
import { volumesOf } from '../core/volume-demand';
import { describe } from '../values/errors';
import { Quantity } from '../values/quantity';

/** Proves that the volumes of a namespace fit its quota, where it has one for them: a claim beyond it is refused. */
export function checkVolumes(group: ServiceGroup): string[] {
  const quota = storageQuotaOf(group);
  if (!quota) {
    return [];
  }
  const demands = volumesOf(group);
  const needed = Quantity._sum('storage', demands.map(({ size, count }) => size._times(count)));
  return needed._exceeds(quota) ? [describe(
    `the volumes of '${group.namespace}' hold ${needed}, and its quota is ${quota}: ${demands.map(({ name, count, size }) => `${name} ${count} x ${size}`).join(' + ')}`,
    `Lower the storage of a store, or raise storageQuotas.${group.namespace} in the platform profile`,
  )] : [];
}
