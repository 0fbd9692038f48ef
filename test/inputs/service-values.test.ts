import { BASE, read, TAG, VALUES, write } from './values-folder';
import { Values } from '../../src/inputs/values';
import { VALUE_KEYS } from '../../src/inputs/values-schema';
import { messageOf } from '../support/message-of';

const DIGEST = `sha256:${'0'.repeat(64)}`;

test('every key of the files becomes a field', () => {
  const values = read({
    [BASE]: `
image: { repository: registry.example.com/checkout }
replicas: { min: 2, max: 10 }
autoscaling: { cpuPercent: 70, memoryPercent: 80 }
resources:
  requests: { cpu: 200m, memory: 512Mi, ephemeral-storage: 256Mi }
  limits: { cpu: 500m, memory: 1Gi, ephemeral-storage: 512Mi }
sidecar:
  resources:
    requests: { cpu: 100m, memory: 128Mi, ephemeral-storage: 64Mi }
    limits: { cpu: "1", memory: 256Mi, ephemeral-storage: 128Mi }
env:
  LOG_FORMAT: json
config:
  application.yaml: |
    greeting: hello
logLevel: warn
`,
    [TAG]: `image: { tag: 1.4.2, digest: "${DIGEST}" }\n`,
  });

  expect(JSON.parse(JSON.stringify(values))).toEqual({
    image: { repository: 'registry.example.com/checkout', tag: '1.4.2', digest: DIGEST },
    replicas: { min: 2, max: 10 },
    autoscaling: { cpuPercent: 70, memoryPercent: 80 },
    resources: {
      cpuRequest: '200m',
      memoryRequest: '512Mi',
      ephemeralStorageRequest: '256Mi',
      cpuLimit: '500m',
      memoryLimit: '1Gi',
      ephemeralStorageLimit: '512Mi',
    },
    sidecar: {
      cpuRequest: '100m',
      memoryRequest: '128Mi',
      ephemeralStorageRequest: '64Mi',
      cpuLimit: '1',
      memoryLimit: '256Mi',
      ephemeralStorageLimit: '128Mi',
    },
    env: { LOG_FORMAT: 'json' },
    config: { 'application.yaml': 'greeting: hello\n' },
    logLevel: 'warn',
    unset: [],
    tagFile: TAG,
    tagFileExists: true,
  });
  expect(read({ [BASE]: 'replicas: { count: 3 }' }).replicas).toEqual({ count: 3 });
  // so that a new key of the table cannot be forgotten here
  const count = 'replicas.count';
  expect([...VALUE_KEYS.keys()].filter((key) => key !== count && !values.origin(key))).toEqual([]);
});

test('without any file nothing is said, and the place of tag.yaml is known', () => {
  const values = read();
  expect(JSON.parse(JSON.stringify(values))).toEqual({
    image: {}, replicas: {}, autoscaling: {}, resources: {}, sidecar: {}, env: {}, config: {}, unset: [], tagFile: TAG, tagFileExists: false,
  });
  expect(values.origin('image.tag')).toBeUndefined();
});

test.each([
  ['nothing', ''],
  ['comments', '# nothing yet\n'],
  ['the beginning of a document', '---\n'],
  ['empty sections', 'env: {}\nreplicas: {}\n'],
])('a file with %s sets nothing', (_, content) => {
  const values = read({ [VALUES]: content, [TAG]: '' });
  expect([values.env, values.replicas, values.tagFileExists]).toEqual([{}, {}, true]);
});

test('a later file wins key by key, and each value knows its line', () => {
  const values = read({
    [BASE]: 'replicas:\n  min: 1\n  max: 3\nenv:\n  A: base\n  B: base\nlogLevel: info\n',
    [VALUES]: '# production\nreplicas:\n  max: 10\nenv:\n  B: prod\n  C: prod\n',
  });
  expect(values.replicas).toEqual({ min: 1, max: 10 });
  expect({ ...values.env }).toEqual({ A: 'base', B: 'prod', C: 'prod' });
  expect(['replicas.min', 'replicas.max', 'env.A', 'env.B', 'env.C', 'logLevel', 'env.D', 'replicas'].map((key) => values.origin(key))).toEqual([
    { file: BASE, line: 2 }, { file: VALUES, line: 3 }, { file: BASE, line: 5 }, { file: VALUES, line: 5 }, { file: VALUES, line: 6 },
    { file: BASE, line: 7 }, undefined, undefined,
  ]);
});

test('other environments and near misses of their names are left alone', () => {
  write('applications/main/checkout/produ/values.yaml', 'not: [valid');
  write('applications/main/checkout/dev/values.yaml', 'not: [valid');
  expect(read({ [VALUES]: 'logLevel: error' }).logLevel).toBe('error');
});

describe('two ways to say the number of replicas', () => {
  test.each([
    ['a fixed number takes the range of an earlier file back', 'replicas: { min: 2, max: 10 }', 'replicas: { count: 3 }', { count: 3 }],
    ['one end of a range takes the fixed number of an earlier file back', 'replicas: { count: 3 }', 'replicas: { max: 10 }', { max: 10 }],
  ])('%s', (_, base, values, expected) => {
    expect(read({ [BASE]: base, [VALUES]: values }).replicas).toEqual(expected);
  });

  test('a value that is taken back has no origin', () => {
    expect(read({ [BASE]: 'replicas: { count: 3 }', [VALUES]: 'replicas: { max: 10 }' }).origin('replicas.count')).toBeUndefined();
  });

  test.each([
    ['replicas:\n  count: 3\n  min: 2\n', "3: 'replicas.min' contradicts 'replicas.count' in line 2"],
    ['replicas:\n  max: 3\n  count: 3\n', "3: 'replicas.count' contradicts 'replicas.max' in line 2"],
  ])('fails when one file says both: %j', (content, expected) => {
    expect(messageOf(() => read({ [VALUES]: content }))).toBe(
      `${VALUES}:${expected}. Set replicas.count for a fixed number, or replicas.min and replicas.max for a range.`);
  });
});

test('fails when the ends of a range cross, also between files', () => {
  expect(messageOf(() => read({ [BASE]: 'replicas: { min: 5 }', [VALUES]: '\nreplicas: { max: 3 }' }))).toBe(
    `${VALUES}:2: 'replicas.max' 3 is less than 'replicas.min' 5 of ${BASE}:1. Raise replicas.max to 5 or lower replicas.min to 3.`);
  expect(read({ [BASE]: 'replicas: { min: 3 }' }).replicas).toEqual({ min: 3, max: 3 });
});

test('a new tag takes the digest of an earlier file back, because the cluster pulls by the digest', () => {
  const base = `image: { tag: 1.0.0, digest: "${DIGEST}" }`;
  expect(read({ [BASE]: base, [TAG]: 'image: { tag: 1.1.0 }' }).image).toEqual({ tag: '1.1.0' });
  expect(read({ [BASE]: base, [TAG]: `image: { digest: "${DIGEST.replace('0', '1')}" }` }).image)
    .toEqual({ tag: '1.0.0', digest: DIGEST.replace('0', '1') });
});

test('environment variables and configuration have no prototype and the order of their names', () => {
  const values = read({ [VALUES]: 'env: { b: "1", toString: x, B: "2", a: "3" }\nconfig: { z: "", a: "" }' });
  expect([Object.keys(values.env), Object.keys(values.config)]).toEqual([['B', 'a', 'b', 'toString'], ['a', 'z']]);
  expect([Object.getPrototypeOf(values.env), Object.getPrototypeOf(values.config)]).toEqual([null, null]);
});

test('nothing can be changed afterwards', () => {
  const values = read({ [VALUES]: 'env: { A: x }\nreplicas: { max: 3 }' });
  expect([values, values.env, values.replicas, values.image, values.origin('env.A')].map((value) => Object.isFrozen(value)))
    .toEqual([true, true, true, true, true]);
});

test('anchors and aliases share values inside a file', () => {
  const values = read({ [VALUES]: 'resources:\n  requests: &same { cpu: 200m }\n  limits: *same\nenv: { A: &text hello, B: *text }' });
  expect(values.resources).toEqual({ cpuRequest: '200m', cpuLimit: '200m' });
  expect({ ...values.env }).toEqual({ A: 'hello', B: 'hello' });
  expect([values.origin('env.B'), values.origin('resources.limits.cpu')]).toEqual([{ file: VALUES, line: 4 }, { file: VALUES, line: 2 }]);
});

test('Windows line ends, the order of the keys and the kind of quotes change nothing', () => {
  const one = read({ [VALUES]: 'env:\n  A: |\n    x\n    y\n  B: "two"\nlogLevel: info\n' });
  const other = read({ [VALUES]: 'logLevel: info\r\nenv:\r\n  B: two\r\n  A: |\r\n    x\r\n    y\r\n' });
  expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  expect(other.origin('env.A')).toEqual({ file: VALUES, line: 4 });
});

test('messages and origins show the path as the user gave it', () => {
  write('applications/main/checkout/prod/values.yaml', 'logLevel: info');
  expect(Values.directory('applications/main/')._read('checkout', 'prod').origin('logLevel')?.file).toBe(VALUES);
  expect(Values.directory('./applications\\main//')._read('checkout', 'prod').origin('logLevel')?.file).toBe(`./${VALUES}`);
  expect(Values.directory(`${process.cwd()}/applications/main`)._read('checkout', 'prod').tagFile).toBe(`${process.cwd()}/${TAG}`);
});

test.each([
  ['../elsewhere', "'../elsewhere'"],
  ['applications/../../elsewhere', "'applications/../../elsewhere'"],
  ['a\0b', '"a\\u0000b"'],
  ['', "''"],
  ['file:///etc', "'file:///etc'"],
  ['https://example.com/values', "'https://example.com/values'"],
])('fails on the directory %j', (directory, shown) => {
  expect(messageOf(() => Values.directory(directory))).toBe(
    `Values.directory: ${shown} is not a directory of values files. Write a path relative to the working directory, without '..', such as 'applications/main'.`);
});

test.each([
  ['..', "'..'"],
  ['.', "'.'"],
  ['', "''"],
  ['../order', "'../order'"],
  ['a/b', "'a/b'"],
  ['a\\b', "'a\\b'"],
  ['/etc', "'/etc'"],
  ['C:', "'C:'"],
  ['a\0', '"a\\u0000"'],
  ['a..b', "'a..b'"],
  ['\u0441heckout', "'\u0441heckout'"], // the first letter is Cyrillic
])('fails on the name %j of a service or environment', (name, shown) => {
  write(BASE, '');
  const expected = (what: string) => `applications/main: ${what} ${shown} is not the name of a folder. Use letters, digits and '-'.`;
  expect(messageOf(() => Values.directory('applications/main')._read(name, 'prod'))).toBe(expected('service'));
  expect(messageOf(() => Values.directory('applications/main')._read('checkout', name))).toBe(expected('environment'));
});
