import { join, resolve } from 'node:path';
import { Cluster } from './support/cluster';
import { type Manifest, manifestFiles, readManifests } from './support/manifest';
import { eventually } from './support/process';

const DIST = resolve(__dirname, '..', '..', 'examples', 'boutique', 'dist');
const NAMESPACE = 'boutique';

describe('the shop without Dapr, in a namespace that exists already', () => {
  let cluster: Cluster;
  const manifests = readManifests(...manifestFiles(join(DIST, 'prod')));
  const named = (kind: string) => manifests.filter((each) => each.kind === kind).map(({ metadata }) => metadata.name).sort();

  beforeAll(async () => {
    cluster = await Cluster.start('1.36');
    const namespace: Manifest = {
      apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    };
    expect(await cluster.apply([namespace])).toMatchObject({ status: 0, stderr: '' });
  }, 300_000);

  afterAll(async () => { await cluster?.stop(); });

  test('is created by the API server without a CRD, and without a warning', async () => {
    expect(await cluster.apply(manifests)).toMatchObject({ status: 0, stderr: '' });
  });

  test('runs with as many pods as each service wants, under Pod Security restricted', async () => {
    const autoscalers = manifests.filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
    const wanted = new Map(autoscalers.map(({ metadata, spec }) => [metadata.name, spec.minReplicas]));
    await eventually(async () => {
      const deployments = (await cluster.list('deployments')).filter(({ metadata }) => metadata.namespace === NAMESPACE);
      const available = deployments.map(({ metadata, status }) => [metadata.name, status.availableReplicas ?? 0]);
      expect(Object.fromEntries(available)).toEqual(Object.fromEntries(named('Deployment').map((name) => [name, wanted.get(name) ?? 1])));
    }, 120);
  });

  test('has endpoints behind each of its Services', async () => {
    await eventually(async () => {
      const slices = (await cluster.list('endpointslices')).filter(({ metadata }) => metadata.namespace === NAMESPACE);
      const ready = slices.filter(({ endpoints }: any) => endpoints?.some(({ conditions }: any) => conditions.ready))
        .map(({ metadata }) => metadata.labels?.['kubernetes.io/service-name']);
      expect([...new Set(ready)].sort()).toEqual(named('Service'));
    });
  });
});
