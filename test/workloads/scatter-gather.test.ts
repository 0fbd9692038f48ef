import { Duration, Yaml } from 'cdk8s';
import { Endpoint } from '../../src/graph/endpoint';
import type { ServiceChart } from '../../src/platform/service-chart';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { Port } from '../../src/values/port';
import { Scaling } from '../../src/values/scaling';
import { FileStorage } from '../../src/workloads/file-storage';
import type { ScatterGatherProps } from '../../src/workloads/scatter-gather/scatter-gather';
import { ScatterGather } from '../../src/workloads/scatter-gather/scatter-gather';
import { bare, errorsOf, findings, group, manifestsOf, profileWith } from '../support/platform';

const image = (name: string) => Image.of(`registry.example.com/${name}`, { tag: '3.1.0' });

function search(chart: ServiceChart, { root, leaf, ...props }: Partial<ScatterGatherProps> = {}, id = 'search'): ScatterGather {
  return new ScatterGather(chart, id, { leaves: 4, root: { image: image('search'), ...root }, leaf: { image: image('search-leaf'), ...leaf }, ...props });
}

function rendered(props: Partial<ScatterGatherProps> = {}, changes = {}) {
  const chart = group({ profile: profileWith(changes) });
  search(chart, props);
  return manifestsOf(chart);
}

const variables = (manifest: any) => Object.fromEntries(manifest.spec.template.spec.containers[0].env.map(({ name, value }: any) => [name, value]));

test('is a service and leaves with names of their own', () => {
  expect(rendered().names.filter((name) => /\/search/.test(name))).toEqual([
    'Deployment/search', 'HorizontalPodAutoscaler/search', 'NetworkPolicy/search-calls', 'NetworkPolicy/search-leaf-callers', 'PodDisruptionBudget/search',
    'PodDisruptionBudget/search-leaf', 'Service/search', 'Service/search-leaf', 'ServiceAccount/search', 'ServiceAccount/search-leaf', 'StatefulSet/search-leaf',
  ]);
});

test('the leaves are a StatefulSet behind a headless Service', () => {
  const manifests = rendered({ leaf: { image: image('search-leaf'), storage: FileStorage.persistent({ size: '10Gi', mountPath: '/var/lib/index' }) } });
  expect(manifests.get('Service', 'search-leaf').spec).toMatchObject({ clusterIP: 'None', selector: { app: 'search-leaf' } });
  expect(manifests.get('Service', 'search').spec).not.toHaveProperty('clusterIP');
  const { template, ...spec } = manifests.get('StatefulSet', 'search-leaf').spec;
  expect(Yaml.stringify(bare({ ...manifests.get('StatefulSet', 'search-leaf'), spec })).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: search-leaf
spec:
  minReadySeconds: 10
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: Retain
    whenScaled: Retain
  podManagementPolicy: Parallel
  replicas: 4
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      app: search-leaf
  serviceName: search-leaf
  volumeClaimTemplates:
    - apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: storage
      spec:
        accessModes:
          - ReadWriteOnce
        resources:
          requests:
            storage: 10Gi"
`);
  const [container] = template.spec.containers;
  expect(container.env).toEqual([
    { name: 'APP_ENV', value: 'production' }, { name: 'LEAF_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }, { name: 'LEAVES', value: '4' },
    { name: 'LOG_LEVEL', value: 'info' },
  ]);
  expect(container.volumeMounts).toContainEqual({ name: 'storage', mountPath: '/var/lib/index' });
  // the volume comes from the claim of each leaf
  expect(template.spec.volumes.map(({ name }: any) => name)).toEqual(['scratch-tmp']);
  expect(template.spec.topologySpreadConstraints.map((constraint: any) => constraint.matchLabelKeys)).toEqual([undefined, undefined]);
});

describe('the root', () => {
  test('is told where its leaves are, and for how many it waits how long', () => {
    const chart = group();
    const own = search(chart, { leaves: 3, fanOut: { timeout: Duration.millis(800), required: 2, hedgeAfter: Duration.millis(200) } });
    const leaf = (index: number) => `search-leaf-${index}.search-leaf.core-business-prod.svc.cluster.local:8000`;
    expect(own.leaves.addresses).toEqual([0, 1, 2].map(leaf));
    expect(variables(manifestsOf(chart).get('Deployment', 'search'))).toEqual({
      APP_ENV: 'production',
      LOG_LEVEL: 'info',
      LEAF_ADDRESSES: [0, 1, 2].map(leaf).join(','),
      FAN_OUT_TIMEOUT_MS: '800',
      FAN_OUT_REQUIRED: '2',
      FAN_OUT_HEDGE_AFTER_MS: '200',
    });
  });

  test('waits as long as for any call, for all leaves but one', () => {
    expect(variables(rendered({}, { calls: { timeout: Duration.seconds(5) } }).get('Deployment', 'search'))).toMatchObject({ FAN_OUT_TIMEOUT_MS: '5000', FAN_OUT_REQUIRED: '3' });
    expect(variables(rendered({ leaves: 1 }).get('Deployment', 'search'))).toMatchObject({ FAN_OUT_REQUIRED: '1' });
  });

  test('reaches its leaves on their ports, and nobody else does', () => {
    const chart = group();
    search(chart, { leaf: { image: image('search-leaf'), ports: [Port.http(8080)] } });
    const manifests = manifestsOf(chart);
    const pods = (app: string) => Endpoint.ofPods('core-business-prod', { app });
    const { reachability } = manifests;
    const [root, leaf] = [pods('search'), pods('search-leaf')];
    expect(reachability.reaches(root, leaf, 8080)).toBe(true);
    expect(reachability.enters(pods('order'), leaf, 8080)).toBe(false);
    expect(reachability.leaves(leaf, root, 8000)).toBe(false);
    expect(variables(manifests.get('Deployment', 'search')).LEAF_ADDRESSES).toContain(':8080,');
  });
});

test('a drain takes as many leaves as may be missing', () => {
  const limits = ([[4, 3], [4, 2], [4, 4], [1, 1]] as const).map(([leaves, required]) =>
    rendered({ leaves, fanOut: { required } }).get('PodDisruptionBudget', 'search-leaf').spec.maxUnavailable);
  expect(limits).toEqual([1, 2, 1, 1]);
});

test('a root that needs all leaves is a finding', () => {
  const chart = group();
  search(chart, { fanOut: { required: 4 } });
  expect(findings(chart)).toEqual(['MS-AVAIL-007 [core-business-prod/search] needs 4 of 4']);
});

test('leaves have connections of their own', () => {
  const chart = group();
  search(chart).leaves.uses(PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure'));
  expect(manifestsOf(chart).get('NetworkPolicy', 'search-leaf-network-policy').spec.policyTypes).toEqual(['Egress']);
});

test('all leaves count in the quota', () => {
  const errors = errorsOf((chart) => search(chart, { root: { image: image('search'), scaling: Scaling.replicas(1) } }),
    { profile: profileWith({ quotas: { 'core-business-prod': { cpu: '1', memory: '100Gi' } } }) });
  expect(errors).toEqual([expect.stringContaining('search 1 x (500m + 300m) + search-leaf 4 x (500m)')]);
});

describe('fails', () => {
  const place = '[core-business-prod/search]';
  test.each<[Partial<ScatterGatherProps>, string]>([
    [{ leaves: 0 }, `${place} expected leaves to be a whole number from 1 to 100, got 0. Use 1 or more.`],
    [{ leaves: 101 }, `${place} expected leaves to be a whole number from 1 to 100, got 101. Use 100 or less.`],
    [{ fanOut: { required: 5 } }, `${place} expected fanOut.required to be a whole number from 1 to 4, got 5. Use 4 or less.`],
    [{ fanOut: { timeout: Duration.millis(0) } }, `${place} expected fanOut.timeout to be 1 or more whole milliseconds, got 0 ms. Use Duration.millis(1).`],
    [{ fanOut: { timeout: Duration.seconds(1), hedgeAfter: Duration.seconds(1) } },
      `${place} fanOut.hedgeAfter 1000 ms is no less than fanOut.timeout 1000 ms, so a leaf would be asked again when nobody waits any more. Hedge earlier, or wait longer.`],
    [{ root: { env: { LEAF_ADDRESSES: 'x' } } }, `${place} has 'LEAF_ADDRESSES' among its own settings, by which the root knows its leaves. Give the setting another name.`],
    [{ leaf: { config: { LEAVES: '5' } } }, "[core-business-prod/search/search-leaf] has 'LEAVES' among its own settings, by which a leaf knows which it is. Give the setting another name."],
    [{ leaf: { dapr: Dapr.sidecar() } },
      '[core-business-prod/search/search-leaf] has a Dapr sidecar, and Dapr calls a service and none of its pods in particular, so its root could not tell the leaves apart. Leave dapr out.'],
    [{ leaf: { ports: [] } }, '[core-business-prod/search/search-leaf] has no port, so nothing could reach it. Name a port, such as Port.http(8000).'],
  ])('%#', (props, message) => {
    expect(errorsOf((chart) => search(chart, props))).toEqual([message]);
  });

  test('by a name that is too long for the labels of its leaves', () => {
    const id = 'a'.repeat(48);
    expect(errorsOf((chart) => search(chart, {}, id))).toEqual([
      `[core-business-prod/${id}/${id}-leaf] name '${id}-leaf' has 53 characters, and a StatefulSet takes 52, because a label of its pods is longer. Shorten the name of the root.`,
    ]);
  });
});
