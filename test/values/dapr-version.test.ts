import fc from 'fast-check';
import { DaprVersion } from '../../src/values/dapr-version';

test.each([['1.14', '1.14'], ['1.18', '1.18'], ['1.16.3', '1.16']])('%s is version %s', (text, version) => {
  expect(DaprVersion.of(text).toString()).toBe(version);
});

test('a version is at least another by its number, not by its letters', () => {
  expect(DaprVersion.of('1.16').atLeast('1.16')).toBe(true);
  expect(DaprVersion.of('1.16').atLeast('1.16.9')).toBe(true);
  expect(DaprVersion.of('1.16').atLeast('1.9')).toBe(true);
  expect(DaprVersion.of('1.16').atLeast('1.100')).toBe(false);
  fc.assert(fc.property(fc.integer({ min: 14, max: 18 }), fc.integer({ min: 0, max: 120 }), (minor, other) => {
    expect(DaprVersion.of(`1.${minor}`).atLeast(`1.${other}`)).toBe(minor >= other);
  }));
});

test.each<[unknown, string]>([
  ['1.13', "version '1.13' is outside 1.14 to 1.18. Use '1.14'."],
  ['1.19', "version '1.19' is outside 1.14 to 1.18. Use '1.18'."],
  ['v1.16', "expected a version, got 'v1.16'. Write '1.16'."],
  [' 1.16', "expected a version, got ' 1.16'. Write '1.16'."],
  ['1.16.3-rc.1', "expected a version, got '1.16.3-rc.1'. Write '1.16.3'."],
  ['1.016', "expected a version, got '1.016'. Write it as text, such as '1.18'."],
  ['2.0', "expected a version, got '2.0'. Write it as text, such as '1.18'."],
  ['latest', "expected a version, got 'latest'. Write it as text, such as '1.18'."],
  ['', "expected a version, got ''. Write it as text, such as '1.18'."],
  [1.3, "expected a version, got 1.3. Write it as text, such as '1.18'."],
  ['1.'.repeat(50_000), `expected a version, got '${'1.'.repeat(29).slice(0, 57)}...'. Write it as text, such as '1.18'.`],
])('fails on version %p', (text, message) => {
  expect(() => DaprVersion.of(text as string)).toThrow(new Error(`DaprVersion.of: ${message}`));
});

test('fails when compared with something that is no version', () => {
  expect(() => DaprVersion.of('1.16').atLeast('new'))
    .toThrow(new Error("DaprVersion.atLeast: expected a version, got 'new'. Write it as text, such as '1.18'."));
});
