import { ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import { App } from '../../src';
import { toJson } from '../../src/output/object-json';
import { frozen } from '../../src/values/shared';

class Text {
  constructor(public readonly value: string | number) {}
}

const token = { resolve: () => ({ b: null, a: Lazy.any({ produce: () => [1, undefined, null] }) }) };

function define(app: App, props: object = {}): ApiObject {
  return new ApiObject(new Chart(app, 'chart', { namespace: 'prod', labels: { team: 'shop' } }), 'object', {
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', annotations: {}, extra: { empty: {}, list: [] } }, ...props,
  });
}

const OBJECTS: Readonly<Record<string, (app: App) => ApiObject>> = {
  'plain fields in any order': (app) => define(app, { spec: { b: 1, a: [{ d: false, c: 0 }], empty: {}, list: [], none: undefined, nothing: null }, data: { y: 'n' } }),
  'values that are known late': (app) => define(app, { spec: Lazy.any({ produce: () => ({ token, text: new Text('5'), number: new Text(5) }) }) }),
  'more fields than fit a short list': (app) => define(app, { data: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${60 - index}`, 'x'])) }),
  'frozen data': (app) => define(app, { spec: frozen({ b: { d: undefined, c: 1 }, a: [2, 1] }), other: frozen({ b: 2, a: 1 }) }),
  'no metadata': (app) => define(app, { metadata: undefined }),
  'a patch': (app) => {
    const object = define(app, { spec: {} });
    object.addJsonPatch(JsonPatch.add('/spec/added', true));
    return object;
  },
  'a patch of frozen data': (app) => {
    const object = define(app, { spec: frozen({ limits: { cpu: '1' }, ports: [80] }) });
    object.addJsonPatch(JsonPatch.add('/spec/limits/gpu', 1), JsonPatch.replace('/spec/ports/0', 81));
    return object;
  },
  'metadata that is added later': (app) => {
    const object = define(app);
    object.metadata.addLabel('added', 'label');
    object.metadata.addAnnotation('added', 'annotation');
    object.metadata.addFinalizers('example.com/finalizer');
    object.metadata.addOwnerReference({ apiVersion: 'v1', kind: 'Pod', name: 'owner', uid: '1' });
    object.metadata.add('generateName', Lazy.any({ produce: () => 'config-' }));
    return object;
  },
};

describe('Rendering of an object', () => {
  it.each(Object.entries(OBJECTS))('gives the same as cdk8s for %s', (_, create) => {
    const object = create(new App());
    expect(JSON.stringify(toJson(object))).toBe(JSON.stringify(object.toJson()));
  });

  it('gives two objects one copy of frozen data', () => {
    const spec = frozen({ b: 1, a: 2 });
    expect(toJson(define(new App(), { spec })).spec).toBe(toJson(define(new App(), { spec })).spec);
  });

  it('gives other objects what a patch of one leaves alone', () => {
    const spec = frozen({ limits: { cpu: '1' } });
    const patched = define(new App(), { spec });
    patched.addJsonPatch(JsonPatch.remove('/spec/limits/cpu'));
    expect([toJson(patched).spec, toJson(define(new App(), { spec })).spec]).toEqual([{ limits: {} }, { limits: { cpu: '1' } }]);
  });

  it('reports what cannot be rendered with the error of cdk8s', () => {
    expect(() => toJson(define(new App(), { spec: new Map() }))).toThrow("Failed serializing construct at path 'chart/object' with name 'config': Error: can't render non-simple object of type 'Map'");
  });

  it('leaves the values to the resolvers of a user', () => {
    const resolvers = [{ resolve: (context: { key: string[]; replaceValue: (value: unknown) => void }) => context.key.at(-1) === 'a' && context.replaceValue(undefined) }];
    expect(toJson(define(new App({ resolvers }), { spec: { a: 1, b: 2 } })).spec).toEqual({ b: 2 });
  });
});
