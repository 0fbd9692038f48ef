import type { IConstruct } from 'constructs';
import { EdgeList } from './edge-list';
import type { AdmissionEdge, CallEdge, ExposureEdge, GatewayNode, ServiceNode, StoreNode, TopicEdge, TopicNode, UseEdge } from './edges';
import { addOnce, keyOf, referenceKey, sharedKey } from './node-keys';
import type { ServiceGroup } from './service-group';
import { environmentName } from './service-group';
import type { ServiceReference } from './service-reference';
import { sharingOf } from './service-users';
import type { StoreEndpoint } from './store-endpoint';
import type { TopicReference } from './topic-reference';
import type { FaultNode, TrafficShiftNode } from './traffic-shifts';
import { shiftedFrom, shiftedTo } from './traffic-shifts';
import { sorted } from '../values/sorted';
import { TreeValue } from '../values/tree-value';

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
  private readonly appIds = new Map<string, ServiceNode>();
  private readonly topics = new Map<string, TopicNode>();
  private readonly brokerTopics = new Map<string, TopicNode>();
  public readonly stores: StoreNode[] = [];
  /** Groups with pods that report to the Pushgateway, because they end before anybody could ask them. */
  public readonly reporters: ServiceGroup[] = [];
  public readonly shifts: TrafficShiftNode[] = [];
  public readonly faults: FaultNode[] = [];
  private readonly calls = new EdgeList<CallEdge>();
  private readonly publications = new EdgeList<TopicEdge>();
  private readonly subscriptions = new EdgeList<TopicEdge>();
  private readonly uses = new EdgeList<UseEdge>();
  private readonly admissions = new EdgeList<AdmissionEdge>();
  public readonly gateways: GatewayNode[] = [];
  private readonly exposures = new EdgeList<ExposureEdge>();

  // ---- recording -------------------------------------------------------------------------------------------------

  /** Returns the service that has the name already, if there is one. */
  public addService(service: ServiceNode): ServiceNode | undefined {
    return addOnce(this.services, service);
  }

  /** Returns the service of the namespace that has the Dapr app id already, if there is one. */
  public addAppId(service: ServiceNode): ServiceNode | undefined {
    return addOnce(this.appIds, service, keyOf({ group: service.group, name: service.appId }));
  }

  /** Returns the topic that has the name already, in its group or on its broker, if there is one. */
  public addTopic(topic: TopicNode): TopicNode | undefined {
    return addOnce(this.topics, topic) ?? addOnce(this.brokerTopics, topic, `${endpointKey(topic.broker)}/${topic.name}`);
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
    this.uses.add(edge, keyOf(edge.service), endpointKey(edge.store));
  }

  public addAdmission(edge: AdmissionEdge): void {
    this.admissions.add(edge, keyOf(edge.service), edge.group);
  }

  public addGateway(gateway: GatewayNode): void {
    this.gateways.push(gateway);
  }

  public addExposure(edge: ExposureEdge): void {
    this.exposures.add(edge, `${keyOf(edge.gateway)}/${edge.route}`, referenceKey(edge.service, edge.gateway));
  }

  public addStore(store: StoreNode): void {
    this.stores.push(store);
  }

  public addReporter(group: ServiceGroup): void {
    this.reporters.push(group);
  }

  // ---- reading ---------------------------------------------------------------------------------------------------

  /** The service that is meant, in the environment of the one that refers to it, or else shared by all environments. */
  public service(reference: ServiceReference, from: Pick<ServiceNode, 'group'>): ServiceNode | undefined {
    return reference._foreign ? undefined : this.services.get(referenceKey(reference, from)) ?? this.services.get(sharedKey(reference));
  }

  public topic(reference: TopicReference, from: ServiceNode): TopicNode | undefined {
    return this.topics.get(referenceKey(reference, from)) ?? this.topics.get(sharedKey(reference));
  }

  /** A group in the environment of a service, or else one that all environments share. */
  public group(name: string, from: ServiceNode): ServiceGroup | undefined {
    const candidates = this.groups.filter((group) => group.name === name);
    return candidates.find((group) => environmentName(group) === environmentName(from.group)) ?? candidates.find((group) => !group.environment);
  }

  public servicesOf(group: ServiceGroup): ServiceNode[] {
    return sorted([...this.services.values()].filter((service) => service.group === group), keyOf);
  }

  public topicsOf(group: ServiceGroup): TopicNode[] {
    return sorted([...this.topics.values()].filter((topic) => topic.group === group), keyOf);
  }

  /** The topics that a broker carries, of all groups. */
  public topicsOn(broker: StoreEndpoint): TopicNode[] {
    return sorted([...this.topics.values()].filter((topic) => endpointKey(topic.broker) === endpointKey(broker)), keyOf);
  }

  public callsFrom(service: ServiceNode): readonly CallEdge[] {
    const own = this.calls.from(keyOf(service));
    return this.shifts.length === 0 ? own : [...own, ...shiftedFrom(this.shifts, own, (...end) => this.service(...end))];
  }

  public callsTo(service: ServiceNode): readonly CallEdge[] {
    const own = this.ownCallsTo(service);
    return this.shifts.length === 0 ? own
      : [...own, ...shiftedTo(this.shifts, service, own, (...end) => this.service(...end), (host) => this.ownCallsTo(host))];
  }

  private ownCallsTo(service: ServiceNode): CallEdge[] {
    return this.namesOf(service).flatMap((name) => this.calls.to(name))
      .filter((edge) => this.service(edge.callee, edge.caller) === service);
  }

  /** The ways by which a service can be called from outside of the cluster. */
  public exposuresOf(service: ServiceNode): readonly ExposureEdge[] {
    return this.namesOf(service).flatMap((name) => this.exposures.to(name)).filter((edge) => this.service(edge.service, edge.gateway) === service);
  }

  /** The names under which others may mean a service: one that all environments share has one in each. */
  private namesOf({ group, name }: ServiceNode): string[] {
    const environments = group.environment ? [environmentName(group)] : new Set(['', ...this.groups.map(environmentName)]);
    return [...environments].map((environment) => `${environment}/${group.name}/${name}`);
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

  /** The stores that each keep the state of actors, where a sidecar would load several: Dapr says it of a component, for all that share it. */
  public rivalActorStores(service: ServiceNode): StoreEndpoint[] {
    const used = this.usesOf(service).map(({ store }) => store);
    if (used.length <= 1) {
      return [];
    }
    const neighbours = this.servicesOf(service.group).filter(({ dapr }) => dapr);
    const rivals = used.filter((store) => this.keepsActors(store, sharingOf(store, service, neighbours)));
    return rivals.length <= 1 ? [] : rivals;
  }

  /** Whether one of those that share the component of a store keeps the state of actors there. */
  public keepsActors(store: StoreEndpoint, sharing: readonly ServiceNode[]): boolean {
    return sharing.some((service) => this.usesOf(service)
      .some(({ store: used, options }) => options.actors === true && endpointKey(used) === endpointKey(store)));
  }

  public admissionsOf(service: ServiceNode): readonly AdmissionEdge[] {
    return this.admissions.from(keyOf(service));
  }

  /** The services that admit all pods of a group. */
  public admitting(group: ServiceGroup): ServiceNode[] {
    return this.admissions.to(group.name).filter((edge) => this.group(edge.group, edge.service) === group).map((edge) => edge.service);
  }

  /** The brokers of all topics that a service publishes or subscribes. */
  public brokersOf(service: ServiceNode): StoreEndpoint[] {
    const edges = [...this.publicationsOf(service), ...this.subscriptionsOf(service)];
    const brokers = new Map(edges.flatMap((edge) => {
      const broker = this.topic(edge.topic, service)?.broker;
      return broker ? [[endpointKey(broker), broker] as const] : [];
    }));
    return sorted([...brokers.values()], endpointKey);
  }

  /** All stores and brokers that a service talks to. */
  public endpointsOf(service: ServiceNode): StoreEndpoint[] {
    const stores = [...this.usesOf(service).map((edge) => edge.store), ...this.brokersOf(service)];
    return sorted([...new Map(stores.map((store) => [endpointKey(store), store])).values()], endpointKey);
  }

  /** Where a store was defined for an environment; undefined for one that is hosted, or that a program describes in its own way. */
  public definitionOf(store: StoreEndpoint): StoreNode | undefined {
    return this.stores.find(({ endpoint, hosted }) => endpoint === store && !hosted);
  }

  public subscriptionsTo(topic: TopicReference, from: ServiceNode): readonly TopicEdge[] {
    return this.subscriptions.to(referenceKey(topic, from));
  }

  /** All services that talk to a store or broker. */
  public clientsOf(store: StoreEndpoint): ServiceNode[] {
    const key = endpointKey(store);
    return sorted([...this.services.values()].filter((service) => this.endpointsOf(service).some((used) => endpointKey(used) === key)), keyOf);
  }
}

/** What tells one store from another: two may share a host. */
export function endpointKey(store: StoreEndpoint): string {
  return `${store.host}:${store.port}`;
}
