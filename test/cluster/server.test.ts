import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binary } from './support/binary';
import { Cluster, crdFiles, PLATFORM_CRDS } from './support/cluster';
import { DIST, type Manifest, manifestFiles, nameOf, readManifests, render } from './support/manifest';
import { needsOfOthers, secretsOfOthers, SHARED_STORAGE } from './support/needs';
import { eventually, type Output, Server } from './support/process';
import { thousandths } from './support/quantity';

/** Each with the CRDs whose own rules need a newer server. */
const TARGETS = [
  { kubernetes: '1.36', dapr: '1.18', uninstallable: [] },
  { kubernetes: '1.27', dapr: '1.14', uninstallable: ['tlsroutes.gateway.networking.k8s.io'] },
];

describe.each(TARGETS)('the reference platform on Kubernetes $kubernetes', ({ kubernetes, dapr, uninstallable }) => {
  let folder: string;
  let files: string[];
  let manifests: Manifest[];
  let cluster: Cluster;
  let injector: Server | undefined;
  let otherCrds: Promise<Output> | undefined;

  const rendered = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
  const pods = async () => (await cluster.list('pods')).filter((pod) => !pod.metadata.deletionTimestamp);
  const isReady = ({ status }: Manifest) => status.conditions?.some((condition: any) => condition.type === 'Ready' && condition.status === 'True');
  const autoscalers = () => new Map(rendered('HorizontalPodAutoscaler').map((manifest) => [nameOf({ ...manifest, kind: 'Deployment' }), manifest.spec]));

  const stores = () => rendered('StatefulSet');
  /** Pods that run on: not those of Jobs, which have ended. */
  const running = async () => (await pods()).filter(({ status }) => status.phase !== 'Succeeded');

  /** Waits until every Deployment has rolled out with as many pods as its autoscaler wants at least. */
  const rollOut = (replicas: 'minReplicas' | 'maxReplicas') => eventually(async () => {
    const expected = [...autoscalers()].map(([name, spec]) => {
      const count = spec[replicas];
      return [name, { wanted: count, updated: count, available: count, observed: true }];
    });
    const deployments = await cluster.list('deployments');
    const actual = deployments.map((deployment) => [nameOf(deployment), {
      wanted: deployment.spec.replicas,
      updated: deployment.status.updatedReplicas,
      available: deployment.status.replicas === deployment.status.updatedReplicas && deployment.status.availableReplicas,
      observed: deployment.status.observedGeneration === deployment.metadata.generation,
    }]);
    expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected));
  }, 120);

  const membersReady = () => eventually(async () => {
    const sets = (await cluster.list('statefulsets'))
      .map((set) => [nameOf(set), { updated: set.status.updatedReplicas, available: set.status.availableReplicas }]);
    const whole = stores().map((set) => [nameOf(set), { updated: set.spec.replicas, available: set.spec.replicas }]);
    expect(Object.fromEntries(sets)).toEqual(Object.fromEntries(whole));
  }, 120);

  /** Waits until the least number of pods of all services, and every member of a store, is ready, which is before they have rolled out. */
  const allReady = () => eventually(async () => {
    const all = await running();
    expect(all).toHaveLength([...autoscalers().values()].reduce((sum, { minReplicas }) => sum + minReplicas, 0)
      + stores().reduce((sum, { spec }) => sum + spec.replicas, 0));
    expect(all.filter((pod) => !isReady(pod)).map(nameOf)).toEqual([]);
    return all;
  });

  /** Sums up what the pods of a namespace ask for, and compares it with what its quota counts. */
  const countedInQuotas = () => eventually(async () => {
    const all = await running();
    const claims = await cluster.list('persistentvolumeclaims');
    for (const quota of await cluster.list('resourcequotas')) {
      const containers = all.filter((pod) => pod.metadata.namespace === quota.metadata.namespace)
        .flatMap(({ spec }) => [...spec.containers, ...(spec.initContainers ?? [])]);
      for (const [resource, hard] of Object.entries<string>(quota.spec.hard)) {
        const [kind, name] = resource.split('.');
        const sum = name === 'storage'
          ? claims.filter(({ metadata }) => metadata.namespace === quota.metadata.namespace)
            .reduce((total, { spec }) => total + thousandths(spec.resources.requests.storage), 0)
          : containers.reduce((total, container) => total + thousandths(container.resources[kind][name]), 0);
        const used = thousandths(quota.status.used[resource]);
        expect([nameOf(quota), resource, used]).toEqual([nameOf(quota), resource, sum]);
        expect(used).toBeLessThanOrEqual(thousandths(hard));
        expect(used).toBeGreaterThan(0);
      }
    }
  });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shop-'));
    const source = kubernetes === '1.36' ? DIST : join(folder, 'rendered');
    if (source !== DIST) await render(source, kubernetes, dapr);
    files = manifestFiles(source);
    manifests = readManifests(...files);

    cluster = await Cluster.start(kubernetes);
    expect(await cluster.installCrds(...PLATFORM_CRDS)).toMatchObject({ status: 0, stderr: '' });
    // a namespace comes first, and a Secret for each that the platform names
    expect(await cluster.apply(rendered('Namespace'))).toMatchObject({ status: 0, stderr: '' });
    expect(await cluster.apply([SHARED_STORAGE, ...secretsOfOthers(needsOfOthers(manifests))])).toMatchObject({ status: 0, stderr: '' });
  }, 300_000);

  afterAll(async () => {
    await otherCrds;
    await injector?.stop();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('needs of others only a StorageClass, and the Secrets of its stores', () => {
    const services = { 'core-business': ['catalog', 'checkout', 'customer', 'order', 'payment'], 'platform': ['analytics', 'auth'] };
    const databases = Object.entries(services).flatMap(([group, names]) => names.map((service) => `${group.replace('-', '_')}_${service}`));
    const keys = (environment: string) => ({
      [`postgresql-${environment}`]: ['administrator-password', 'replication-password', 'rewind-password'],
      [`postgresql-${environment}-users`]: databases,
      ...Object.fromEntries(['broker', 'redis'].map((store) => [`${store}-${environment}`, ['member-password', 'password', 'snapshot-password', 'username']])),
      ...Object.fromEntries(['broker', 'postgresql', 'redis'].map((store) => [`${store}-${environment}-tls`, ['ca.crt', 'tls.crt', 'tls.key']])),
    });
    const objectStorage = ['access-key-id', 'secret-access-key'];
    const hosted = Object.entries({ dev: 'infrastructure-dev', staging: 'infrastructure-staging', prod: 'infrastructure' }).flatMap(([environment, namespace]) => (
      Object.entries({ ...keys(environment), 'backup-reader': objectStorage, 'backup-writer': objectStorage })
        .flatMap(([secret, names]) => names.map((key) => `Secret ${namespace}/${secret} with the key ${key}`))));
    const secrets = Object.entries(services).flatMap(([group, names]) => ['dev', 'prod', 'staging'].flatMap((environment) => [
      ...names.map((service) => `Secret ${group}-${environment}/postgresql-${environment}-${service} with the key connection-string`),
      ...['broker', 'redis'].flatMap((store) => ['password', 'username'].map((key) => `Secret ${group}-${environment}/${store}-${environment} with the key ${key}`)),
    ]));
    expect(needsOfOthers(manifests)).toEqual([...secrets, ...hosted, 'a default StorageClass for ReadWriteMany', 'a default StorageClass for ReadWriteOnce'].sort());
  });

  test('is taken whole, without a warning', async () => {
    const { status, stdout, stderr } = await cluster.apply(files);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(manifests.length);
    // These take a minute, in which there is much to see.
    otherCrds = cluster.installCrds(...crdFiles().filter((file) => !PLATFORM_CRDS.includes(file)));
  });

  test('rolls out every service with the least number of pods', () => rollOut('minReplicas'));

  test('has every member of every store ready, each with its volume, and its Jobs done', async () => {
    await membersReady();
    const claims = (await cluster.list('persistentvolumeclaims')).map(({ metadata, status }) => [metadata.name, status.phase]);
    expect(Object.fromEntries(claims)).toMatchObject(Object.fromEntries(stores().flatMap(({ metadata, spec }) =>
      Array.from({ length: spec.replicas }, (_, ordinal) => [`data-${metadata.name}-${ordinal}`, 'Bound']))));
    await eventually(async () => {
      const jobs = (await cluster.list('jobs')).map((job) => [nameOf(job), job.status.succeeded]);
      expect(Object.fromEntries(jobs)).toEqual(Object.fromEntries(rendered('Job').map((job) => [nameOf(job), 1])));
    });
  });

  test('has every pod ready, with requests and limits of each container', async () => {
    for (const pod of await allReady()) {
      for (const container of pod.spec.containers) {
        const both = { cpu: expect.any(String), memory: expect.any(String) };
        expect(container.resources).toMatchObject({ requests: both, limits: both });
      }
    }
  });

  test('spreads three pods of a service over three zones', async () => {
    const zones = new Map((await cluster.list('nodes')).map(({ metadata }) => [metadata.name, metadata.labels!['topology.kubernetes.io/zone']]));
    const ofOrder = (await pods()).filter(({ metadata }) => metadata.namespace === 'core-business-prod' && metadata.labels?.app === 'order');
    expect(new Set(ofOrder.map(({ spec }) => zones.get(spec.nodeName))).size).toBe(3);
  });

  test('counts every pod in the quota of its namespace', countedInQuotas);

  test('has autoscalers that can scale', async () => {
    const actual = await cluster.list('horizontalpodautoscalers');
    expect(actual).toHaveLength(autoscalers().size);
    for (const { status } of actual) {
      expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'AbleToScale', status: 'True' }));
    }
  });

  test('lets a pod of every service and of every store be evicted', async () => {
    const budgets = await cluster.list('poddisruptionbudgets');
    expect(budgets).toHaveLength(autoscalers().size + stores().length);
    const all = await allReady();
    await Promise.all(budgets.map(async (budget) => {
      expect([nameOf(budget), budget.status.disruptionsAllowed > 0]).toEqual([nameOf(budget), true]);
      const pod = all.find(({ metadata }) => metadata.namespace === budget.metadata.namespace && metadata.labels?.app === budget.metadata.name);
      const { status, stderr } = await cluster.evict(pod!);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }));
  });

  test('lets every node with a pod of a service be drained, one after the other', async () => {
    const nodes = new Set((await allReady()).filter(({ metadata }) => metadata.labels?.app === 'order').map(({ spec }) => spec.nodeName));
    for (const node of nodes) {
      // a disruption controller that misses the end of an evicted member holds back the next of its store for two minutes
      await cluster.kubectl('drain', node, '--delete-emptydir-data', '--timeout=180s');
      expect((await allReady()).filter(({ spec }) => spec.nodeName === node)).toEqual([]);
      await cluster.kubectl('uncordon', node);
    }
    await rollOut('minReplicas');
    await membersReady();
  }, 900_000);

  test(`may run where ${uninstallable.length ? `all CRDs but ${uninstallable} are` : 'all CRDs are'} installed`, async () => {
    const { status, stderr } = await otherCrds!;
    if (status !== 0) throw new Error(stderr);
    const notInstalled = stderr.split('\n').filter((line) => /not installed on/i.test(line));
    expect(notInstalled).toEqual(uninstallable.map((crd) => `not installed on ${kubernetes}, as is known: ${crd}`));
  });

  test('changes nothing when it is applied again', async () => {
    // All that an applier can write, with who wrote it and when: controllers go on to write status meanwhile.
    const state = async () => {
      const { stdout, stderr } = await cluster.try(
        ['get', ...files.flatMap((file) => ['-f', file]), '-o', 'json', '--show-managed-fields']);
      expect(stderr).toBe('');
      return Object.fromEntries((JSON.parse(stdout).items as Manifest[]).map(({ status, ...object }) => {
        const { resourceVersion, managedFields, ...metadata } = object.metadata;
        const writers = managedFields.filter(({ subresource }: { subresource?: string }) => subresource !== 'status');
        expect(writers).not.toEqual([]);
        return [nameOf(object), { ...object, metadata: { ...metadata, writers } }];
      }));
    };
    const before = await state();
    expect(Object.keys(before)).toHaveLength(manifests.length);
    expect(await cluster.apply(files)).toMatchObject({ status: 0, stderr: '' });
    expect(await state()).toEqual(before);
  });

  describe('with the injector of Dapr', () => {
    const sidecarOf = (pod: Manifest) => [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find(({ name }) => name === 'daprd');

    beforeAll(async () => {
      injector = Server.start(join(folder, 'injector.yaml'), await binary(`inject-${dapr}`), ['-webhook', '127.0.0.1:0', '-control-plane-namespace', 'infrastructure']);
      await injector.printed(/sideEffects: .*\n/);
      expect(await cluster.apply([join(folder, 'injector.yaml')])).toMatchObject({ status: 0, stderr: '' });
    });

    test('rolls every service out anew, each pod with a sidecar of 300m and 300Mi at most', async () => {
      for (const { metadata } of rendered('Namespace').filter(({ metadata: { name } }) => !name.startsWith('infrastructure'))) {
        await cluster.kubectl('rollout', 'restart', 'deployment', '-n', metadata.name);
      }
      await rollOut('minReplicas');
      for (const pod of (await pods()).filter(({ metadata }) => !metadata.namespace!.startsWith('infrastructure'))) {
        expect([nameOf(pod), sidecarOf(pod)?.resources.limits]).toEqual([nameOf(pod), { cpu: '300m', memory: '300Mi' }]);
      }
    });

    test('counts every sidecar in the quota', countedInQuotas);

    test('has room in the quotas for every service of every environment at its maximum', async () => {
      for (const { metadata: { name, namespace }, spec } of rendered('HorizontalPodAutoscaler')) {
        await cluster.kubectl('patch', 'hpa', name, '-n', namespace!, '--type=merge', '-p', JSON.stringify({ spec: { minReplicas: spec.maxReplicas } }));
      }
      await rollOut('maxReplicas');
      await countedInQuotas();
    });
  });
});
