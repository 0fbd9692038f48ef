import { type ComponentNode, componentOf } from './component-node';
import { EdgeList } from './edge-list';
import { type CallEdge, type ServiceNode, type StoreNode, throughSidecars, type TriggerEdge, type UseEdge } from './edges';
import { addOnce, endpointKey, keyOf, referenceKey } from './node-keys';
import type { ServiceReference } from './service-reference';
import type { StoreEndpoint } from './store-endpoint';
import { sorted } from '../values/sorted';

/** What component edges need of all connections. */
interface Clients {
  readonly stores: { add(store: StoreNode): void };
  endpointsOf(service: ServiceNode): readonly StoreEndpoint[];
  clientsOf(store: StoreEndpoint): readonly ServiceNode[];
  service(reference: ServiceReference, from: ServiceNode): ServiceNode | undefined;
}

/** The Dapr components that the program defines, and the bindings that services invoke and are triggered by. */
export class ComponentIndex {
  private readonly all: ComponentNode[] = [];
  private readonly names = new Map<string, ComponentNode>();
  private readonly invocations = new EdgeList<UseEdge>();
  private readonly triggers = new EdgeList<TriggerEdge>();

  constructor(private readonly clients: Clients, private readonly changed: () => void) {}

  /** Returns the component of the namespace that has the name already, if there is one. */
  public add(component: ComponentNode): ComponentNode | undefined {
    this.clients.stores.add(component);
    this.all.push(component);
    return addOnce(this.names, component, endpointKey(component.endpoint));
  }

  public addInvocation(edge: UseEdge): void {
    this.invocations.add(edge, keyOf(edge.service), endpointKey(edge.store));
    this.changed();
  }

  public addTrigger(edge: TriggerEdge): void {
    this.triggers.add(edge, keyOf(edge.service), endpointKey(edge.store));
    this.changed();
  }

  public invocationsOf(component: StoreEndpoint): readonly UseEdge[] {
    return this.invocations.to(endpointKey(component));
  }

  public triggersOf(component: StoreEndpoint): readonly TriggerEdge[] {
    return this.triggers.to(endpointKey(component));
  }

  public triggersFrom(service: ServiceNode): readonly TriggerEdge[] {
    return this.triggers.from(keyOf(service));
  }

  /** The bindings of a service, of both directions. */
  public bindingsOf(service: ServiceNode): StoreEndpoint[] {
    const key = keyOf(service);
    return [...this.invocations.from(key), ...this.triggers.from(key)].map(({ store }) => store);
  }

  /** The services that a binding is there for. */
  public boundTo(component: StoreEndpoint): ServiceNode[] {
    return [...this.invocationsOf(component), ...this.triggersOf(component)].map(({ service }) => service);
  }

  /** The calls of a service and those of its sidecar, which connects to what its components need. */
  public withSidecarCalls(service: ServiceNode, own: readonly CallEdge[]): readonly CallEdge[] {
    if (this.all.length === 0) {
      return own;
    }
    const keyOfCallee = ({ callee }: CallEdge) => referenceKey(callee, service);
    const direct = new Set(own.filter((edge) => this.isDirect(edge)).map(keyOfCallee));
    const calls = this.clients.endpointsOf(service).flatMap((store) => componentOf(store)?.connectsTo ?? [])
      .map((callee) => sidecarCall(service, callee));
    return together(own, calls.filter((edge) => !direct.has(keyOfCallee(edge))), keyOfCallee);
  }

  /** The calls that a service takes, and those of sidecars whose components connect to it. */
  public withCallingSidecars(service: ServiceNode, own: readonly CallEdge[]): readonly CallEdge[] {
    if (this.all.length === 0) {
      return own;
    }
    const direct = new Set(own.filter((edge) => this.isDirect(edge)).map(({ caller }) => caller));
    const calls = this.all.flatMap(({ connectsTo, endpoint }) => connectsTo.flatMap((callee) => this.clients.clientsOf(endpoint)
      .filter((caller) => this.clients.service(callee, caller) === service && !direct.has(caller))
      .map((caller) => sidecarCall(caller, callee))));
    return together(own, calls, ({ caller }) => keyOf(caller));
  }

  /** Whether a call arrives where that of a sidecar would. */
  private isDirect(edge: CallEdge): boolean {
    const callee = this.clients.service(edge.callee, edge.caller) ?? edge.callee._foreign;
    return callee === undefined || !throughSidecars(edge, callee);
  }
}

function sidecarCall(caller: ServiceNode, callee: ServiceReference): CallEdge {
  return { caller, callee, options: { direct: true } };
}

/** In the order of their other ends, so that output does not depend on the order of statements. */
function together(own: readonly CallEdge[], calls: readonly CallEdge[], otherEnd: (edge: CallEdge) => string): readonly CallEdge[] {
  const distinct = new Map(calls.map((edge) => [otherEnd(edge), edge]));
  return distinct.size === 0 ? own : sorted([...own, ...distinct.values()], otherEnd);
}
