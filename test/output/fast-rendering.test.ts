import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import { isKnown, withFastRendering } from '../../src/output/fast-rendering';

function object(props: Record<string, unknown>, id = 'object', namespace?: string): ApiObject {
  return new ApiObject(new Chart(new App(), 'chart', { namespace, labels: { from: 'chart' } }), id, { apiVersion: 'v1', kind: 'Thing', ...props });
}

function outcome(render: () => unknown): unknown {
  try {
    return JSON.stringify(render(), (_, value: unknown) => value === undefined ? '<undefined>' : value);
  } catch (error) {
    return (error as Error).message;
  }
}

function renderObject(one: ApiObject): unknown {
  return withFastRendering(new App().resolvers, () => one.toJson());
}

function expectSame(one: ApiObject, other: ApiObject = one): void {
  expect(outcome(() => renderObject(one))).toBe(outcome(() => other.toJson()));
}

test('the installed cdk8s was compared with this rendering', () => {
  expect(isKnown(new App().resolvers)).toBe(true);
});

test('any object of plain data is rendered as cdk8s renders it', () => {
  const scalar = fc.oneof(fc.string({ maxLength: 4 }), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined));
  const key = fc.constantFrom('a', 'b', 'c', 'B', '1', '10', 'name', 'value', 'kind', 'metadata', 'labels', 'constructor', 'resolve', 'spec');
  const { data } = fc.letrec((tie) => ({
    data: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('data'), { maxLength: 3 }), fc.dictionary(key, tie('data'), { maxKeys: 4, noNullPrototype: true }),
      tie('data').map((value) => Lazy.any({ produce: () => value })), tie('data').map((value) => ({ resolve: () => value })),
      fc.constant(k8s.IntOrString.fromNumber(1)), fc.constant(new Date(0))),
  }));
  const field = fc.constantFrom('labels', 'annotations', 'finalizers', 'generateName', 'name', 'zzz');
  const metadata = fc.dictionary(field, data, { maxKeys: 4, noNullPrototype: true });
  const fields = fc.dictionary(key, data, { maxKeys: 5, noNullPrototype: true });
  fc.assert(fc.property(fields, fc.option(metadata), fc.boolean(), (props, given, inNamespace) => {
    let one: ApiObject;
    try {
      one = object({ ...props, ...given && { metadata: given } }, 'object', inNamespace ? 'ns' : undefined);
    } catch {
      return; // a list of finalizers that is none: cdk8s fails before anything is rendered
    }
    expectSame(one);
  }), { numRuns: 1000 });
});

test.each<[string, (rendered: ApiObject) => void]>([
  ['a label added later', (each) => each.metadata.addLabel('b', 'c')],
  ['an annotation added later', (each) => each.metadata.addAnnotation('b', 'c')],
  ['a finalizer and an owner', (each) => {
    each.metadata.addFinalizers('x');
    each.metadata.addOwnerReference({ apiVersion: 'v1', kind: 'X', name: 'x', uid: '1' });
  }],
  ['an attribute of metadata', (each) => each.metadata.add('generateName', 'x-')],
  ['an empty attribute of metadata', (each) => each.metadata.add('managedFields', [{}])],
  ['a patch', (each) => each.addJsonPatch(JsonPatch.add('/b', [1]), JsonPatch.remove('/metadata/labels'))],
])('%s is rendered as cdk8s renders it', (_, change) => {
  const [one, other] = [object({ a: 1 }), object({ a: 1 })];
  change(one);
  change(other);
  expectSame(one, other);
});

test('an error of a lazy value is that of cdk8s', () => {
  expectSame(object({
    a: Lazy.any({
      produce: () => {
        throw new Error('not yet');
      },
    }),
  }));
});

test('an object of a class that renders itself renders itself', () => {
  class Own extends ApiObject {
    public toJson(): any {
      return 'own';
    }
  }
  expect(renderObject(new Own(new Chart(new App(), 'chart'), 'own', { apiVersion: 'v1', kind: 'X' }))).toBe('own');
});

test('a generated class is rendered as by cdk8s', () => {
  const service = () => new k8s.KubeService(new Chart(new App(), 'chart'), 'service', {
    spec: { ports: [{ port: 80, targetPort: k8s.IntOrString.fromString('http') }], selector: { b: 'b', a: 'a' } },
  });
  expectSame(service(), service());
});

test('keys stay in their order where the user says so', () => {
  process.env.CDK8S_DISABLE_SORT = '1';
  try {
    expect(Object.keys(renderObject(object({ b: 1, a: 2 })) as object)).toEqual(['apiVersion', 'kind', 'metadata', 'b', 'a']);
  } finally {
    delete process.env.CDK8S_DISABLE_SORT;
  }
  expect(Object.keys(renderObject(object({ b: 1, a: 2 })) as object)).toEqual(['apiVersion', 'kind', 'metadata', 'a', 'b']);
});

describe('cdk8s renders itself', () => {
  const { toJson } = ApiObject.prototype;
  const isExchanged = (resolvers = new App().resolvers) => withFastRendering(resolvers, () => ApiObject.prototype.toJson !== toJson);

  afterEach(() => {
    ApiObject.prototype.toJson = toJson;
  });

  test('again after the call, and after an error', () => {
    expect(isExchanged()).toBe(true);
    expect(ApiObject.prototype.toJson).toBe(toJson);
    expect(() => withFastRendering(new App().resolvers, () => {
      throw new Error('in between');
    })).toThrow(new Error('in between'));
    expect(ApiObject.prototype.toJson).toBe(toJson);
  });

  test('with a resolver of the user', () => {
    expect(isExchanged(new App({ resolvers: [{ resolve: () => undefined }] }).resolvers)).toBe(false);
  });

  test('in a version that has another toJson', () => {
    const other = function (this: ApiObject): unknown {
      return toJson.call(this);
    };
    ApiObject.prototype.toJson = other;
    expect(withFastRendering(new App().resolvers, () => ApiObject.prototype.toJson)).toBe(other);
  });

  test('in a version whose hidden functions drop other values', () => {
    const produce = jest.spyOn(Lazy.prototype, 'produce').mockReturnValueOnce(['as this library sees it']);
    expect(isExchanged()).toBe(false);
    produce.mockRestore();
    expect(isExchanged()).toBe(true);
  });
});
