import * as fc from 'fast-check';
import { slotOf, streamsOf } from '../../src/stores/redis/broker/topic-partitions';

/** Primaries have equal ranges of slots, as `plan.awk` of a formation gives them. */
function perPrimary(streams: readonly string[], primaries: number): number[] {
  const ends = Array.from({ length: primaries }, (_, index) => Math.floor((index + 1) * 16_384 / primaries));
  return ends.map((end, index) => streams.map(slotOf).filter((slot) => (ends[index - 1] ?? 0) <= slot && slot < end).length);
}

test.each([
  // the check value of CRC16/XMODEM, and keys of which Redis' own documentation says where they are
  ['123456789', 0x31c3], ['foo', 12182], ['bar', 5061], ['hello', 866], ['', 0],
])('the slot of %j is %i', (key, slot) => {
  expect(slotOf(key)).toBe(slot);
});

test('a topic whose broker knows no partitions is one stream of its name', () => {
  expect(streamsOf('order-placed')).toEqual(['order-placed']);
});

test('a topic of 16 partitions is 16 streams, five or six on each of three primaries', () => {
  const streams = streamsOf('order-placed', 16);
  expect(streams).toEqual([
    'order-placed-00-cdn', 'order-placed-01-cqg', 'order-placed-02-drh', 'order-placed-03-vsk', 'order-placed-04-fdx', 'order-placed-05-fqq',
    'order-placed-06-bdd', 'order-placed-07-bqm', 'order-placed-08-fsv', 'order-placed-09-kwp', 'order-placed-10-blv', 'order-placed-11-xdm',
    'order-placed-12-mbj', 'order-placed-13-wjq', 'order-placed-14-dzz', 'order-placed-15-lfk',
  ]);
  expect(perPrimary(streams, 3)).toEqual([5, 6, 5]);
});

test('streams of any topic are spread evenly, and stay so when there are more primaries', () => {
  fc.assert(fc.property(fc.stringMatching(/^[a-z]([a-z0-9-]{0,40}[a-z0-9])?$/), fc.integer({ min: 16, max: 24 }), (topic, partitions) => {
    const streams = streamsOf(topic, partitions);
    expect(new Set(streams).size).toBe(partitions);
    for (const primaries of [3, 5, 7]) {
      const counts = perPrimary(streams, primaries);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  }), { numRuns: 25 });
});

test('names are DNS labels that spell no words, and sort by their number', () => {
  const streams = streamsOf('order-placed', 128);
  streams.forEach((stream) => expect(stream).toMatch(/^order-placed-\d{3}-[bcdfghjklmnpqrstvwxz]{3}$/));
  expect([...streams].sort()).toEqual(streams);
});
