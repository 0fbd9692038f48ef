import { section } from '../profile/section';
import { fail } from '../values/errors';
import { NetworkPeer } from '../values/network-peer';
import { NetworkPolicyEngine } from '../values/network-policy-engine';
import { oneOf } from '../values/one-of';
import type { Place } from '../values/value-checks';

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

/** Namespaces, labels and ports of platform components. */
export const NETWORK_SETTINGS = section<Required<NetworkSettings>>('network', () => ({
  dns: { namespace: 'kube-system', label: 'k8s-app', values: ['kube-dns'] },
  nodeLocalDns: '169.254.20.10',
  daprControlPlane: {
    namespace: 'infrastructure',
    label: 'app',
    values: ['dapr-operator', 'dapr-placement-server', 'dapr-scheduler-server', 'dapr-sentry', 'dapr-sidecar-injector'],
  },
  // every cluster has its own
  apiServerCidrs: [],
  apiServerPorts: [443, 6443],
  metricsCollector: { namespace: 'infrastructure', label: 'app.kubernetes.io/name', values: ['prometheus'], serviceAccount: 'prometheus' },
  metricsCollectorService: 'prometheus-operated',
  traceCollector: { namespace: 'infrastructure', label: 'app.kubernetes.io/name', values: ['opentelemetry-collector'] },
  traceCollectorService: 'opentelemetry-collector',
  pushgateway: { namespace: 'infrastructure', label: 'app.kubernetes.io/name', values: ['prometheus-pushgateway'] },
  pushgatewayService: 'prometheus-pushgateway',
  istioControlPlane: { namespace: 'istio-system', label: 'app', values: ['istiod'] },
  linkerdControlPlane: { namespace: 'linkerd', label: 'linkerd.io/control-plane-component', values: ['destination', 'identity'] },
  policyEngine: NetworkPolicyEngine.KUBERNETES,
  gatewayProxyNamespace: 'envoy-gateway-system',
  // every cluster has its own
  ingressController: { namespace: '', label: 'app.kubernetes.io/name', values: [] },
  argoRollouts: { namespace: 'argo-rollouts', label: 'app.kubernetes.io/name', values: ['argo-rollouts'] },
  kedaOperator: { namespace: 'keda', label: 'app.kubernetes.io/name', values: ['keda-operator'] },
  knativeActivator: { namespace: 'knative-serving', label: 'app', values: ['activator'] },
  knativeAutoscaler: { namespace: 'knative-serving', label: 'app', values: ['autoscaler'] },
  knativeGateway: { namespace: 'kourier-system', label: 'app', values: ['3scale-kourier-gateway'] },
  knativeBrokerIngress: { namespace: 'knative-eventing', label: 'eventing.knative.dev/brokerRole', values: ['ingress'] },
  traceSamplingRate: 0.1,
}), { check: checkNetwork });

function checkNetwork(where: Place, { traceSamplingRate, apiServerCidrs, policyEngine }: Required<NetworkSettings>): void {
  if (!(traceSamplingRate >= 0 && traceSamplingRate <= 1)) {
    fail(where, `expected network.traceSamplingRate from 0 to 1, got ${traceSamplingRate}`, 'Use a share such as 0.1');
  }
  apiServerCidrs.forEach((cidr) => NetworkPeer.cidr(cidr));
  oneOf(where, 'network.policyEngine', policyEngine, Object.values(NetworkPolicyEngine));
}
