import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { fail } from './errors';
import { oneOf } from './one-of';
import { show, wholeNumber, wholeSeconds } from './value-checks';
import { SCALED_RESOURCES } from './vertical-scaling';

/**
 * How far and how fast a service is scaled on the use of its processors and memory.
 */
export interface UtilizationOptions {
  /**
   * The fewest replicas, 1 or more. Three or more survive the loss of a node without an outage.
   *
   * @default - the profile's `scaling.min` (1)
   */
  readonly min?: number;

  /**
   * The most replicas; at least `min`.
   *
   * @default - the profile's `scaling.max` (10)
   */
  readonly max?: number;

  /**
   * The use of the requested processors that is aimed at, in percent, 1 or more. Above 100 the limit must be higher than the request.
   *
   * @default - the profile's `scaling.cpuPercent` (70)
   */
  readonly cpuPercent?: number;

  /**
   * The use of the requested memory that is aimed at, in percent, 1 or more. Above 100 the limit must be higher than the request.
   *
   * @default - the profile's `scaling.memoryPercent` (80)
   */
  readonly memoryPercent?: number;

  /**
   * The resources whose use decides: `cpu`, `memory`, both, or none where metrics decide.
   *
   * @default - the profile's `scaling.resources` (cpu, memory)
   */
  readonly resources?: string[];

  /**
   * Metrics of the pods, and the average of a pod that is aimed at: `{ http_requests_per_second: '100' }`. The cluster needs an adapter for them.
   *
   * @default - the profile's `scaling.podMetrics` (none)
   * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-metrics-apis
   */
  readonly podMetrics?: { [metric: string]: string };

  /**
   * Metrics from outside of the cluster, and the part of each that a pod takes: `{ queue_messages: '30' }`. The cluster needs an adapter for them.
   *
   * @default - the profile's `scaling.externalMetrics` (none)
   * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-metrics-apis
   */
  readonly externalMetrics?: { [metric: string]: string };

  /**
   * The time in which the number of replicas may grow by one step, from 1 to 1800 seconds.
   *
   * @default - the profile's `scaling.scaleUpPeriod` (60 s)
   */
  readonly scaleUpPeriod?: Duration;

  /**
   * How long the use must stay low before replicas go, from 0 (at once) to 1800 seconds.
   *
   * @default - the profile's `scaling.scaleDownWindow` (300 s)
   */
  readonly scaleDownWindow?: Duration;
}

/** The longest period and window that a HorizontalPodAutoscaler takes. */
const LONGEST_SECONDS = 1800;

/** Fails on what a HorizontalPodAutoscaler does not accept. */
export function checkUtilization(where: Construct | string, options: UtilizationOptions): void {
  const { min, max, cpuPercent, memoryPercent, scaleUpPeriod, scaleDownWindow } = options;
  for (const [what, value] of Object.entries({ min, max, cpuPercent, memoryPercent })) {
    if (value !== undefined) {
      wholeNumber(where, value, 1, undefined, what);
    }
  }
  options.resources?.forEach((resource) => oneOf(where, 'each of resources', resource, SCALED_RESOURCES));
  Object.entries({ ...options.podMetrics, ...options.externalMetrics }).forEach(([metric, value]) => checkMetric(where, metric, value));
  if (min !== undefined && max !== undefined && min > max) {
    fail(where, `min ${min} is more than max ${max}`, `Raise max to ${min} or lower min to ${max}`);
  }
  if (scaleUpPeriod) {
    wholeSeconds(where, 'scaleUpPeriod', scaleUpPeriod, 1, LONGEST_SECONDS);
  }
  if (scaleDownWindow) {
    wholeSeconds(where, 'scaleDownWindow', scaleDownWindow, 0, LONGEST_SECONDS);
  }
}

function checkMetric(where: Construct | string, metric: string, value: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_:.-]{0,252}$/.test(metric)) {
    fail(where, `${show(metric)} is not the name of a metric`, "Use letters, digits, '_', ':', '.' and '-', such as 'http_requests_per_second'");
  }
  if (typeof value !== 'string' || !/^(?:0*[1-9][0-9]*(?:\.[0-9]+)?|0*\.0*[1-9][0-9]*)(?:m|k|M|G|Ki|Mi|Gi)?$/.test(value)) {
    fail(where, `expected the value of the metric '${metric}' as a quantity above 0, got ${show(value)}`, "Write a number in quotes, such as '100' or '500m'");
  }
}

/** Fails if nothing decides, or if an aim is set for a resource that does not count. */
export function checkMeasured(
  where: Construct | string, own: UtilizationOptions, { resources, podMetrics, externalMetrics }: Required<UtilizationOptions>,
): void {
  const lost = SCALED_RESOURCES.find((resource) => own[`${resource}Percent`] !== undefined && !resources.includes(resource));
  if (lost !== undefined) {
    fail(where, `sets ${lost}Percent, and resources has no '${lost}', so its use does not count`, `Leave ${lost}Percent out, or add '${lost}' to resources`);
  }
  if (resources.length + Object.keys({ ...podMetrics, ...externalMetrics }).length === 0) {
    fail(where, 'scales by nothing, because resources is empty and there is no metric', "Name 'cpu', podMetrics or externalMetrics, or use Scaling.replicas(...)");
  }
}
