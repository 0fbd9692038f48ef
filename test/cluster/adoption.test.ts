import { Testing } from 'cdk8s';
import { Cluster } from './support/cluster';
import type { Manifest } from './support/manifest';
import { eventually } from './support/process';
import { adopted, SELECTOR, writtenByHand } from '../support/legacy';

describe('a service of a chart written by hand, adopted in place', () => {
  let cluster: Cluster;
  const object = (kind: string, name: string) => cluster.get(kind, name, '-n', 'legacy');
  const rolledOut = () => eventually(async () => {
    const { status, metadata } = await object('deployment', 'order');
    expect(status).toMatchObject({ observedGeneration: metadata.generation, replicas: 3, updatedReplicas: 3, availableReplicas: 3 });
  }, 120);

  beforeAll(async () => {
    cluster = await Cluster.start('1.36');
    await cluster.kubectl('create', 'namespace', 'legacy');
  }, 300_000);

  afterAll(() => cluster.stop());

  test('Kubernetes updates the Deployment and the Service, and leaves the other objects as they are', async () => {
    expect(await cluster.apply(Testing.synth(writtenByHand(Testing.app())) as Manifest[])).toMatchObject({ status: 0, stderr: '' });
    await rolledOut();
    const before = await Promise.all([object('deployment', 'order'), object('service', 'order'), object('deployment', 'report'), object('configmap', 'banner')]);

    expect(await cluster.apply(Testing.synth(adopted(Testing.app())) as Manifest[])).toMatchObject({ status: 0, stderr: '' });
    await rolledOut();
    const after = await Promise.all([object('deployment', 'order'), object('service', 'order'), object('deployment', 'report'), object('configmap', 'banner')]);

    expect(after.map(({ metadata }) => metadata.uid)).toEqual(before.map(({ metadata }) => metadata.uid));
    expect(after[0].spec.selector).toEqual({ matchLabels: SELECTOR });
    expect(after[0].metadata.generation).toBeGreaterThan(before[0].metadata.generation);
    expect(after[1].spec.clusterIP).toBe(before[1].spec.clusterIP);
    expect(after[2].metadata.generation).toBe(before[2].metadata.generation);
    expect(after[3].metadata.resourceVersion).toBe(before[3].metadata.resourceVersion);
  }, 300_000);

  test('Kubernetes refuses another selector, which a service has by default', async () => {
    const all: Manifest[] = Testing.synth(adopted(Testing.app()));
    const wrong = all.filter(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'order');
    wrong[0].spec.selector.matchLabels = { app: 'order' };
    const { status, stderr } = await cluster.apply(wrong);
    expect([status, stderr]).toEqual([1, expect.stringContaining('field is immutable')]);
  });
});
