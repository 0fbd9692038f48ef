import { dump, loadAll } from 'js-yaml';
import { App, PlatformProfile, SecretReference, SharedChart } from '../../src';
import type { BackupPlan, S3StorageOptions, VolumeBackupProps } from '../../src/stores';
import { ObjectStorage, StorageCredentials, StoreDefaults, VolumeBackup } from '../../src/stores';

const bucket: S3StorageOptions = {
  bucket: 'acme-backups',
  path: 'europe',
  region: 'eu-central-1',
  replicaRegion: 'eu-west-1',
  cidrs: ['10.20.0.0/24'],
  credentials: StorageCredentials.secret('backup-writer'),
};
const namespaces = ['infrastructure', 'core-business-prod'];

function synth(props: VolumeBackupProps, backups: BackupPlan = { storage: ObjectStorage.s3(bucket) }): (kind: string, name?: string) => any {
  const app = new App();
  new VolumeBackup(new SharedChart(app, 'velero', { profile: PlatformProfile.standard().with(StoreDefaults.of({ backups })) }), 'platform', props);
  const objects = loadAll(app.synthYaml()) as any[];
  return (kind, name = 'platform') => objects.find((each) => each.kind === kind && each.metadata.name === name);
}

test('goes to a folder of the bucket, encrypted', () => {
  expect(dump(synth({ namespaces })('BackupStorageLocation').spec)).toMatchInlineSnapshot(`
"config:
  region: eu-central-1
  serverSideEncryption: AES256
objectStorage:
  bucket: acme-backups
  prefix: europe/velero/platform
provider: aws
"
`);
});

test('goes to a server of your own by its authority, with a key of KMS and credentials that Velero reads', () => {
  const storage = ObjectStorage.s3({
    ...bucket, endpoint: 'https://s3.example.com', kmsKeyId: 'alias/backups', certificateAuthority: SecretReference.of('storage-authority', 'ca.crt'),
  });
  const { spec } = synth({ namespaces, credentialsKey: 'cloud' }, { storage })('BackupStorageLocation');
  expect(spec.credential).toEqual({ name: 'backup-writer', key: 'cloud' });
  expect(spec.objectStorage.caCertRef).toEqual({ name: 'storage-authority', key: 'ca.crt' });
  expect(spec.config).toEqual({ region: 'eu-central-1', kmsKeyId: 'alias/backups', s3Url: 'https://s3.example.com', s3ForcePathStyle: 'true' });
});

test('takes volumes for 30 days and objects for 90, and Secrets never', () => {
  const find = synth({ namespaces });
  expect(dump(find('Schedule', 'platform-volumes').spec)).toMatchInlineSnapshot(`
"schedule: 30 1 * * *
template:
  excludedResources:
    - secrets
  includedNamespaces:
    - core-business-prod
    - infrastructure
  snapshotMoveData: true
  snapshotVolumes: true
  storageLocation: platform
  ttl: 720h0m0s
useOwnerReferencesInBackup: false
"
`);
  expect(find('Schedule', 'platform-configuration').spec.template).toMatchObject({ ttl: '2160h0m0s', snapshotVolumes: false, snapshotMoveData: false });
});

test.each<[string, VolumeBackupProps, BackupPlan, string]>([
  ['without a bucket', { namespaces }, {}, 'has no bucket to copy to. Name one by StoreDefaults.of({ backups: { storage: ObjectStorage.s3(...) } }).'],
  ['without a namespace', { namespaces: [] }, { storage: ObjectStorage.s3(bucket) }, "names no namespace, and Velero would take all of them. Name them, such as ['infrastructure']."],
  ['with a namespace that is none', { namespaces: ['Core'] }, { storage: ObjectStorage.s3(bucket) }, "namespace 'Core' is not a DNS label: it has 'C'. Write 'core'."],
])('fails %s', (_what, props, plan, message) => {
  expect(() => synth(props, plan)).toThrow(new Error(`[velero/platform] ${message}`));
});
