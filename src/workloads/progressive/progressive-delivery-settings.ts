import { Duration } from 'cdk8s';
import type { AnalysisSettings } from './analysis-settings';
import { checkAnalysis, measurements } from './analysis-settings';
import { CanaryStep } from './canary-step';
import { CanaryTraffic } from './canary-traffic';
import { MetricSource } from './metric-source';
import type { BlueGreenSettings, CanarySettings } from './progressive-options';
import { checkBlueGreen, checkCanary } from './progressive-options';
import { section } from '../../profile/section';
import type { Place } from '../../values/value-checks';
import { wholeSeconds } from '../../values/value-checks';

/**
 * What strategies take that Argo Rollouts carries out, where they say nothing themselves.
 */
export interface ProgressiveDeliverySettings {
  /** How versions are exchanged all at once. */
  readonly blueGreen?: BlueGreenSettings;
  /** How versions are exchanged step by step. */
  readonly canary?: CanarySettings;
  /** How a new version is measured, and when it is taken back. */
  readonly analysis?: AnalysisSettings;
  /** How long a smoke test may take. Whole seconds, 1 or more. */
  readonly smokeTestDeadline?: Duration;
}

/** The settings with every one in place. */
export type ProgressiveDeliveryValues = Required<ProgressiveDeliverySettings> & {
  readonly blueGreen: Required<BlueGreenSettings>;
  readonly canary: Required<CanarySettings>;
  readonly analysis: Required<AnalysisSettings>;
};

function checkProgressiveDelivery(where: Place, { blueGreen, canary, analysis, smokeTestDeadline }: ProgressiveDeliveryValues): void {
  const prefix = 'progressiveDelivery.';
  checkAnalysis(where, analysis, `${prefix}analysis.`);
  checkBlueGreen(where, blueGreen, `${prefix}blueGreen.`);
  measurements(where, `${prefix}blueGreen.prePromotion`, blueGreen.prePromotion, analysis);
  measurements(where, `${prefix}blueGreen.postPromotion`, blueGreen.postPromotion, analysis);
  checkCanary(where, canary);
  canary.steps.forEach(({ _percent, _options }) => _options && measurements(where, `the duration at ${_percent} %`, _options.duration, analysis));
  wholeSeconds(where, `${prefix}smokeTestDeadline`, smokeTestDeadline, 1);
}

/** Defaults of strategies that Argo Rollouts carries out. */
export const PROGRESSIVE_DELIVERY_SETTINGS = section<ProgressiveDeliveryValues>('progressiveDelivery', () => ({
  blueGreen: {
    autoPromotion: true,
    prePromotion: Duration.minutes(5),
    postPromotion: Duration.minutes(10),
    scaleDownDelay: Duration.minutes(15),
  },
  canary: {
    traffic: CanaryTraffic.REPLICA_RATIO,
    steps: [
      CanaryStep.weight(10, { duration: Duration.minutes(5) }),
      CanaryStep.weight(50, { duration: Duration.minutes(15), smokeTest: true }),
      CanaryStep.weight(100, { duration: Duration.minutes(30), smokeTest: true }),
    ],
  },
  analysis: {
    source: MetricSource.openTelemetryHttp(),
    maxErrorPercent: 5,
    maxResponseTime: Duration.millis(500),
    responseTimePercentile: 95,
    minAvailabilityPercent: 99.9,
    scrapeInterval: Duration.seconds(15),
    window: Duration.minutes(1),
    interval: Duration.seconds(30),
    failureLimit: 1,
    minRequests: 0,
    consecutiveErrorLimit: 3,
  },
  smokeTestDeadline: Duration.minutes(10),
}), { check: checkProgressiveDelivery });
