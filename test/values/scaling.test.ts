import { Chart, Duration, Testing } from 'cdk8s';
import fc from 'fast-check';
import { Scaling } from '../../src/values/scaling';
import type { UtilizationOptions } from '../../src/values/utilization-options';

const DEFAULTS = {
  min: 1,
  max: 10,
  cpuPercent: 70,
  memoryPercent: 80,
  scaleUpPeriod: Duration.seconds(60),
  scaleDownWindow: Duration.minutes(5),
  resources: ['cpu', 'memory'],
  podMetrics: {},
  externalMetrics: {},
};
const MEASURED = { resources: ['cpu', 'memory'], podMetrics: {}, externalMetrics: {} };

test('without options, all is as the defaults say', () => {
  expect(Scaling.utilization()._resolve(DEFAULTS)).toEqual({
    ...MEASURED, kind: 'utilization', min: 1, max: 10, cpuPercent: 70, memoryPercent: 80, scaleUpPeriodSeconds: 60, scaleDownWindowSeconds: 300,
  });
});

test('each option replaces its default and no other', () => {
  const own = Scaling.utilization({ min: 3, cpuPercent: undefined, memoryPercent: 100, scaleDownWindow: Duration.seconds(0) });
  expect(own._resolve(DEFAULTS)).toEqual({
    ...MEASURED, kind: 'utilization', min: 3, max: 10, cpuPercent: 70, memoryPercent: 100, scaleUpPeriodSeconds: 60, scaleDownWindowSeconds: 0,
  });
});

test('a fixed number of replicas asks no default', () => {
  expect(Scaling.replicas(3)._resolve({})).toEqual({ kind: 'replicas', min: 3, max: 3 });
});

test('a resolved minimum is never more than the maximum', () => {
  const count = fc.integer({ min: 1, max: 20 });
  fc.assert(fc.property(count, count, fc.option(count, { nil: undefined }), fc.option(count, { nil: undefined }), (min, max, ownMin, ownMax) => {
    const resolve = () => Scaling.utilization({ min: ownMin, max: ownMax })._resolve({ ...DEFAULTS, min, max });
    const [least, most] = [ownMin ?? min, ownMax ?? max];
    if (least > most) {
      expect(resolve).toThrow(new Error(
        `Scaling.utilization: min ${least} is more than max ${most}. Raise max to ${least} or lower min to ${most}.`));
    } else {
      expect(resolve()).toMatchObject({ min: least, max: most });
    }
  }));
});

test.each([
  [{ min: 0 }, 'expected min to be a whole number of 1 or more, got 0. Use 1 or more.'],
  [{ max: 0 }, 'expected max to be a whole number of 1 or more, got 0. Use 1 or more.'],
  [{ min: 1.5 }, 'expected min to be a whole number of 1 or more, got 1.5. Use 1.'],
  [{ cpuPercent: 0 }, 'expected cpuPercent to be a whole number of 1 or more, got 0. Use 1 or more.'],
  [{ memoryPercent: NaN }, 'expected memoryPercent to be a whole number of 1 or more, got NaN. Use 1 or more.'],
  [{ resources: ['gpu'] }, "expected each of resources to be one of cpu, memory, got 'gpu'. Use 'cpu'."],
  [{ podMetrics: { 'a b': '1' } }, "'a b' is not the name of a metric. Use letters, digits, '_', ':', '.' and '-', such as 'http_requests_per_second'."],
  [{ podMetrics: { requests: '0' } }, "expected the value of the metric 'requests' as a quantity above 0, got '0'. Write a number in quotes, such as '100' or '500m'."],
  [{ externalMetrics: { messages: 'many' } },
    "expected the value of the metric 'messages' as a quantity above 0, got 'many'. Write a number in quotes, such as '100' or '500m'."],
  [{ scaleUpPeriod: Duration.seconds(0) },
    'expected scaleUpPeriod to be 1 to 1800 whole seconds, got 0 seconds. Use Duration.seconds(1).'],
  [{ scaleUpPeriod: Duration.seconds(1801) },
    'expected scaleUpPeriod to be 1 to 1800 whole seconds, got 1801 seconds. Use Duration.seconds(1800).'],
  [{ scaleDownWindow: Duration.hours(1) },
    'expected scaleDownWindow to be 0 to 1800 whole seconds, got 3600 seconds. Use Duration.seconds(1800).'],
  [{ scaleDownWindow: Duration.millis(1) },
    'expected scaleDownWindow to be 0 to 1800 whole seconds, got 0.001 seconds. Use Duration.seconds(1).'],
  [{ min: 3, max: 2 }, 'min 3 is more than max 2. Raise max to 3 or lower min to 2.'],
])('fails on options out of range: %#', (options, message) => {
  expect(() => Scaling.utilization(options)).toThrow(new Error(`Scaling.utilization: ${message}`));
});

test.each([[0, 'of 1 or more, got 0. Use 1 or more.'], [2 ** 31, 'from 1 to 2147483647, got 2147483648. Use 2147483647 or less.']])(
  'fails on %d replicas', (count, message) => {
    expect(() => Scaling.replicas(count)).toThrow(new Error(`Scaling.replicas: expected a whole number ${message}`));
  });

test('fails at the construct if own options and defaults do not fit together', () => {
  const chart = new Chart(Testing.app(), 'shop');
  expect(() => Scaling.utilization({ min: 11 })._resolve(DEFAULTS, chart))
    .toThrow(new Error('[shop] min 11 is more than max 10. Raise max to 11 or lower min to 10.'));
  expect(() => Scaling.utilization()._resolve({ ...DEFAULTS, cpuPercent: 0 }, chart))
    .toThrow(new Error('[shop] expected cpuPercent to be a whole number of 1 or more, got 0. Use 1 or more.'));
});

test('fails if a setting has neither a value nor a default', () => {
  expect(() => Scaling.utilization()._resolve({ ...DEFAULTS, max: undefined }))
    .toThrow(new Error('Scaling.utilization: max is not set, and the platform profile has none. Set max.'));
});

test.each<[UtilizationOptions, string]>([
  [{ resources: ['cpu'], memoryPercent: 90 },
    "sets memoryPercent, and resources has no 'memory', so its use does not count. Leave memoryPercent out, or add 'memory' to resources."],
  [{ resources: [] }, "scales by nothing, because resources is empty and there is no metric. Name 'cpu', podMetrics or externalMetrics, or use Scaling.replicas(...)."],
])('fails where nothing decides, or an aim would be lost: %j', (options, message) => {
  expect(() => Scaling.utilization(options)._resolve(DEFAULTS)).toThrow(new Error(`Scaling.utilization: ${message}`));
});
