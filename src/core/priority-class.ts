import type { ServiceGroup } from './service-group';
import type { Tier } from '../values/tier';
import { TreeValue } from '../values/tree-value';

const TIERS = new TreeValue<Set<string>>('tiers-in-use');

/** The PriorityClass of pods of a tier. The namespace of the group defines those that its workloads have asked for. */
export function priorityClassOf({ chart, namespace }: ServiceGroup, { name }: Tier): string {
  TIERS.ensure(chart, () => new Set()).add(name);
  return `${namespace}-${name}`;
}

/** The names of the tiers whose PriorityClass a group uses. */
export function tiersInUse({ chart }: ServiceGroup): ReadonlySet<string> {
  return TIERS.own(chart) ?? new Set();
}
