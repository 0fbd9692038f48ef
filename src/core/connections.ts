import type { Construct, IConstruct } from 'constructs';
import type { CallOptions, SubscribeOptions } from './connection-options';
import type { ServiceGroup } from './service-group';
import { environmentName } from './service-group';
import type { ServiceReference } from './service-reference';
import type { StoreEndpoint } from './store-endpoint';
import type { TopicReference } from './topic-reference';
import type { Port } from '../model/port';
import { sorted } from '../model/sorted';
import { TreeValue } from '../model/tree-value';

/** A service, as connections see it. */
export interface ServiceNode {
  readonly construct: Construct;
  readonly name: string;
  readonly group: ServiceGroup;
  readonly selectorLabels: { [name: string]: string };
  readonly ports: readonly Port[];
  /** Whether it has a Dapr sidecar. */
  readonly dapr: boolean;
  /** The id by which Dapr knows it. */
  readonly appId: string;
}

/** A topic, as connections see it. */
export interface TopicNode {
  readonly construct: Construct;
  readonly name: string;
  readonly group: ServiceGroup;
  readonly broker: StoreEndpoint;
}

export interface CallEdge {
  readonly caller: ServiceNode;
  readonly callee: ServiceReference;
  readonly options: CallOptions;
}

export interface TopicEdge {
  readonly service: ServiceNode;
  readonly topic: TopicReference;
  readonly options: SubscribeOptions;
}

export interface UseEdge {
  readonly service: ServiceNode;
  readonly store: StoreEndpoint;
}

export interface StoreNode {
  readonly construct: Construct;
  readonly group: ServiceGroup;
  readonly endpoint: StoreEndpoint;
}

export interface AdmissionEdge {
  readonly service: ServiceNode;
  readonly group: string;
}

const CONNECTIONS = new TreeValue<Connections>('connections');

/**
 * Everything the program said about who talks to whom: recorded once, read by all layers.
 *
 * One for each tree. Recording knows no order: ends are looked up when they are read.
 */
export class Connections {
  public static of(scope: IConstruct): Connections {
    const { root } = scope.node;
    const existing = CONNECTIONS.own(root);
    if (existing) {
      return existing;
    }
    const created = new Connections();
    CONNECTIONS.set(root, created);
    return created;
  }

  public readonly groups: ServiceGroup[] = [];
  private readonly services = new Map<string, ServiceNode>();
  private readonly topics = new Map<string, TopicNode>();
  public readonly stores: StoreNode[] = [];
  private readonly calls = new EdgeList<CallEdge>();
  private readonly publications = new EdgeList<TopicEdge>();
  private readonly subscriptions = new EdgeList<TopicEdge>();
  private readonly uses = new EdgeList<UseEdge>();
  private readonly admissions = new EdgeList<AdmissionEdge>();

  // ---- recording -------------------------------------------------------------------------------------------------

  public addGroup(group: ServiceGroup): ServiceGroup | undefined {
    const twin = this.groups.find((other) => other.namespace === group.namespace);
    this.groups.push(group);
    return twin;
  }

  /** Returns the service that has the name already, if there is one. */
  public addService(service: ServiceNode): ServiceNode | undefined {
    return addOnce(this.services, service);
  }

  /** Returns the topic that has the name already, if there is one. */
  public addTopic(topic: TopicNode): TopicNode | undefined {
    return addOnce(this.topics, topic);
  }

  public addCall(edge: CallEdge): void {
    this.calls.add(edge, keyOf(edge.caller), referenceKey(edge.callee, edge.caller));
  }

  public addPublication(edge: TopicEdge): void {
    this.publications.add(edge, keyOf(edge.service), referenceKey(edge.topic, edge.service));
  }

  public addSubscription(edge: TopicEdge): void {
    this.subscriptions.add(edge, keyOf(edge.service), referenceKey(edge.topic, edge.service));
  }

  public addUse(edge: UseEdge): void {
    this.uses.add(edge, keyOf(edge.service), edge.store.host);
  }

  public addAdmission(edge: AdmissionEdge): void {
    this.admissions.add(edge, keyOf(edge.service), edge.group);
  }

  public addStore(store: StoreNode): void {
    this.stores.push(store);
  }

  // ---- reading ---------------------------------------------------------------------------------------------------

  public service(reference: ServiceReference, from: ServiceNode): ServiceNode | undefined {
    return this.services.get(referenceKey(reference, from));
  }

  public topic(reference: TopicReference, from: ServiceNode): TopicNode | undefined {
    return this.topics.get(referenceKey(reference, from));
  }

  /** A group in the environment of a service, or else one that all environments share. */
  public group(name: string, from: ServiceNode): ServiceGroup | undefined {
    const candidates = this.groups.filter((group) => group.name === name);
    return candidates.find((group) => environmentName(group) === environmentName(from.group)) ?? candidates.find((group) => !group.environment);
  }

  public servicesOf(group: ServiceGroup): ServiceNode[] {
    return sorted([...this.services.values()].filter((service) => service.group === group), keyOf);
  }

  public callsFrom(service: ServiceNode): readonly CallEdge[] {
    return this.calls.from(keyOf(service));
  }

  public callsTo(service: ServiceNode): readonly CallEdge[] {
    return this.calls.to(keyOf(service));
  }

  public publicationsOf(service: ServiceNode): readonly TopicEdge[] {
    return this.publications.from(keyOf(service));
  }

  public subscriptionsOf(service: ServiceNode): readonly TopicEdge[] {
    return this.subscriptions.from(keyOf(service));
  }

  public usesOf(service: ServiceNode): readonly UseEdge[] {
    return this.uses.from(keyOf(service));
  }

  public admissionsOf(service: ServiceNode): readonly AdmissionEdge[] {
    return this.admissions.from(keyOf(service));
  }

  /** The brokers of all topics that a service publishes or subscribes. */
  public brokersOf(service: ServiceNode): StoreEndpoint[] {
    const edges = [...this.publicationsOf(service), ...this.subscriptionsOf(service)];
    const brokers = new Map(edges.flatMap((edge) => {
      const broker = this.topic(edge.topic, service)?.broker;
      return broker ? [[broker.host, broker] as const] : [];
    }));
    return sorted([...brokers.values()], (broker) => broker.host);
  }

  /** All stores and brokers that a service talks to. */
  public endpointsOf(service: ServiceNode): StoreEndpoint[] {
    const endpoints = new Map([...this.usesOf(service).map((edge) => edge.store), ...this.brokersOf(service)].map((store) => [store.host, store]));
    return sorted([...endpoints.values()], (store) => store.host);
  }

  /** All services that talk to a store or broker. */
  public clientsOf(store: StoreEndpoint): ServiceNode[] {
    return sorted([...this.services.values()].filter((service) => this.endpointsOf(service).some((used) => used.host === store.host)), keyOf);
  }
}

function addOnce<N extends { name: string; group: ServiceGroup }>(map: Map<string, N>, node: N): N | undefined {
  const key = keyOf(node);
  const existing = map.get(key);
  if (!existing) {
    map.set(key, node);
  }
  return existing;
}

function keyOf(node: { name: string; group: ServiceGroup }): string {
  return `${environmentName(node.group)}/${node.group.name}/${node.name}`;
}

function referenceKey(reference: { _environment?: string; group: string; name: string }, from: ServiceNode): string {
  return `${reference._environment ?? environmentName(from.group)}/${reference.group}/${reference.name}`;
}

/** Edges of one kind, by both of their ends, each pair of ends once. */
class EdgeList<Edge> {
  private readonly bySource = new Map<string, Map<string, Edge>>();
  private readonly byTarget = new Map<string, Map<string, Edge>>();

  public add(edge: Edge, source: string, target: string): void {
    nested(this.bySource, source).set(target, edge);
    nested(this.byTarget, target).set(source, edge);
  }

  public from(source: string): Edge[] {
    return byKey(this.bySource.get(source));
  }

  public to(target: string): Edge[] {
    return byKey(this.byTarget.get(target));
  }
}

function nested<V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const inner = map.get(key) ?? new Map<string, V>();
  map.set(key, inner);
  return inner;
}

/** In the order of names, so that output does not depend on the order of statements. */
function byKey<V>(map: Map<string, V> | undefined): V[] {
  return map ? sorted([...map], ([key]) => key).map(([, value]) => value) : [];
}
