/** The metrics of requests that a version answers, in the words of Prometheus. */
interface RequestMetrics {
  /** Counts all requests. */
  readonly count: string;
  /** The label by which those are known that failed for a fault of the service. */
  readonly failed: string;
  /** Buckets of how long they took. */
  readonly buckets: string;
  /** How many of the unit of the buckets are a second. */
  readonly unitsPerSecond: number;
}

/** The answers that tell of a fault of the server, and not of its caller. */
const GRPC_FAULTS = ['DATA_LOSS', 'DEADLINE_EXCEEDED', 'INTERNAL', 'UNAVAILABLE', 'UNIMPLEMENTED', 'UNKNOWN'];

/**
 * What counts and times the requests of a service: whose names of metrics are asked for.
 */
export class MetricSource {
  /**
   * The application, as the stable conventions of OpenTelemetry name requests by HTTP: `http.server.request.duration`. It exposes them at its
   * first port, under `containers.metricsPath` of the platform profile.
   *
   * @see https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
   */
  public static openTelemetryHttp(): MetricSource {
    const base = 'http_server_request_duration_seconds';
    return new MetricSource('openTelemetryHttp', { count: `${base}_count`, failed: 'http_response_status_code=~"5.."', buckets: `${base}_bucket`, unitsPerSecond: 1 });
  }

  /**
   * The application, as OpenTelemetry names calls by gRPC since its conventions 1.41: `rpc.server.call.duration`, in seconds. Older libraries
   * have other names.
   *
   * @see https://opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics/
   */
  public static openTelemetryGrpc(): MetricSource {
    const base = 'rpc_server_call_duration_seconds';
    return new MetricSource('openTelemetryGrpc', {
      count: `${base}_count`, failed: `rpc_response_status_code=~"${GRPC_FAULTS.join('|')}"`, buckets: `${base}_bucket`, unitsPerSecond: 1,
    });
  }

  /**
   * Dapr's sidecar, which counts what it passes on to the application by HTTP: calls of other services, and events. Requests that reach the
   * application directly are not among them.
   *
   * @see https://github.com/dapr/dapr/blob/master/docs/development/dapr-metrics.md
   */
  public static dapr(): MetricSource {
    return new MetricSource('dapr', {
      count: 'dapr_http_client_completed_count', failed: 'status=~"5.."', buckets: 'dapr_http_client_roundtrip_latency_bucket', unitsPerSecond: 1000,
    });
  }

  /** @internal */
  public readonly _kind: 'openTelemetryHttp' | 'openTelemetryGrpc' | 'dapr';

  /** @internal */
  public readonly _metrics: RequestMetrics;

  private constructor(kind: MetricSource['_kind'], metrics: RequestMetrics) {
    this._kind = kind;
    this._metrics = metrics;
  }

  /** Its name, such as `dapr`. */
  public toString(): string {
    return this._kind;
  }
}
