import type { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { endpointKey } from '../core/node-keys';
import type { QueueSource } from '../scaling/queue-source';
import { describe } from '../values/errors';

/** What is wrong where a workload is started for work that it cannot reach. */
export function checkReadable(connections: ConnectionIndex, service: ServiceNode, sources: readonly QueueSource[]): string[] {
  const used = connections.endpointsOf(service).map(endpointKey);
  const stores = sources.flatMap(({ _triggers }) => _triggers.flatMap(({ store }) => store ?? []));
  const far = [...new Set(stores.filter((store) => !used.includes(endpointKey(store))).map(({ name }) => name))].sort();
  return far.map((name) => describe(`scales on a queue in '${name}', which it does not use, so no network policy lets it take anything from there`,
    `Say uses(...) of '${name}'`));
}
