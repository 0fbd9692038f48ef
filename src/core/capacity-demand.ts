import type { ServiceGroup } from './service-group';
import { Quantity } from '../model/quantity';
import type { Resources } from '../model/resources';
import { sorted } from '../model/sorted';
import type { Tier } from '../model/tier';
import { TreeValue } from '../model/tree-value';

/** What a workload may use at most. */
export interface CapacityDemand {
  readonly name: string;
  /** Which of the namespace's PriorityClasses it needs, if its pods can have one. */
  readonly tier?: Tier;
  /** The most replicas it runs with. */
  readonly replicas: number;
  /** How many more may run during a roll-out at that size. */
  readonly surge: number;
  /** The containers of one pod, the injected sidecar included. */
  readonly containers: readonly Resources[];
}

const DEMANDS = new TreeValue<CapacityDemand[]>('capacity-demands');

export function recordCapacity(group: ServiceGroup, demand: CapacityDemand): void {
  const demands = DEMANDS.own(group.chart) ?? [];
  demands.push(demand);
  DEMANDS.set(group.chart, demands);
}

export function demandsOf(group: ServiceGroup): CapacityDemand[] {
  return sorted(DEMANDS.own(group.chart) ?? [], ({ name }) => name);
}

/** The limits of one pod. */
export function podLimit(demand: CapacityDemand, kind: 'cpu' | 'memory'): Quantity {
  const field = kind === 'cpu' ? 'cpuLimit' : 'memoryLimit';
  return Quantity._sum(kind, demand.containers.flatMap(({ _amounts }) => _amounts[field] ?? []));
}
