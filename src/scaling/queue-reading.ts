import { Construct } from 'constructs';
import type { QueueSource, SourceTrigger } from './queue-source';
import { defineAuthentications } from './trigger-authentication';
import { sourceTriggers, storesOf } from './triggers';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import { endpointKey } from '../core/node-keys';
import { beforeSynthesis } from '../core/preparation';
import { describe } from '../values/errors';

/**
 * The queues by which KEDA starts pods of a workload, and a TriggerAuthentication for each store that contains one.
 */
export abstract class QueueReading extends Construct {
  private readonly connections: ConnectionIndex;

  /**
   * @param sources queues besides the topics that it subscribes, once every statement of the program is known
   * @param idle what is wrong without any queue
   */
  constructor(
    scope: Construct, id: string, private readonly service: ServiceNode, private readonly sources: () => readonly QueueSource[], idle: string,
  ) {
    super(scope, id);
    this.connections = ConnectionIndex.of(this);
    this.connections.addQueueReader({
      service,
      stores: () => storesOf(this.triggers()),
      listStores: () => storesOf(this.triggers().filter(({ threshold }) => threshold === 'listLength')),
      asksMetrics: () => this.triggers().some(({ store }) => store === undefined),
    });
    beforeSynthesis(this, () => defineAuthentications(this, service, storesOf(this.triggers())));
    service.construct.node.addValidation({ validate: () => this.triggers().length > 0 ? this.unreadable() : [idle] });
  }

  protected triggers(): SourceTrigger[] {
    return sourceTriggers(this.connections, this.service, this.sources());
  }

  /** A workload would be started for work that it cannot reach. */
  private unreadable(): string[] {
    const used = this.connections.endpointsOf(this.service).map(endpointKey);
    const stores = storesOf(this.sources().flatMap(({ _triggers }) => _triggers)).filter((store) => !used.includes(endpointKey(store)));
    return [...new Set(stores.map(({ name }) => name))].sort().map((name) => describe(
      `scales on a queue in '${name}', which it does not use, so no network policy lets it take anything from there`, `Say uses(...) of '${name}'`));
  }
}
