import type { Duration } from 'cdk8s';
import { ACTOR_STORES } from './catalog/actor-stores';
import type { StoreField } from '../core/store-client';
import { StoreEngine } from '../core/store-engine';
import { fail } from '../values/errors';

/** What the program declares about a component, apart from its type. */
export interface ComponentDefinition {
  readonly version?: string;
  readonly metadata: readonly StoreField[];
  readonly ignoreErrors?: boolean;
  readonly initTimeout?: Duration;
}

/** A component as the engine of its own endpoint. */
export class ComponentEngine extends StoreEngine {
  constructor(type: string, public readonly definition: ComponentDefinition) {
    super(type, { actors: ACTOR_STORES.some((each) => type === `state.${each}`) });
  }

  public streamsOf(topic: string): string[] {
    return this.name.startsWith('pubsub.') ? [topic]
      : fail(`Topic '${topic}'`, `its broker is a component of type '${this.name}'`, 'Use a component whose type begins with pubsub, such as pubsub.rabbitmq');
  }
}
