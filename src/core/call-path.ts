import type { CallEdge, ServiceNode } from './edges';

/**
 * Whether a call goes from sidecar to sidecar: then it arrives on Dapr's port, and Dapr encrypts and authorises it.
 */
export function throughSidecars(caller: Pick<ServiceNode, 'dapr'>, callee: Pick<ServiceNode, 'dapr'>): boolean {
  return caller.dapr && callee.dapr;
}

/** What a call may do, if it is not everything: any of the methods at any of the paths and below. */
export function isLimited({ options }: Pick<CallEdge, 'options'>): boolean {
  return (options.methods ?? options.paths) !== undefined;
}
