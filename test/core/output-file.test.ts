import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { OutputFile } from '../../src/core/output-file';

function tree() {
  const chart = new Chart(new App(), 'chart');
  const outer = new Construct(chart, 'outer');
  const inner = new Construct(outer, 'inner');
  return { chart, outer, inner, object: new ApiObject(inner, 'object', { apiVersion: 'v1', kind: 'X' }) };
}

test('an object belongs to the file of the nearest marked construct around it', () => {
  const { chart, outer, inner, object } = tree();
  expect(OutputFile.of(object)).toBeUndefined();
  OutputFile.set(chart, 'chart');
  expect(OutputFile.of(object)).toBe('chart');
  OutputFile.set(outer, 'prod/outer');
  expect(OutputFile.of(object)).toBe('prod/outer');
  OutputFile.set(object, 'object');
  expect(OutputFile.of(object)).toBe('object');
  expect(OutputFile.of(inner)).toBe('prod/outer');
  expect(OutputFile.of(chart)).toBe('chart');
});

test('a chart in a marked construct does not take its file', () => {
  const { inner } = tree();
  OutputFile.set(inner, 'inner');
  expect(OutputFile.of(new Construct(new Chart(inner, 'nested'), 'x'))).toBeUndefined();
});

test('a mark can be changed', () => {
  const { inner } = tree();
  OutputFile.set(inner, 'one');
  OutputFile.set(inner, 'two');
  expect(OutputFile.of(inner)).toBe('two');
});

test.each([
  ['', 'has an empty part or begins with a slash'],
  ['/etc/passwd', 'has an empty part or begins with a slash'],
  ['a//b', 'has an empty part or begins with a slash'],
  ['a/', 'has an empty part or begins with a slash'],
  ['..', "leaves its folder by '..'"],
  ['a/../../b', "leaves its folder by '..'"],
  ['./a', "leaves its folder by '.'"],
  ['C:\\a', 'contains ":", expected letters, digits, \'-\', \'_\' and \'.\''],
  ['a\\b', 'contains "\\\\", expected letters, digits, \'-\', \'_\' and \'.\''],
  ['a\0b', 'contains "\\u0000", expected letters, digits, \'-\', \'_\' and \'.\''],
  ['a b', 'contains " ", expected letters, digits, \'-\', \'_\' and \'.\''],
  ['caf\u00e9', 'contains "é", expected letters, digits, \'-\', \'_\' and \'.\''],
  ['prod/CON', "uses 'CON', a name that Windows reserves"],
  ['lpt1.k8s/a', "uses 'lpt1', a name that Windows reserves"],
  ['a./b', 'has a part that ends with a dot, which Windows drops'],
  ['a'.repeat(256), 'has a part of 256 characters, expected at most 255'],
])('fails on %j', (file, problem) => {
  const { inner } = tree();
  expect(() => OutputFile.set(inner, file)).toThrow(new Error(`[chart/outer/inner] OutputFile.set: '${file}' ${problem}. `
    + "Give a path such as 'prod/core-business/checkout'."));
});
