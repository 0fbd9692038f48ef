import type { ServiceNode } from './edges';
import { NetworkPeer } from '../values/network-peer';

/** The pods of a service, as network policies select them. */
export function peerOf({ name, group, selectorLabels }: Pick<ServiceNode, 'name' | 'group' | 'selectorLabels'>): NetworkPeer {
  return Object.keys(selectorLabels).length === 1 && selectorLabels.app === name
    ? NetworkPeer.workload(group.namespace, name)
    : NetworkPeer._selected(group.namespace, selectorLabels);
}
