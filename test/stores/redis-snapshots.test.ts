import { Yaml } from 'cdk8s';
import { App } from '../../src/platform/app';
import { SharedChart } from '../../src/platform/shared-chart';
import type { S3StorageOptions } from '../../src/stores/backup/object-storage';
import { ObjectStorage } from '../../src/stores/backup/object-storage';
import { StorageCredentials } from '../../src/stores/backup/storage-credentials';
import { MessageBroker } from '../../src/stores/redis/broker/message-broker';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { SecretReference } from '../../src/values/secret-reference';
import { bare, findings, Manifests, manifestsOf, profileWith } from '../support/platform';

const storage = (options: Partial<S3StorageOptions> = {}) => ObjectStorage.s3({
  bucket: 'acme-backups',
  region: 'eu-central-1',
  replicaRegion: 'eu-west-1',
  cidrs: ['10.20.0.0/24'],
  credentials: StorageCredentials.secret('backup-writer'),
  ...options,
});

function rendered(options: Partial<S3StorageOptions> = {}): Manifests {
  const chart = new SharedChart(new App(), 'infrastructure', { profile: profileWith({ backups: { storage: storage(options) } }) });
  new RedisCluster(chart, 'redis-prod');
  return manifestsOf(chart);
}

const jobOf = (manifests: Manifests) => manifests.get('CronJob', 'redis-prod-snapshot').spec.jobTemplate.spec;
const podOf = (manifests: Manifests) => jobOf(manifests).template.spec;
const env = ({ env: list }: any) => Object.fromEntries(list.map(({ name, value }: any) => [name, value]));

describe('snapshots', () => {
  const manifests = rendered();

  test('are taken every day by a pod whose first container asks Redis, and whose second asks object storage', () => {
    const { spec } = manifests.get('CronJob', 'redis-prod-snapshot');
    expect({ ...spec, jobTemplate: undefined }).toEqual({
      schedule: '30 1 * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
    });
    const { initContainers: [snapshot], containers: [upload] } = podOf(manifests);
    expect([snapshot.image, snapshot.command]).toEqual(['docker.io/library/redis:7.2.16-bookworm', ['/bin/sh', '/etc/redis-snapshot/snapshot.sh']]);
    expect([upload.image, upload.command]).toEqual(['docker.io/amazon/aws-cli:2.22.35', ['/bin/sh', '/etc/redis-snapshot/upload.sh']]);
    expect(env(upload)).toEqual({
      ARCHIVE_URL: 's3://acme-backups/infrastructure/redis-prod',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_REQUEST_CHECKSUM_CALCULATION: 'when_required',
      ENCRYPTION: 'AES256',
      HOME: '/tmp',
      RETENTION_SECONDS: '2592000',
      SNAPSHOT_CONFIG_DIR: '/etc/redis-snapshot',
      SNAPSHOT_DIR: '/var/lib/snapshot',
      STORAGE_DIR: '/var/run/secrets/object-storage',
    });
  });

  test('give the password of Redis to the one container, and the credentials of object storage to the other', () => {
    const { initContainers: [snapshot], containers: [upload], volumes } = podOf(manifests);
    const names = ({ volumeMounts }: any) => volumeMounts.map(({ name }: any) => name);
    expect(names(snapshot)).toEqual(['scripts', 'snapshot', 'credentials', 'certificate']);
    expect(names(upload)).toEqual(['scripts', 'snapshot', 'home', 'object-storage']);
    const secrets = volumes.flatMap(({ secret }: any) => secret ? [[secret.secretName, secret.items.map(({ key }: any) => key)]] : []);
    expect(secrets).toEqual([
      ['redis-prod', ['snapshot-password']], ['redis-prod-tls', ['ca.crt']], ['backup-writer', ['access-key-id', 'secret-access-key']],
    ]);
    const members = manifests.get('StatefulSet', 'redis-prod').spec.template.spec;
    expect(members.volumes[1].secret.items.map(({ key }: any) => key)).toContain('snapshot-password');
  });

  test('lie on a volume that goes with the pod and holds the data of all primaries', () => {
    expect(podOf(manifests).volumes.find(({ name }: any) => name === 'snapshot').ephemeral.volumeClaimTemplate.spec).toEqual({
      accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } },
    });
  });

  test('run as nobody on a read-only file system, without a token, and give way to everything else', () => {
    const { initContainers, containers, securityContext, automountServiceAccountToken, priorityClassName } = podOf(manifests);
    for (const container of [...initContainers, ...containers]) {
      expect(container.securityContext).toEqual({ runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    }
    expect({ user: securityContext.runAsUser, automountServiceAccountToken, priorityClassName }).toEqual({
      user: 65532, automountServiceAccountToken: false, priorityClassName: 'infrastructure-batch',
    });
  });

  test('reach the members, object storage and DNS, and nobody else; the members let them in', () => {
    expect(Yaml.stringify(bare(manifests.get('NetworkPolicy', 'redis-prod-snapshot-storage')).spec.egress.slice(0, 2)).trimEnd()).toMatchInlineSnapshot(`
"- ports:
    - port: 6379
      protocol: TCP
  to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: infrastructure
      podSelector:
        matchLabels:
          app: redis-prod
- ports:
    - port: 443
      protocol: TCP
  to:
    - ipBlock:
        cidr: 10.20.0.0/24"
`);
    expect(manifests.get('NetworkPolicy', 'redis-prod-members').spec.ingress[1].from.map(({ podSelector }: any) => podSelector.matchLabels.app))
      .toEqual(['redis-prod-formation', 'redis-prod-snapshot']);
  });

  test('go to a server of the organisation\'s own, by its certificate and a key of KMS, where it has those', () => {
    const { containers: [upload], volumes } = podOf(rendered({
      endpoint: 'https://s3.example.com:9000', certificateAuthority: SecretReference.of('object-storage', 'ca.crt'), kmsKeyId: 'alias/backups', path: 'europe',
    }));
    expect(env(upload)).toMatchObject({
      ARCHIVE_URL: 's3://acme-backups/europe/infrastructure/redis-prod',
      AWS_CA_BUNDLE: '/var/run/secrets/object-storage-authority/ca.crt',
      ENCRYPTION: 'aws:kms',
      ENDPOINT_URL: 'https://s3.example.com:9000',
      KMS_KEY: 'alias/backups',
    });
    expect(volumes).toContainEqual({ name: 'object-storage-authority', secret: { secretName: 'object-storage', defaultMode: 0o440, items: [{ key: 'ca.crt', path: 'ca.crt' }] } });
  });

  test('need no Secret where the ServiceAccount itself may write', () => {
    const manifestsOfRole = rendered({ credentials: StorageCredentials.workloadIdentity({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/backup' }) });
    expect(manifestsOfRole.get('ServiceAccount', 'redis-prod-snapshot').metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/backup' });
    expect(podOf(manifestsOfRole).volumes.map(({ name }: any) => name)).not.toContain('object-storage');
  });

  test('are encrypted at rest when they are written', () => {
    expect(manifests.get('ConfigMap', 'redis-prod-snapshot').data['upload.sh']).toContain('--sse "$ENCRYPTION"');
  });

  test('are taken of a message broker too', () => {
    const chart = new SharedChart(new App(), 'infrastructure', { profile: profileWith({ backups: { storage: storage() } }) });
    new MessageBroker(chart, 'broker-prod');
    expect(manifestsOf(chart).find('CronJob', 'broker-prod-snapshot')).toBeDefined();
  });
});

test('a Redis cluster without snapshots asks for no password of theirs, and a finding says that nothing leaves its volumes', () => {
  const chart = new SharedChart(new App(), 'infrastructure');
  new RedisCluster(chart, 'redis-prod');
  const manifests = manifestsOf(chart);
  expect(manifests.of('CronJob')).toEqual([]);
  expect(manifests.get('StatefulSet', 'redis-prod').spec.template.spec.volumes[1].secret.items.map(({ key }: any) => key)).toEqual(['username', 'password', 'member-password']);
  expect(findings(chart)).toEqual(['MS-BACKUP-003 [infrastructure/redis-prod]']);
});
