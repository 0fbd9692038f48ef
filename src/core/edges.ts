import type { Construct } from 'constructs';
import type { CallOptions, SubscribeOptions, UseOptions } from './connection-options';
import type { ServiceGroup } from './service-group';
import type { ServiceReference } from './service-reference';
import type { StoreEndpoint } from './store-endpoint';
import type { TopicReference } from './topic-reference';
import type { IWorkload } from './workload';
import type { NetworkPeer, NetworkRule } from '../values/network-peer';
import type { Port } from '../values/port';

/** How a sidecar calls its application. */
export interface AppChannel {
  readonly port: number;
  readonly grpc: boolean;
  /** Whether calls of the sidecar contain a token, so that the application can refuse those of others. */
  readonly token: boolean;
}

/** A service, as connections see it. */
export interface ServiceNode {
  readonly construct: Construct & IWorkload;
  readonly name: string;
  readonly group: ServiceGroup;
  readonly selectorLabels: { [name: string]: string };
  /** The ports by which others reach it. */
  readonly ports: readonly Port[];
  /** The ports of its pods that metrics are read from: the application's first, and those of what stands beside it. */
  readonly scraped: readonly Port[];
  /** Whether it has a Dapr sidecar. */
  readonly dapr: boolean;
  /** The id by which Dapr knows it. */
  readonly appId: string;
  /** How its sidecar calls its application, if it does. */
  readonly appChannel?: AppChannel;
  /** Where its callers connect, if that is not to its own pods: a gateway that starts them. */
  readonly entryPoint?: NetworkRule;
  /** Further ports of its pods that metrics are read from, of containers that others put there. */
  readonly metricsPorts?: readonly number[];
}

/** Whether a call uses the sidecars of both ends: both have one, the call is not declared direct, and the callee has no entry point. */
export function throughSidecars(
  { caller, options }: Pick<CallEdge, 'options'> & { readonly caller: Pick<ServiceNode, 'dapr'> }, callee: Pick<ServiceNode, 'dapr' | 'entryPoint'>,
): boolean {
  return options.direct !== true && caller.dapr && callee.dapr && callee.entryPoint === undefined;
}

/** A topic, as connections see it. */
export interface TopicNode {
  readonly construct: Construct;
  readonly name: string;
  readonly group: ServiceGroup;
  readonly broker: StoreEndpoint;
  /** The streams that carry it. */
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

/** A component that sends events of an external system, or of a clock, to a service. */
export interface TriggerEdge {
  readonly service: ServiceNode;
  readonly store: StoreEndpoint;
  /** The path at which the service takes an event; without it, the name of the component. */
  readonly route?: string;
}

export interface StoreNode {
  readonly construct: Construct;
  readonly group: ServiceGroup;
  readonly endpoint: StoreEndpoint;
  /** Whether this is where it runs, and not only where it is used: it belongs to no environment then. */
  readonly hosted?: boolean;
}

/** A workload whose replicas follow its queues: what KEDA's operator must be able to read for it. */
export interface QueueReader {
  readonly service: ServiceNode;
  /** The stores that hold its queues, once every statement of the program is known. */
  readonly stores: () => readonly StoreEndpoint[];
  /** Those of them that hold lists, whose length KEDA reads by a script. */
  readonly listStores: () => readonly StoreEndpoint[];
  /** Whether a queue is the answer of a query of metrics. */
  readonly asksMetrics: () => boolean;
}

export interface AdmissionEdge {
  readonly service: ServiceNode;
  readonly group: string;
}

/** A way into the cluster, as connections see it. */
export interface GatewayNode {
  readonly construct: Construct;
  readonly name: string;
  readonly group: ServiceGroup;
  /** The names by which clients outside of the cluster know it. */
  readonly hostnames: readonly string[];
  /** The pods that pass requests on. */
  readonly proxies: NetworkPeer;
  /** The identity of those pods, where it is known before they run. */
  readonly serviceAccount?: { readonly namespace: string; readonly name: string };
}

/** A service that can be called from outside of the cluster, by a route of a gateway. */
export interface ExposureEdge {
  readonly gateway: GatewayNode;
  readonly service: ServiceReference;
  /** Name of the route, unique among those of the gateway. */
  readonly route: string;
  readonly protocol: ExposedProtocol;
  /** Name of the port that takes the requests; without it, the first that speaks the protocol does. */
  readonly port?: string;
  /** What comes through: methods of HTTP, or none for all. */
  readonly methods: readonly string[];
  /** What comes through: the beginnings of paths as clients write them, or whole ones. */
  readonly paths: readonly { readonly path: string; readonly exact: boolean }[];
}

export type ExposedProtocol = 'http' | 'grpc';
