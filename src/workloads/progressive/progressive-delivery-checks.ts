import type { AnalysisSettings } from './analysis-settings';
import { checkAnalysis, measurements } from './analysis-settings';
import type { BlueGreenSettings, CanarySettings, ProgressiveDeliverySettings } from './progressive-delivery-settings';
import { checkBlueGreen, checkCanary } from './progressive-options';
import { wholeSeconds } from '../../values/value-checks';

/** The settings with every one in place. */
export interface ProgressiveDeliveryValues extends Required<ProgressiveDeliverySettings> {
  readonly blueGreen: Required<BlueGreenSettings>;
  readonly canary: Required<CanarySettings>;
  readonly analysis: Required<AnalysisSettings>;
}

export function checkProgressiveDelivery(where: string, { blueGreen, canary, analysis, smokeTestDeadline }: ProgressiveDeliveryValues): void {
  const prefix = 'progressiveDelivery.';
  checkAnalysis(where, analysis, `${prefix}analysis.`);
  checkBlueGreen(where, blueGreen, `${prefix}blueGreen.`);
  measurements(where, `${prefix}blueGreen.prePromotion`, blueGreen.prePromotion, analysis);
  measurements(where, `${prefix}blueGreen.postPromotion`, blueGreen.postPromotion, analysis);
  checkCanary(where, canary);
  canary.steps.forEach(({ _percent, _options }) => _options && measurements(where, `the duration at ${_percent} %`, _options.duration, analysis));
  wholeSeconds(where, `${prefix}smokeTestDeadline`, smokeTestDeadline, 1);
}
