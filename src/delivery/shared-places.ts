import { ARGO_CD_SETTINGS } from './argo-cd-settings';
import type { ServiceGroup } from '../core/service-group';
import { describe } from '../values/errors';

/** Environments that Argo CD would deploy to one namespace of one cluster, where each would overwrite the other. */
export function sharedPlaces(groups: readonly ServiceGroup[]): string[] {
  const first = new Map<string, ServiceGroup>();
  return groups.flatMap((group) => {
    const { cluster } = ARGO_CD_SETTINGS.of(group.profile);
    const key = `${cluster}/${group.namespace}`;
    const other = first.get(key);
    first.set(key, other ?? group);
    return other?.environment && group.environment ? [describe(
      `deploys environments '${other.environment.name}' and '${group.environment.name}' to the namespace '${group.namespace}' of the cluster '${cluster}', where they would overwrite each other`,
      'Name a cluster for each environment by DeliveryDefaults.of({ argoCd: { cluster: ... } }), or a namespace for each',
    )] : [];
  });
}
