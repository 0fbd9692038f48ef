import type { ServiceGroup } from './service-group';
import type { Quantity } from '../values/quantity';
import { sorted } from '../values/sorted';
import { TreeValue } from '../values/tree-value';

/** The volumes that a workload claims. */
export interface VolumeDemand {
  readonly name: string;
  /** How many of them, each of the same size. */
  readonly count: number;
  readonly size: Quantity;
}

const DEMANDS = new TreeValue<VolumeDemand[]>('volume-demands');

export function recordVolumes(group: ServiceGroup, demand: VolumeDemand): void {
  DEMANDS.set(group.chart, [...volumesOf(group), demand]);
}

export function volumesOf(group: ServiceGroup): VolumeDemand[] {
  return sorted(DEMANDS.own(group.chart) ?? [], ({ name }) => name);
}
