import type { Construct } from 'constructs';
import { RedisScripting } from './redis-scripting';
import { ConnectionIndex } from '../../core/connection-index';
import { endpointKey } from '../../core/node-keys';
import type { StoreEndpoint } from '../../core/store-endpoint';
import { describe } from '../../values/errors';

/** What the access rule of services adds after `-@scripting`, once all connections are known. */
export function scriptingRule(construct: Construct, store: StoreEndpoint, scripting: RedisScripting): string {
  const isNeeded = () => scriptsOf(construct, store).length > 0 || ConnectionIndex.of(construct).clientsOf(store).length === 0;
  return scripting === RedisScripting.ALLOWED ? '+@scripting' : scripting === RedisScripting.AS_NEEDED && isNeeded() ? '+eval' : '';
}

/** Fails at synthesis where a service needs scripts that the settings deny. */
export function validateScripting(construct: Construct, store: StoreEndpoint, scripting: RedisScripting): void {
  construct.node.addValidation({
    validate: () => scripting !== RedisScripting.DENIED ? [] : scriptsOf(construct, store).map((need) => describe(
      `denies scripts, and ${need}`, 'Use RedisScripting.AS_NEEDED, or another store')),
  });
}

/** What runs scripts on a store, one sentence for each service. */
function scriptsOf(construct: Construct, store: StoreEndpoint): string[] {
  const connections = ConnectionIndex.of(construct);
  const isStore = (other: StoreEndpoint) => endpointKey(other) === endpointKey(store);
  const writers = connections.clientsOf(store).filter((service) => service.dapr && connections.usesOf(service).some((edge) => isStore(edge.store)));
  const readers = connections.queueReaders.filter((reader) => reader.listStores().some(isStore));
  return [
    ...writers.map(({ name }) => `Dapr writes the state of '${name}' by EVAL`),
    ...readers.map(({ service: { name } }) => `KEDA measures a list of '${name}' by EVAL`),
  ];
}
