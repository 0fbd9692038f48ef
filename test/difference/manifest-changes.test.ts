import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { HIDDEN_STATE } from '../../src/difference/hidden-state';
import { LARGER_CLAIM, REPLICAS_HANDED_OVER } from '../../src/difference/manifest-changes';
import { App } from '../../src/platform/app';
import { newOutdir } from '../output/output-folders';

/** Synthesises an object, and returns what is printed. */
function synthesize(outdir: string, object: Record<string, unknown>): string {
  const app = new App({ outdir });
  new ApiObject(new Chart(app, 'shop', { namespace: 'shop' }), 'Object', { apiVersion: 'v1', ...object, metadata: { name: 'a', ...object.metadata as object } } as never);
  const lines: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(`${String(line)}`) > 0);
  try {
    app.synth();
  } finally {
    write.mockRestore();
  }
  return lines.join('');
}

function refusal(before: Record<string, unknown>, after: Record<string, unknown>): string {
  const outdir = newOutdir();
  synthesize(outdir, before);
  const text = readFileSync(join(outdir, 'shop.k8s.yaml'), 'utf8');
  try {
    synthesize(outdir, after);
  } catch (error) {
    expect(readFileSync(join(outdir, 'shop.k8s.yaml'), 'utf8')).toBe(text);
    return (error as Error).message;
  }
  return '';
}

const claim = (spec: object) => ({ kind: 'PersistentVolumeClaim', spec: { accessModes: ['ReadWriteOnce'], ...spec } });
const set = (spec: object) => ({ apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { serviceName: 'a', ...spec } });
const template = (spec: object) => ({ volumeClaimTemplates: [{ metadata: { name: 'data' }, spec }] });
const job = (image: string, annotations = {}) => ({
  apiVersion: 'batch/v1', kind: 'Job', metadata: { annotations }, spec: { template: { spec: { containers: [{ name: 'main', image }] } } },
});
const revision = (name: string | undefined, image: string) => ({
  apiVersion: 'serving.knative.dev/v1', kind: 'Service', spec: { template: { metadata: { name }, spec: { containers: [{ image }] } } },
});
const AGAIN = "Then remove 'shop.k8s.yaml' from the output folder and synthesize again.";

describe('a field that Kubernetes never changes is refused, with the way to change it', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    ['the value of a PriorityClass', { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value: 1 }, { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value: 2 },
      "value of PriorityClass shop/a would change, and Kubernetes never changes it. Give it another name, or run 'kubectl delete priorityclass a -n shop'."],
    ['the StorageClass of a claim', claim({ storageClassName: 'slow' }), claim({ storageClassName: 'fast' }),
      'spec.storageClassName of PersistentVolumeClaim shop/a would change, and Kubernetes never changes it. Give the claim another name and copy the data.'],
    ['access mode and volume mode of a claim', claim({}), claim({ accessModes: ['ReadWriteMany'], volumeMode: 'Block' }),
      'spec.accessModes, spec.volumeMode of PersistentVolumeClaim shop/a would change, and Kubernetes never changes them. Give the claim another name and copy the data.'],
    ['the StorageClass in a StatefulSet', set(template({ storageClassName: 'slow' })), set(template({ storageClassName: 'fast' })),
      "spec.volumeClaimTemplates of StatefulSet shop/a would change, and Kubernetes never changes it. Run 'kubectl delete statefulset a -n shop --cascade=orphan', which keeps the pods."],
    ['the Service of a StatefulSet', set({}), set({ serviceName: 'b' }),
      "spec.serviceName of StatefulSet shop/a would change, and Kubernetes never changes it. Run 'kubectl delete statefulset a -n shop --cascade=orphan', which keeps the pods."],
    ['the selector of a Deployment', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { selector: { matchLabels: { a: '1' } } } },
      { apiVersion: 'apps/v1', kind: 'Deployment', spec: { selector: { matchLabels: { a: '2' } } } },
      "spec.selector of Deployment shop/a would change, and Kubernetes never changes it. Run 'kubectl delete deployment a -n shop --cascade=orphan', apply, and delete the old pods."],
    ['the image of a Job', job('a@sha256:1'), job('a@sha256:2'),
      "spec.template of Job shop/a would change, and Kubernetes never changes it. Give the Job another name, such as by another image tag, or run 'kubectl delete job a -n shop'."],
    ['the role of a RoleBinding', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', roleRef: { name: 'a' } },
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', roleRef: { name: 'b' } },
      "roleRef of RoleBinding shop/a would change, and Kubernetes never changes it. Give it another name, or run 'kubectl delete rolebinding a -n shop'."],
    ['a Service that becomes headless', { kind: 'Service', spec: {} }, { kind: 'Service', spec: { clusterIP: 'None' } },
      "spec.clusterIP of Service shop/a would change, and Kubernetes never changes it. Run 'kubectl delete service a -n shop'."],
    ['an immutable ConfigMap', { kind: 'ConfigMap', immutable: true, data: { a: '1' } }, { kind: 'ConfigMap', immutable: true, data: { a: '2' } },
      "data of ConfigMap shop/a would change, and Kubernetes never changes it. Give it another name, or run 'kubectl delete configmap a -n shop'."],
  ])('%s', (_, before, after, message) => {
    expect(refusal(before, after)).toBe(`[shop] ${message} ${AGAIN}`);
  });

  test('a revision of a function that keeps its name', () => {
    expect(refusal(revision('a-v1', 'a:1'), revision('a-v1', 'a:2'))).toBe(
      '[shop] spec.template of Service shop/a would change, and Kubernetes never changes it. Give the function another revision.');
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a new revision', revision('a-v1', 'a:1'), revision('a-v2', 'a:2')],
    ['a revision that Knative names', revision(undefined, 'a:1'), revision(undefined, 'a:2')],
    ['a Job that Argo CD deletes first', job('a:1', { 'argocd.argoproj.io/hook': 'Sync' }), job('a:2', { 'argocd.argoproj.io/hook': 'Sync' })],
    ['a default that is written out', claim({}), claim({ volumeMode: 'Filesystem' })],
    ['the order of fields', set(template({ storageClassName: 'a', volumeMode: 'Block' })), set(template({ volumeMode: 'Block', storageClassName: 'a' }))],
    ['a ConfigMap that may change', { kind: 'ConfigMap', data: { a: '1' } }, { kind: 'ConfigMap', data: { a: '2' } }],
  ])('but not %s', (_, before, after) => {
    expect(refusal(before, after)).toBe('');
  });
});

describe('a change that needs a step besides applying it is a finding', () => {
  const printed = (before: Record<string, unknown>, after: Record<string, unknown>) => {
    const outdir = newOutdir();
    synthesize(outdir, before);
    return synthesize(outdir, after);
  };
  const sized = (storage: string) => set(template({ resources: { requests: { storage } } }));
  const deployment = (spec: object) => ({ apiVersion: 'apps/v1', kind: 'Deployment', spec });
  const line = ({ id, why, fix }: typeof LARGER_CLAIM, problem: string) => `${id} warning (1): ${why} ${fix}\n  [shop/Object] ${problem}\n`;

  test('such as a larger claim of a StatefulSet', () => {
    expect(printed(sized('10Gi'), sized('20Gi'))).toBe(line(LARGER_CLAIM, "grows 'data' from 10Gi to 20Gi"));
    expect(printed(sized('10Gi'), sized('10240Mi'))).toBe('');
  });

  test('such as replicas that an autoscaler takes over', () => {
    expect(printed(deployment({ replicas: 3 }), deployment({}))).toContain(line(REPLICAS_HANDED_OVER, 'had 3 replicas'));
    expect(printed(deployment({ replicas: 1 }), deployment({}))).not.toContain(REPLICAS_HANDED_OVER.id);
    expect(printed(deployment({ replicas: 3 }), deployment({ replicas: 5 }))).toBe('');
  });

  describe('such as state that a Dapr component no longer finds', () => {
    const component = (version: string, fields: Record<string, string>, type = 'state.postgresql') => ({
      apiVersion: 'dapr.io/v1alpha1', kind: 'Component', spec: { type, version, metadata: Object.entries(fields).map(([name, value]) => ({ name, value })) },
    });

    test.each([
      ['a prefix in place of the default', component('v2', {}), component('v2', { keyPrefix: 'namespace' }), "changes keyPrefix from 'appid' to 'namespace'"],
      ['a prefix that is removed', component('v2', { keyPrefix: 'namespace' }), component('v2', {}), "changes keyPrefix from 'namespace' to 'appid'"],
      ['another version', component('v1', {}), component('v2', {}), 'changes version from v1 to v2'],
      ['another table', component('v1', { tableName: 'orders' }), component('v1', { tableName: 'shop' }), "changes tableName from 'orders' to 'shop'"],
      ['another type', component('v1', {}), component('v1', {}, 'state.mysql'), 'changes type from state.postgresql to state.mysql'],
    ])('by %s', (_what, before, after, problem) => {
      expect(printed(before, after)).toContain(line(HIDDEN_STATE, problem));
    });

    test('but not by other fields, defaults, or components of other types', () => {
      expect(printed(component('v2', {}), component('v2', { keyPrefix: 'appid', maxConns: '5' }))).toBe('');
      expect(printed(component('v1', {}, 'pubsub.kafka'), component('v1', { keyPrefix: 'x' }, 'pubsub.kafka'))).toBe('');
    });
  });
});
