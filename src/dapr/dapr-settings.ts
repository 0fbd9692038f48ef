import { Duration } from 'cdk8s';
import { checkTuning, type SidecarTuning } from './sidecar-tuning';
import { section } from '../profile/section';
import { fail } from '../values/errors';
import type { Image } from '../values/image';
import { type ResourceAmounts, Resources } from '../values/resources';
import type { SecretReference } from '../values/secret-reference';
import { checkSidecar } from '../values/sidecar-checks';
import { statusCodes } from '../values/status-codes';
import { dnsSubdomain, show, wholeNumber } from '../values/value-checks';

/**
 * The Dapr sidecar of every service.
 *
 * @see https://docs.dapr.io/reference/arguments-annotations-overview/
 */
export interface SidecarSettings extends SidecarTuning {
  /** How the sidecar speaks to the application: `http`, `https`, `h2c`, `grpc` or `grpcs`. */
  readonly appProtocol?: string;
  /** The token that sidecars send to their applications. The Secret of this name must exist in the namespace of each group, with the key `token`. */
  readonly appToken?: SecretReference;
  /** The token without which sidecars refuse requests. The Secret of this name must exist in the namespace of each group, with the key `token`. */
  readonly apiToken?: SecretReference;
  /** Severity from which the sidecar writes log lines: `debug`, `info`, `warn`, `error`. */
  readonly logLevel?: string;
  /** Whether the sidecar writes its log as JSON. */
  readonly logAsJson?: boolean;
  /** Whether the sidecar logs each request to its API. */
  readonly apiLogging?: boolean;
  /** Processors and memory of the sidecar. */
  readonly resources?: ResourceAmounts;
  /** Memory that the sidecar's Go runtime aims to stay below, in percent of its limit: 1 to 100. */
  readonly memoryTargetPercent?: number;
  /** The image of the sidecar, in place of the one that the injector is configured with. */
  readonly image?: Image;
  /** The largest body of a request or an event, such as `16Mi`. Without it, Dapr decides: 4 MiB. */
  readonly maxBodySize?: string;
  /** The buffer for reading requests, which limits the size of all headers together. Without it, Dapr decides: 4 KiB. */
  readonly readBufferSize?: string;
  /** Variables of the sidecar by their names. */
  readonly env?: { [name: string]: string };
  /** Variables of the sidecar whose values are in Secrets of the namespace of each group. Requires Dapr 1.15. */
  readonly secretEnv?: { [name: string]: SecretReference };
  /** The trust domain that the sidecars' certificates name, by which access control knows a caller. */
  readonly trustDomain?: string;
  /** Name of the Dapr Configuration of a namespace. */
  readonly configuration?: string;
}

/**
 * What Dapr does when a call from one service to another fails.
 *
 * @see https://docs.dapr.io/operations/resiliency/policies/
 */
export interface CallSettings {
  /** How long the caller waits for an answer. */
  readonly timeout?: Duration;
  /** Whether calls may be repeated that declare neither `idempotent` nor `retries` nor their `methods`. */
  readonly idempotent?: boolean;
  /** How often a failed call is repeated if it is idempotent. */
  readonly retries?: number;
  /** How long the sidecar waits before it repeats a call. */
  readonly retryInterval?: Duration;
  /** HTTP status codes of answers that Dapr 1.15 or later repeats a call for: codes and ranges, such as `429,502-504`. */
  readonly retriedHttpCodes?: string;
  /** gRPC status codes of answers that Dapr 1.15 or later repeats a call for: codes and ranges, such as `4,14`. */
  readonly retriedGrpcCodes?: string;
}

/** The settings that have a default. */
type WithDefault = 'appProtocol' | 'logLevel' | 'resources' | 'memoryTargetPercent' | 'env' | 'secretEnv' | 'serviceAnnotations' | 'trustDomain' | 'configuration';

/** The settings in force. Where one has no default, Dapr decides. */
export type SidecarValues = Required<Pick<SidecarSettings, WithDefault>> & Omit<SidecarSettings, WithDefault>;

/** The Dapr sidecar of every service. */
export const SIDECAR_SETTINGS = section<SidecarValues>('sidecar', () => ({
  appProtocol: 'http',
  appToken: undefined,
  apiToken: undefined,
  logLevel: 'info',
  logAsJson: undefined,
  apiLogging: undefined,
  resources: { cpuRequest: '100m', cpuLimit: '300m', memoryRequest: '128Mi', memoryLimit: '300Mi' },
  memoryTargetPercent: 90,
  image: undefined,
  maxBodySize: undefined,
  readBufferSize: undefined,
  env: {},
  secretEnv: {},
  readiness: undefined,
  liveness: undefined,
  listenAddresses: undefined,
  grpcPort: undefined,
  unixDomainSocket: undefined,
  placementAddresses: undefined,
  schedulerAddresses: undefined,
  actorsDisseminateTimeout: undefined,
  jwtAudiences: undefined,
  serviceAnnotations: {},
  disabledInitEndpoints: undefined,
  profiling: undefined,
  debugPort: undefined,
  trustDomain: 'public',
  configuration: 'appconfig',
}), {
  openKeys: ['env', 'secretEnv', 'readiness', 'liveness', 'serviceAnnotations'],
  check: (where, sidecar) => {
    checkSidecar(where, 'sidecar.', sidecar);
    checkTuning(where, 'sidecar.', sidecar);
    wholeNumber(where, sidecar.memoryTargetPercent, 1, 100, 'sidecar.memoryTargetPercent');
    Resources._partial(where, sidecar.resources);
    dnsSubdomain(where, 'sidecar.configuration', sidecar.configuration);
    if (!/^[a-z0-9._-]{1,255}$/.test(sidecar.trustDomain)) {
      fail(where, `sidecar.trustDomain ${show(sidecar.trustDomain)} is not a trust domain of SPIFFE, and Dapr would issue no certificate`,
        "Use a to z, 0 to 9, '.', '-' and '_', such as 'shop.example.com'");
    }
  },
});

/** What Dapr does when a call from one service to another fails. */
export const CALL_SETTINGS = section<Required<CallSettings>>('calls', () => ({
  timeout: Duration.seconds(30), idempotent: false, retries: 3, retryInterval: Duration.seconds(1), retriedHttpCodes: '502-504', retriedGrpcCodes: '4,14',
}), {
  check: (where, calls) => {
    wholeNumber(where, calls.retries, 0, undefined, 'calls.retries');
    statusCodes(where, 'calls.retriedHttpCodes', calls.retriedHttpCodes, 100, 599);
    statusCodes(where, 'calls.retriedGrpcCodes', calls.retriedGrpcCodes, 0, 16);
  },
});
