import { Construct } from 'constructs';
import { ConnectionIndex } from './connection-index';
import type { ServiceNode } from './edges';
import { beforeSynthesis } from './preparation';

/** Objects of a service that follow from its connections, which are known when the last line of the program has run. */
export abstract class ServiceStep extends Construct {
  protected readonly connections: ConnectionIndex;

  constructor(scope: Construct, id: string, protected readonly service: ServiceNode) {
    super(scope, id);
    this.connections = ConnectionIndex.of(this);
    beforeSynthesis(this, () => this.render());
  }

  /** Defines the objects. Runs more than once. */
  protected abstract render(): void;
}
