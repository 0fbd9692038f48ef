import type { IConstruct } from 'constructs';
import type { NetworkSettings } from './network-settings';
import { podsOf } from './platform-peers';
import { ConnectionIndex } from '../core/connection-index';
import { peerOf } from '../core/peer-of';
import { isReadByKeda } from '../core/queue-readers';
import type { StoreEndpoint } from '../core/store-endpoint';
import { NetworkPeer } from '../values/network-peer';

/** The ports by which clients reach a store. */
export function portsOfStore({ port, furtherPorts = [] }: StoreEndpoint): number[] {
  return [port, ...furtherPorts];
}

/** Who must reach a store: the services that use it, and KEDA's operator where it reads how long a queue is. */
export function storeClients(scope: IConstruct, store: StoreEndpoint, { kedaOperator }: Required<NetworkSettings>): NetworkPeer[] {
  const services = ConnectionIndex.of(scope).clientsOf(store).map((client) => peerOf(client));
  return isReadByKeda(scope, store) ? [...services, podsOf(kedaOperator)] : services;
}
