import { SecretReference } from '../../../src';
import type { S3StorageOptions } from '../../../src/stores';
import { ObjectStorage, StorageCredentials } from '../../../src/stores';

const writer = StorageCredentials.secret('backup-writer');
const bucket: S3StorageOptions = {
  bucket: 'acme-backups', region: 'eu-central-1', replicaRegion: 'eu-west-1', cidrs: ['10.20.0.0/24'], credentials: writer,
};

test('a bucket is encrypted by a key of S3, or by one of KMS that is named', () => {
  expect(ObjectStorage.s3(bucket)).toMatchObject({ encryption: 'AES256' });
  expect(ObjectStorage.s3({ ...bucket, kmsKeyId: 'alias/backups' })).toMatchObject({ encryption: 'aws:kms' });
});

test('a bucket has folders', () => {
  expect(ObjectStorage.s3(bucket)._url('infrastructure')).toBe('s3://acme-backups/infrastructure');
  expect(String(ObjectStorage.s3({ ...bucket, path: 'europe/one' }))).toBe('s3://acme-backups/europe/one');
  expect(ObjectStorage.s3({ ...bucket, path: 'europe' })._url('a', 'b')).toBe('s3://acme-backups/europe/a/b');
});

test('a server of your own is reached by TLS, at its port, and known by its authority', () => {
  const certificateAuthority = SecretReference.of('store-ca', 'ca.crt');
  expect(ObjectStorage.s3({ ...bucket, endpoint: 'https://s3.example.com:9000', certificateAuthority })).toMatchObject({ _port: 9000, options: { certificateAuthority } });
  expect(ObjectStorage.s3({ ...bucket, endpoint: 'https://s3.example.com' })._port).toBe(443);
  expect(ObjectStorage.s3(bucket)).toMatchObject({ _port: 443 });
});

test('credentials are a Secret or a role of the ServiceAccount', () => {
  expect(writer).toMatchObject({ secretName: 'backup-writer', _annotations: {} });
  const role = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/backup' };
  expect(StorageCredentials.workloadIdentity(role)).toMatchObject({ secretName: undefined, _annotations: role });
});

const wrongBucket = (name: string) => `bucket '${name}' is not the name of a bucket. Use 3 to 63 of a to z, 0 to 9 and '-', such as 'acme-backups'.`;

test.each<[Partial<S3StorageOptions>, string]>([
  [{ bucket: 'Acme' }, wrongBucket('Acme')],
  [{ bucket: 'ab' }, wrongBucket('ab')],
  [{ bucket: 'acme.backups' }, wrongBucket('acme.backups')],
  [{ bucket: '-acme' }, wrongBucket('-acme')],
  [{ bucket: 'acme-s3alias' }, "bucket 'acme-s3alias' has a beginning or an end that S3 keeps for itself. Use 3 to 63 of a to z, 0 to 9 and '-', such as 'acme-backups'."],
  [{ region: 'Frankfurt' }, "region 'Frankfurt' is not a region. Write one such as 'eu-central-1'."],
  [{ replicaRegion: 'eu' }, "replicaRegion 'eu' is not a region. Write one such as 'eu-central-1'."],
  [{ replicaRegion: 'eu-central-1' }, "replicaRegion is 'eu-central-1' as region is, so a lost region would take both copies. Name another region."],
  [{ cidrs: [] }, "no address range of bucket 'acme-backups' given, so no network policy could let a backup reach it. Name its ranges in cidrs, such as ['10.20.0.0/24']."],
  [{ path: '/europe' }, "path '/europe' is not folders joined by '/'. Use letters, digits, '-', '_' and '.', such as 'backups/europe'."],
  [{ path: 'a/../b' }, "path 'a/../b' is not folders joined by '/'. Use letters, digits, '-', '_' and '.', such as 'backups/europe'."],
  [{ endpoint: 'http://s3.example.com' },
    "endpoint 'http://s3.example.com' is not an https address of a server, and backups and credentials go over it. Write one such as 'https://s3.example.com'."],
  [{ endpoint: `https://key:${'secret'}@s3.example.com` },
    'endpoint holds credentials, and manifests are read by everybody. Leave them out, and name a Secret in credentials.'],
  [{ kmsKeyId: 'my key' }, "kmsKeyId 'my key' is not a key of KMS. Give its id or its ARN."],
  [{ readCredentials: StorageCredentials.secret('backup-writer') },
    "readCredentials are the Secret 'backup-writer' as credentials are, so who only reads could remove backups. Name a Secret whose credentials may only read."],
])('fails on %j', (options, message) => {
  expect(() => ObjectStorage.s3({ ...bucket, ...options })).toThrow(new Error(`ObjectStorage.s3: ${message}`));
});

test('fails on an address range that is none', () => {
  expect(() => ObjectStorage.s3({ ...bucket, cidrs: ['0.0.0.0/0'] })).toThrow(new Error('NetworkPeer.cidr: 0.0.0.0/0 holds every address, so little would be denied. Name the range that is really needed, or use NetworkPeer.internet({ reason }) in a ServiceNetworkPolicy.'));
});

test.each<[() => StorageCredentials, string]>([
  [() => StorageCredentials.secret('Backup'), "StorageCredentials.secret: the Secret 'Backup' is not a DNS subdomain: it has 'B'. Write 'backup'."],
  [() => StorageCredentials.workloadIdentity({}),
    "StorageCredentials.workloadIdentity: no annotation given, so the ServiceAccount would have no role. Name the role, such as { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::...' }."],
  [() => StorageCredentials.workloadIdentity({ 'role arn': 'x' }),
    "StorageCredentials.workloadIdentity: 'role arn' is not the name of an annotation. Write one such as 'eks.amazonaws.com/role-arn'."],
])('fails on wrong credentials', (define, message) => {
  expect(define).toThrow(new Error(message));
});
