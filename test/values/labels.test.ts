import { checkLabels, versionLabel } from '../../src/values/labels';

test.each([
  ['1.4.2', undefined, '1.4.2'],
  [undefined, `sha256:${'ab'.repeat(32)}`, 'abababababab'],
  ['_nightly', undefined, 'nightly'],
  [`${'x'.repeat(62)}--`, undefined, 'x'.repeat(62)],
  ['__', undefined, ''],
])('the version of tag %s and digest %s is a value that a label may have', (tag, digest, version) => {
  expect(versionLabel(tag, digest)).toBe(version);
  expect(() => checkLabels('here', { version })).not.toThrow();
});

test.each(['a/b/c', '-a', 'UPPER.example/x', 'x'.repeat(64)])('%s is not the name of a label', (name) => {
  expect(() => checkLabels('here', { [name]: 'a' })).toThrow(/^here: .* is not the name of a label\./);
});
