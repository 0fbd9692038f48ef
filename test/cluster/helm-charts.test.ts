import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { Cluster, PLATFORM_CRDS } from './support/cluster';
import { DIST, type Manifest, nameOf, readManifests } from './support/manifest';
import { needsOfOthers, secretsOfOthers } from './support/needs';
import { run } from './support/process';

const ROOT = resolve(__dirname, '..', '..');
const CHARTS = join(ROOT, 'examples/shop/charts');
const SERVICES = { 'core-business': ['catalog', 'checkout', 'customer', 'order', 'payment'], 'platform': ['analytics', 'auth', 'notification', 'search'] };

const helm = join(execFileSync(join(ROOT, '.ci/tools.sh'), ['--where-helm'], { encoding: 'utf8' }).trim(), 'helm');

const valuesOf = (service: string, environment: string) => ['values-base.yaml', `environments/${environment}/values.yaml`, `environments/${environment}/tag.yaml`]
  .flatMap((file) => ['--values', join(CHARTS, service, file)]);

/** Has Helm render the chart of a service for prod, its test included. */
async function rendered(service: string): Promise<Manifest[]> {
  const text = await run(helm, ['template', service, join(CHARTS, service), '--kube-version', '1.36', ...valuesOf(service, 'prod')]);
  return (loadAll(text) as Manifest[]).filter((object) => object);
}

const isTest = ({ metadata }: Manifest) => metadata.annotations?.['helm.sh/hook'] === 'test';

describe('on Kubernetes 1.36', () => {
  let cluster: Cluster;
  let objects: Manifest[];

  beforeAll(async () => {
    objects = (await Promise.all(Object.values(SERVICES).flat().map(rendered))).flat();
    cluster = await Cluster.start('1.36');
    expect(await cluster.installCrds(...PLATFORM_CRDS)).toMatchObject({ status: 0, stderr: '' });
    const namespaces = [...Object.keys(SERVICES).map((group) => `prod/${group}`), 'staging/core-business']
      .flatMap((group) => readManifests(join(DIST, group, 'namespace.k8s.yaml')));
    expect(await cluster.apply(namespaces)).toMatchObject({ status: 0, stderr: '' });
    await cluster.apply(secretsOfOthers(needsOfOthers([...namespaces, ...objects])).filter(({ metadata }) => metadata.namespace?.endsWith('-prod')));
  }, 900_000);
  afterAll(() => cluster?.stop());

  test('what Helm renders of every service is taken whole, without a warning', async () => {
    const own = objects.filter((object) => !isTest(object));
    const { status, stdout, stderr } = await cluster.apply(own);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(own.length);
  });

  test('no pod is made anew where the plain manifests follow', async () => {
    const plain = Object.entries(SERVICES).flatMap(([group, services]) => services.map((service) => join(DIST, 'prod', group, `${service}.k8s.yaml`)));
    // whose number the autoscaler has changed meanwhile, maybe
    const specs = async () => Object.fromEntries((await cluster.list('deployments')).map(({ spec: { replicas: _, ...spec }, ...deployment }) => [nameOf(deployment as Manifest), spec]));
    const before = await specs();
    expect(Object.keys(before)).toHaveLength(9);
    expect(await cluster.apply(plain)).toMatchObject({ status: 0, stderr: '' });
    expect(await specs()).toEqual(before);
    const sets = await cluster.list('replicasets');
    expect(sets.map(({ metadata }) => metadata.annotations!['deployment.kubernetes.io/revision'])).toEqual(Array(9).fill('1'));
  });

  test('the test of every service is taken in its namespace, whose pods are restricted and counted', async () => {
    const tests = objects.filter(isTest);
    expect(tests.map(({ kind }) => kind).sort()).toEqual([...Array(18).fill('NetworkPolicy'), ...Array(9).fill('Pod')]);
    const { metadata } = await cluster.get('namespace', 'core-business-prod');
    expect(metadata.labels!['pod-security.kubernetes.io/enforce']).toBe('restricted');
    const { status, stderr } = await cluster.apply(tests);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.each<[string, (pod: Manifest) => void, string]>([
    ['may become root', ({ spec }) => { delete spec.containers[0].securityContext.allowPrivilegeEscalation; }, 'must set securityContext.allowPrivilegeEscalation=false'],
    ['asks for more than a container may have', ({ spec }) => { spec.containers[0].resources = { limits: { cpu: '100000' } }; }, 'maximum cpu usage per Container is 4, but limit is 100k'],
  ])('a test pod is refused that %s', async (_what, change, message) => {
    const pod: Manifest = JSON.parse(JSON.stringify(objects.find((object) => isTest(object) && object.kind === 'Pod')));
    pod.metadata.name = 'twin';
    change(pod);
    expect(await cluster.apply([pod])).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
  });

  test('Helm itself installs a service, tests it, and leaves nothing of the test but its pod', async () => {
    const of = (...args: string[]) => cluster.client(helm, [...args, '--namespace', 'core-business-staging']);
    const installed = await of('install', 'checkout', join(CHARTS, 'checkout'), ...valuesOf('checkout', 'staging'), '--wait', '--timeout', '120s');
    expect(installed).toMatchObject({ status: 0, stderr: '' });
    expect(installed.stdout).toContain('checkout in the environment staging is in the namespace core-business-staging:\n');
    // the kubelets are no real ones: what ends by itself succeeds
    const { status, stdout } = await of('test', 'checkout', '--timeout', '120s');
    expect({ status, phases: stdout.match(/^(?:TEST SUITE|Phase):.*$/gm) }).toEqual({
      status: 0,
      phases: [
        'TEST SUITE:     checkout-test-callee', 'Phase:          Succeeded', 'TEST SUITE:     checkout-test-caller', 'Phase:          Succeeded',
        'TEST SUITE:     checkout-test', 'Phase:          Succeeded',
      ],
    });
    const policies = (await cluster.list('networkpolicies', 'core-business-staging')).map(({ metadata }) => metadata.name);
    expect(policies).toContain('checkout-network-policy');
    expect(policies.filter((name) => name.includes('-test'))).toEqual([]);
    expect((await cluster.get('pod', 'checkout-test', '-n', 'core-business-staging')).status.phase).toBe('Succeeded');
  });
});
