import * as fc from 'fast-check';
import { CORE_SCHEMA, DUMP_SCHEMA, load, loadAll, YAML11_SCHEMA } from 'js-yaml';
import { parseAllDocuments, parseDocument } from 'yaml';
import { join } from '../../src/output/layout';
import type { RenderedManifest } from '../../src/output/rendering';
import { toYaml } from '../../src/output/yaml';

/** A stream of documents, joined as the app joins them. */
const toYamlStream = (documents: readonly unknown[]) => join(documents.map((document) => ({ text: toYaml(document) }) as RenderedManifest));

/** Reads a document by each kind of reader. */
function readings(text: string): unknown[] {
  const read = (version: '1.1' | '1.2') => {
    const document = parseDocument(text, { version, strict: true, uniqueKeys: true });
    expect(document.errors).toEqual([]);
    expect(document.warnings).toEqual([]);
    return document.toJS() as unknown;
  };
  return [
    load(text, { schema: CORE_SCHEMA }),
    load(text, { schema: YAML11_SCHEMA }),
    load(text, { schema: DUMP_SCHEMA }),
    read('1.1'),
    read('1.2'),
  ];
}

function expectReadable(value: unknown): void {
  const text = toYaml(value);
  for (const reading of readings(text)) {
    expect(reading).toEqual(value);
  }
}

test('a manifest is written in the order given, readable line by line', () => {
  expect(toYaml({
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    metadata: { name: 'order', labels: {}, annotations: { 'example.com/x': 'yes' } },
    spec: {
      replicas: 2,
      args: ['--port=8080', '1.5', 'a: b', []],
      containers: [{ name: 'order', env: [{ name: 'A', value: '' }] }, {}],
      matrix: [[1, 2], [[true]]],
      script: '#!/bin/sh\n\nexec "$0"\n',
      lines: 'one\ntwo',
      none: null,
      cpu: 0.5,
    },
  })).toBe(`kind: Deployment
apiVersion: apps/v1
metadata:
  name: order
  labels: {}
  annotations:
    example.com/x: 'yes'
spec:
  replicas: 2
  args:
    - --port=8080
    - '1.5'
    - 'a: b'
    - []
  containers:
    - name: order
      env:
        - name: A
          value: ''
    - {}
  matrix:
    - - 1
      - 2
    - - - true
  script: |
    #!/bin/sh

    exec "$0"
  lines: |-
    one
    two
  none: null
  cpu: 0.5
`);
});

test('the same object in two places is written twice', () => {
  const shared = { a: 1 };
  expect(toYaml({ one: shared, two: [shared, shared] })).toBe('one:\n  a: 1\ntwo:\n  - a: 1\n  - a: 1\n');
});

test.each(['exact', 'e', 'East', 'e1a', 'order', 'example.com/part-of', 'CamelCase', 'v1', 'a_b', '100m', '64Mi', '30s', '25%', '-a', '--port=80', 'a:80',
  '/', '/a', 'a/', 'a/b/', 'https://example.com/x', 'registry.example.com:5000/a/b:1.0', 'system:node'])('%s is written without quotes', (text) => {
  expect(toYaml({ [text]: text })).toBe(`${text}: ${text}\n`);
});

test('a long line is not folded', () => {
  const value = 'word '.repeat(100).trim();
  expect(toYaml({ value })).toBe(`value: ${value}\n`);
});

test('a document may be a list, a text or nothing', () => {
  expect(toYaml(['a'])).toBe('- a\n');
  expect(toYaml('a\nb')).toBe('|-\n  a\n  b\n');
  expect(toYaml({})).toBe('{}\n');
  expect(toYaml(undefined)).toBe('null\n');
});

test('documents of a stream stay apart', () => {
  const documents = [{ a: 'x\n\n' }, { b: '---\n' }, { '--- c': '...' }, { a: 'x\n' }];
  const text = toYamlStream(documents);
  expect(loadAll(text)).toEqual(documents);
  expect(parseAllDocuments(text).map((document) => (document as { toJS(): unknown }).toJS())).toEqual(documents);
});

test.each([
  'no', 'No', 'NO', 'yes', 'on', 'off', 'y', 'N', 'true', 'False', 'null', 'Null', 'NULL', '~', '', '=', '<<', '-', '?', ':',
  '1e3', '1E3', '1e+3', 'e1', '0777', '0o17', '0x1F', '0XFF', '0b1', '0B1', '1:30', '1:30.5', '190:20:30', '1_000', '_1', '1_0e+5', '+1', '-1', '.5', '5.',
  '.', '+.', '.inf', '-.INF', '.nan', '.NaN', '1.2.3', '2001-01-01', '2001-12-14t21:59:43.10-05:00', '08', '1,000', '123456789012345678901234567890',
  '---', '--- a', '---a', '...', '... a', '-', '- a', '-a', '? a', '?a', ':a', 'a:', 'a: b', 'a:b', 'a #b', 'a#b', '#a', '&a', '*a', '!a', '|', '>', '%a', '@a', '`a',
  '\'', '"', '\'a\'', '"a"', '[', ']', '{', '}', ',', '[a]', '{a}', 'a, b', '{{ .Values.x }}', '${x}', '$(X)',
  ' ', '  ', ' a', 'a ', 'a  ', '\t', 'a\t', '\ta', 'a\tb', '\n', '\n\n', 'a\n', 'a\n\n', '\na', ' a\nb', 'a\n b', 'a \nb', 'a\n  ', 'a\n \n', 'a\r\nb', '\r', 'a\rb',
  '\ufeff', '\ufeffa', 'a\u2028b', 'a\u2029b', 'a\u0085b', 'a\u00a0b', '\u0000', 'a\u0000b', '\u0007', '\u001b', '\u007f', '\u009f', '\ufffe', '\uffff', '\u200b', '\u202e', '\u{e0041}',
  '\u00e9', '\u65e5\u672c', '\u{1f600}', '\\', '\\n', 'a\\', 'constructor', 'toString', '!!str', '!!binary aGVsbG8=', '- |', 'key: |\n  text', '--- |\n...\n', '# a\n# b\n',
])('%j is read as it was written, as a value and as a key', (text) => {
  expectReadable({ key: text, list: [text, [text], { inner: text }], last: text });
  expectReadable({ [text]: 1, inner: { [text]: { [text]: [text] } } });
  expectReadable([text]);
  expectReadable(text);
});

test('a key too long for a simple one is read as it was written', () => {
  expectReadable({ ['k'.repeat(1025)]: 'a', ['l'.repeat(1025)]: { ['m'.repeat(2000)]: [1] }, ['n'.repeat(1025)]: [{ a: 'x\ny' }] });
});

test.each([
  [0, '0'], [-0, '0'], [1, '1'], [-1, '-1'], [0.1, '0.1'], [1e-7, '1.e-7'], [123456789012345, '123456789012345'],
  [true, 'true'], [2n ** 64n, '18446744073709551616'], [new Date(0), "'1970-01-01T00:00:00.000Z'"],
])('%p is written as %s', (value, text) => {
  expect(toYaml({ value })).toBe(`value: ${text}\n`);
});

test.each<[string, unknown, string]>([
  ['NaN', NaN, 'toYaml: is NaN, which no Kubernetes field accepts. Give a finite number.'],
  ['infinity', [-Infinity], 'toYaml: [0] is -Infinity, which no Kubernetes field accepts. Give a finite number.'],
  ['a number beyond 2^53', { a: 2 ** 53 },
    'toYaml: a is 9007199254740992, beyond 9007199254740991, so its last digits may be lost. Give it as text if the field takes text.'],
  ['undefined in a list', { a: [undefined] }, 'toYaml: a[0] is undefined and would be written as null. Leave the element out.'],
  ['a function', { f: () => 1 }, 'toYaml: f is a function, which has no form in YAML. Give plain data.'],
  ['half of a character', { a: '\udc00' }, 'toYaml: a is "\\udc00", which is not valid Unicode. Remove the half of a character.'],
  ['half of a character in a key', { a: [{ 'x\ud800y': 1 }] }, 'toYaml: a[0]["x\\ud800y"] is not valid Unicode. Remove the half of a character.'],
])('fails on %s', (_, value, message) => {
  expect(() => toYaml(value)).toThrow(new Error(message));
});

describe('any data is read as it was written', () => {
  /** Pieces that mean something to YAML, in all combinations. */
  const pieces = fc.array(fc.constantFrom(
    '-', '--', '---', '...', ':', ': ', '?', '#', ' #', ' ', '  ', '\n', '\n\n', '\t', '\r', '0', '1', '7', '9', '_', '.', '+', 'e', 'E', 'x', 'X', 'o', 'b', 'a', 'y', 'n',
    'no', 'null', '~', '=', '<<', '!', '&', '*', '|', '>', '%', '@', '`', '\'', '"', '\\', '[', ']', '{', '}', ',', 'T', 'Z', '2001-01-01', '12:30',
    '\u2028', '\u0085', '\ufeff', '\u0000', '\u00a0', '\u202e', '\u00e9', '\u{1f600}',
  ), { maxLength: 6 }).map((parts) => parts.join(''));
  const text = fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 12 }), fc.stringMatching(/^[-+0-9a-fxoXOBeE._:]{1,8}$/));
  const scalar = fc.oneof({ arbitrary: text, weight: 5 }, fc.boolean(), fc.constant(null), fc.maxSafeInteger(),
    fc.double({ noNaN: true, min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }).map((number) => number === 0 ? 0 : number));
  const { data } = fc.letrec((tie) => ({
    data: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('data'), { maxLength: 4 }),
      fc.dictionary(text.filter((key) => key !== '__proto__'), tie('data'), { maxKeys: 4, noNullPrototype: true })),
  }));

  test('as values', () => {
    fc.assert(fc.property(text, (value) => expectReadable({ a: value, b: [value] })), { numRuns: 800 });
  });

  test('as keys', () => {
    fc.assert(fc.property(text.filter((key) => key !== '__proto__'), text, (key, value) => expectReadable({ [key]: value, z: { [key]: [value] } })), { numRuns: 150 });
  });

  test('in any structure', () => {
    fc.assert(fc.property(data, expectReadable), { numRuns: 400 });
  });

  test('as a stream of documents', () => {
    fc.assert(fc.property(fc.array(data, { minLength: 1, maxLength: 4 }), (documents) => {
      const stream = toYamlStream(documents);
      expect(loadAll(stream)).toEqual(documents);
      for (const version of ['1.1', '1.2'] as const) {
        expect(Array.from(parseAllDocuments(stream, { version }) as Iterable<{ toJS(): unknown }>, (document) => document.toJS())).toEqual(documents);
      }
    }), { numRuns: 150 });
  });
});
