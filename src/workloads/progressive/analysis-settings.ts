import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { MetricSource } from './metric-source';
import { fail } from '../../values/errors';
import { show, wholeNumber, wholeSeconds } from '../../values/value-checks';

/**
 * How a new version is measured, and when it is taken back.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/analysis/
 */
export interface AnalysisSettings {
  /**
   * What counts and times the requests.
   *
   * @default - the profile's `progressiveDelivery.analysis.source` (openTelemetryHttp)
   */
  readonly source?: MetricSource;

  /**
   * The share of requests that may fail for a fault of the service, in percent: more than 0 and less than 100. Without requests nothing fails.
   *
   * @default - the profile's `progressiveDelivery.analysis.maxErrorPercent` (5)
   */
  readonly maxErrorPercent?: number;

  /**
   * How long answers may take: whole milliseconds. It must be a bound of a bucket, or the share in between is guessed.
   *
   * @default - the profile's `progressiveDelivery.analysis.maxResponseTime` (500 ms)
   */
  readonly maxResponseTime?: Duration;

  /**
   * Which share of the answers must be as fast, in percent: 1 to 99.
   *
   * @default - the profile's `progressiveDelivery.analysis.responseTimePercentile` (95)
   */
  readonly responseTimePercentile?: number;

  /**
   * The share of the time in which the pods of the new version must be there, in percent: more than 0, and less than 100. A pod is there when
   * Prometheus can read its metrics. That no pod is found is a failure too.
   *
   * @default - the profile's `progressiveDelivery.analysis.minAvailabilityPercent` (99.9)
   */
  readonly minAvailabilityPercent?: number;

  /**
   * How often Prometheus reads the metrics of the pods. Whole seconds.
   *
   * @default - the profile's `progressiveDelivery.analysis.scrapeInterval` (15 s)
   */
  readonly scrapeInterval?: Duration;

  /**
   * The time that one measurement looks back: whole seconds, four times `scrapeInterval` or more. The first measurement waits twice as long, so
   * that it sees nothing of what was before.
   *
   * @default - the profile's `progressiveDelivery.analysis.window` (60 s)
   */
  readonly window?: Duration;

  /**
   * The time between two measurements. Whole seconds.
   *
   * @default - the profile's `progressiveDelivery.analysis.interval` (30 s)
   */
  readonly interval?: Duration;

  /**
   * How many measurements of one metric may be bad before the new version is taken back: 0 or more.
   *
   * @default - the profile's `progressiveDelivery.analysis.failureLimit` (1)
   */
  readonly failureLimit?: number;

  /**
   * The requests that a measurement of errors and response times requires: 0 or more. With fewer it is inconclusive. Argo Rollouts pauses the delivery for a person
   * after more than `failureLimit` of those. With 0, a measurement without requests passes.
   *
   * @default - the profile's `progressiveDelivery.analysis.minRequests` (0)
   */
  readonly minRequests?: number;

  /**
   * How many measurements in a row may fail because Prometheus did not answer: 0 or more.
   *
   * @default - the profile's `progressiveDelivery.analysis.consecutiveErrorLimit` (3)
   */
  readonly consecutiveErrorLimit?: number;
}

/** Fewer samples give no rate when one is late. */
const SAMPLES_IN_A_WINDOW = 4;
/** What is measured began after so many windows. */
const WINDOWS_TO_WAIT = 2;

/** Fails where Argo Rollouts or Prometheus could make no sense of it. */
export function checkAnalysis(where: Construct | string, analysis: AnalysisSettings, prefix = ''): void {
  const { maxErrorPercent, minAvailabilityPercent, maxResponseTime, responseTimePercentile, scrapeInterval, window, interval } = analysis;
  share(where, `${prefix}maxErrorPercent`, maxErrorPercent);
  share(where, `${prefix}minAvailabilityPercent`, minAvailabilityPercent);
  if (responseTimePercentile !== undefined) {
    wholeNumber(where, responseTimePercentile, 1, 99, `${prefix}responseTimePercentile`);
  }
  const milliseconds = maxResponseTime?.toMilliseconds({ integral: false });
  if (milliseconds !== undefined && !(Number.isInteger(milliseconds) && milliseconds >= 1)) {
    fail(where, `expected ${prefix}maxResponseTime to be whole milliseconds, 1 or more, got ${milliseconds} ms`, 'Use Duration.millis(500)');
  }
  for (const [name, duration] of Object.entries({ scrapeInterval, window, interval })) {
    if (duration) {
      wholeSeconds(where, `${prefix}${name}`, duration, 1);
    }
  }
  const { failureLimit, consecutiveErrorLimit, minRequests } = analysis;
  for (const [name, limit] of Object.entries({ failureLimit, consecutiveErrorLimit, minRequests })) {
    if (limit !== undefined) {
      wholeNumber(where, limit, 0, undefined, `${prefix}${name}`);
    }
  }
  if (scrapeInterval && window && window.toSeconds() < SAMPLES_IN_A_WINDOW * scrapeInterval.toSeconds()) {
    fail(where, `${prefix}window of ${window.toSeconds()} s holds fewer than ${SAMPLES_IN_A_WINDOW} samples, one each ${scrapeInterval.toSeconds()} s, so that a late one would leave no rate`,
      `Use a window of ${SAMPLES_IN_A_WINDOW * scrapeInterval.toSeconds()} s or more`);
  }
}

/** How long the first measurement waits, in seconds. */
export function settlingSeconds({ window }: Required<AnalysisSettings>): number {
  return WINDOWS_TO_WAIT * window.toSeconds();
}

/** How many measurements fit into a time; fails where there are fewer than two, because one says nothing of what follows. */
export function measurements(where: Construct | string, what: string, duration: Duration, analysis: Required<AnalysisSettings>): number {
  const [settling, interval] = [settlingSeconds(analysis), analysis.interval.toSeconds()];
  wholeSeconds(where, what, duration, settling + interval);
  const count = Math.floor((duration.toSeconds() - settling) / interval) + 1;
  if (count <= analysis.failureLimit) {
    fail(where, `${what} of ${duration.toSeconds()} s holds ${count} measurements, and failureLimit ${analysis.failureLimit} lets all of them be bad`,
      `Use a failureLimit of ${count - 1} or less, or measure for longer`);
  }
  return count;
}

function share(where: Construct | string, what: string, percent: number | undefined): void {
  if (percent !== undefined && !(typeof percent === 'number' && percent > 0 && percent < 100)) {
    fail(where, `expected ${what} to be more than 0 and less than 100, got ${show(percent)}`, 'Use a number such as 99.9');
  }
}
