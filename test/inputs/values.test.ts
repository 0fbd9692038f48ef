import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { write } from './values-folder';
import { Values } from '../../src/inputs/values';
import { messageOf } from '../support/message-of';
import { group } from '../support/platform';

const FILES = {
  'checkout/values-base.yaml': 'replicas:\n  min: 2\n  max: 10\n',
  'checkout/prod/values.yaml': 'env:\n  LOG_FORMAT: json\n',
  'checkout/prod/tag.yaml': 'image: { tag: "1.4.2" }\n',
};

test('a program supplies the same values as a directory', () => {
  Object.entries(FILES).forEach(([path, text]) => write(`applications/main/${path}`, text));
  const [fromFiles, supplied] = [Values.directory('applications/main'), Values.of(FILES)].map((values) => values._read('checkout', 'prod'));
  expect(JSON.stringify({ ...supplied, tagFile: `applications/main/${supplied.tagFile}` })).toBe(JSON.stringify(fromFiles));
  expect(supplied.replicas).toEqual({ min: 2, max: 10 });
  expect(supplied.origin('replicas.max')).toEqual({ file: 'checkout/values-base.yaml', line: 3 });
});

test('a file is YAML or the data itself', () => {
  const values = Values.of({ 'checkout/values-base.yaml': { replicas: { min: 2, max: 10 }, env: { GREETING: 'good: day' } } })._read('checkout', 'prod');
  expect([values.replicas, { ...values.env }, values.origin('replicas.max')?.line]).toEqual([{ min: 2, max: 10 }, { GREETING: 'good: day' }, 4]);
});

test('a service without files has no values', () => {
  expect(Values.of(FILES)._read('order', 'prod')).toMatchObject({ image: {}, replicas: {}, tagFile: 'order/prod/tag.yaml', tagFileExists: false });
});

test.each([
  ['checkout/values.yaml', "'checkout/values.yaml'"],
  ['checkout/prod/values.yml', "'checkout/prod/values.yml'"],
  ['applications/main/checkout/prod/tag.yaml', "'applications/main/checkout/prod/tag.yaml'"],
  ['', "''"],
])('%j is not the path of a values file', (path, shown) => {
  expect(messageOf(() => Values.of({ [path]: '' }))).toBe(`Values.of: ${shown} is not the path of a values file. `
    + "Write '<service>/values-base.yaml', '<service>/<environment>/values.yaml' or '<service>/<environment>/tag.yaml'.");
});

test('a supplied text is checked as a file is', () => {
  expect(messageOf(() => Values.of({ 'checkout/values-base.yaml': 'logLevel: info\n# \ufeff' }))).toBe(
    'checkout/values-base.yaml:2: holds the character U+FEFF. Remove it, or write it as "\\ufeff" in double quotes.');
  expect(messageOf(() => Values.of({ 'checkout/values-base.yaml': 'replcas: { max: 5 }' })._read('checkout', 'prod'))).toBe(
    "checkout/values-base.yaml:1: unknown key 'replcas.max'. Did you mean 'replicas.max'?");
});

test('a mistyped directory is an error', () => {
  expect(messageOf(() => Values.directory('applications/mian'))).toBe(
    "Values.directory: 'applications/mian' is not a directory. Write the path of the values files, relative to the working directory.");
});

test('a chart names the fix where values is a text', () => {
  expect(messageOf(() => group({ values: 'applications/main' as unknown as Values }))).toBe(
    "[core-business-prod] expected 'values' to be a value such as Values.directory('applications/main'), got 'applications/main'. "
      + "Write values: Values.directory('applications/main').");
});

test('each file is read once, however many ask', () => {
  Object.entries(FILES).forEach(([path, text]) => write(`applications/main/${path}`, text));
  const values = Values.directory('applications/main');
  expect(values._read('checkout', 'prod')).toBe(values._read('checkout', 'prod'));
});

test('a directory outside of the project is refused, by its path or by a link', () => {
  const outside = realpathSync(mkdtempSync(join(tmpdir(), 'outside-')));
  try {
    mkdirSync('applications', { recursive: true });
    symlinkSync(outside, 'applications/link');
    expect(messageOf(() => Values.directory(outside))).toBe(`Values.directory: '${outside}' is outside the working directory. Write a path of the project, such as 'applications/main'.`);
    expect(messageOf(() => Values.directory('applications/link'))).toBe(
      "Values.directory: 'applications/link' is outside the working directory. Write a path of the project, such as 'applications/main'.");
  } finally {
    rmSync(outside, { recursive: true, force: true });
  }
});

test.each([
  ['image:\n  digest: ~', "2: 'image.digest' is empty. Write a value, or remove the line."],
  ['resources:\n  limits:\n    memory: 128974848000m', "3: resources.limits.memory '128974848000m' is not a quantity of memory: 'm' is a thousandth of a byte. Write '123Mi'."],
  ['resources:\n  limits:\n    memory: 512m', "3: resources.limits.memory '512m' is not a quantity of memory: 'm' is a thousandth of a byte. Write '512Mi'."],
  ['9f86d081884c7d659a2feaa0c55ad015a3bf: x', "1: unknown key '(hidden, as it looks like a secret)'. Known keys are autoscaling, config, env, image, logLevel, replicas, resources, sidecar."],
  ['replicas:\n  wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY: 1', "2: unknown key '(hidden, as it looks like a secret)'. Known keys are replicas.count, replicas.max, replicas.min."],
])('a remedy is right, and no secret is printed: %j', (text, message) => {
  expect(messageOf(() => Values.of({ 'order/values-base.yaml': text })._read('order', 'prod'))).toBe(`order/values-base.yaml:${message}`);
});
