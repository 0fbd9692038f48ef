import { Duration } from 'cdk8s';
import { section } from '../profile/section';
import { APP_PROTOCOLS, LOG_LEVELS, oneOf } from '../values/one-of';
import { type ResourceAmounts, Resources } from '../values/resources';
import { statusCodes } from '../values/status-codes';
import { wholeNumber, wholeSeconds } from '../values/value-checks';

/**
 * The Dapr sidecar of every service.
 *
 * @see https://docs.dapr.io/reference/arguments-annotations-overview/
 */
export interface SidecarSettings {
  /** `http` or `grpc`: how the sidecar speaks to the application. */
  readonly appProtocol?: string;
  /** Severity from which the sidecar writes log lines: `debug`, `info`, `warn`, `error`. */
  readonly logLevel?: string;
  /** Processors and memory of the sidecar. */
  readonly resources?: ResourceAmounts;
  /** Memory that the sidecar's Go runtime aims to stay below, in percent of its limit: 1 to 100. */
  readonly memoryTargetPercent?: number;
  /** How long the kubelet waits before the first readiness probe of the sidecar. Without it, the injector decides: 1 s since Dapr 1.18, 3 s before. */
  readonly readinessDelay?: Duration;
  /** The trust domain that the sidecars' certificates name, by which access control knows a caller. */
  readonly trustDomain?: string;
  /** Name of the Dapr Configuration of a namespace. */
  readonly configuration?: string;
  /** The path by which the sidecar asks the application for health. */
  readonly appHealthPath?: string;
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

/** The settings with all of them in place that have a default. */
export type SidecarValues = Required<Omit<SidecarSettings, 'readinessDelay'>> & Pick<SidecarSettings, 'readinessDelay'>;

/** The Dapr sidecar of every service. */
export const SIDECAR_SETTINGS = section<SidecarValues>('sidecar', () => ({
  appProtocol: 'http',
  logLevel: 'info',
  resources: { cpuRequest: '100m', cpuLimit: '300m', memoryRequest: '128Mi', memoryLimit: '300Mi' },
  memoryTargetPercent: 90,
  readinessDelay: undefined,
  trustDomain: 'public',
  configuration: 'appconfig',
  appHealthPath: '/health/ready',
}), {
  check: (where, sidecar) => {
    oneOf(where, 'sidecar.logLevel', sidecar.logLevel, LOG_LEVELS);
    oneOf(where, 'sidecar.appProtocol', sidecar.appProtocol, APP_PROTOCOLS);
    wholeNumber(where, sidecar.memoryTargetPercent, 1, 100, 'sidecar.memoryTargetPercent');
    if (sidecar.readinessDelay) {
      wholeSeconds(where, 'sidecar.readinessDelay', sidecar.readinessDelay, 0);
    }
    Resources._partial(where, sidecar.resources);
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
