import fc from 'fast-check';
import { DeliveryStrategy } from '../../../src/values/delivery-strategy';

test.each([
  [{ maxSurgePercent: 100, maxUnavailable: 0 }, { maxSurge: '100%', maxUnavailable: 0 }],
  [{ maxSurgePercent: 0, maxUnavailablePercent: 25 }, { maxSurge: 0, maxUnavailable: '25%' }],
  [{ maxSurge: 2, maxUnavailablePercent: 0 }, { maxSurge: 2, maxUnavailable: 0 }],
  [{ maxSurge: 1 }, { maxSurge: 1 }],
  [{}, {}],
])('a rolling update of %j', (options, rollingUpdate) => {
  expect(DeliveryStrategy.rolling(options)._toKube()).toStrictEqual({ type: 'RollingUpdate', rollingUpdate });
});

test('a default fills a field that is not set in either form', () => {
  const standard = DeliveryStrategy.rolling({ maxSurgePercent: 100, maxUnavailable: 0 });
  expect(DeliveryStrategy.rolling()._completedBy(standard)._toKube().rollingUpdate).toEqual({ maxSurge: '100%', maxUnavailable: 0 });
  expect(DeliveryStrategy.rolling({ maxSurge: 1 })._completedBy(standard)._toKube().rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  expect(DeliveryStrategy.rolling({ maxUnavailablePercent: 10 })._completedBy(standard)._toKube().rollingUpdate)
    .toEqual({ maxSurge: '100%', maxUnavailable: '10%' });
});

test('the surge is rounded up to whole pods', () => {
  expect(DeliveryStrategy.rolling({ maxSurge: 2 })._surge(10)).toBe(2);
  expect(DeliveryStrategy.rolling()._surge(10)).toBe(0);
  fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 500 }), (percent, replicas) => {
    const surge = DeliveryStrategy.rolling({ maxSurgePercent: percent })._surge(replicas);
    expect(surge * 100).toBeGreaterThanOrEqual(replicas * percent);
    expect((surge - 1) * 100).toBeLessThan(replicas * percent || 1);
  }));
});

const STUCK = 'maxSurge and maxUnavailable are both 0, so no pod could ever be replaced. Use maxSurge 1.';

test.each([
  [{ maxSurge: 0, maxUnavailable: 0 }, STUCK],
  [{ maxSurgePercent: 0, maxUnavailablePercent: 0 }, STUCK],
  [{ maxSurge: 0, maxUnavailablePercent: 0 }, STUCK],
  [{ maxSurge: 1, maxSurgePercent: 10 }, 'maxSurge 1 and maxSurgePercent 10 are two forms of one field. Leave out maxSurge or maxSurgePercent.'],
  [{ maxUnavailable: 0, maxUnavailablePercent: 0 },
    'maxUnavailable 0 and maxUnavailablePercent 0 are two forms of one field. Leave out maxUnavailable or maxUnavailablePercent.'],
  [{ maxSurgePercent: 150 }, 'expected maxSurgePercent to be a whole number from 0 to 100, got 150. Use 100 or less.'],
  [{ maxUnavailablePercent: 101 }, 'expected maxUnavailablePercent to be a whole number from 0 to 100, got 101. Use 100 or less.'],
  [{ maxSurge: -1 }, 'expected maxSurge to be a whole number of 0 or more, got -1. Use 0 or more.'],
  [{ maxUnavailable: 0.5 }, 'expected maxUnavailable to be a whole number of 0 or more, got 0.5. Use 0.'],
])('fails on a rolling update of %j', (options, message) => {
  expect(() => DeliveryStrategy.rolling(options)).toThrow(new Error(`DeliveryStrategy.rolling: ${message}`));
});

test('fails if a default leaves no pod to replace', () => {
  expect(() => DeliveryStrategy.rolling({ maxSurge: 0 })._completedBy(DeliveryStrategy.rolling({ maxUnavailable: 0 }))).toThrow(new Error(`DeliveryStrategy.rolling: ${STUCK}`));
});
