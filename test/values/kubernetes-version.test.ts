import fc from 'fast-check';
import { KubernetesVersion } from '../../src/values/kubernetes-version';

test.each([['1.27', '1.27'], ['1.37', '1.37'], ['1.36.3', '1.36']])('%s is version %s', (text, version) => {
  expect(KubernetesVersion.of(text).toString()).toBe(version);
});

test('a version is at least another by its number, not by its letters', () => {
  expect(KubernetesVersion.of('1.36').atLeast('1.36')).toBe(true);
  expect(KubernetesVersion.of('1.36').atLeast('1.36.9')).toBe(true);
  expect(KubernetesVersion.of('1.36').atLeast('1.9')).toBe(true);
  expect(KubernetesVersion.of('1.36').atLeast('1.100')).toBe(false);
  fc.assert(fc.property(fc.integer({ min: 27, max: 37 }), fc.integer({ min: 0, max: 120 }), (minor, other) => {
    expect(KubernetesVersion.of(`1.${minor}`).atLeast(`1.${other}`)).toBe(minor >= other);
  }));
});

test.each<[unknown, string]>([
  ['1.26', "version '1.26' is outside 1.27 to 1.37. Use '1.27'."],
  ['1.38', "version '1.38' is outside 1.27 to 1.37. Use '1.37'."],
  ['v1.36', "expected a version, got 'v1.36'. Write '1.36'."],
  [' 1.36', "expected a version, got ' 1.36'. Write '1.36'."],
  ['1.36.3-rc.1', "expected a version, got '1.36.3-rc.1'. Write '1.36.3'."],
  ['1.036', "expected a version, got '1.036'. Write it as text, such as '1.37'."],
  ['2.0', "expected a version, got '2.0'. Write it as text, such as '1.37'."],
  ['latest', "expected a version, got 'latest'. Write it as text, such as '1.37'."],
  ['', "expected a version, got ''. Write it as text, such as '1.37'."],
  [1.3, "expected a version, got 1.3. Write it as text, such as '1.37'."],
  ['1.'.repeat(50_000), `expected a version, got '${'1.'.repeat(29).slice(0, 57)}...'. Write it as text, such as '1.37'.`],
])('fails on version %p', (text, message) => {
  expect(() => KubernetesVersion.of(text as string)).toThrow(new Error(`KubernetesVersion.of: ${message}`));
});

test('fails when compared with something that is no version', () => {
  expect(() => KubernetesVersion.of('1.36').atLeast('new'))
    .toThrow(new Error("KubernetesVersion.atLeast: expected a version, got 'new'. Write it as text, such as '1.37'."));
});
