import type { ComponentEngine } from './component-engine';
import type { ComponentFields } from './component-object';
import { topicScopes, topicsOf } from './topic-scopes';
import { keepsActors } from '../core/actor-stores';
import type { ConnectionIndex } from '../core/connection-index';
import type { ServiceNode } from '../core/edges';
import type { StoreField } from '../core/store-client';
import type { StoreEndpoint } from '../core/store-endpoint';

/** Type and fields of a component that the program defines: its own, and those that follow from the connections of its users. */
export function definedFields(connections: ConnectionIndex, component: StoreEndpoint, users: readonly ServiceNode[]): ComponentFields {
  const engine = component.engine as ComponentEngine;
  const { type, version, metadata } = describedBy(engine);
  const { ignoreErrors } = engine.definition;
  return {
    type,
    version,
    ...ignoreErrors === undefined ? {} : { ignoreErrors },
    metadata: [...metadata, ...connectionFields(connections, component, users)],
  };
}

/** A component as the program describes it. */
export function describedBy({ name, definition: { version = 'v1', metadata } }: ComponentEngine): Pick<ComponentFields, 'type' | 'version' | 'metadata'> {
  return { type: name, version, metadata };
}

function connectionFields(connections: ConnectionIndex, component: StoreEndpoint, users: readonly ServiceNode[]): StoreField[] {
  const [category] = component.engine.name.split('.');
  switch (category) {
    case 'pubsub': return topicScopes(users.map((service) => topicsOf(connections, component, service)));
    case 'state': return keepsActors(connections, component, users) ? [{ name: 'actorStateStore', value: 'true' }] : [];
    case 'bindings': return bindingFields(connections, component, new Set(users));
    default: return [];
  }
}

/** A sidecar would otherwise try both directions: read from a binding whose application takes no events. */
function bindingFields({ components }: ConnectionIndex, component: StoreEndpoint, users: ReadonlySet<ServiceNode>): StoreField[] {
  const triggers = components.triggersOf(component).filter(({ service }) => users.has(service));
  const invoked = components.invocationsOf(component).some(({ service }) => users.has(service));
  const route = triggers.find((trigger) => trigger.route !== undefined)?.route;
  return [
    { name: 'direction', value: [...triggers.length > 0 ? ['input'] : [], ...invoked ? ['output'] : []].join(', ') },
    ...route === undefined ? [] : [{ name: 'route', value: route }],
  ];
}
