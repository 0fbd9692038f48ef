import type { Duration } from 'cdk8s';
import { checkAnnotations } from '../values/annotations';
import { fail } from '../values/errors';
import { absoluteFolder } from '../values/folder';
import { oneOf } from '../values/one-of';
import type { ProbeTiming } from '../values/probe-timing';
import { checkedTiming } from '../values/probe-timing';
import { plainText, portNumber, show, wholeSeconds, type Place } from '../values/value-checks';

/**
 * Settings of the Dapr sidecar that few platforms and services need.
 *
 * @see https://docs.dapr.io/reference/arguments-annotations-overview/
 */
export interface SidecarTuning {
  /** When the readiness probe of the sidecar is sent. The injector takes `initialDelay`, `period`, `timeout` and `failureThreshold`. */
  readonly readiness?: ProbeTiming;
  /** When the liveness probe of the sidecar is sent. The injector takes `initialDelay`, `period`, `timeout` and `failureThreshold`. */
  readonly liveness?: ProbeTiming;
  /** The addresses at which the API of the sidecar listens, such as `0.0.0.0`. Addresses other than those of the pod itself require `apiToken`. */
  readonly listenAddresses?: string[];
  /** The port of the sidecar's gRPC API. Requires Dapr 1.15. */
  readonly grpcPort?: number;
  /** A folder of the application with the Unix domain sockets of the API. The API then has no ports. */
  readonly unixDomainSocket?: string;
  /** Addresses of the placement service, such as `placement.example.com:50005`, in place of those of the control plane. */
  readonly placementAddresses?: string[];
  /** Addresses of the scheduler, in place of those of the control plane. */
  readonly schedulerAddresses?: string[];
  /** How long a change of the placement of actors may take before the sidecar connects again. Requires Dapr 1.18. */
  readonly actorsDisseminateTimeout?: Duration;
  /** Audiences of the JSON Web Token with which the sidecar requests its certificate. Requires Dapr 1.16. */
  readonly jwtAudiences?: string[];
  /** Annotations of the Service `<app id>-dapr`, which Dapr creates. Requires Dapr 1.17. */
  readonly serviceAnnotations?: { [name: string]: string };
  /** Requests that the sidecar does not send to the application at its start: `config` (actors) and `subscribe` (topics). Requires Dapr 1.17. */
  readonly disabledInitEndpoints?: string[];
  /** Whether the sidecar serves profiles of its Go runtime, at the port of its metrics. */
  readonly profiling?: boolean;
  /** The port of the debugger `dlv`, which the sidecar then starts. Requires `image`, because the regular image contains no debugger. */
  readonly debugPort?: number;
}

/** Fails on settings that the injector or the sidecar refuses, or ignores without an error. */
export function checkTuning(where: Place, prefix: string, tuning: SidecarTuning): void {
  for (const name of ['readiness', 'liveness'] as const) {
    const { initialDelay, period, timeout, failureThreshold, ...others } = tuning[name] ?? {};
    checkedTiming(where, { initialDelay, period, timeout, failureThreshold });
    const [other] = Object.entries(others).find(([, value]) => value !== undefined) ?? [];
    if (other !== undefined) {
      fail(where, `${prefix}${name} has ${other}, which Dapr's injector decides`, 'Remove it');
    }
  }
  for (const name of ['grpcPort', 'debugPort'] as const) {
    if (tuning[name] !== undefined) {
      portNumber(where, tuning[name], 1024);
    }
  }
  if (tuning.unixDomainSocket !== undefined) {
    absoluteFolder(where, `${prefix}unixDomainSocket`, tuning.unixDomainSocket);
  }
  checkLists(where, prefix, tuning);
  tuning.disabledInitEndpoints?.forEach((endpoint) => oneOf(where, `${prefix}disabledInitEndpoints`, endpoint, ['config', 'subscribe']));
  if (tuning.actorsDisseminateTimeout) {
    wholeSeconds(where, `${prefix}actorsDisseminateTimeout`, tuning.actorsDisseminateTimeout, 1);
  }
  for (const [name, value] of Object.entries(tuning.serviceAnnotations ?? {})) {
    checkServiceAnnotation(where, `${prefix}serviceAnnotations`, name, value);
  }
}

/** An empty list would be an annotation that some versions of Dapr ignore, and a comma would begin another entry. */
function checkLists(where: Place, prefix: string, tuning: SidecarTuning): void {
  for (const name of ['listenAddresses', 'placementAddresses', 'schedulerAddresses', 'jwtAudiences', 'disabledInitEndpoints'] as const) {
    const list = tuning[name];
    if (list?.length === 0) {
      fail(where, `${prefix}${name} is empty`, 'Leave it out, or add an entry');
    }
    const wrong = list?.find((entry) => /[,\s]/.test(plainText(where, `${prefix}${name}`, entry)));
    if (wrong !== undefined) {
      fail(where, `${prefix}${name} contains ${show(wrong)}, in which a comma or a space separates entries`, 'Write each entry as an item of the list');
    }
  }
}

function checkServiceAnnotation(where: Place, what: string, name: string, value: string): void {
  checkAnnotations(where, { [name]: value });
  plainText(where, `${what}.${name}`, value);
  if (value.includes(',')) {
    fail(where, `${what}.${name} ${show(value)} contains a comma, which separates the annotations`, 'Use a value without a comma');
  }
  if (name === 'dapr.io/app-id' || name.startsWith('prometheus.io/')) {
    fail(where, `${what} contains '${name}', which Dapr's operator sets`, 'Remove it');
  }
}
