import type { NetworkPolicyEngine } from '../values/network-policy-engine';

/**
 * Pods of platform components, as network policies select them.
 */
export interface PeerSettings {
  /** The namespace of the pods. */
  readonly namespace: string;
  /** The pods' label by which they are selected. */
  readonly label: string;
  /** The values of that label. */
  readonly values: string[];
  /**
   * The ServiceAccount of the pods, by which a mesh knows them.
   *
   * @default - a mesh takes any workload of the namespace for them
   */
  readonly serviceAccount?: string;
}

/**
 * Who is where in the network: what every pod needs besides its declared connections.
 */
export interface NetworkSettings {
  /** The cluster's DNS servers. */
  readonly dns?: PeerSettings;
  /** The address of the DNS cache on each node, or an empty string where there is none. */
  readonly nodeLocalDns?: string;
  /** The pods of Dapr's control plane. */
  readonly daprControlPlane?: PeerSettings;
  /** The addresses of the API server, in CIDR notation: for services with `apiAccess`. */
  readonly apiServerCidrs?: string[];
  /** The ports of the API server. */
  readonly apiServerPorts?: number[];
  /** The pods that collect metrics. */
  readonly metricsCollector?: PeerSettings;
  /** The Service that answers queries of metrics. */
  readonly metricsCollectorService?: string;
  /** The pods that take traces. */
  readonly traceCollector?: PeerSettings;
  /** The Service of the trace collector. */
  readonly traceCollectorService?: string;
  /** The pods that take the metrics of what does not run long enough to be asked for them. */
  readonly pushgateway?: PeerSettings;
  /** The Service of the Pushgateway. */
  readonly pushgatewayService?: string;
  /** The pods of the operator of Redis, for clusters that it runs. */
  readonly redisOperator?: PeerSettings;
  /** The pods of the operator of PostgreSQL clusters by CloudNativePG. */
  readonly cloudNativePgOperator?: PeerSettings;
  /** The pods of Istio's control plane. */
  readonly istioControlPlane?: PeerSettings;
  /** The pods of Linkerd's control plane. */
  readonly linkerdControlPlane?: PeerSettings;
  /** What enforces network policies. */
  readonly policyEngine?: NetworkPolicyEngine;
  /** The namespace in which Envoy Gateway runs the proxies of all gateways. */
  readonly gatewayProxyNamespace?: string;
  /** The pods that take the requests of every Ingress. */
  readonly ingressController?: PeerSettings;
  /** The pods of the controller of Argo Rollouts, which asks for the metrics of new versions. */
  readonly argoRollouts?: PeerSettings;
  /** The pods of KEDA's operator, which reads the queues of workers. */
  readonly kedaOperator?: PeerSettings;
  /** The pods that hold calls of a function back until it has a pod, and pass on calls of a busy one: Knative's activator. */
  readonly knativeActivator?: PeerSettings;
  /** The pods that measure functions: Knative's autoscaler. */
  readonly knativeAutoscaler?: PeerSettings;
  /** The pods by which functions are called: the gateway of Knative, as Kourier or Istio runs it. */
  readonly knativeGateway?: PeerSettings;
  /** The pods that take events for the brokers of Knative Eventing. */
  readonly knativeBrokerIngress?: PeerSettings;
  /** The share of requests that is traced: 0 to 1. */
  readonly traceSamplingRate?: number;
}
