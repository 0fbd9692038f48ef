import { loadAll } from 'js-yaml';
import { committedFiles, runExample } from '../support/example';

// a process for each synthesis, on a machine that may be busy
jest.setTimeout(60_000);

const committed = committedFiles('api-and-worker');

function objects(file: string): any[] {
  return (loadAll(committed[file]) as any[]).filter(Boolean);
}

function object(file: string, kind: string, name: string): any {
  return objects(file).find((each) => each.kind === kind && each.metadata.name === name);
}

test('its dist/ is what the program renders', () => {
  expect(runExample('api-and-worker')).toEqual({
    status: 0,
    stderr: 'MS-BACKUP-003 warning (1): A Redis cluster has no copy outside its volumes, because backups of the platform profile name no storage. '
      + 'Name one by StoreDefaults.of({ backups: { storage: ObjectStorage.s3(...) } }).\n  [infrastructure/redis-prod]\n',
    different: [],
  });
});

test('the API and the worker are in a namespace of their own, each with the four labels', () => {
  for (const [name, type] of [['picture', 'api'], ['thumbnail', 'worker']]) {
    const { metadata, spec } = object(`prod/media/${name}.k8s.yaml`, 'Deployment', name);
    const labels = { app: name, microservice: name, service: name, type };
    expect(metadata).toMatchObject({ namespace: 'media-prod', labels });
    expect(spec.template.metadata.labels).toMatchObject(labels);
    expect(spec.selector).toEqual({ matchLabels: { app: name } });
  }
});

test('the API is scaled on processors and memory, the worker on its queue, and neither by both', () => {
  const kinds = (name: string) => objects(`prod/media/${name}.k8s.yaml`).map(({ kind }) => kind).filter((kind) => /scale/i.test(kind));
  expect([kinds('picture'), kinds('thumbnail')]).toEqual([['HorizontalPodAutoscaler'], ['ScaledObject']]);
  const { spec: api } = object('prod/media/picture.k8s.yaml', 'HorizontalPodAutoscaler', 'picture');
  expect(api.metrics.map(({ containerResource }: any) => [containerResource.name, containerResource.target.averageUtilization])).toEqual([['cpu', 70], ['memory', 80]]);
  for (const name of ['picture', 'thumbnail']) {
    expect(object(`prod/media/${name}.k8s.yaml`, 'Deployment', name).spec.replicas).toBeUndefined();
  }
});

test('the worker is scaled to zero, and its load is what waits and what is in work', () => {
  expect(object('prod/media/thumbnail.k8s.yaml', 'ScaledObject', 'thumbnail').spec).toMatchObject({
    scaleTargetRef: { name: 'thumbnail' },
    minReplicaCount: 0,
    maxReplicaCount: 20,
    advanced: { scalingModifiers: { formula: 'lag_picture_taken + pending_picture_taken', target: '20', metricType: 'AverageValue' } },
    triggers: [
      { type: 'redis-cluster-streams', metadata: { stream: 'picture-taken', consumerGroup: 'thumbnail', lagCount: '20' } },
      { type: 'redis-cluster-streams', metadata: { stream: 'picture-taken', consumerGroup: 'thumbnail', pendingEntriesCount: '20' } },
    ],
  });
});

test('the broker admits the two services, and the operator of KEDA', () => {
  const { spec } = object('shared/infrastructure/namespace.k8s.yaml', 'NetworkPolicy', 'redis-prod-clients');
  expect(spec.ingress[0]).toEqual({
    from: [
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'keda' } }, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'keda-operator' } } },
      ...['picture', 'thumbnail'].map((app) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'media-prod' } }, podSelector: { matchLabels: { app } } })),
    ],
    ports: [{ port: 6379, protocol: 'TCP' }],
  });
});
