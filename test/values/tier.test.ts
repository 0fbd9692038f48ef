import { Tier } from '../../src/values/tier';

test('three tiers are known by name', () => {
  expect([Tier.CRITICAL, Tier.STANDARD, Tier.BATCH].map((tier) => tier.name)).toEqual(['critical', 'standard', 'batch']);
});

test('a tier of your own is a name', () => {
  expect(Tier.of('gold').name).toBe('gold');
  expect(`${Tier.of('gold')}`).toBe('gold');
});

test.each([
  ['Gold', "the tier 'Gold' is not a DNS label: it has 'G'. Write 'gold'."],
  ['', "the tier '' is not a DNS label: it is empty. Use a to z, 0 to 9 and '-', at most 63 characters."],
])('fails on the tier %p', (name, message) => {
  expect(() => Tier.of(name)).toThrow(new Error(`Tier.of: ${message}`));
});
