/**
 * Ports that are facts of Kubernetes and Dapr, not settings. NetworkPolicies see the port of the pod, which for
 * Dapr's control plane is not the port of its Service.
 *
 * @see https://docs.dapr.io/operations/hosting/kubernetes/kubernetes-production/
 */
export const DNS_PORT = 53;

export const DAPRD = {
  http: 3500,
  publicHealth: 3501,
  grpc: 50001,
  internalGrpc: 50002,
  metrics: 9090,
} as const;

/** The name of the sidecar's port for metrics, which the injector gives it. */
export const DAPRD_METRICS_PORT_NAME = 'dapr-metrics';

/** The name of the sidecar's container, which the injector gives it. */
export const DAPRD_CONTAINER = 'daprd';

export const DAPR_CONTROL_PLANE = {
  operator: 6500,
  sentry: 50001,
  placement: 50005,
  scheduler: 50006,
  injectorWebhook: 4000,
  operatorWebhook: 19443,
  metrics: 9090,
} as const;

/**
 * The ports of Istio: of its control plane, and of what a proxy says of itself and of its application.
 *
 * @see https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
 */
export const ISTIO = { controlPlane: 15012, metrics: 15020 } as const;

/**
 * The ports of a proxy of Linkerd, and those of the control plane that it speaks to.
 *
 * @see https://linkerd.io/2/reference/proxy-configuration/
 */
export const LINKERD_PROXY = { inbound: 4143, metrics: 4191 } as const;

export const LINKERD_CONTROL_PLANE = { identity: 8080, destination: 8086, policy: 8090 } as const;

/**
 * Where the queue-proxy listens that Knative puts beside a function: calls over HTTP/1 and HTTP/2, and what the autoscaler and others measure.
 *
 * @see https://github.com/knative/serving/blob/main/pkg/networking/constants.go
 */
export const QUEUE_PROXY = { http: 8012, http2: 8013, autoscalerMetrics: 9090, metrics: 9091 } as const;

/** What else of a pod is Knative's own: the queue-proxy's administration, its TLS, and its profiling. */
export const SERVING_RESERVED = [8022, 8112, 8008] as const;

export const OTLP_GRPC_PORT = 4317;

/** Where a collector takes traces, by the protocol of `daprConfiguration.traceProtocol`. */
export const TRACE_PORTS: { readonly [protocol: string]: number } = { 'otlp-grpc': OTLP_GRPC_PORT, 'otlp-http': 4318, 'zipkin': 9411 };

/** @see https://www.rfc-editor.org/rfc/rfc9110.html#section-4.2.1 */
export const HTTP_PORT = 80;

/** @see https://www.rfc-editor.org/rfc/rfc9110.html#section-4.2.2 */
export const HTTPS_PORT = 443;

/** @see https://github.com/prometheus/pushgateway */
export const PUSHGATEWAY_PORT = 9091;

/** Where Prometheus answers queries. */
export const PROMETHEUS_PORT = 9090;
