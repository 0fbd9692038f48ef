import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { ManifestDifference } from '../../src/difference';
import { fieldChanges } from '../../src/difference/field-change';
import { ManifestSet } from '../../src/manifests';

const object = (kind: string, name: string, rest: object = {}, apiVersion = 'v1') => ({ apiVersion, kind, metadata: { name, namespace: 'shop' }, ...rest });
const deployment = (image: string, env: object[] = []) => object('Deployment', 'order', {
  spec: { selector: { matchLabels: { app: 'order' } }, template: { spec: { containers: [{ name: 'order', image, env }] } } },
}, 'apps/v1');
const between = (before: object[], after: object[]) => ManifestDifference.between(ManifestSet.ofJson(before), ManifestSet.ofJson(after));

describe('the difference between two sets of manifests', () => {
  test('is empty for equal objects in another order, with keys in another order', () => {
    const [a, b] = [object('ConfigMap', 'a', { data: { x: '1', y: '2' } }), object('Service', 'b')];
    const difference = between([a, b], [b, object('ConfigMap', 'a', { data: { y: '2', x: '1' } })]);
    expect({ changes: difference.changes, text: `${difference}` }).toEqual({ changes: [], text: '' });
  });

  test('names the field that changes, in lists by the name of the entry', () => {
    const difference = between(
      [deployment('order:1', [{ name: 'A', value: '1' }, { name: 'B', value: '2' }])],
      [deployment('order:2', [{ name: 'B', value: '3' }, { name: 'A', value: '1' }])],
    );
    expect(`${difference}`).toBe(`Pods restart (1)
  ~ Deployment shop/order
      spec.template.spec.containers[order].image: "order:1" -> "order:2"
      spec.template.spec.containers[order].env[B].value: "2" -> "3"

`);
  });

  test('begins with what Kubernetes refuses, and with what deletes data', () => {
    const set = (serviceName: string) => object('StatefulSet', 'db', { spec: { serviceName } }, 'apps/v1');
    const difference = between(
      [object('ConfigMap', 'x', { data: { a: '1' } }), object('PersistentVolumeClaim', 'data', { spec: {} }), set('a'), deployment('order:1')],
      [object('ConfigMap', 'x', { data: { a: '2' } }), object('NetworkPolicy', 'open', { spec: {} }, 'networking.k8s.io/v1'), set('b')],
    );
    expect(`${difference}`).toBe(`Kubernetes refuses these changes, or data is lost (1)
  ~ StatefulSet shop/db
      spec.serviceName of StatefulSet shop/db would change, and Kubernetes never changes it. Run 'kubectl delete statefulset db -n shop --cascade=orphan', which keeps the pods.
      spec.serviceName: "a" -> "b"

Data is deleted (1)
  - PersistentVolumeClaim shop/data

Access changes (1)
  + NetworkPolicy shop/open

Objects are removed (1)
  - Deployment shop/order

Other changes (1)
  ~ ConfigMap shop/x
      data.a: "1" -> "2"

`);
  });

  test('recognises an object that only has another name, and none of two alike', () => {
    const config = (name: string) => object('ConfigMap', name, { data: { a: '1' } });
    const [change] = between([config('old')], [config('new')]).changes;
    expect([`${change}`, change.isRenamed, change.fields.map(({ field }) => field)]).toEqual(['ConfigMap shop/old -> shop/new', true, ['metadata.name']]);
    expect(between([config('a'), config('b')], [config('c')]).changes.map((each) => `${each}`)).toEqual(['ConfigMap shop/a', 'ConfigMap shop/b', 'ConfigMap shop/c']);
  });

  test('prints a change of several objects once', () => {
    const config = (name: string, value: string) => object('ConfigMap', name, { data: { level: value } });
    expect(`${between([config('a', 'info'), config('b', 'info')], [config('a', 'warn'), config('b', 'warn')])}`).toBe(`Other changes (2)
  ~ ConfigMap shop/a
  ~ ConfigMap shop/b
      data.level: "info" -> "warn"

`);
  });

  test('prints no value of a Secret', () => {
    const secret = (password: string) => object('Secret', 'db', { data: { password } });
    const text = `${between([secret('b2xk')], [secret('bmV3')])}`;
    expect(text).toContain('data.password: (hidden) -> (hidden)');
    expect(text).not.toMatch(/b2xk|bmV3/);
  });

  test('is Markdown for a review', () => {
    expect(between([deployment('order:1')], [deployment('order:2')]).toMarkdown()).toBe(`### Pods restart (1)

- \`~ Deployment shop/order\`
  - \`spec.template.spec.containers[order].image\`: \`"order:1"\` -> \`"order:2"\`

`);
  });

  test('compares objects of one name in several environments by their files', () => {
    const text = (value: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { level: ${value} }\n`;
    const sets = (dev: string, prod: string, folder: string) => ManifestSet.parse({ [`${folder}/dev/a.yaml`]: text(dev), [`${folder}/prod/a.yaml`]: text(prod) });
    const { changes } = ManifestDifference.between(sets('debug', 'info', 'old'), sets('debug', 'warn', 'new'));
    expect(changes.map((change) => [change.after!.place.file, ...change.fields.map(({ before, after }) => `${before} -> ${after}`)])).toEqual([['new/prod/a.yaml', 'info -> warn']]);
  });
});

test('fields differ exactly where values do', () => {
  // as JSON has it, which knows no -0
  const value = fc.jsonValue({ maxDepth: 3 }).map((each) => JSON.parse(JSON.stringify(each)) as unknown);
  fc.assert(fc.property(value, value, (before, after) => {
    expect(fieldChanges(before, after).length === 0).toBe(isDeepStrictEqual(before, after));
    expect(fieldChanges(before, JSON.parse(JSON.stringify(before)))).toEqual([]);
  }));
});
