import type { Construct } from 'constructs';
import type { CallOptions, SubscribeOptions, UseOptions } from './connection-options';
import type { ServiceGroup } from './service-group';
import type { ServiceReference } from './service-reference';
import type { StoreEndpoint } from './store-endpoint';
import type { TopicReference } from './topic-reference';
import type { Port } from '../model/port';

/** A service, as connections see it. */
export interface ServiceNode {
  readonly construct: Construct;
  readonly name: string;
  readonly group: ServiceGroup;
  readonly selectorLabels: { [name: string]: string };
  /** The ports by which others reach it. */
  readonly ports: readonly Port[];
  /** The ports on which its pods tell metrics. */
  readonly scraped: readonly Port[];
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
  /** The Redis streams that carry it. */
  readonly streams: readonly string[];
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
  readonly options: UseOptions;
}

export interface StoreNode {
  readonly construct: Construct;
  readonly group: ServiceGroup;
  readonly endpoint: StoreEndpoint;
  /** Whether this is where it runs, and not only where it is used: it belongs to no environment then. */
  readonly hosted?: boolean;
}

export interface AdmissionEdge {
  readonly service: ServiceNode;
  readonly group: string;
}
