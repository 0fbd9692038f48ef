import type { ServiceChart } from '../../src/platform/service-chart';
import { SharedChart } from '../../src/platform/shared-chart';
import { Environment } from '../../src/profile/environment';
import { ObjectStorage } from '../../src/stores/backup/object-storage';
import { StorageCredentials } from '../../src/stores/backup/storage-credentials';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { RedisEngine } from '../../src/stores/redis/redis-engine';
import { Dapr } from '../../src/values/dapr';
import { Image } from '../../src/values/image';
import { Port } from '../../src/values/port';
import { Resources } from '../../src/values/resources';
import { Scaling } from '../../src/values/scaling';
import { FileStorage } from '../../src/workloads/file-storage';
import { errorsOf, findings, group, manifestsOf, PROD, profileWith, refusal, service, writtenBy } from '../support/platform';

const STANDARD = profileWith({});
const analytics = (chart: ServiceChart) => ['analytics', 'auth', 'notification', 'search'].forEach((name) => service(chart, name));

test('four services of 10 replicas do not fit the 30 cores of platform-prod, and the error is the sum itself', () => {
  expect(refusal((app) => analytics(group({ app, name: 'platform', profile: STANDARD })))).toBe(
    "Validation failed with the following errors:\n  [platform-prod/Namespace/ResourceQuota] allows limits.cpu 30, and the workloads of 'platform-prod' may use 32 at their maximum: "
    + 'analytics 10 x (500m + 300m) + auth 10 x (500m + 300m) + notification 10 x (500m + 300m) + search 10 x (500m + 300m). '
    + 'Lower the number of replicas, the limits or the storage of a workload, or raise the quota.',
  );
});

test('a roll-out that would need more than the quota is a finding, because it only waits', () => {
  const chart = group({ profile: STANDARD });
  service(chart, 'order', { scaling: Scaling.replicas(40) });
  service(chart, 'batch', { scaling: Scaling.replicas(2), dapr: Dapr.none('no Dapr'), resources: Resources.of({ cpuLimit: '1' }) });
  expect(findings(chart)).toContain(
    "MS-CAP-001 [core-business-prod/Namespace/ResourceQuota] allows limits.cpu 50, and a roll-out of 'core-business-prod' would use 68: batch 4 x (1) + order 80 x (500m + 300m)");
});

test('namespaces that together are more than their pool are refused once, with the sum', () => {
  expect(refusal((app) => {
    new SharedChart(app, 'infrastructure', { profile: STANDARD });
    ['core-business', 'platform', 'warehouse'].forEach((name) => group({ app, name, profile: STANDARD }));
  })).toBe("Validation failed with the following errors:\n  [infrastructure/Namespace/ResourceQuota] belongs to capacity pool 'production', whose quotas add up to 116 cpu, and the pool has 100: "
    + 'infrastructure 20 + core-business-prod 50 + platform-prod 30 + warehouse-prod 16. Lower a quota, or raise the capacity in the platform profile.\n'
    + "  [infrastructure/Namespace/ResourceQuota] belongs to capacity pool 'production', whose quotas add up to 232Gi memory, and the pool has 200Gi: "
    + 'infrastructure 40Gi + core-business-prod 100Gi + platform-prod 60Gi + warehouse-prod 32Gi. Lower a quota, or raise the capacity in the platform profile.');
});

test('the standard quotas of prod and infrastructure are the production cluster, to the core', () => {
  expect(() => refusal((app) => {
    new SharedChart(app, 'infrastructure', { profile: STANDARD });
    ['core-business', 'platform'].forEach((name) => group({ app, name, profile: STANDARD }));
  })).toThrow('the program did not fail');
});

test('an environment of no pool is checked against none, and a chart that names an unknown pool is refused', () => {
  for (const name of ['qa', 'constructor']) {
    expect(writtenBy((app) => group({ app, environment: Environment.of(name), profile: STANDARD }))).toHaveProperty([`${name}/core-business/namespace.k8s.yaml`]);
  }
  expect(refusal((app) => new SharedChart(app, 'infrastructure', { capacityPool: 'prod', profile: STANDARD }))).toBe(
    "[infrastructure] capacity pool 'prod' is not in the platform profile, which has development, production, staging. "
    + "Add it to capacity by PlatformProfile.customize({ capacity: { 'prod': { cpu: '40', memory: '80Gi' } } }).",
  );
});

test('a container beyond the LimitRange is refused, because its pods would be', () => {
  expect(errorsOf((chart) => {
    service(chart, 'order', { scaling: Scaling.replicas(2), resources: Resources.of({ cpuLimit: '5', memoryRequest: '1Mi' }) });
  }, { environment: PROD })).toEqual([
    "[core-business-prod/order/Deployment] has a container with a cpu limit of 5, and the LimitRange 'core-business-prod' allows 4 at most. Change the resources of the container, or the LimitRange.",
    "[core-business-prod/order/Deployment] has a container with a memory request of 1Mi, and the LimitRange 'core-business-prod' allows 16Mi at least. Change the resources of the container, or the LimitRange.",
  ]);
});

test('a service that listens elsewhere needs as much', () => {
  const chart = group();
  service(chart, 'order', { ports: [Port.http(8080)] });
  manifestsOf(chart);
  expect(findings(chart)).toEqual([]);
});

test('volumes that are more than the quota of their namespace are refused, with the sum', () => {
  const storageQuotas = { 'core-business-prod': '60Gi' };
  const volume = (size: string) => ({ storage: FileStorage.persistent({ size, mountPath: '/data' }) });
  expect(errorsOf((chart) => {
    service(chart, 'catalog', volume('20Gi'));
    service(chart, 'order', volume('50Gi'));
  }, { profile: profileWith({ storageQuotas }) })).toEqual([
    "[core-business-prod/Namespace/ResourceQuota] allows requests.storage 60Gi, and the workloads of 'core-business-prod' may use 70Gi at their maximum: catalog 1 x (20Gi) + order 1 x (50Gi). "
    + 'Lower the number of replicas, the limits or the storage of a workload, or raise the quota.',
  ]);
});

test('volumes that Jobs make for a while, and those that an operator makes, are within the quota too', () => {
  const credentials = StorageCredentials.secret('backup-writer');
  const readCredentials = StorageCredentials.secret('backup-reader');
  const storage = ObjectStorage.s3({ bucket: 'acme-backups', region: 'eu-central-1', replicaRegion: 'eu-west-1', cidrs: ['10.20.0.0/24'], credentials, readCredentials });
  const profile = profileWith({ network: { apiServerCidrs: ['10.0.0.1/32'] }, backups: { storage }, storageQuotas: { infrastructure: '100Gi' } });
  expect(refusal((app) => {
    const chart = new SharedChart(app, 'infrastructure', { profile });
    new PostgresCluster(chart, 'orders', { image: Image.of('registry.example.com/postgresql', { tag: '15.13-1' }) });
    new RedisCluster(chart, 'redis');
    new RedisCluster(chart, 'cache', { engine: RedisEngine.OPERATOR });
  })).toContain("allows requests.storage 100Gi, and the workloads of 'infrastructure' may use 1008Gi at their maximum: "
    + 'cache 6 x (50Gi + 1Gi) + orders 3 x (100Gi) + orders-drill 1 x (100Gi) + redis 6 x (50Gi) + redis-snapshot 1 x (2Gi). ');
});
