import type { Duration } from 'cdk8s';
import type { Image } from './image';
import type { ResourceAmounts } from './resources';
import type { SecretReference } from './secret-reference';

/**
 * Settings of the Dapr sidecar of one service. `workloads.TunedSidecar.of` accepts those that few services need as well.
 */
export interface DaprOptions {
  /**
   * The id by which other services call this one: a DNS label of at most 58 characters.
   *
   * @default - the name of the service
   */
  readonly appId?: string;

  /**
   * How the sidecar speaks to the application: `http`, `https`, `h2c`, `grpc` or `grpcs`. The sidecar does not verify the certificate of the application.
   *
   * @default - the profile's `sidecar.appProtocol` (http)
   */
  readonly appProtocol?: string;

  /**
   * The port of the application that the sidecar speaks to.
   *
   * @default - the port named after the protocol, or else `http` for `https` and `h2c`, and `grpc` for `grpcs`
   */
  readonly appPort?: number;

  /**
   * Whether the sidecar checks the health of the application, and delivers neither calls nor events while it is unhealthy.
   *
   * With HTTP, the check is the readiness probe: its path, period, timeout and failureThreshold. With gRPC, Dapr calls `AppCallbackHealthCheck`, which the
   * application must implement.
   *
   * @default - true if the readiness probe is an HTTP request without headers to the port of the sidecar, and the service subscribes no topic on Redis
   * @see https://docs.dapr.io/operations/resiliency/health-checks/app-health/
   */
  readonly appHealthCheck?: boolean;

  /**
   * The token that the sidecar sends with every request to the application, in the header `dapr-api-token`. The application must refuse requests
   * without it, except those of probes. It finds the token in the variable `APP_API_TOKEN`. The key in the Secret must be `token`.
   *
   * @default - the profile's `sidecar.appToken` (none)
   * @see https://docs.dapr.io/operations/security/app-api-token/
   */
  readonly appToken?: SecretReference;

  /**
   * The token without which the sidecar refuses requests of the application. The application finds it in the variable `DAPR_API_TOKEN`, which the
   * SDKs of Dapr read. The key in the Secret must be `token`.
   *
   * @default - the profile's `sidecar.apiToken` (none)
   * @see https://docs.dapr.io/operations/security/api-token/
   */
  readonly apiToken?: SecretReference;

  /**
   * Severity from which the sidecar writes log lines: `debug`, `info`, `warn`, `error`.
   *
   * @default - the profile's `sidecar.logLevel` (info)
   */
  readonly logLevel?: string;

  /**
   * Whether the sidecar writes its log as JSON.
   *
   * @default - the profile's `sidecar.logAsJson` (none)
   */
  readonly logAsJson?: boolean;

  /**
   * Whether the sidecar logs each request to its API.
   *
   * @default - the profile's `sidecar.apiLogging` (none)
   */
  readonly apiLogging?: boolean;

  /**
   * Processors and memory of the sidecar.
   *
   * @default - the profile's `sidecar.resources`
   */
  readonly resources?: ResourceAmounts;

  /**
   * The image of the sidecar.
   *
   * @default - the profile's `sidecar.image` (none)
   */
  readonly image?: Image;

  /**
   * The most requests the sidecar hands to the application at a time. At least 1.
   *
   * @default - no limit
   */
  readonly maxConcurrency?: number;

  /**
   * The largest body of a request or an event, such as `16Mi`. Both ends of a call need it.
   *
   * @default - the profile's `sidecar.maxBodySize` (none)
   */
  readonly maxBodySize?: string;

  /**
   * The buffer for reading requests, which limits the size of all headers together, such as `64Ki`.
   *
   * @default - the profile's `sidecar.readBufferSize` (none)
   */
  readonly readBufferSize?: string;

  /**
   * Variables of the sidecar by their names, such as `HTTPS_PROXY`. They are added to those of the profile.
   *
   * @default - the profile's `sidecar.env` (none)
   */
  readonly env?: { [name: string]: string };

  /**
   * Variables of the sidecar whose values are in Secrets, such as those that components read from the environment. Requires Dapr 1.15.
   *
   * @default - the profile's `sidecar.secretEnv` (none)
   */
  readonly secretEnv?: { [name: string]: SecretReference };

  /**
   * Folders at which the sidecar reads volumes of the pod, by the names of the volumes.
   *
   * @default - none
   */
  readonly volumeMounts?: { [volume: string]: string };

  /**
   * Folders at which the sidecar reads and writes volumes of the pod, by the names of the volumes.
   *
   * @default - none
   */
  readonly writableVolumeMounts?: { [volume: string]: string };

  /**
   * How long the sidecar keeps serving after SIGTERM, at most as long as the application may take to leave. Only sidecars that are not native wait.
   *
   * @default - as long as the application may take to leave
   */
  readonly blockShutdown?: Duration;

  /**
   * Whether the application ends the sidecar when its own work is done, by a POST to `http://localhost:3500/v1.0/shutdown`.
   *
   * Only a job says so, and only where there is no native sidecar, which leaves by itself: Kubernetes 1.28 or Dapr 1.17 and older. The
   * pod would run on otherwise, and the job would never be complete.
   *
   * @default false
   * @see https://docs.dapr.io/operations/hosting/kubernetes/kubernetes-job/
   */
  readonly shutdownByApplication?: boolean;
}
