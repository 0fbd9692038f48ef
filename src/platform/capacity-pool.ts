import { addRule } from '../checks/registry';
import type { IRule } from '../checks/rule';
import { Severity } from '../checks/severity';
import type { ServiceGroup } from '../core/service-group';
import { quantityIn } from '../graph/capacity/amounts';
import type { ManifestSet } from '../manifests/manifest-set';
import { fail } from '../values/errors';
import { Quantity } from '../values/quantity';
import type { Capacity } from '../values/size-settings';
import { rootOf, TreeValue } from '../values/tree-value';

/** The charts of each capacity pool of an app, by their paths: environments may have namespaces of one name. */
const POOLS = new TreeValue<Map<string, string[]>>('capacity-pools');

/** What a rule of a pool has in common with those of all others. */
export const POOL_RULE = {
  id: 'MS-CAP-004',
  severity: Severity.ERROR,
  why: 'The quotas of a capacity pool add up to more than the pool has, so pods stay Pending although their quota allows them.',
  fix: 'Lower a quota, or raise the capacity in the platform profile.',
};

/**
 * Counts the quota of a group's namespace in its capacity pool. Only the program knows pools, so the rule is not one for files.
 *
 * @param pool the pool that the program names; the pool of the environment if undefined, where the profile has such a pool
 */
export function joinCapacityPool({ chart, environment, profile }: ServiceGroup, pool?: string): void {
  const { capacity, sharedCapacityPool } = profile._values;
  const name = pool ?? environment?.capacityPool ?? sharedCapacityPool;
  if (!Object.hasOwn(capacity, name)) {
    if (pool !== undefined) {
      fail(chart, `capacity pool '${name}' is not in the platform profile, which has ${Object.keys(capacity).sort().join(', ')}`,
        `Add it to capacity by PlatformProfile.customize({ capacity: { '${name}': { cpu: '40', memory: '80Gi' } } })`);
    }
    return;
  }
  const root = rootOf(chart);
  const pools = POOLS.ensure(root, () => new Map());
  const charts = pools.get(name) ?? [];
  if (charts.length === 0) {
    addRule(root, poolRule(name, capacity[name], charts));
  }
  pools.set(name, charts);
  charts.push(chart.node.path);
}

function poolRule(pool: string, capacity: Capacity, charts: readonly string[]): IRule {
  return {
    ...POOL_RULE,
    check: (manifests) => (['cpu', 'memory'] as const).flatMap((kind) => {
      const quotas = charts.flatMap((chart) => quotasOf(manifests, chart, kind));
      const available = Quantity[kind](capacity[kind]);
      const needed = Quantity._sum(kind, quotas.map(({ amount }) => amount));
      return needed._exceeds(available) ? [{
        manifest: quotas[0].quota,
        problem: `belongs to capacity pool '${pool}', whose quotas add up to ${needed} ${kind}, and the pool has ${available}: `
        + quotas.map(({ quota, amount }) => `${quota.namespace} ${amount}`).join(' + '),
      }] : [];
    }),
  };
}

function quotasOf(manifests: ManifestSet, chart: string, kind: 'cpu' | 'memory') {
  return manifests.below(chart).filter(({ qualifiedKind }) => qualifiedKind === 'ResourceQuota').flatMap((quota) => {
    const amount = quantityIn(kind, quota.spec.hard?.[`limits.${kind}`]);
    return amount ? [{ quota, amount }] : [];
  });
}
