import { Duration } from 'cdk8s';
import { dump, loadAll } from 'js-yaml';
import { App, Image, PlatformProfile, SharedChart } from '../../src';
import { Checks } from '../../src/checks';
import { NetworkDefaults } from '../../src/network';
import type { BackupPlan, PostgresClusterProps, RestoreAssertion, S3StorageOptions } from '../../src/stores';
import { ObjectStorage, PostgresCluster, StorageCredentials, StoreDefaults } from '../../src/stores';
import { Schedule } from '../../src/workloads';

const bucket: S3StorageOptions = {
  bucket: 'acme-backups',
  region: 'eu-central-1',
  replicaRegion: 'eu-west-1',
  cidrs: ['10.20.0.0/24'],
  credentials: StorageCredentials.secret('backup-writer'),
  readCredentials: StorageCredentials.secret('backup-reader'),
};

function synth(plan: BackupPlan = { storage: ObjectStorage.s3(bucket) }, props: PostgresClusterProps = {}) {
  const app = new App();
  const profile = PlatformProfile.standard().with(NetworkDefaults.of({ network: { apiServerCidrs: ['10.0.0.1/32'] } }), StoreDefaults.of({ backups: plan }));
  const chart = new SharedChart(app, 'infrastructure', { profile });
  new PostgresCluster(chart, 'orders', { image: Image.of('registry.example.com/postgresql', { tag: '15.13-1' }), ...props });
  const objects = loadAll(app.synthYaml()) as any[];
  const find = (kind: string, name = 'orders') => objects.find((each) => each.kind === kind && each.metadata.name === name);
  return { find, objects, findings: Checks.of(app).report().findings.map(({ rule, place }) => `${rule.id} ${place}`) };
}

const variables = ({ env }: any) => Object.fromEntries(env.map(({ name, value }: any) => [name, value]));
const { find } = synth();
const keeper = find('StatefulSet').spec.template.spec.containers.find(({ name }: any) => name === 'backup');

describe('the members', () => {
  test('archive each log, and after 30 s one that is not full', () => {
    const configuration = loadAll(find('ConfigMap').data['patroni.yaml']) as any[];
    expect(configuration[0].postgresql.parameters).toMatchObject({
      archive_mode: 'on', archive_command: '/bin/sh /etc/postgresql-backup/archive.sh "%p"', archive_timeout: '30s',
    });
  });

  test('have a container beside them that makes the backup of each day, and reads the data without writing', () => {
    expect(keeper.command).toEqual(['/bin/sh', '/etc/postgresql-backup/keep.sh']);
    expect(variables(keeper)).toMatchObject({
      ARCHIVE_NAME: 'orders',
      ARCHIVE_URL: 's3://acme-backups/infrastructure',
      BACKUP_OFFSET: '5400',
      BACKUP_PERIOD: '86400',
      CANARY_SECONDS: '30',
      ENCRYPTION: 'AES256',
      PGHOST: '/run/postgresql',
      PUSHGATEWAY_URL: 'http://prometheus-pushgateway.infrastructure.svc.cluster.local:9091',
      RETENTION_DAYS: '30',
    });
    expect(keeper.volumeMounts).toContainEqual({ name: 'data', mountPath: '/var/lib/postgresql', readOnly: true });
    expect(keeper.securityContext).toEqual({ runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    expect(keeper.resources.requests).toEqual(keeper.resources.limits);
  });

  test('know credentials as files of a Secret, and no variable holds one', () => {
    const { volumes, containers } = find('StatefulSet').spec.template.spec;
    expect(volumes.find(({ name }: any) => name === 'object-storage').secret).toMatchObject({ secretName: 'backup-writer', defaultMode: 0o440 });
    expect(containers.flatMap(({ env }: any) => env).filter(({ valueFrom }: any) => valueFrom?.secretKeyRef)).toEqual([]);
  });

  test('reach object storage and the Pushgateway, and start anew when the scripts change', () => {
    expect(find('NetworkPolicy', 'orders-members').spec.egress).toEqual(expect.arrayContaining([
      { to: [{ ipBlock: { cidr: '10.20.0.0/24' } }], ports: [{ port: 443, protocol: 'TCP' }] },
      {
        to: [{
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infrastructure' } },
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus-pushgateway' } },
        }],
        ports: [{ port: 9091, protocol: 'TCP' }],
      },
    ]));
    expect(variables(keeper).SCRIPTS).toMatch(/^[0-9a-f]{64}$/);
  });

  test('may be known by a role instead of a Secret, and by a key of KMS', () => {
    const role = (name: string) => ({ 'eks.amazonaws.com/role-arn': `arn:aws:iam::111122223333:role/${name}` });
    const storage = ObjectStorage.s3({
      ...bucket, credentials: StorageCredentials.workloadIdentity(role('writer')), readCredentials: StorageCredentials.workloadIdentity(role('reader')), kmsKeyId: 'alias/backups',
    });
    const { find: known } = synth({ storage });
    expect(known('ServiceAccount').metadata.annotations).toEqual(role('writer'));
    expect(known('ServiceAccount', 'orders-drill').metadata.annotations).toEqual(role('reader'));
    const { volumes, containers } = known('StatefulSet').spec.template.spec;
    expect(volumes.some(({ name }: any) => name === 'object-storage')).toBe(false);
    expect(variables(containers[1])).toMatchObject({ ENCRYPTION: 'aws:kms', KMS_KEY: 'alias/backups' });
  });
});

describe('the drill', () => {
  const { spec } = find('CronJob', 'orders-drill');
  const pod = spec.jobTemplate.spec.template.spec;

  test('is weekly, alone, tried once, and bounded', () => {
    const { schedule, timeZone, concurrencyPolicy, jobTemplate: { spec: { backoffLimit, activeDeadlineSeconds } } } = spec;
    expect(dump({ schedule, timeZone, concurrencyPolicy, backoffLimit, activeDeadlineSeconds })).toMatchInlineSnapshot(`
"schedule: 0 4 * * 0
timeZone: Etc/UTC
concurrencyPolicy: Forbid
backoffLimit: 0
activeDeadlineSeconds: 8100
"
`);
  });

  test('has no right at the API server, may only read the archive, and restores to a volume that is dropped with it', () => {
    expect(pod).toMatchObject({ serviceAccountName: 'orders-drill', automountServiceAccountToken: false, priorityClassName: 'infrastructure-batch', restartPolicy: 'Never' });
    expect(find('ServiceAccount', 'orders-drill').automountServiceAccountToken).toBe(false);
    const volume = (wanted: string) => pod.volumes.find(({ name }: any) => name === wanted);
    expect(volume('object-storage').secret.secretName).toBe('backup-reader');
    expect(volume('scratch').ephemeral.volumeClaimTemplate.spec).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '100Gi' } } });
    expect(variables(pod.containers[0])).toMatchObject({ CANARY_AGE: '90', DRILL_SECONDS: '7200', OLDEST_BACKUP: '93600', POINT_IN_TIME: '600' });
  });

  test('asks what the owner of the data claims', () => {
    const restoreAssertions = [{ name: 'has-orders', database: 'orders', sql: 'select count(*) > 0 from orders' }, { name: 'one', database: 'orders', sql: 'select 1', expected: '1' }];
    expect(dump(synth(undefined, { restoreAssertions }).find('ConfigMap', 'orders-drill').data)).toMatchInlineSnapshot(`
"has-orders.database: |
  orders
has-orders.expected: |
  t
has-orders.sql: |
  select count(*) > 0 from orders
one.database: |
  orders
one.expected: |
  1
one.sql: |
  select 1
"
`);
  });

  test('reaches object storage, the Pushgateway and DNS, and nobody reaches it', () => {
    const { policyTypes, egress, podSelector } = find('NetworkPolicy', 'orders-drill-storage').spec;
    expect({ policyTypes, podSelector }).toEqual({ policyTypes: ['Egress'], podSelector: { matchLabels: { app: 'orders-drill' } } });
    expect(egress.map(({ ports }: any) => ports[0].port)).toEqual([443, 9091, 53]);
  });
});

test('the Pushgateway of a shared namespace admits its pods, and those who collect metrics', () => {
  const { podSelector, ingress } = find('NetworkPolicy', 'pushgateway').spec;
  expect(podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'prometheus-pushgateway' } });
  expect(ingress).toEqual([{
    from: [
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infrastructure' } } },
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infrastructure' } },
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
      },
    ],
    ports: [{ port: 9091, protocol: 'TCP' }],
  }]);
});

test('without a bucket there is no backup, and a finding says so', () => {
  const { objects, findings } = synth({});
  expect(objects.filter(({ kind }) => ['CronJob', 'PrometheusRule'].includes(kind))).toEqual([]);
  expect(findings).toEqual(['MS-BACKUP-004 [infrastructure/orders]']);
});

const assertion: RestoreAssertion = { name: 'has-orders', database: 'orders', sql: 'select true' };

test.each<[string, BackupPlan, PostgresClusterProps, string]>([
  ['a drill that could remove what it proves', { storage: ObjectStorage.s3({ ...bucket, readCredentials: undefined }) }, {},
    "bucket 'acme-backups' has no readCredentials, so a restore drill could remove the backups that it proves. Add readCredentials to ObjectStorage.s3."],
  ['a volume that cannot be back in time', { storage: ObjectStorage.s3(bucket), restoreTime: Duration.minutes(5) }, {},
    'storage 100Gi at backups.restoreRate 100M a second, with the logs until the next backup, is back after 1650 s at best, and backups.restoreTime promises 300 s. '
    + 'Use Duration.minutes(28) or more: what must be back sooner is the matter of a failover.'],
  ['two assertions of one name', { storage: ObjectStorage.s3(bucket) }, { restoreAssertions: [assertion, assertion] },
    "two restore assertions are named 'has-orders'. Give each its own name."],
  ['an assertion that says nothing', { storage: ObjectStorage.s3(bucket) }, { restoreAssertions: [{ ...assertion, sql: ' ' }] },
    "restore assertion 'has-orders' has no sql. Write a query, such as 'select count(*) > 0 from orders'."],
  ['an assertion of no database', { storage: ObjectStorage.s3(bucket) }, { restoreAssertions: [{ ...assertion, database: 'a b' }] },
    "restore assertion 'has-orders' names 'a b', which is not a database. Name one such as 'orders'."],
])('fails on %s', (_what, plan, props, message) => {
  expect(() => synth(plan, props)).toThrow(new Error(`[infrastructure/orders] ${message}`));
});

test('backs up more often where it is said, with less to bring back', () => {
  const { find: often } = synth({ storage: ObjectStorage.s3(bucket), schedule: Schedule.hourly(5) });
  const { containers } = often('StatefulSet').spec.template.spec;
  expect(variables(containers[1])).toMatchObject({ BACKUP_OFFSET: '300', BACKUP_PERIOD: '3600' });
});
