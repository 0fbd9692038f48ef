import type { Duration } from 'cdk8s';
import { fail } from './errors';
import { wholeNumber, wholeSeconds, type Place } from './value-checks';

/**
 * When the kubelet sends a probe, where to, and how many answers change the state of the container.
 */
export interface ProbeTiming {
  /**
   * The name of the port that the probe uses. A command uses none.
   *
   * @default - `http` for HTTP, `grpc` for gRPC, the first port of the container for TCP
   */
  readonly port?: string;

  /**
   * Headers of the request by their names. Only HTTP probes have headers.
   *
   * @default - the headers of the kubelet
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#http-probes
   */
  readonly headers?: { [name: string]: string };

  /**
   * How long after the start of the container the first probe is sent, in whole seconds.
   *
   * @default - as the probe of the platform profile
   */
  readonly initialDelay?: Duration;

  /**
   * How long after a probe the next one is sent, in whole seconds, 1 or more.
   *
   * @default - as the probe of the platform profile
   */
  readonly period?: Duration;

  /**
   * How long an answer may take, in whole seconds, 1 or more.
   *
   * @default - as the probe of the platform profile
   */
  readonly timeout?: Duration;

  /**
   * How many failures in a row make the probe fail, 1 or more.
   *
   * @default - as the probe of the platform profile
   */
  readonly failureThreshold?: number;

  /**
   * How many successes in a row end a failure, 1 or more. Kubernetes takes nothing but 1 for liveness and startup.
   *
   * @default - as the probe of the platform profile
   */
  readonly successThreshold?: number;
}

/** Timing of a probe that sends no HTTP request. */
export function withoutHeaders(where: string, timing: ProbeTiming): ProbeTiming {
  if (timing.headers !== undefined) {
    fail(where, 'only HTTP probes have headers', 'Use Probe.httpGet(), or leave headers out');
  }
  return checkedTiming(where, timing);
}

/** Fails on times and thresholds that the API server refuses. */
export function checkedTiming(where: Place, timing: ProbeTiming): ProbeTiming {
  const { initialDelay, period, timeout, failureThreshold, successThreshold } = timing;
  if (initialDelay) {
    wholeSeconds(where, 'initialDelay', initialDelay, 0);
  }
  if (period) {
    wholeSeconds(where, 'period', period, 1);
  }
  if (timeout) {
    wholeSeconds(where, 'timeout', timeout, 1);
  }
  if (failureThreshold !== undefined) {
    wholeNumber(where, failureThreshold, 1, undefined, 'failureThreshold');
  }
  if (successThreshold !== undefined) {
    wholeNumber(where, successThreshold, 1, undefined, 'successThreshold');
  }
  return timing;
}
