import type { IConstruct } from 'constructs';
import { ConnectionIndex } from './connection-index';
import type { Call, TopicUse } from './declared-edges';
import type { CallEdge, ServiceNode } from './edges';
import { beforeSynthesis } from './preparation';
import { findGroup } from './service-group';
import { serviceNodeOf } from './service-node';
import type { IBroker, IStateStore, StoreEndpoint } from './store-endpoint';
import type { ISynthesisStep } from './synthesis-step';
import type { IWorkload } from './workload';
import { fail } from '../values/errors';
import { sorted } from '../values/sorted';

/**
 * The connections that a program declares by `calls`, `publishes`, `subscribes` and `uses`.
 *
 * Later statements may add connections. Read them in a step that `beforeSynthesis` registers: all are known there.
 *
 * @example
 *
 * declare const order: Microservice;
 * const callers = core.Connections.of(this).callersOf(order).map(({ caller }) => caller.name);
 */
export class Connections {
  /**
   * The connections of the app that a construct belongs to.
   */
  public static of(scope: IConstruct): Connections {
    return new Connections(scope);
  }

  private readonly index: ConnectionIndex;

  private constructor(private readonly scope: IConstruct) {
    this.index = ConnectionIndex.of(scope);
  }

  /**
   * The workloads below the construct, in the order of their namespaces and names.
   */
  public get workloads(): IWorkload[] {
    const group = findGroup(this.scope);
    const services = (group ? [group] : this.index.groups).flatMap((each) => this.index.servicesOf(each)).map(({ construct }) => construct);
    return sorted(services.filter(({ node }) => node.scopes.includes(this.scope)), qualifiedName);
  }

  /**
   * Who calls a workload, in the order of the callers.
   */
  public callersOf(workload: IWorkload): Call[] {
    return sorted(this.index.callsTo(this.serviceOf(workload)).map((edge) => this.callOf(edge)), ({ caller }) => qualifiedName(caller));
  }

  /**
   * Whom a workload calls, in the order of the called services.
   */
  public calleesOf(workload: IWorkload): Call[] {
    return sorted(this.index.callsFrom(this.serviceOf(workload)).map((edge) => this.callOf(edge)), ({ callee }) => `${callee}`);
  }

  /**
   * The topics that a workload publishes and subscribes, in the order of their names.
   */
  public topicsOf(workload: IWorkload): TopicUse[] {
    const service = this.serviceOf(workload);
    const [published, subscribed] = [this.index.publicationsOf(service), this.index.subscriptionsOf(service)]
      .map((edges) => new Map(edges.map(({ topic }) => [`${topic}`, topic])));
    return sorted([...new Map([...published, ...subscribed])], ([name]) => name)
      .map(([name, topic]) => ({ topic, publishes: published.has(name), subscribes: subscribed.has(name) }));
  }

  /**
   * The stores that a workload uses, and the brokers of its topics, in the order of their hosts.
   */
  public storesOf(workload: IWorkload): StoreEndpoint[] {
    return this.index.endpointsOf(this.serviceOf(workload));
  }

  /**
   * The workloads that use a store, or publish or subscribe topics of a broker, in the order of their namespaces and names.
   */
  public usersOf(store: IStateStore | IBroker): IWorkload[] {
    const endpoint = 'stateEndpoint' in store ? store.stateEndpoint : store.brokerEndpoint;
    return sorted(this.index.clientsOf(endpoint).map(({ construct }) => construct), qualifiedName);
  }

  /**
   * Registers a step that adds constructs below the construct when all connections are known, and all objects that the library renders for them.
   *
   * Steps of inner constructs run before those of outer ones, so that a step sees all objects below its construct. A step may run several
   * times. What it added is removed before it runs again.
   */
  public beforeSynthesis(step: ISynthesisStep): void {
    const { node } = this.scope;
    let added: string[] = [];
    const render = () => {
      added.forEach((id) => node.tryRemoveChild(id));
      const before = new Set(node.children);
      step.render();
      added = node.children.filter((child) => !before.has(child)).map((child) => child.node.id);
    };
    beforeSynthesis(this.scope, render, 'users');
  }

  private serviceOf(workload: IWorkload): ServiceNode {
    return serviceNodeOf(workload) ?? fail(workload, 'has no connections', 'Use a Microservice or another ConnectedWorkload');
  }

  private callOf({ caller, callee, options }: CallEdge): Call {
    const workload = this.index.service(callee, caller)?.construct;
    return { caller: caller.construct, callee, ...workload && { workload }, options };
  }
}

function qualifiedName({ namespace, name }: IWorkload): string {
  return `${namespace}/${name}`;
}
