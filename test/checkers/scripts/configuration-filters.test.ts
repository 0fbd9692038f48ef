import { script } from './programs';

function filter(name: string, args: readonly string[], input: unknown): any[] {
  const { status, output } = script('jq', ['-c', ...args, '-f', `stores/configuration/scripts/${name}`], JSON.stringify(input));
  expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
  return output.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

describe('object.jq', () => {
  /** What is archived of a list of objects of one kind. */
  const archived = (kind: string, ...items: object[]) => filter('object.jq', [], { apiVersion: 'v1', kind: `${kind}List`, items });

  test('gives each object of a list the kind and version of the list', () => {
    expect(archived('ConfigMap', { metadata: { name: 'a' } }, { metadata: { name: 'b' }, data: { key: 'value' } })).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' }, data: { key: 'value' } },
    ]);
  });

  test('leaves out what the API server, controllers and kubectl write', () => {
    expect(archived('Deployment', {
      metadata: {
        name: 'a',
        uid: '1',
        resourceVersion: '2',
        generation: 3,
        creationTimestamp: 'today',
        managedFields: [],
        finalizers: ['x'],
        labels: { app: 'a' },
        annotations: { 'deployment.kubernetes.io/revision': '1', 'owner': 'team' },
      },
      spec: { replicas: 2 },
      status: { replicas: 1 },
      operation: { sync: {} },
    })).toEqual([{
      apiVersion: 'v1', kind: 'Deployment', metadata: { name: 'a', labels: { app: 'a' }, annotations: { owner: 'team' } }, spec: { replicas: 2 },
    }]);
  });

  test('leaves out annotations of which none remains', () => {
    expect(archived('Service', { metadata: { name: 'a', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' } } })[0].metadata).toEqual({ name: 'a' });
  });

  test('leaves out who leads, and what the control plane puts into every namespace', () => {
    expect(archived('ConfigMap',
      { metadata: { name: 'lock', annotations: { 'control-plane.alpha.kubernetes.io/leader': '{}' } } },
      { metadata: { name: 'patroni', annotations: { renewTime: 'now' } } },
      { metadata: { name: 'kube-root-ca.crt' } },
    )).toEqual([]);
  });

  test('leaves out addresses and volumes of the cluster, and keeps that a Service has none', () => {
    const spec = (kind: string, given: object) => archived(kind, { metadata: { name: 'a' }, spec: given })[0].spec;
    expect(spec('Service', { clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1'], healthCheckNodePort: 30000, ports: [] })).toEqual({ ports: [] });
    expect(spec('Service', { clusterIP: 'None', clusterIPs: ['None'] })).toEqual({ clusterIP: 'None', clusterIPs: ['None'] });
    expect(spec('PersistentVolumeClaim', { volumeName: 'pv-1', storageClassName: 'fast' })).toEqual({ storageClassName: 'fast' });
  });
});

describe('archive.jq', () => {
  const archive = (...objects: object[]) => filter('archive.jq', [], objects)[0];
  const object = (kind: string, name: string, rest: object = {}) => ({ apiVersion: 'v1', kind, metadata: { name }, ...rest });

  test('makes one list, in the order of versions, kinds and names', () => {
    expect(archive(object('Service', 'a'), object('ConfigMap', 'b'), object('ConfigMap', 'a'))).toEqual({
      apiVersion: 'v1', kind: 'List', items: [object('ConfigMap', 'a'), object('ConfigMap', 'b'), object('Service', 'a')],
    });
  });

  test('leaves out what a controller makes again, and keeps what only has an owner', () => {
    const owned = (name: string, owner: object) => ({ ...object('ConfigMap', name), metadata: { name, ownerReferences: [owner] } });
    expect(archive(owned('controlled', { name: 'x', controller: true }), owned('owned', { name: 'x' })).items.map(({ metadata }: any) => metadata.name)).toEqual(['owned']);
  });

  test('leaves out the replicas that an autoscaler decided', () => {
    const scaler = object('HorizontalPodAutoscaler', 'a', { spec: { scaleTargetRef: { kind: 'Deployment', name: 'scaled' } } });
    const workload = (kind: string, name: string) => object(kind, name, { spec: { replicas: 7 } });
    const { items } = archive(scaler, workload('Deployment', 'scaled'), workload('Deployment', 'fixed'), workload('StatefulSet', 'scaled'));
    expect(items).toEqual([
      workload('Deployment', 'fixed'), object('Deployment', 'scaled', { spec: {} }), scaler, workload('StatefulSet', 'scaled'),
    ]);
  });
});
