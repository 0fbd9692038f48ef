import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AnalysisSettings } from './analysis-settings';
import { checkAnalysis } from './analysis-settings';
import type { CanaryStep } from './canary-step';
import type { CanaryTraffic } from './canary-traffic';
import { fail } from '../../values/errors';
import { show, wholeNumber, wholeSeconds } from '../../values/value-checks';
import type { BatchProps } from '../batch/batch-props';

/**
 * Defaults of `ProgressiveDelivery.blueGreen`.
 */
export interface BlueGreenSettings {
  /**
   * Whether the new version takes the requests by itself when it has passed. Otherwise somebody promotes it:
   * `kubectl argo rollouts promote <name>`.
   *
   * @default - the profile's `progressiveDelivery.blueGreen.autoPromotion` (true)
   */
  readonly autoPromotion?: boolean;

  /**
   * How long the old version stays after the exchange, to take the requests back at once. Whole seconds, longer than `postPromotion`.
   *
   * @default - the profile's `progressiveDelivery.blueGreen.scaleDownDelay` (900 s)
   */
  readonly scaleDownDelay?: Duration;

  /**
   * How long the new version is measured before the exchange. Whole seconds.
   *
   * @default - the profile's `progressiveDelivery.blueGreen.prePromotion` (300 s)
   */
  readonly prePromotion?: Duration;

  /**
   * How long it is measured afterwards. Whole seconds.
   *
   * @default - the profile's `progressiveDelivery.blueGreen.postPromotion` (600 s)
   */
  readonly postPromotion?: Duration;
}

/**
 * Defaults of `ProgressiveDelivery.canary`.
 */
export interface CanarySettings {
  /**
   * The steps. Their weights rise to 100.
   *
   * @default - the profile's `progressiveDelivery.canary.steps`
   */
  readonly steps?: CanaryStep[];

  /**
   * What lets the new version have its share.
   *
   * @default - the profile's `progressiveDelivery.canary.traffic` (replicaRatio)
   */
  readonly traffic?: CanaryTraffic;
}

/**
 * How a version is exchanged for another one all at once.
 */
export interface BlueGreenOptions extends BlueGreenSettings {
  /**
   * How many pods of the new version run while it is tried out, 1 or more. It has as many as the old one before it takes over.
   *
   * @default - as many as the old version has
   */
  readonly previewReplicas?: number;

  /**
   * How it is measured, and when it is taken back.
   *
   * @default - the profile's `progressiveDelivery.analysis`
   */
  readonly analysis?: AnalysisSettings;

  /**
   * A program that tries out the new version before the exchange, behind the Service `<name>-preview`. Argo Rollouts makes its Job.
   *
   * It finds the new version at `TARGET_URL` and reports the result by its exit code. It has no Dapr sidecar. The default of `activeDeadline`
   * is the profile's `progressiveDelivery.smokeTestDeadline`. The workload `<name>-smoke-test` may reach only the service.
   *
   * @default - none: it is measured, and a finding says so
   */
  readonly smokeTest?: BatchProps;
}

/**
 * How a version is exchanged for another one step by step.
 */
export interface CanaryOptions extends CanarySettings {
  /**
   * How it is measured, and when it is taken back.
   *
   * @default - the profile's `progressiveDelivery.analysis`
   */
  readonly analysis?: AnalysisSettings;

  /**
   * A program that tries out the new version in the steps with `smokeTest`, behind the Service `<name>-canary`. Argo Rollouts makes its Job.
   *
   * It finds the new version at `TARGET_URL` and reports the result by its exit code. It has no Dapr sidecar. The default of `activeDeadline`
   * is the profile's `progressiveDelivery.smokeTestDeadline`. The workload `<name>-smoke-test` may reach only the service.
   *
   * @default - none: it is measured, and a finding says so
   */
  readonly smokeTest?: BatchProps;
}

/** The share at which nothing is left of the old version. */
const WHOLE = 100;

/** Fails where what is said makes no sense, whatever the defaults are. */
export function checkBlueGreen(where: Construct | string, options: BlueGreenOptions, prefix = ''): void {
  const { autoPromotion, previewReplicas, scaleDownDelay, prePromotion, postPromotion, analysis } = options;
  if (autoPromotion !== undefined && typeof autoPromotion !== 'boolean') {
    fail(where, `expected ${prefix}autoPromotion to be true or false, got ${show(autoPromotion)}`, 'Write it without quotes');
  }
  if (previewReplicas !== undefined) {
    wholeNumber(where, previewReplicas, 1, undefined, `${prefix}previewReplicas`);
  }
  for (const [name, duration] of Object.entries({ scaleDownDelay, prePromotion, postPromotion })) {
    if (duration) {
      wholeSeconds(where, `${prefix}${name}`, duration, 1);
    }
  }
  if (scaleDownDelay && postPromotion && scaleDownDelay.toSeconds() <= postPromotion.toSeconds()) {
    fail(where, `${prefix}scaleDownDelay of ${scaleDownDelay.toSeconds()} s ends before postPromotion of ${postPromotion.toSeconds()} s does, and what is measured is given up with the old version, which could not come back`,
      `Use a scaleDownDelay of more than ${postPromotion.toSeconds()} s`);
  }
  if (analysis) {
    checkAnalysis(where, analysis, 'analysis.');
  }
}

/** Fails on steps that do not lead from the old version to the new one. */
export function checkCanary(where: Construct | string, { steps, analysis }: CanaryOptions): void {
  if (steps) {
    checkSteps(where, steps);
  }
  if (analysis) {
    checkAnalysis(where, analysis, 'analysis.');
  }
}

function checkSteps(where: Construct | string, steps: readonly CanaryStep[]): void {
  const weights = steps.flatMap(({ _percent }) => _percent ?? []);
  if (weights.length === 0 || weights.some((weight, index) => index > 0 && weight <= weights[index - 1]) || weights[weights.length - 1] !== WHOLE) {
    fail(where, `expected weights that rise to ${WHOLE}, got ${weights.length === 0 ? 'none' : weights.join(', ')}`,
      weights.length > 0 && weights[weights.length - 1] !== WHOLE ? `End with CanaryStep.weight(${WHOLE}, ...)` : 'Make each step larger than the one before it');
  }
  if (steps[0]._percent === undefined) {
    fail(where, 'begins with an approval, before which nobody sees anything of the new version', 'Begin with CanaryStep.weight(...)');
  }
}
