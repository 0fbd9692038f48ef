import type { Duration } from 'cdk8s';

/**
 * What the Dapr Configuration of a namespace or of one service sets, besides access control and the names that the library derives.
 *
 * @see https://docs.dapr.io/operations/configuration/configuration-overview/
 */
export interface DaprConfigurationSettings {
  /** How sidecars send traces to `network.traceCollector`: `otlp-grpc` (port 4317), `otlp-http` (4318) or `zipkin` (9411). */
  readonly traceProtocol?: string;
  /** Whether the collector requires TLS. Not for `zipkin`. */
  readonly traceTls?: boolean;
  /** Headers of requests to the collector, such as a tenant. Requires Dapr 1.17. Not for `zipkin`. */
  readonly traceHeaders?: { [name: string]: string };
  /** How long a request to the collector may take. Requires Dapr 1.17. Not for `zipkin`. */
  readonly traceTimeout?: Duration;
  /** Whether sidecars also write traces to their logs. */
  readonly traceToLog?: boolean;
  /** What sidecars measure. */
  readonly metrics?: DaprMetricsSettings;
  /** Components of middleware for requests to the API of the sidecar, in their order. */
  readonly httpPipeline?: DaprMiddleware[];
  /** Components of middleware for requests of the sidecar to the application, in their order. */
  readonly appHttpPipeline?: DaprMiddleware[];
  /** The only APIs that the application may use besides `metadata`, by HTTP and gRPC: `state`, or one version `jobs/v1alpha1`. */
  readonly allowedApis?: string[];
  /** APIs that the application may not use, written like `allowedApis`. */
  readonly deniedApis?: string[];
  /** The only secrets that the application may read through the sidecar, by the component of the secret store. All others of these stores are denied. */
  readonly allowedSecrets?: { [store: string]: string[] };
  /** Secrets that the application may not read through the sidecar, by the component of the secret store. All others of these stores are allowed. */
  readonly deniedSecrets?: { [store: string]: string[] };
  /** Types of components that sidecars do not load, such as `bindings.smtp` or `state.in-memory/v1`. */
  readonly deniedComponents?: string[];
  /** Features of Dapr that are switched on or off, by their names. */
  readonly features?: { [name: string]: boolean };
  /** How sidecars find other services, if not by Kubernetes. */
  readonly nameResolution?: DaprNameResolution;
  /** Whether the log of API requests contains the names of routes in place of URLs, which may contain personal data. */
  readonly obfuscateUrls?: boolean;
  /** Whether the log of API requests leaves out health checks. */
  readonly omitHealthChecks?: boolean;
  /** Whether components of WebAssembly have neither a clock nor random numbers. */
  readonly strictWasm?: boolean;
  /** Limits of workflows. */
  readonly workflow?: DaprWorkflowLimits;
}

/**
 * What sidecars measure.
 */
export interface DaprMetricsSettings {
  /** Whether sidecars serve metrics. */
  readonly enabled?: boolean;
  /** Whether metrics of HTTP contain the path of each request. */
  readonly increasedCardinality?: boolean;
  /** Paths that metrics of HTTP contain without `increasedCardinality`, such as `/orders/{id}`. */
  readonly pathMatching?: string[];
  /** Whether metrics of HTTP leave out methods. */
  readonly excludeVerbs?: boolean;
  /** Whether error codes of the API are counted. Requires Dapr 1.15. */
  readonly recordErrorCodes?: boolean;
  /** The bounds of the buckets of latencies in milliseconds, ascending. */
  readonly latencyBuckets?: number[];
}

/**
 * A middleware of a pipeline: a Component of the namespace.
 */
export interface DaprMiddleware {
  /** The name of the Component. */
  readonly name: string;
  /** Its type, such as `middleware.http.bearer`. */
  readonly type: string;
}

/**
 * A component that finds other services.
 */
export interface DaprNameResolution {
  /** Such as `consul`. */
  readonly component: string;
  /** Such as `v1`. */
  readonly version: string;
  /** The configuration of the component. */
  readonly configuration?: { [name: string]: any };
}

/**
 * Limits of workflows and how long their history is kept.
 */
export interface DaprWorkflowLimits {
  /** How many workflows a replica runs at a time. */
  readonly workflowsPerReplica?: number;
  /** How many activities a replica runs at a time. */
  readonly activitiesPerReplica?: number;
  /** How many workflows all replicas run at a time. Requires Dapr 1.18. */
  readonly workflows?: number;
  /** How many activities all replicas run at a time. Requires Dapr 1.18. */
  readonly activities?: number;
  /** How many workflows of a name all replicas run at a time. Requires Dapr 1.18. */
  readonly workflowsByName?: { [name: string]: number };
  /** How many activities of a name all replicas run at a time. Requires Dapr 1.18. */
  readonly activitiesByName?: { [name: string]: number };
  /** How long the history of a workflow is kept after its end. Requires Dapr 1.18. */
  readonly retention?: Duration;
  /** How long it is kept after success, in place of `retention`. Requires Dapr 1.18. */
  readonly retentionOfCompleted?: Duration;
  /** How long it is kept after a failure, in place of `retention`. Requires Dapr 1.18. */
  readonly retentionOfFailed?: Duration;
  /** How long it is kept after termination, in place of `retention`. Requires Dapr 1.18. */
  readonly retentionOfTerminated?: Duration;
}

/** The settings that have a default. */
type WithDefault = 'traceProtocol' | 'traceTls' | 'metrics' | 'features' | 'workflow' | 'allowedSecrets' | 'deniedSecrets' | 'traceHeaders';

/** The settings in force. Where one has no default, Dapr decides. */
export type DaprConfigurationValues = Required<Pick<DaprConfigurationSettings, WithDefault>> & Omit<DaprConfigurationSettings, WithDefault>;
