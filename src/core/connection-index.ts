import type { IConstruct } from 'constructs';
import { Answers } from './answers';
import { ComponentIndex } from './component-index';
import { EdgeList } from './edge-list';
import type { AdmissionEdge, CallEdge, ExposureEdge, GatewayNode, QueueReader, ServiceNode, StoreNode, TopicEdge, TopicNode, UseEdge } from './edges';
import { GroupIndex } from './group-index';
import { NodeIndex } from './node-index';
import { addOnce, endpointKey, keyOf, referenceKey, sharedKey } from './node-keys';
import type { ServiceGroup } from './service-group';
import { environmentName } from './service-group';
import type { ServiceReference } from './service-reference';
import { SortedLists } from './sorted-lists';
import type { StoreEndpoint } from './store-endpoint';
import { StoreIndex } from './store-index';
import type { TopicReference } from './topic-reference';
import type { FaultNode, TrafficShiftNode } from './traffic-shifts';
import { shiftedFrom, shiftedTo } from './traffic-shifts';
import { sorted } from '../values/sorted';
import { rootOf, TreeValue } from '../values/tree-value';

const CONNECTIONS = new TreeValue<ConnectionIndex>('connections');

/**
 * Everything the program said about who talks to whom: recorded once, read by all layers.
 *
 * One for each tree. Recording knows no order: ends are looked up when they are read.
 */
export class ConnectionIndex {
  public static of(scope: IConstruct): ConnectionIndex {
    return CONNECTIONS.ensure(rootOf(scope), () => new ConnectionIndex());
  }

  private readonly groupIndex = new GroupIndex();
  private readonly services = new NodeIndex<ServiceNode>();
  private readonly appIds = new Map<string, ServiceNode>();
  private readonly topics = new NodeIndex<TopicNode>();
  private readonly brokerTopics = new Map<string, TopicNode>();
  private readonly topicsByBroker = new SortedLists<string, TopicNode>(keyOf);
  /** The stores of all environments, where they run and where they are used. */
  public readonly stores = new StoreIndex();
  /** The Dapr components that the program defines. */
  public readonly components = new ComponentIndex(this, () => this.answers.forget());
  /** Groups with pods that report to the Pushgateway, because they end before anybody could ask them. */
  public readonly reporters: ServiceGroup[] = [];
  public readonly queueReaders: QueueReader[] = [];
  public readonly shifts: TrafficShiftNode[] = [];
  public readonly faults: FaultNode[] = [];
  private readonly calls = new EdgeList<CallEdge>();
  private readonly publications = new EdgeList<TopicEdge>();
  private readonly subscriptions = new EdgeList<TopicEdge>();
  private readonly uses = new EdgeList<UseEdge>();
  private readonly admissions = new EdgeList<AdmissionEdge>();
  public readonly gateways: GatewayNode[] = [];
  private readonly exposures = new EdgeList<ExposureEdge>();
  private readonly answers = new Answers();

  // ---- recording -------------------------------------------------------------------------------------------------

  /** Returns the service that has the name already, if there is one. */
  public addService(service: ServiceNode): ServiceNode | undefined {
    this.answers.forget();
    return this.services.add(service);
  }

  /** Returns the service of the namespace that has the Dapr app id already, if there is one. */
  public addAppId(service: ServiceNode): ServiceNode | undefined {
    return addOnce(this.appIds, service, keyOf({ group: service.group, name: service.appId }));
  }

  /** Returns the topic that has the name already, in its group or on its broker, if there is one. */
  public addTopic(topic: TopicNode): TopicNode | undefined {
    this.answers.forget();
    this.topicsByBroker.add(endpointKey(topic.broker), topic);
    return this.topics.add(topic) ?? addOnce(this.brokerTopics, topic, `${endpointKey(topic.broker)}/${topic.name}`);
  }

  public addCall(edge: CallEdge): void {
    // a service may call another both through the sidecars and directly
    const variant = edge.options.direct && edge.caller.dapr ? ' direct' : '';
    this.calls.add(edge, keyOf(edge.caller), referenceKey(edge.callee, edge.caller), variant);
  }

  public addPublication(edge: TopicEdge): void {
    this.publications.add(edge, keyOf(edge.service), referenceKey(edge.topic, edge.service));
    this.answers.forget();
  }

  public addSubscription(edge: TopicEdge): void {
    this.subscriptions.add(edge, keyOf(edge.service), referenceKey(edge.topic, edge.service));
    this.answers.forget();
  }

  public addUse(edge: UseEdge): void {
    this.uses.add(edge, keyOf(edge.service), endpointKey(edge.store));
    this.answers.forget();
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
    this.stores.add(store);
  }

  public addGroup(group: ServiceGroup): void {
    this.groupIndex.add(group);
    this.answers.forget();
  }

  public addReporter(group: ServiceGroup): void {
    this.reporters.push(group);
  }

  public addQueueReader(reader: QueueReader): void {
    this.queueReaders.push(reader);
    this.answers.forget();
  }

  // ---- reading ---------------------------------------------------------------------------------------------------

  /** The service that is meant, in the environment of the one that refers to it, or else shared by all environments. */
  public service(reference: ServiceReference, from: Pick<ServiceNode, 'group'>): ServiceNode | undefined {
    return reference._foreign ? undefined : this.services.get(referenceKey(reference, from)) ?? this.services.get(sharedKey(reference));
  }

  public topic(reference: TopicReference, from: ServiceNode): TopicNode | undefined {
    return this.topics.get(referenceKey(reference, from)) ?? this.topics.get(sharedKey(reference));
  }

  public get groups(): readonly ServiceGroup[] {
    return this.groupIndex.all;
  }

  /** A group in the environment of a service, or else one that all environments share. */
  public group(name: string, from: ServiceNode): ServiceGroup | undefined {
    return this.groupIndex.find(name, environmentName(from.group));
  }

  public groupsIn(namespace: string): readonly ServiceGroup[] {
    return this.groupIndex.inNamespace(namespace);
  }

  public servicesOf(group: ServiceGroup): readonly ServiceNode[] {
    return this.services.of(group);
  }

  public topicsOf(group: ServiceGroup): readonly TopicNode[] {
    return this.topics.of(group);
  }

  /** The topics that a broker carries, of all groups. */
  public topicsOn(broker: StoreEndpoint): readonly TopicNode[] {
    return this.topicsByBroker.get(endpointKey(broker));
  }

  public callsFrom(service: ServiceNode): readonly CallEdge[] {
    const own = this.components.withSidecarCalls(service, this.calls.from(keyOf(service)));
    return this.shifts.length === 0 ? own : [...own, ...shiftedFrom(this.shifts, own, (...end) => this.service(...end))];
  }

  public callsTo(service: ServiceNode): readonly CallEdge[] {
    const own = this.ownCallsTo(service);
    return this.shifts.length === 0 ? own
      : [...own, ...shiftedTo(this.shifts, service, own, (...end) => this.service(...end), (host) => this.ownCallsTo(host))];
  }

  private ownCallsTo(service: ServiceNode): readonly CallEdge[] {
    const calls = this.namesOf(service).flatMap((name) => this.calls.to(name)).filter((edge) => this.service(edge.callee, edge.caller) === service);
    return this.components.withCallingSidecars(service, calls);
  }

  /** The ways by which a service can be called from outside of the cluster. */
  public exposuresOf(service: ServiceNode): readonly ExposureEdge[] {
    return this.namesOf(service).flatMap((name) => this.exposures.to(name)).filter((edge) => this.service(edge.service, edge.gateway) === service);
  }

  /** The names under which others may mean a service: one that all environments share has one in each. */
  private namesOf({ group, name }: { readonly group: ServiceGroup; readonly name: string }): string[] {
    const environments = group.environment ? [environmentName(group)] : [...this.groupIndex.environments];
    return environments.map((environment) => `${environment}/${group.name}/${name}`);
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

  /** All stores, brokers and components that a service talks to. */
  public endpointsOf(service: ServiceNode): StoreEndpoint[] {
    const stores = [...this.usesOf(service).map((edge) => edge.store), ...this.brokersOf(service), ...this.components.bindingsOf(service)];
    return stores.length < 2 ? stores : sorted([...new Map(stores.map((store) => [endpointKey(store), store])).values()], endpointKey);
  }

  public subscriptionsTo(topic: TopicReference, from: ServiceNode): readonly TopicEdge[] {
    return this.subscriptions.to(referenceKey(topic, from));
  }

  /** All services that talk to a store or broker. */
  public clientsOf(store: StoreEndpoint): readonly ServiceNode[] {
    const key = endpointKey(store);
    return this.remember('clients', key, () => {
      const users = this.uses.to(key).map(({ service }) => service);
      const edgesOf = (name: string) => [...this.publications.to(name), ...this.subscriptions.to(name)];
      const isOf = (topic: TopicNode) => (edge: TopicEdge) => this.topic(edge.topic, edge.service) === topic;
      const edges = this.topicsOn(store).flatMap((topic) => this.namesOf(topic).flatMap(edgesOf).filter(isOf(topic)));
      return sorted([...new Set([...users, ...this.components.boundTo(store), ...edges.map(({ service }) => service)])], keyOf);
    });
  }

  /** Remembers an answer until something else is recorded. What every service asks must not walk all services each time. */
  public remember<T>(question: unknown, about: unknown, answer: () => T): T {
    return this.answers.remember(question, about, answer);
  }
}
