import { Cluster } from './support/cluster';
import type { Manifest } from './support/manifest';
import { operatedPostgres } from '../support/operated-postgres';

const CRDS = ['cloudnative-pg.postgresql.cnpg.io.yaml', 'barman-cloud.barmancloud.cnpg.io.yaml', 'prometheus-operator.monitoring.coreos.com.yaml'];
const KINDS = [
  'Namespace', 'Cluster', 'Database', 'NetworkPolicy', 'ObjectStore', 'PodDisruptionBudget', 'PodMonitor', 'Pooler', 'PriorityClass',
  'PrometheusRule', 'ScheduledBackup',
];

/** What the program renders of its PostgreSQL cluster: nothing of services, whose namespaces and Dapr are others' tests. */
function rendered(): Manifest[] {
  const manifests: Manifest[] = operatedPostgres({ props: { cloudNativePg: { pooler: { instances: 2 } }, strict: true } });
  const there = ({ metadata }: Manifest) => metadata.namespace === 'infrastructure' || metadata.name === 'infrastructure';
  return manifests.filter((manifest) => there(manifest) && KINDS.includes(manifest.kind));
}

describe('a PostgreSQL cluster by CloudNativePG, with the CRDs of version 1.30 on Kubernetes 1.36', () => {
  let cluster: Cluster;
  const manifests = rendered();

  beforeAll(async () => {
    cluster = await Cluster.start('1.36');
    expect(await cluster.installCrds(...CRDS)).toMatchObject({ status: 0, stderr: '' });
  }, 300_000);
  afterAll(() => cluster?.stop());

  test('is taken whole, without a warning', async () => {
    const { status, stdout, stderr } = await cluster.apply(manifests);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(manifests.length);
    expect(stdout.trimEnd().split('\n').filter((line) => line.includes('cnpg.io')).sort()).toEqual([
      'cluster.postgresql.cnpg.io/postgresql-prod serverside-applied',
      'database.postgresql.cnpg.io/postgresql-prod-core-business-order serverside-applied',
      'objectstore.barmancloud.cnpg.io/postgresql-prod serverside-applied',
      'pooler.postgresql.cnpg.io/postgresql-prod-pooler serverside-applied',
      'scheduledbackup.postgresql.cnpg.io/postgresql-prod serverside-applied',
    ]);
  });

  test('is not changed when it is applied again', async () => {
    const generations = async () => Object.fromEntries(await Promise.all(['clusters.postgresql.cnpg.io', 'poolers', 'objectstores', 'scheduledbackups', 'databases']
      .map(async (kind) => [kind, (await cluster.list(kind, 'infrastructure')).map(({ metadata }) => metadata.generation)])));
    const before = await generations();
    expect(await cluster.apply(manifests)).toMatchObject({ status: 0, stderr: '' });
    expect(await generations()).toEqual(before);
  });

  type Change = (spec: any) => void;
  const REFUSED: [string, string, Change, string][] = [
    ['misspells its plug-in', 'Cluster', (spec) => { spec.plugins[0].isWalArchiver = true; }, '.spec.plugins[0].isWalArchiver: field not declared in schema'],
    ['has no member', 'Cluster', (spec) => { spec.instances = 0; }, 'spec.instances: Invalid value: 0: spec.instances in body should be greater than or equal to 1'],
    ['waits for no other member in vain', 'Cluster', (spec) => { spec.postgresql.synchronous.number = 0; }, 'The number of synchronous replicas should be greater than zero'],
    ['waits in a way that PostgreSQL does not know', 'Cluster', (spec) => { spec.postgresql.synchronous.method = 'quorum'; }, 'Unsupported value: "quorum"'],
    ['promises durability in another word', 'Cluster', (spec) => { spec.postgresql.synchronous.dataDurability = 'strict'; }, 'Unsupported value: "strict"'],
    ['has an image and a catalogue of images', 'Cluster', (spec) => {
      spec.imageCatalogRef = { apiGroup: 'postgresql.cnpg.io', kind: 'ImageCatalog', name: 'postgresql', major: 15 };
    }, 'imageName and imageCatalogRef are mutually exclusive'],
    ['makes the database of PostgreSQL itself', 'Database', (spec) => { spec.name = 'postgres'; }, 'the name postgres is reserved'],
    ['backs up in an unknown way', 'ScheduledBackup', (spec) => { spec.method = 'barman'; }, 'Unsupported value: "barman"'],
    ['keeps backups for a time without a unit', 'ObjectStore', (spec) => { spec.retentionPolicy = '30'; }, 'spec.retentionPolicy: Invalid value: "30"'],
    ['encrypts in an unknown way', 'ObjectStore', (spec) => { spec.configuration.wal.encryption = 'AES128'; }, 'Unsupported value: "AES128"'],
    ['names its server in the object store and not in the plug-in', 'ObjectStore', (spec) => { spec.configuration.serverName = 'other'; },
      "use the 'serverName' plugin parameter in the Cluster resource"],
    ['pools statements', 'Pooler', (spec) => { spec.pgbouncer.poolMode = 'statement'; }, 'Unsupported value: "statement"'],
    ['has a pooler whose pods have no containers', 'Pooler', (spec) => { delete spec.template.spec.containers; }, 'spec.template.spec.containers: Required value'],
  ];
  test.each(REFUSED)('is refused if it %s', async (_what, kind, change, message) => {
    const twin: Manifest = JSON.parse(JSON.stringify(manifests.find((manifest) => manifest.kind === kind)));
    twin.metadata.name = `${twin.metadata.name}-twin`;
    change(twin.spec);
    const { status, stderr } = await cluster.apply([twin]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
  });
});
