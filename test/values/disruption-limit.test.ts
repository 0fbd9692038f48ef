import fc from 'fast-check';
import { DisruptionLimit } from '../../src/values/disruption-limit';

test.each([
  [DisruptionLimit.minAvailable(2), { minAvailable: 2 }, 'DisruptionLimit.minAvailable(2)'],
  [DisruptionLimit.minAvailablePercent(50), { minAvailable: '50%' }, 'DisruptionLimit.minAvailablePercent(50)'],
  [DisruptionLimit.maxUnavailable(1), { maxUnavailable: 1 }, 'DisruptionLimit.maxUnavailable(1)'],
  [DisruptionLimit.maxUnavailablePercent(100), { maxUnavailable: '100%' }, 'DisruptionLimit.maxUnavailablePercent(100)'],
])('a limit is one field of the budget, and reads as it is written: %s', (limit, field, text) => {
  expect(limit._toKube()).toEqual(field);
  expect(limit.toString()).toBe(text);
});

test.each([
  [DisruptionLimit.minAvailable(2), 3, 1],
  [DisruptionLimit.minAvailable(2), 2, 0],
  [DisruptionLimit.minAvailable(2), 1, 0],
  [DisruptionLimit.minAvailablePercent(50), 3, 1],
  [DisruptionLimit.minAvailablePercent(51), 2, 0],
  [DisruptionLimit.minAvailablePercent(99), 1, 0],
  [DisruptionLimit.maxUnavailable(1), 1, 1],
  [DisruptionLimit.maxUnavailable(5), 3, 3],
  [DisruptionLimit.maxUnavailablePercent(50), 3, 2],
  [DisruptionLimit.maxUnavailablePercent(1), 3, 1],
  [DisruptionLimit.maxUnavailable(1), 0, 0],
])('%s of %d pods lets %d go', (limit, replicas, evictable) => {
  expect(limit._evictable(replicas)).toBe(evictable);
});

/** Evicts one pod after the other, as the eviction API does, until the budget forbids the next. */
function evictAll(replicas: number, allowed: (healthyAfter: number) => boolean): number {
  let evicted = 0;
  while (evicted < replicas && allowed(replicas - evicted - 1)) {
    evicted++;
  }
  return evicted;
}

test('as many pods go as can be evicted one by one', () => {
  const replicas = fc.integer({ min: 0, max: 60 });
  fc.assert(fc.property(replicas, fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 99 }), (size, pods, percent) => {
    expect(DisruptionLimit.minAvailable(pods)._evictable(size)).toBe(evictAll(size, (healthy) => healthy >= pods));
    expect(DisruptionLimit.maxUnavailable(pods)._evictable(size)).toBe(evictAll(size, (healthy) => size - healthy <= pods));
    // a share rounded up to whole pods is the least number of pods that is not below the share
    expect(DisruptionLimit.minAvailablePercent(percent)._evictable(size))
      .toBe(evictAll(size, (healthy) => healthy * 100 >= size * percent));
    expect(DisruptionLimit.maxUnavailablePercent(percent)._evictable(size))
      .toBe(evictAll(size, (healthy) => (size - healthy - 1) * 100 < size * percent));
  }), { numRuns: 1000 });
});

test.each([
  ['minAvailable', 0, 'of 1 or more, got 0. Use 1 or more.'],
  ['minAvailable', 1.5, 'of 1 or more, got 1.5. Use 1.'],
  ['minAvailablePercent', 0, 'from 1 to 99, got 0. Use 1 or more.'],
  ['minAvailablePercent', 100, 'from 1 to 99, got 100. Use 99 or less.'],
  ['maxUnavailable', 0, 'of 1 or more, got 0. Use 1 or more.'],
  ['maxUnavailable', 0.5, 'of 1 or more, got 0.5. Use 1 or more.'],
  ['maxUnavailablePercent', 0, 'from 1 to 100, got 0. Use 1 or more.'],
  ['maxUnavailablePercent', 150, 'from 1 to 100, got 150. Use 100 or less.'],
  ['maxUnavailable', NaN, 'of 1 or more, got NaN. Use 1 or more.'],
] as const)('fails on DisruptionLimit.%s(%d)', (factory, amount, message) => {
  expect(() => DisruptionLimit[factory](amount)).toThrow(new Error(`DisruptionLimit.${factory}: expected a whole number ${message}`));
});
