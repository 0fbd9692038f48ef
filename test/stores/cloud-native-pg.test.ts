import { Duration, JsonPatch } from 'cdk8s';
import { dump } from 'js-yaml';
import { Image, SecretReference } from '../../src';
import type { PostgresClusterProps } from '../../src/stores';
import { ObjectStorage, PostgresEngine, StorageCredentials } from '../../src/stores';
import { POSTGRES_ENGINE } from '../../src/stores/postgres/postgres-store-engine';
import { Schedule } from '../../src/workloads';
import type { Program } from '../support/operated-postgres';
import { BUCKET, operatedPostgres, operatedProgram, ORGANISATION } from '../support/operated-postgres';
import { findings } from '../support/platform';
import type { AnyChanges } from '../support/settings';

function find(program: Program = {}): (kind: string, name?: string) => any {
  const manifests = operatedPostgres(program);
  return (kind, name = 'postgresql-prod') => manifests.find((each) => each.kind === kind && each.metadata.name === name);
}

const cluster = (props: PostgresClusterProps = {}, changes: AnyChanges = ORGANISATION) => find({ props, changes })('Cluster').spec;
const withPooler = { cloudNativePg: { pooler: { instances: 2 } } };
const withStorage = (more: object): AnyChanges => ({ ...ORGANISATION, backups: { storage: ObjectStorage.s3({ ...BUCKET, ...more }) } });

describe('the Cluster', () => {
  test('says everything that the operator makes members of', () => {
    expect(dump(cluster())).toMatchInlineSnapshot(`
"affinity:
  enablePodAntiAffinity: true
  podAntiAffinityType: preferred
  topologyKey: kubernetes.io/hostname
bootstrap:
  initdb:
    dataChecksums: true
    encoding: UTF8
    localeCType: C.UTF-8
    localeCollate: C.UTF-8
certificates:
  serverCASecret: postgresql-prod-tls
  serverTLSSecret: postgresql-prod-tls
enablePDB: true
enableSuperuserAccess: false
ephemeralVolumesSizeLimit:
  shm: 256Mi
imageName: ghcr.io/cloudnative-pg/postgresql:15.19-202608310817-system-bookworm@sha256:330561600e28acce0da770043054db7abedddd22a50cc00f794512d2acba9390
imagePullPolicy: Always
inheritedMetadata:
  labels:
    app: postgresql-prod
instances: 3
managed:
  roles:
    - ensure: present
      login: true
      name: core_business_order
      passwordSecret:
        name: postgresql-prod-core-business-order
plugins:
  - enabled: true
    isWALArchiver: true
    name: barman-cloud.cloudnative-pg.io
    parameters:
      barmanObjectName: postgresql-prod
      serverName: postgresql-prod
postgresql:
  parameters:
    archive_timeout: 30s
    max_connections: '200'
    max_slot_wal_keep_size: 10GB
    password_encryption: scram-sha-256
    shared_buffers: 524288kB
    ssl_min_protocol_version: TLSv1.3
    wal_keep_size: 1GB
  pg_hba:
    - hostssl sameuser all all scram-sha-256
    - host all all all reject
  synchronous:
    dataDurability: preferred
    failoverQuorum: true
    method: any
    number: 1
primaryUpdateMethod: switchover
primaryUpdateStrategy: unsupervised
priorityClassName: infrastructure-critical
probes:
  liveness:
    failureThreshold: 3
    periodSeconds: 10
    timeoutSeconds: 5
  readiness:
    failureThreshold: 3
    periodSeconds: 10
    timeoutSeconds: 5
resources:
  limits:
    cpu: '1'
    ephemeral-storage: 256Mi
    memory: 2Gi
  requests:
    cpu: '1'
    ephemeral-storage: 256Mi
    memory: 2Gi
seccompProfile:
  type: RuntimeDefault
smartShutdownTimeout: 0
startDelay: 3600
stopDelay: 60
storage:
  size: 100Gi
switchoverDelay: 60
topologySpreadConstraints:
  - labelSelector:
      matchExpressions:
        - key: cnpg.io/podRole
          operator: NotIn
          values:
            - pooler
      matchLabels:
        cnpg.io/cluster: postgresql-prod
    maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: DoNotSchedule
  - labelSelector:
      matchExpressions:
        - key: cnpg.io/podRole
          operator: NotIn
          values:
            - pooler
      matchLabels:
        cnpg.io/cluster: postgresql-prod
    maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
"
`);
  });

  test('has volumes of the class that is named, and runs on the image that is named for it', () => {
    const spec = cluster({ storage: '10Gi', storageClass: 'encrypted', image: Image.of('registry.example.com/postgresql', { tag: '15.13' }) });
    expect(spec.storage).toEqual({ size: '10Gi', storageClass: 'encrypted' });
    expect(spec.imageName).toBe('registry.example.com/postgresql:15.13');
  });

  test('never runs on the image of the profile, which holds Patroni', () => {
    const patroni = { postgresql: { image: Image.of('registry.example.com/patroni', { tag: '15.13-1' }) } };
    expect(cluster({}, { ...ORGANISATION, ...patroni }).imageName).toBe('ghcr.io/cloudnative-pg/postgresql:15.19-202608310817-system-bookworm@sha256:330561600e28acce0da770043054db7abedddd22a50cc00f794512d2acba9390');
    const mirror = Image.of('registry.example.com/cloudnative-pg', { tag: '15.13' });
    expect(cluster({}, { ...ORGANISATION, postgresql: { cloudNativePg: { image: mirror } } }).imageName).toBe('registry.example.com/cloudnative-pg:15.13');
  });

  test('waits for a majority, and with strict also where that is not there', () => {
    const { synchronous } = cluster({ instances: 5, strict: true }).postgresql;
    expect(synchronous).toEqual({ method: 'any', number: 2, dataDurability: 'required', failoverQuorum: true });
    expect(cluster({ synchronousMode: 'on' }).postgresql.synchronous).toEqual({ method: 'first', number: 1, dataDurability: 'preferred', failoverQuorum: true });
  });

  test('of one member waits for nobody, and restarts it in its place', () => {
    const spec = cluster({ instances: 1, synchronousMode: 'off' });
    expect(spec.postgresql.synchronous).toBeUndefined();
    expect(spec.primaryUpdateMethod).toBe('restart');
    // no drain of its node would ever end
    expect(spec.enablePDB).toBe(false);
  });

  test('takes further fields of its own, and keeps what is rendered beside them', () => {
    const spec = cluster({ cloudNativePg: { cluster: { logLevel: 'debug', postgresql: { shared_preload_libraries: ['pg_stat_statements'] } } } });
    expect(spec.logLevel).toBe('debug');
    expect(spec.postgresql).toMatchObject({ shared_preload_libraries: ['pg_stat_statements'], pg_hba: ['hostssl sameuser all all scram-sha-256', 'host all all all reject'] });
  });

  test('begins as a copy of another one where that is said', () => {
    const parameters = { barmanObjectName: 'lost', serverName: 'lost' };
    const source = { name: 'lost', plugin: { name: 'barman-cloud.cloudnative-pg.io', parameters } };
    const bootstrap = { recovery: { source: 'lost', recoveryTarget: { targetTime: '2026-05-04 10:15:00+00' } } };
    const spec = cluster({ cloudNativePg: { cluster: { bootstrap, externalClusters: [source] } } });
    expect([spec.bootstrap, spec.externalClusters]).toEqual([bootstrap, [source]]);
  });

  test('takes further fields from the profile and from the cluster itself', () => {
    const changes = { ...ORGANISATION, postgresql: { cloudNativePg: { cluster: { monitoring: { tls: { enabled: true } } } } } };
    const spec = cluster({ cloudNativePg: { cluster: { monitoring: { disableDefaultQueries: true } } } }, changes);
    expect(spec.monitoring).toEqual({ tls: { enabled: true }, disableDefaultQueries: true });
  });
});

describe('each service that uses it', () => {
  const manifests = operatedPostgres({ services: ['checkout', 'order'] });
  const ofKind = (kind: string) => manifests.filter((each) => each.kind === kind);

  test('has a user, whose password is in a Secret of its own', () => {
    expect(ofKind('Cluster')[0].spec.managed).toEqual({
      roles: ['checkout', 'order'].map((service) => ({
        name: `core_business_${service}`, ensure: 'present', login: true, passwordSecret: { name: `postgresql-prod-core-business-${service}` },
      })),
    });
  });

  test('has a database, which stays when the service goes', () => {
    expect(ofKind('Database').map(({ metadata, spec }) => [metadata.name, spec])).toEqual(['checkout', 'order'].map((service) => [
      `postgresql-prod-core-business-${service}`,
      {
        cluster: { name: 'postgresql-prod' },
        name: `core_business_${service}`,
        owner: `core_business_${service}`,
        ensure: 'present',
        databaseReclaimPolicy: 'retain',
      },
    ]));
  });

  test('is the only one that is let in, besides the operator and the members', () => {
    const policy = (name: string) => ofKind('NetworkPolicy').find(({ metadata }) => metadata.name === name).spec;
    expect(policy('postgresql-prod-clients').podSelector).toEqual({ matchLabels: { app: 'postgresql-prod' } });
    expect(policy('postgresql-prod-clients').ingress[0].from.map(({ podSelector }: any) => podSelector.matchLabels.app)).toEqual(['checkout', 'order']);
    expect(dump(policy('postgresql-prod-members'))).toMatchInlineSnapshot(`
"egress:
  - ports:
      - port: 5432
        protocol: TCP
      - port: 8000
        protocol: TCP
    to:
      - namespaceSelector:
          matchLabels:
            kubernetes.io/metadata.name: infrastructure
        podSelector:
          matchLabels:
            cnpg.io/cluster: postgresql-prod
  - ports:
      - port: 443
        protocol: TCP
      - port: 6443
        protocol: TCP
    to:
      - ipBlock:
          cidr: 10.0.0.1/32
  - ports:
      - port: 53
        protocol: UDP
      - port: 53
        protocol: TCP
    to:
      - ipBlock:
          cidr: 169.254.20.10/32
      - namespaceSelector:
          matchLabels:
            kubernetes.io/metadata.name: kube-system
        podSelector:
          matchLabels:
            k8s-app: kube-dns
  - ports:
      - port: 443
        protocol: TCP
    to:
      - ipBlock:
          cidr: 10.20.0.0/24
ingress:
  - from:
      - namespaceSelector:
          matchLabels:
            kubernetes.io/metadata.name: infrastructure
        podSelector:
          matchLabels:
            cnpg.io/cluster: postgresql-prod
    ports:
      - port: 5432
        protocol: TCP
      - port: 8000
        protocol: TCP
  - from:
      - namespaceSelector:
          matchLabels:
            kubernetes.io/metadata.name: cnpg-system
        podSelector:
          matchLabels:
            app.kubernetes.io/name: cloudnative-pg
    ports:
      - port: 5432
        protocol: TCP
      - port: 8000
        protocol: TCP
  - from:
      - namespaceSelector:
          matchLabels:
            kubernetes.io/metadata.name: infrastructure
        podSelector:
          matchLabels:
            app.kubernetes.io/name: prometheus
    ports:
      - port: 9187
        protocol: TCP
podSelector:
  matchExpressions:
    - key: cnpg.io/podRole
      operator: NotIn
      values:
        - pooler
  matchLabels:
    cnpg.io/cluster: postgresql-prod
policyTypes:
  - Ingress
  - Egress
"
`);
  });

  test('finds the primary by the Service of the operator', () => {
    expect(operatedProgram().postgres.stateEndpoint).toEqual({
      name: 'postgresql-prod',
      engine: POSTGRES_ENGINE,
      namespace: 'infrastructure',
      app: 'postgresql-prod',
      host: 'postgresql-prod-rw.infrastructure.svc.cluster.local',
      port: 5432,
      secretName: 'postgresql-prod',
    });
  });

  test('is none where no service uses it', () => {
    const nobody = operatedPostgres({ services: [] });
    expect(nobody.filter(({ kind }) => kind === 'Database')).toEqual([]);
    expect(nobody.find(({ kind }) => kind === 'Cluster').spec.managed).toEqual({});
  });
});

describe('the pooler', () => {
  const pooled = find({ props: withPooler });

  test('is not there unless it is asked for', () => {
    expect(operatedPostgres().filter(({ kind }) => kind === 'Pooler')).toEqual([]);
  });

  test('shares the connections of PostgreSQL among those of services', () => {
    expect(dump(pooled('Pooler', 'postgresql-prod-pooler').spec)).toMatchInlineSnapshot(`
"cluster:
  name: postgresql-prod
deploymentStrategy:
  rollingUpdate:
    maxSurge: 1
    maxUnavailable: 0
  type: RollingUpdate
instances: 2
pgbouncer:
  parameters:
    client_tls_sslmode: require
    default_pool_size: '20'
    max_client_conn: '1000'
    max_prepared_statements: '200'
  pg_hba:
    - hostssl sameuser all all scram-sha-256
    - host all all all reject
  poolMode: transaction
template:
  metadata:
    labels:
      app: postgresql-prod-pooler
  spec:
    affinity:
      podAntiAffinity:
        preferredDuringSchedulingIgnoredDuringExecution:
          - podAffinityTerm:
              labelSelector:
                matchLabels:
                  app: postgresql-prod-pooler
              topologyKey: kubernetes.io/hostname
            weight: 100
    containers:
      - name: pgbouncer
        resources:
          limits:
            cpu: 500m
            ephemeral-storage: 64Mi
            memory: 128Mi
          requests:
            cpu: 500m
            ephemeral-storage: 64Mi
            memory: 128Mi
        securityContext:
          allowPrivilegeEscalation: false
          capabilities:
            drop:
              - ALL
          readOnlyRootFilesystem: true
          runAsNonRoot: true
    priorityClassName: infrastructure-critical
    securityContext:
      runAsNonRoot: true
      seccompProfile:
        type: RuntimeDefault
    topologySpreadConstraints:
      - labelSelector:
          matchLabels:
            app: postgresql-prod-pooler
        maxSkew: 1
        topologyKey: topology.kubernetes.io/zone
        whenUnsatisfiable: ScheduleAnyway
type: rw
"
`);
  });

  test('runs on an image of its own where one is named', () => {
    const image = Image.of('registry.example.com/pgbouncer', { tag: '1.24.1' });
    const [container] = find({ props: { cloudNativePg: { pooler: { instances: 2, image } } } })('Pooler', 'postgresql-prod-pooler').spec.template.spec.containers;
    expect(container.image).toBe('registry.example.com/pgbouncer:1.24.1');
  });

  test('is where services come in, and no longer at the members', () => {
    expect(operatedProgram({ props: withPooler }).postgres.stateEndpoint).toMatchObject({
      app: 'postgresql-prod-pooler', host: 'postgresql-prod-pooler.infrastructure.svc.cluster.local', port: 5432,
    });
    expect(pooled('NetworkPolicy', 'postgresql-prod-pooler-clients').spec.podSelector).toEqual({ matchLabels: { app: 'postgresql-prod-pooler' } });
    expect(pooled('NetworkPolicy', 'postgresql-prod-clients')).toBeUndefined();
  });

  test('reaches the members, and they let it in', () => {
    expect(pooled('NetworkPolicy', 'postgresql-prod-pooler-members').spec.egress[0]).toEqual({
      to: [{
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infrastructure' } },
        podSelector: { matchLabels: { 'cnpg.io/cluster': 'postgresql-prod' } },
      }],
      ports: [{ port: 5432, protocol: 'TCP' }],
    });
    expect(pooled('NetworkPolicy', 'postgresql-prod-members').spec.ingress).toContainEqual({
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infrastructure' } }, podSelector: { matchLabels: { app: 'postgresql-prod-pooler' } } }],
      ports: [{ port: 5432, protocol: 'TCP' }],
    });
  });

  test('leaves a node pod by pod', () => {
    expect(pooled('PodDisruptionBudget', 'postgresql-prod-pooler').spec).toMatchObject({ maxUnavailable: 1, selector: { matchLabels: { app: 'postgresql-prod-pooler' } } });
  });
});

describe('its backups', () => {
  test('go where those of the other engine would go, and are kept as long', () => {
    expect(dump(find()('ObjectStore').spec)).toMatchInlineSnapshot(`
"configuration:
  data:
    compression: gzip
    encryption: AES256
    immediateCheckpoint: true
  destinationPath: s3://acme-backups/europe/infrastructure
  s3Credentials:
    accessKeyId:
      key: access-key-id
      name: backup-writer
    secretAccessKey:
      key: secret-access-key
      name: backup-writer
  wal:
    compression: gzip
    encryption: AES256
instanceSidecarConfiguration:
  env:
    - name: AWS_DEFAULT_REGION
      value: eu-central-1
  resources:
    limits:
      cpu: 250m
      ephemeral-storage: 512Mi
      memory: 256Mi
    requests:
      cpu: 250m
      ephemeral-storage: 512Mi
      memory: 256Mi
retentionPolicy: 30d
"
`);
    expect(cluster().plugins).toEqual([{
      name: 'barman-cloud.cloudnative-pg.io',
      enabled: true,
      isWALArchiver: true,
      parameters: { barmanObjectName: 'postgresql-prod', serverName: 'postgresql-prod' },
    }]);
  });

  test('are made by the plug-in at the time of the plan, in cron with seconds, and once at the beginning', () => {
    expect(dump(find()('ScheduledBackup').spec)).toMatchInlineSnapshot(`
"backupOwnerReference: self
cluster:
  name: postgresql-prod
immediate: true
method: plugin
pluginConfiguration:
  name: barman-cloud.cloudnative-pg.io
schedule: 0 30 1 * * *
"
`);
    const weekly = { ...ORGANISATION, backups: { ...ORGANISATION.backups, schedule: Schedule.daily('23:05') } };
    expect(find({ changes: weekly })('ScheduledBackup').spec.schedule).toBe('0 5 23 * * *');
  });

  test('go to a server of its own, with its certificate and a key of KMS', () => {
    const changes = withStorage({
      endpoint: 'https://s3.example.com:8443', kmsKeyId: 'alias/backups', certificateAuthority: SecretReference.of('s3-authority', 'ca.crt'),
    });
    const { configuration } = find({ changes })('ObjectStore').spec;
    expect(configuration).toMatchObject({
      endpointURL: 'https://s3.example.com:8443',
      endpointCA: { name: 's3-authority', key: 'ca.crt' },
      data: { encryption: 'aws:kms', additionalCommandArgs: ['--sse-kms-key-id', 'alias/backups'] },
      wal: { encryption: 'aws:kms', archiveAdditionalCommandArgs: ['--sse-kms-key-id', 'alias/backups'] },
    });
    expect(find({ changes })('NetworkPolicy', 'postgresql-prod-members').spec.egress).toContainEqual({
      to: [{ ipBlock: { cidr: '10.20.0.0/24' } }], ports: [{ port: 8443, protocol: 'TCP' }],
    });
  });

  test('need no Secret where the cloud knows the pods by their ServiceAccount', () => {
    const changes = withStorage({ credentials: StorageCredentials.workloadIdentity({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/backups' }) });
    expect(find({ changes })('ObjectStore').spec.configuration.s3Credentials).toEqual({ inheritFromIAMRole: true });
    expect(cluster({}, changes).serviceAccountTemplate).toEqual({ metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/backups' } } });
  });

  test('are none where the profile names no storage', () => {
    const changes = { network: ORGANISATION.network };
    const manifests = operatedPostgres({ changes });
    expect(manifests.filter(({ kind }) => ['ObjectStore', 'ScheduledBackup'].includes(kind))).toEqual([]);
    expect(cluster({}, changes).plugins).toBeUndefined();
    expect(cluster({}, changes).postgresql.parameters.archive_timeout).toBeUndefined();
  });
});

test('counts against the quota of its namespace with the containers of the plug-in and the poolers', () => {
  const props = { resources: { cpuRequest: '1', cpuLimit: '4' }, instances: 5, ...withPooler };
  expect(() => operatedPostgres({ props })).toThrow(new Error('Validation failed with the following errors:\n'
    + "  [infrastructure/Namespace/ResourceQuota] allows limits.cpu 20, and the workloads of 'infrastructure' may use 22.25 at their maximum: "
    + 'postgresql-prod 5 x (4 + 250m) + postgresql-prod-pooler 2 x (500m). '
    + 'Lower the number of replicas, the limits or the storage of a workload, or raise the quota.'));
});

test('tells what is not proved, and what would be lost', () => {
  expect(findings(operatedProgram().postgres)).toEqual(['MS-BACKUP-001 [infrastructure/postgresql-prod/Cluster] /spec/plugins']);
  expect(findings(operatedProgram({ changes: { network: ORGANISATION.network } }).postgres)).toEqual(['MS-BACKUP-004 [infrastructure/postgresql-prod]']);
});

describe('its alerts', () => {
  test('read what members tell Prometheus, which is let in for it', () => {
    const found = find();
    expect(dump(found('PodMonitor').spec)).toMatchInlineSnapshot(`
"podMetricsEndpoints:
  - port: metrics
selector:
  matchLabels:
    cnpg.io/cluster: postgresql-prod
    cnpg.io/podRole: instance
"
`);
    expect(dump(found('PrometheusRule', 'postgresql-prod-backup').spec)).toMatchInlineSnapshot(`
"groups:
  - name: postgresql-prod-backup
    rules:
      - alert: PostgresArchiveFailing
        annotations:
          summary: Logs of postgresql-prod do not reach the archive
        expr: >-
          cnpg_pg_stat_archiver_last_failed_time{namespace="infrastructure",pod=~"postgresql-prod-[0-9]+"}
          >
          cnpg_pg_stat_archiver_last_archived_time{namespace="infrastructure",pod=~"postgresql-prod-[0-9]+"}
        for: 5m
        labels:
          database: postgresql-prod
          namespace: infrastructure
          severity: critical
      - alert: PostgresBackupStale
        annotations:
          summary: The newest backup of postgresql-prod is older than 93600 s
        expr: >-
          time() -
          max(barman_cloud_cloudnative_pg_io_last_available_backup_timestamp{namespace="infrastructure",pod=~"postgresql-prod-[0-9]+"})
          > 93600
        for: 15m
        labels:
          database: postgresql-prod
          namespace: infrastructure
          severity: critical
      - alert: PostgresBackupAbsent
        annotations:
          summary: postgresql-prod does not report its backups
        expr: absent(barman_cloud_cloudnative_pg_io_last_available_backup_timestamp{namespace="infrastructure",pod=~"postgresql-prod-[0-9]+"})
        for: 15m
        labels:
          database: postgresql-prod
          namespace: infrastructure
          severity: critical
"
`);
    expect(found('NetworkPolicy', 'postgresql-prod-members').spec.ingress.at(-1)).toEqual({
      from: [{
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infrastructure' } },
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
      }],
      ports: [{ port: 9187, protocol: 'TCP' }],
    });
  });

  test('are none without a backup', () => {
    const manifests = operatedPostgres({ changes: { network: ORGANISATION.network } });
    expect(manifests.filter(({ kind }) => ['PodMonitor', 'PrometheusRule'].includes(kind))).toEqual([]);
    expect(JSON.stringify(manifests)).not.toContain('9187');
  });
});

describe('fails', () => {
  const PLUGIN = 'Leave it out: backups of the platform profile with a storage go by the plug-in barman-cloud.cloudnative-pg.io, '
    + 'which needs an ObjectStore and no field but plugins.';
  const said = (settings: object): Program => ({ props: { cloudNativePg: settings } });
  const onCluster = (fields: object) => said({ cluster: fields });

  const REFUSED: [string, Program, string][] = [
    ['on backups by the operator itself', onCluster({ backup: { barmanObjectStore: { destinationPath: 's3://acme' } } }),
      '[infrastructure/postgresql-prod] postgresql.cloudNativePg.cluster.backup.barmanObjectStore is the backup that CloudNativePG made itself, '
      + `which is deprecated since 1.26 and to be removed. ${PLUGIN}`],
    ['on a source whose backups the operator itself made', onCluster({ externalClusters: [{ name: 'old', barmanObjectStore: {} }] }),
      '[infrastructure/postgresql-prod] postgresql.cloudNativePg.cluster.externalClusters.0.barmanObjectStore is the backup that CloudNativePG made itself, '
      + `which is deprecated since 1.26 and to be removed. ${PLUGIN}`],
    ['on fields that settings decide', onCluster({ instances: 5 }),
      "[infrastructure/postgresql-prod] postgresql.cloudNativePg.cluster has 'instances', which is decided by postgresql.instances. Leave it out."],
    ['on lines that would let somebody into the database of another', onCluster({ postgresql: { pg_hba: ['host all all all trust'] } }),
      "[infrastructure/postgresql-prod] postgresql.cloudNativePg.cluster has 'postgresql.pg_hba', which is decided by nothing: "
      + 'each service reaches its own database, by TLS. Leave it out.'],
    ['on one pooler', said({ pooler: { instances: 1 } }),
      '[infrastructure/postgresql-prod] postgresql.cloudNativePg.pooler.instances 1 is the only way to the database, which is lost with its node. '
      + 'Use 2 or more, or 0 for none.'],
    ['on a pool without connections', said({ pooler: { poolSize: 0 } }),
      '[infrastructure/postgresql-prod] expected postgresql.cloudNativePg.pooler.poolSize to be a whole number of 1 or more, got 0. Use 1 or more.'],
    ['on timings of Patroni', { props: { ttl: Duration.seconds(30) } },
      "[infrastructure/postgresql-prod] says ttl, which engine 'cloud-native-pg' does not know: the operator itself notices that a primary is lost. Leave it out."],
    ['on the start timeout of the other engine', { props: { startTimeout: Duration.seconds(30) } },
      "[infrastructure/postgresql-prod] says startTimeout, which engine 'cloud-native-pg' does not know: cloudNativePg.startTimeout holds, "
      + 'which covers the recovery from the log as well. Leave it out.'],
    ['on what the operator is told by another engine', {
      props: { engine: PostgresEngine.STATEFUL_SET, image: Image.of('registry.example.com/postgresql', { tag: '15' }), ...withPooler },
    }, "[infrastructure/postgresql-prod] says cloudNativePg, and its engine is 'statefulset'. Use engine: PostgresEngine.CLOUD_NATIVE_PG, or leave it out."],
    ['on parameters that the operator would refuse', { props: { parameters: { restore_command: 'true' } } },
      "[infrastructure/postgresql-prod] postgresql.parameters has 'restore_command', which the operator of engine 'cloud-native-pg' keeps for itself. Leave it out."],
    ['on libraries among the parameters', { props: { parameters: { shared_preload_libraries: 'pgaudit' } } },
      "[infrastructure/postgresql-prod] postgresql.parameters has 'shared_preload_libraries', which the operator of engine 'cloud-native-pg' keeps for itself. "
      + "Say it as cloudNativePg: { cluster: { postgresql: { shared_preload_libraries: ['...'] } } }."],
    ['on another port', { changes: { ...ORGANISATION, postgresql: { port: 6432 } } },
      "[infrastructure/postgresql-prod] postgresql.port is 6432, and members of engine 'cloud-native-pg' listen on 5432 alone. Use 5432."],
    ['without the addresses of the API server', { changes: {} },
      '[infrastructure/postgresql-prod] has members that read their part from the API server, but no network policy could let them reach it: '
      + "its addresses are not known. Set network.apiServerCidrs by NetworkDefaults.of(), such as ['10.0.0.1/32']."],
    ['on assertions that no drill would prove', { props: { restoreAssertions: [{ name: 'orders', sql: 'select true', database: 'core_business_order' }] } },
      "[infrastructure/postgresql-prod] has restoreAssertions, which nobody would prove: engine 'cloud-native-pg' has no restore drill. Leave them out."],
    ['where a volume cannot be back in the time that is promised', { props: { storage: '1Ti' } },
      '[infrastructure/postgresql-prod] storage 1Ti at backups.restoreRate 100M a second, with the logs until the next backup, '
      + 'is back after 11572 s at best, and backups.restoreTime promises 1800 s. Use Duration.minutes(193) or more: what must be back sooner is the matter of a failover.'],
  ];
  test.each(REFUSED)('%s', (_what, program, message) => {
    let thrown = '';
    try {
      operatedPostgres(program);
    } catch (error) {
      thrown = (error as Error).message;
    }
    expect(thrown).toBe(message);
  });

  test('on backups by the operator itself that a patch brings in', () => {
    const patch: Program['patch'] = (manifests) => manifests.find(({ kind }) => kind === 'Cluster')!
      .addJsonPatch(JsonPatch.add('/spec/backup', { barmanObjectStore: { destinationPath: 's3://acme' } }));
    expect(findings(operatedProgram({ patch }).postgres)).toContain('MS-BACKUP-002 [infrastructure/postgresql-prod/Cluster] /spec/backup/barmanObjectStore');
  });
});
