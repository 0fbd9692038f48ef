import type { Construct } from 'constructs';
import type { ServiceGroup } from './service-group';
import type { ServiceReference } from './service-reference';
import type { StoreEndpoint } from './store-endpoint';

/** A Dapr component that the program defines itself, as connections see it. */
export interface ComponentNode {
  readonly construct: Construct;
  readonly group: ServiceGroup;
  /** The name of the Component. */
  readonly name: string;
  /** Type, such as `pubsub.rabbitmq`. */
  readonly type: string;
  /** What the sidecars of its users connect to; nothing for a component that works in the sidecar. */
  readonly connectsTo: readonly ServiceReference[];
  /** Whether the program declares what they connect to, be it nothing. */
  readonly placed: boolean;
  readonly endpoint: StoreEndpoint;
}

interface ComponentEndpoint extends StoreEndpoint {
  readonly component: ComponentNode;
}

/** A component with its endpoint, which has no address, because the metadata of the component contains it. */
export function componentNode(component: Omit<ComponentNode, 'endpoint'>, engine: StoreEndpoint['engine']): ComponentNode {
  const endpoint = { name: component.name, engine, host: '', port: 0, secretName: '' };
  const node = { ...component, endpoint };
  Object.assign(endpoint, { component: node });
  return node;
}

/** The component behind an endpoint, unless the endpoint is that of a store. */
export function componentOf(store: StoreEndpoint): ComponentNode | undefined {
  return 'component' in store ? (store as ComponentEndpoint).component : undefined;
}
