import { Duration } from 'cdk8s';
import { PlatformProfile } from '../../../src/profile/platform-profile';
import { DeliveryStrategy } from '../../../src/values/delivery-strategy';
import { ProgressiveDelivery, WorkloadDefaults } from '../../../src/workloads';
import type { AnalysisSettings } from '../../../src/workloads/progressive/analysis-settings';
import { CanaryStep } from '../../../src/workloads/progressive/canary-step';
import { CanaryTraffic } from '../../../src/workloads/progressive/canary-traffic';
import { MetricSource } from '../../../src/workloads/progressive/metric-source';
import type { BlueGreenOptions } from '../../../src/workloads/progressive/progressive-options';
import type { AnyChanges } from '../../support/settings';
import { valuesOf } from '../../support/settings';

const at = (percent: number) => CanaryStep.weight(percent, { duration: Duration.minutes(5) });

test('what it is called', () => {
  expect([DeliveryStrategy.rolling(), ProgressiveDelivery.blueGreen(), ProgressiveDelivery.canary()].map(String)).toEqual(['rolling', 'blueGreen', 'canary']);
  expect([CanaryTraffic.REPLICA_RATIO, CanaryTraffic.GATEWAY_API, CanaryTraffic.ISTIO].map(String)).toEqual(['replicaRatio', 'gatewayApi', 'istio']);
  expect([MetricSource.openTelemetryHttp(), MetricSource.openTelemetryGrpc(), MetricSource.dapr()].map(String)).toEqual(['openTelemetryHttp', 'openTelemetryGrpc', 'dapr']);
  expect([at(10), CanaryStep.weight(50, { duration: Duration.minutes(1), smokeTest: true }), CanaryStep.approval()].map(String))
    .toEqual(['10 % for 300 s', '50 % for 60 s with smoke tests', 'approval']);
});

test('the standard is what the specification says: 10 % for 5 minutes, 50 % for 15, 100 % for 30, and a rolling update of 100 % and 0', () => {
  const { delivery, progressiveDelivery: { canary, analysis } } = valuesOf(PlatformProfile.standard());
  expect(delivery._toKube()).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '100%', maxUnavailable: 0 } });
  expect(canary.steps.map(String)).toEqual(['10 % for 300 s', '50 % for 900 s with smoke tests', '100 % for 1800 s with smoke tests']);
  expect(analysis).toMatchObject({ maxErrorPercent: 5, minAvailabilityPercent: 99.9 });
  expect(analysis.maxResponseTime.toMilliseconds()).toBe(500);
});

test('a strategy in the profile keeps the surge for those who roll', () => {
  const profile = PlatformProfile.standard().customize({ delivery: ProgressiveDelivery.blueGreen() });
  expect(`${profile.delivery}`).toBe('blueGreen');
  expect(DeliveryStrategy.rolling()._completedBy(profile.delivery)._toKube().rollingUpdate).toEqual({ maxSurge: '100%', maxUnavailable: 0 });
});

test.each([
  ['do not rise', [at(10), at(50), at(50), at(100)], 'expected weights that rise to 100, got 10, 50, 50, 100. Make each step larger than the one before it.'],
  ['fall', [at(50), at(10), at(100)], 'expected weights that rise to 100, got 50, 10, 100. Make each step larger than the one before it.'],
  ['end early', [at(10), at(50)], 'expected weights that rise to 100, got 10, 50. End with CanaryStep.weight(100, ...).'],
  ['are none', [], 'expected weights that rise to 100, got none. Make each step larger than the one before it.'],
  ['wait before they begin', [CanaryStep.approval(), at(100)],
    'begins with an approval, before which nobody sees anything of the new version. Begin with CanaryStep.weight(...).'],
])('fails if the steps of a canary %s', (_what, steps, message) => {
  expect(() => ProgressiveDelivery.canary({ steps })).toThrow(new Error(`ProgressiveDelivery.canary: ${message}`));
});

test.each([
  [0, 'CanaryStep.weight: expected percent to be a whole number from 1 to 100, got 0. Use 1 or more.'],
  [120, 'CanaryStep.weight: expected percent to be a whole number from 1 to 100, got 120. Use 100 or less.'],
  [12.5, 'CanaryStep.weight: expected percent to be a whole number from 1 to 100, got 12.5. Use 12.'],
])('fails on a weight of %d', (percent, message) => {
  expect(() => at(percent)).toThrow(new Error(message));
});

test('fails on a step without a whole length', () => {
  expect(() => CanaryStep.weight(10, { duration: Duration.millis(1500) }))
    .toThrow(new Error('CanaryStep.weight: expected the duration at 10 % to be 1 or more whole seconds, got 1.5 seconds. Use Duration.seconds(2).'));
});

test.each<[BlueGreenOptions, string]>([
  [{ autoPromotion: 'no' as never }, "expected autoPromotion to be true or false, got 'no'. Write it without quotes."],
  [{ previewReplicas: 0 }, 'expected previewReplicas to be a whole number of 1 or more, got 0. Use 1 or more.'],
  [{ scaleDownDelay: Duration.seconds(0) }, 'expected scaleDownDelay to be 1 or more whole seconds, got 0 seconds. Use Duration.seconds(1).'],
  [{ scaleDownDelay: Duration.minutes(5), postPromotion: Duration.minutes(5) },
    'scaleDownDelay of 300 s ends before postPromotion of 300 s does, and what is measured is given up with the old version, which could not come back. Use a scaleDownDelay of more than 300 s.'],
])('fails on a blue-green exchange of %j', (options, message) => {
  expect(() => ProgressiveDelivery.blueGreen(options)).toThrow(new Error(`ProgressiveDelivery.blueGreen: ${message}`));
});

test.each<[AnalysisSettings, string]>([
  [{ maxErrorPercent: 0 }, 'expected analysis.maxErrorPercent to be more than 0 and less than 100, got 0. Use a number such as 99.9.'],
  [{ minAvailabilityPercent: 100 }, 'expected analysis.minAvailabilityPercent to be more than 0 and less than 100, got 100. Use a number such as 99.9.'],
  [{ minAvailabilityPercent: NaN }, 'expected analysis.minAvailabilityPercent to be more than 0 and less than 100, got NaN. Use a number such as 99.9.'],
  [{ maxErrorPercent: '5 %' as never }, "expected analysis.maxErrorPercent to be more than 0 and less than 100, got '5 %'. Use a number such as 99.9."],
  [{ responseTimePercentile: 100 }, 'expected analysis.responseTimePercentile to be a whole number from 1 to 99, got 100. Use 99 or less.'],
  [{ maxResponseTime: Duration.millis(0) }, 'expected analysis.maxResponseTime to be whole milliseconds, 1 or more, got 0 ms. Use Duration.millis(500).'],
  [{ interval: Duration.millis(500) }, 'expected analysis.interval to be 1 or more whole seconds, got 0.5 seconds. Use Duration.seconds(1).'],
  [{ failureLimit: -1 }, 'expected analysis.failureLimit to be a whole number of 0 or more, got -1. Use 0 or more.'],
  [{ consecutiveErrorLimit: 1.5 }, 'expected analysis.consecutiveErrorLimit to be a whole number of 0 or more, got 1.5. Use 1.'],
  [{ window: Duration.seconds(30), scrapeInterval: Duration.seconds(15) },
    'analysis.window of 30 s holds fewer than 4 samples, one each 15 s, so that a late one would leave no rate. Use a window of 60 s or more.'],
])('fails on an analysis of %j', (analysis, message) => {
  expect(() => ProgressiveDelivery.canary({ analysis })).toThrow(new Error(`ProgressiveDelivery.canary: ${message}`));
  expect(() => ProgressiveDelivery.blueGreen({ analysis })).toThrow(new Error(`ProgressiveDelivery.blueGreen: ${message}`));
});

test.each<[AnyChanges['progressiveDelivery'], string]>([
  [{ blueGreen: { prePromotion: Duration.minutes(1) } },
    'expected progressiveDelivery.blueGreen.prePromotion to be 150 or more whole seconds, got 60 seconds. Use Duration.seconds(150).'],
  [{ analysis: { failureLimit: 20 } },
    'progressiveDelivery.blueGreen.prePromotion of 300 s holds 7 measurements, and failureLimit 20 lets all of them be bad. Use a failureLimit of 6 or less, or measure for longer.'],
  [{ canary: { steps: [CanaryStep.weight(100, { duration: Duration.minutes(1) })] } },
    'expected the duration at 100 % to be 150 or more whole seconds, got 60 seconds. Use Duration.seconds(150).'],
  [{ canary: { steps: [at(10)] } }, 'expected weights that rise to 100, got 10. End with CanaryStep.weight(100, ...).'],
  [{ smokeTestDeadline: Duration.seconds(0) }, 'expected progressiveDelivery.smokeTestDeadline to be 1 or more whole seconds, got 0 seconds. Use Duration.seconds(1).'],
  [{ analysis: { windw: Duration.minutes(1) } as never }, "unknown setting 'progressiveDelivery.analysis.windw'. Did you mean 'progressiveDelivery.analysis.window'?"],
])('fails on a profile with %j', (progressiveDelivery, message) => {
  expect(() => PlatformProfile.standard().with(WorkloadDefaults.of({ progressiveDelivery }))).toThrow(new Error(`WorkloadDefaults.of: ${message}`));
});
