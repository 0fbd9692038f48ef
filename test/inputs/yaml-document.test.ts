import { parseYaml } from '../../src/inputs/yaml-document';
import { messageOf } from '../support/message-of';

/** Milliseconds of this process alone: what else the machine does is none of a text's cost, and an exponential one has no bound at all. */
const processorTime = () => process.cpuUsage().user / 1000;

const fails = (text: string) => messageOf(() => parseYaml('values.yaml', text));

test('a tree knows the line of each key and value', () => {
  expect(parseYaml('values.yaml', '# first\na:\n  - 1\n  - x\nb: |\n  text\n')).toEqual({
    kind: 'mapping',
    line: 2,
    entries: new Map([
      ['a', {
        line: 2,
        node: {
          kind: 'sequence',
          line: 3,
          items: [{ kind: 'scalar', line: 3, text: '1', value: 1 }, { kind: 'scalar', line: 4, text: 'x', value: 'x' }],
        },
      }],
      ['b', { line: 5, node: { kind: 'scalar', line: 6, text: 'text\n', value: 'text\n' } }],
    ]),
  });
});

test('JSON is read as YAML', () => {
  expect(parseYaml('a.json', '{\n  "a": null }')).toMatchObject({ entries: new Map([['a', { line: 2, node: { value: null } }]]) });
  expect(messageOf(() => parseYaml('a.json', '{\n  "a": 1,\n  "a": 2 }'))).toBe("a.json:3: the key 'a' stands in line 2 already. Keep one of the two.");
});

test.each([
  ['', 'nothing'], ['\n\n', 'blank lines'], ['# x', 'a comment'], ['---', 'the beginning of a document'], ['---\n...\n', 'an empty document'],
])('%j is %s and gives no tree', (text) => {
  expect(parseYaml('values.yaml', text)).toBeUndefined();
});

describe('what readers of YAML disagree on', () => {
  test.each([
    ['a: 1\nb: 2\na: 3', "3: the key 'a' stands in line 1 already. Keep one of the two."],
    ['a:\n  b: 1\n  "b": 2', "3: the key 'a.b' stands in line 2 already. Keep one of the two."],
    ['a: 1\n<<: { b: 1 }', "2: the merge key '<<' is not supported. Write the keys out."],
    ['a: !!js/function "x"', "1: a YAML tag is not supported. Remove the word that begins with '!', or quote the text."],
    ['a: !include x.yaml', "1: a YAML tag is not supported. Remove the word that begins with '!', or quote the text."],
    ['!!python/object:x\na: 1', "1: a YAML tag is not supported. Remove the word that begins with '!', or quote the text."],
    ['a: !!str 1', "1: a YAML tag is not supported. Remove the word that begins with '!', or quote the text."],
    ['a:\n  - !!set {}', "2: a YAML tag is not supported. Remove the word that begins with '!', or quote the text."],
    ['a: 1\n---\nb: 2', '2: a second YAML document begins. Keep one document in a file.'],
    ['---\na: 1\n---\n', '3: a second YAML document begins. Keep one document in a file.'],
    ['---\n---\n', '2: a second YAML document begins. Keep one document in a file.'],
    ['a: "---"\n\n...\nb: 1', '3: a second YAML document begins. Keep one document in a file.'],
    ['%YAML 1.1\n---\na: 1', "1: holds a YAML directive. Remove the line that begins with '%'."],
    ['# x\n%TAG ! tag:x,2000:\n---\na: 1', "2: holds a YAML directive. Remove the line that begins with '%'."],
    ['1: a', '1: the key 1 is no text. Quote it: "1".'],
    ['true: a', '1: the key true is no text. Quote it: "true".'],
    ['~: a', '1: the key ~ is no text. Quote it: "~".'],
    [': a', "1: a key is empty. Write a key before the ':'."],
    ['? [a]\n: b', "1: a key is no text. Write a text before the ':', and quote a value that begins with '{', '[' or '*'."],
    ['a: {{ x }}', "1: a key is no text. Write a text before the ':', and quote a value that begins with '{', '[' or '*'."],
    ['a: &x y\n*x : z', "2: a key is no text. Write a text before the ':', and quote a value that begins with '{', '[' or '*'."],
    ['a: "\\U00110000"', '1: the escape \\U00110000 is beyond Unicode. Write \\U and at most 0010FFFF.'],
  ])('fails on %j', (text, expected) => {
    expect(fails(text)).toBe(`values.yaml:${expected}`);
  });

  test('an escaped backslash before U is no escape', () => {
    expect(parseYaml('values.yaml', '"\\\\U00110000"')).toMatchObject({ value: '\\U00110000' });
  });
});

describe('keys that reach into the objects of a program', () => {
  test.each([
    ['__proto__: { a: 1 }', '1', '__proto__'],
    ['a:\n  b:\n    constructor: x', '3', 'a.b.constructor'],
    ['a: { "prototype": x }', '1', 'a.prototype'],
    ['a:\n  - "\\x5f_proto__": x', '2', 'a.__proto__'],
  ])('fails on %j', (text, line, path) => {
    expect(fails(text)).toBe(`values.yaml:${line}: the key '${path}' reaches into the objects of the program. Choose another key.`);
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });
});

describe('aliases', () => {
  test('100 are read and share one node', () => {
    const tree = parseYaml('values.yaml', `a: &a { b: 1 }\nc: [${Array(100).fill('*a').join(', ')}]`) as any;
    const { items } = tree.entries.get('c').node;
    expect([items.length, new Set(items).size]).toEqual([100, 1]);
  });

  test('the latest anchor of a name counts', () => {
    expect(parseYaml('values.yaml', '[&a 1, *a, &a 2, *a]')).toMatchObject({ items: [{ value: 1 }, { value: 1 }, { value: 2 }, { value: 2 }] });
  });

  test.each([
    [`a: &a x\nb:\n${'  - *a\n'.repeat(101)}`, '103: holds more than 100 aliases. Write the values out.'],
    ['a: *b\nb: &b x', "1: an alias names no anchor above it. Quote a text that begins with '*', or set the anchor first."],
    ['a: &a\n  b: *a', '2: an alias stands inside what it names. Write the value out.'],
  ])('fails on too many, unknown and circular ones', (text, expected) => {
    expect(fails(text)).toBe(`values.yaml:${expected}`);
  });

  test('a bomb of them takes no time', () => {
    const level = (references: number) => Array.from({ length: 50 }, (_, index) =>
      `a${index + 1}: &a${index + 1} [${Array(references).fill(`*a${index}`).join(', ')}]`).join('\n');
    const started = processorTime();
    expect(parseYaml('values.yaml', `a0: &a0 x\n${level(2)}`)).toBeDefined(); // 2^50 words, written out
    expect(fails(`a0: &a0 x\n${level(10)}`)).toBe('values.yaml:12: holds more than 100 aliases. Write the values out.');
    expect(processorTime() - started).toBeLessThan(10_000);
  });
});

describe('what is no YAML', () => {
  test.each([
    ['a: b: c', "1: is no valid YAML at column 5: bad indentation of a mapping entry. Align the line with those around it, close each quote, and quote a text that holds ': ' or begins with a sign such as '@'."],
    ['a: 1\nb: "x\n', "2: is no valid YAML at column 5: deficient indentation. Align the line with those around it, close each quote, and quote a text that holds ': ' or begins with a sign such as '@'."],
    ['a:\n\tb: 1', '2: is no valid YAML at column 1: tab characters must not be used in indentation. Indent with blanks.'],
    ['a: [1, 2', '1: is no valid YAML at column 8: unexpected end of the stream within a flow collection. Close the bracket, and quote the texts inside.'],
    ["a: 'x", '1: is no valid YAML at column 5: unexpected end of the stream within a single quoted scalar. Close the quote.'],
    ['a: @x', "1: is no valid YAML at column 4: bad indentation of a mapping entry. Align the line with those around it, close each quote, and quote a text that holds ': ' or begins with a sign such as '@'."],
    [`a: ${'['.repeat(70)}`, '1: is no valid YAML at column 67: nesting exceeded maxDepth (64). Nest at most 64 levels deep.'],
    ['- '.repeat(70), '1: is no valid YAML at column 129: nesting exceeded maxDepth (64). Nest at most 64 levels deep.'],
  ])('fails on %j', (text, expected) => {
    expect(fails(text)).toBe(`values.yaml:${expected}`);
  });
});

test.each([
  ['one word', `a: ${'a'.repeat(1e5)}`],
  ['quotes', `a: "${'\\"'.repeat(5e4)}"`],
  ['brackets', '['.repeat(1e5)],
  ['anchors', '&a\n'.repeat(3e4)],
  ['question marks', '?\n'.repeat(5e4)],
  ['documents', '---\n'.repeat(3e4)],
  ['line breaks', '\r\n'.repeat(5e4)],
  ['keys', Array.from({ length: 2e4 }, (_, index) => `k${index}: v`).join('\n')],
])('many %s take time in proportion', (_, text) => {
  const started = processorTime();
  try {
    parseYaml('values.yaml', text);
  } catch {
    // what it says is tested above
  }
  expect(processorTime() - started).toBeLessThan(10_000);
});
