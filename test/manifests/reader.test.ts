import { ManifestSet } from '../../src/manifests/manifest-set';

const read = (text: string) => ManifestSet.parse({ 'prod/shop.yaml': text }).all;
const places = (text: string) => read(text).map(({ place: { line }, name }) => `${name} ${line}`);
const refusal = (text: string) => {
  try {
    read(text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was refused';
};
const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;

describe('a text of manifests', () => {
  test('holds several documents, of which empty ones do not count', () => {
    expect(places(`# Source: chart\n---\n${configMap('one')}---\n# nothing\n---\n\n${configMap('two')}---\n`)).toEqual(['one 3', 'two 10']);
    expect(read('')).toEqual([]);
    expect(read('# nothing\n')).toEqual([]);
  });

  test('may be JSON, indented in any way', () => {
    expect(places('{\n\t"apiVersion": "v1",\n\t"kind": "ConfigMap",\n\t"metadata": {"name": "one"},\n\t"data": {"a\\/b": "\\u00e9"}\n}')).toEqual(['one 1']);
  });

  test('may be a list, whose items each have a line', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: one\n    finalizers: [a, b]\n'
      + '- apiVersion: v1\n  kind: ConfigMap\n  metadata: { name: two }\nmetadata: {}\n';
    expect(places(`---\n${configMap('zero')}---\n${list}`)).toEqual(['zero 2', 'one 9', 'two 14']);
    expect(places('apiVersion: v1\nkind: ConfigMapList\nitems: []\n')).toEqual([]);
  });

  test('means what it means to kubectl', () => {
    const [{ json }] = read(`${configMap('one')}data:\n  "yes": on\n  'no': off\n  mode: 0644\n  number: 0x1f\n  text: "0644"\n  time: 2026-01-01\n  version: 1.30\n  none: ~\n`);
    expect(json.data).toEqual({ yes: true, no: false, mode: 420, number: 31, text: '0644', time: '2026-01-01', version: 1.3, none: null });
  });

  test('may have anchors and merge keys', () => {
    const [{ json }] = read(`${configMap('one')}base: &base { a: x }\ndata: { <<: *base, b: z }\n`);
    expect(json.data).toEqual({ a: 'x', b: 'z' });
  });

  test('may leave the name to the API server', () => {
    const [{ name }] = read('apiVersion: batch/v1\nkind: Job\nmetadata: { generateName: run- }\n');
    expect(name).toBe('');
  });
});

describe('a text is refused, with its file and line,', () => {
  test('if it is no YAML', () => {
    expect(refusal(`${configMap('one')}data:\n  password: "secret\n`))
      .toBe('prod/shop.yaml:6: is neither YAML nor JSON: deficient indentation. Correct the line.');
  });

  test('if a key occurs twice', () => {
    expect(refusal(`${configMap('one')}data:\n  a: b\n  a: c\n`)).toBe('prod/shop.yaml:6: is neither YAML nor JSON: duplicated mapping key. Correct the line.');
  });

  test('if it is something else', () => {
    expect(refusal(`---\n${configMap('one')}---\njust text\n`)).toBe('prod/shop.yaml:6: is no Kubernetes object. Write a map with apiVersion, kind and metadata.');
    expect(refusal('[]')).toBe('prod/shop.yaml:1: is no Kubernetes object. Write a map with apiVersion, kind and metadata.');
    expect(refusal('\nreplicas: 3\n')).toBe('prod/shop.yaml:2: has no apiVersion, which every Kubernetes object has. Add apiVersion, or remove the document.');
    expect(refusal('apiVersion: v1\nkind: 3\n')).toBe('prod/shop.yaml:1: has no kind, which every Kubernetes object has. Add kind, or remove the document.');
    expect(refusal('apiVersion: v1\nkind: Secret\nmetadata: { name: 3 }\n')).toBe('prod/shop.yaml:1: the Secret has no name. Add metadata.name, as text.');
  });

  test('if an item of a list is something else', () => {
    expect(refusal('apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: { name: key }\n- text\n'))
      .toBe('prod/shop.yaml:7: is no Kubernetes object. Write a map with apiVersion, kind and metadata.');
  });
});
