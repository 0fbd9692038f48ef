import type { PostgresBackup } from './definition';
import type { NetworkRule } from '../../../model/network-peer';
import { NetworkPeer } from '../../../model/network-peer';
import { PUSHGATEWAY_PORT } from '../../../model/ports';
import { podsOf } from '../../../network/namespace-policies';

/** What a pod that reads or writes the archive must reach: object storage, and where it reports. */
export function storageRules({ storage, store }: PostgresBackup): NetworkRule[] {
  const { pushgateway } = store.group.profile._values.network;
  return [
    { peers: storage._cidrs.map((cidr) => NetworkPeer.cidr(cidr)), ports: [storage._port] },
    { peers: [podsOf(pushgateway)], ports: [PUSHGATEWAY_PORT] },
  ];
}
