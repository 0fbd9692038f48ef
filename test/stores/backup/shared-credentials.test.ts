import { Testing } from 'cdk8s';
import { SharedChart } from '../../../src/platform/shared-chart';
import type { PlatformProfile } from '../../../src/profile/platform-profile';
import { ObjectStorage } from '../../../src/stores/backup/object-storage';
import { StorageCredentials } from '../../../src/stores/backup/storage-credentials';
import { PostgresCluster } from '../../../src/stores/postgres/postgres-cluster';
import { RedisCluster } from '../../../src/stores/redis/redis-cluster';
import { StoreDefaults } from '../../../src/stores/store-defaults';
import { Image } from '../../../src/values/image';
import { DEV, findings, PROD, profileWith, STAGING } from '../../support/platform';

const storage = (credentials: StorageCredentials, readCredentials: StorageCredentials) =>
  ObjectStorage.s3({ bucket: 'acme-backups', region: 'eu-central-1', replicaRegion: 'eu-west-1', cidrs: ['10.20.0.0/24'], credentials, readCredentials });
const role = (name: string) => StorageCredentials.workloadIdentity({ 'eks.amazonaws.com/role-arn': `arn:aws:iam::123456789012:role/${name}` });
const SECRETS = storage(StorageCredentials.secret('backup-writer'), StorageCredentials.secret('backup-reader'));
const ROLES = storage(role('writer'), role('reader'));

const profileOf = (backups: ObjectStorage): PlatformProfile => profileWith({
  network: { apiServerCidrs: ['10.0.0.1/32'] },
  postgresql: { image: Image.of('registry.example.com/postgresql', { tag: '15.19-1' }) },
  defaultQuota: { cpu: '100', memory: '200Gi' },
}).with(StoreDefaults.of({ backups: { storage: backups } }));

/** What is found about credentials where each environment has a Redis, in the namespace that a function names. */
function found(backups: ObjectStorage, namespace: (name: string) => string, environments = [DEV, STAGING, PROD]): string[] {
  const app = Testing.app();
  const charts = new Map<string, SharedChart>();
  for (const environment of environments) {
    const name = namespace(environment.name);
    const chart = charts.get(name) ?? new SharedChart(app, name, { profile: profileOf(backups) });
    charts.set(name, chart);
    new RedisCluster(chart, `redis-${environment.name}`, { environment });
  }
  return findings([...charts.values()][0]).filter((finding) => finding.startsWith('MS-BACKUP-005'));
}

test('environments that share a namespace share the Secrets with credentials for backups, which is a finding of each store', () => {
  expect(found(SECRETS, () => 'infrastructure')).toEqual([
    "MS-BACKUP-005 [infrastructure/redis-dev] shares the Secret 'backup-reader' with stores of 'prod' and 'staging'",
    "MS-BACKUP-005 [infrastructure/redis-dev] shares the Secret 'backup-writer' with stores of 'prod' and 'staging'",
    "MS-BACKUP-005 [infrastructure/redis-prod] shares the Secret 'backup-reader' with stores of 'dev' and 'staging'",
    "MS-BACKUP-005 [infrastructure/redis-prod] shares the Secret 'backup-writer' with stores of 'dev' and 'staging'",
    "MS-BACKUP-005 [infrastructure/redis-staging] shares the Secret 'backup-reader' with stores of 'dev' and 'prod'",
    "MS-BACKUP-005 [infrastructure/redis-staging] shares the Secret 'backup-writer' with stores of 'dev' and 'prod'",
  ]);
});

test('environments with namespaces of their own share no Secret', () => {
  expect(found(SECRETS, (name) => `infrastructure-${name}`)).toEqual([]);
});

test('an identity is shared in namespaces of their own too', () => {
  expect(found(ROLES, (name) => `infrastructure-${name}`, [DEV, PROD])).toEqual([
    "MS-BACKUP-005 [infrastructure-dev/redis-dev] shares the identity arn:aws:iam::123456789012:role/reader with stores of 'prod'",
    "MS-BACKUP-005 [infrastructure-dev/redis-dev] shares the identity arn:aws:iam::123456789012:role/writer with stores of 'prod'",
    "MS-BACKUP-005 [infrastructure-prod/redis-prod] shares the identity arn:aws:iam::123456789012:role/reader with stores of 'dev'",
    "MS-BACKUP-005 [infrastructure-prod/redis-prod] shares the identity arn:aws:iam::123456789012:role/writer with stores of 'dev'",
  ]);
});

test('an environment with credentials of its own shares none', () => {
  const app = Testing.app();
  const chart = new SharedChart(app, 'infrastructure', { profile: profileOf(SECRETS) });
  const own = DEV.with(StoreDefaults.of({ backups: { storage: storage(StorageCredentials.secret('dev-writer'), StorageCredentials.secret('dev-reader')) } }));
  new PostgresCluster(chart, 'postgresql-dev', { environment: own });
  new PostgresCluster(chart, 'postgresql-prod', { environment: PROD });
  expect(findings(chart).filter((finding) => finding.startsWith('MS-BACKUP-005'))).toEqual([]);
});

test('a Redis and a PostgreSQL of two environments share credentials, and stores of one environment may', () => {
  const app = Testing.app();
  const chart = new SharedChart(app, 'infrastructure', { profile: profileOf(SECRETS) });
  new PostgresCluster(chart, 'postgresql-prod', { environment: PROD });
  new RedisCluster(chart, 'redis-prod', { environment: PROD });
  expect(findings(chart).filter((finding) => finding.startsWith('MS-BACKUP-005'))).toEqual([]);
  new RedisCluster(chart, 'redis-dev', { environment: DEV });
  expect(findings(chart).filter((finding) => finding.startsWith('MS-BACKUP-005')).map((finding) => finding.split(' ')[1])).toEqual([
    '[infrastructure/postgresql-prod]', '[infrastructure/postgresql-prod]', '[infrastructure/redis-dev]', '[infrastructure/redis-dev]',
    '[infrastructure/redis-prod]', '[infrastructure/redis-prod]',
  ]);
});
