import type { ServiceNode } from './edges';
import { addOnce, keyOf } from './node-keys';
import { rootOf, TreeValue } from '../values/tree-value';

const NAMES = new TreeValue<Map<string, ServiceNode>>('service-names');

/**
 * Records the name of a Service that a workload has or that others make for it.
 *
 * @returns the other workload that has the name already, if there is one
 */
export function takeServiceName(service: ServiceNode, name: string): ServiceNode | undefined {
  return addOnce(NAMES.ensure(rootOf(service.construct), () => new Map()), service, keyOf({ group: service.group, name }));
}
