import type { ServiceNode } from './edges';
import { addOnce, keyOf } from './node-keys';
import { TreeValue } from '../values/tree-value';

const NAMES = new TreeValue<Map<string, ServiceNode>>('service-names');

/**
 * Records the name of a Service that a workload has or that others make for it.
 *
 * @returns the other workload that has the name already, if there is one
 */
export function takeServiceName(service: ServiceNode, name: string): ServiceNode | undefined {
  const { root } = service.construct.node;
  const names = NAMES.own(root) ?? new Map<string, ServiceNode>();
  NAMES.set(root, names);
  return addOnce(names, service, keyOf({ group: service.group, name }));
}
