import type { ServiceGroup } from './service-group';
import { Quantity } from '../values/quantity';
import type { Resources } from '../values/resources';
import { sorted } from '../values/sorted';
import type { Tier } from '../values/tier';
import { TreeValue } from '../values/tree-value';

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
  /** What runs at a time while the pod starts: for each init container, itself and what runs beside it. */
  readonly starting?: readonly (readonly Resources[])[];
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

/** The limits of one pod: of the containers that may use the most at a time, as a quota counts them. */
export function podLimit(demand: CapacityDemand, kind: 'cpu' | 'memory'): Quantity {
  return limitOf(peakOf(demand, kind), kind);
}

/** The containers that may use the most at a time: those that run, or those that run while the pod starts. */
export function peakOf({ containers, starting }: CapacityDemand, kind: 'cpu' | 'memory'): readonly Resources[] {
  return (starting ?? []).reduce((most, some) => limitOf(some, kind)._exceeds(limitOf(most, kind)) ? some : most, containers);
}

function limitOf(containers: readonly Resources[], kind: 'cpu' | 'memory'): Quantity {
  const field = kind === 'cpu' ? 'cpuLimit' : 'memoryLimit';
  return Quantity._sum(kind, containers.flatMap(({ _amounts }) => _amounts[field] ?? []));
}

/** Whether its pods ask for no processors and no memory, any container of them. */
export function isBestEffort({ containers, starting }: CapacityDemand): boolean {
  return ![...containers, ...(starting ?? []).flat()].some(({ _counted }) => _counted);
}
