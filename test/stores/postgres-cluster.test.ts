import { Duration, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { dump, load } from 'js-yaml';
import { App, Environment, Image, Microservice, PlatformProfile, ServiceChart, SharedChart, Tier } from '../../src';
import { NetworkDefaults } from '../../src/network';
import type { PostgresClusterProps } from '../../src/stores';
import { PostgresCluster, PostgresEngine, StoreDefaults } from '../../src/stores';
import { DEV, findings } from '../support/platform';
import { ORGANISATION } from '../support/settings';

const profile = ORGANISATION.with(NetworkDefaults.of({ network: { apiServerCidrs: ['10.0.0.1/32'] } }));
const image = Image.of('registry.example.com/postgresql', { tag: '15.13-1' });
const PROD = Environment.of('prod', { capacityPool: 'production' });

function synth(define: (chart: SharedChart, app: App) => void, changes = profile): any[] {
  const app = new App();
  const chart = new SharedChart(app, 'infrastructure', { profile: changes });
  define(chart, app);
  // synthYaml and not synth: nothing is written
  return app.synthYaml().split(/^---\n/m).filter((text) => text.trim() !== '').map((text) => load(text));
}

const finder = (objects: any[]) => (kind: string, name = 'postgresql-prod') => objects.find((each) => each.kind === kind && each.metadata.name === name);

function postgres(props: PostgresClusterProps = {}, changes = profile): (kind: string, name?: string) => any {
  return finder(synth((chart) => new PostgresCluster(chart, 'postgresql-prod', { image, ...props }), changes));
}

class Business extends ServiceChart {
  constructor(scope: Construct, environment: Environment, cluster: PostgresCluster, names: readonly string[], group = 'core-business') {
    super(scope, group, { environment, profile });
    for (const name of names) {
      new Microservice(this, name, { image: Image.of('registry.example.com/order', { tag: '1.4.2' }) }).uses(cluster);
    }
  }
}

const used = (...names: string[]) => finder(synth((chart, app) => {
  new Business(app, PROD, new PostgresCluster(chart, 'postgresql-prod', { image }), names);
}));

describe('the members', () => {
  const find = postgres();
  const spec = find('StatefulSet').spec.template.spec;

  test('are a StatefulSet with a volume of 100Gi each, which outlives it', () => {
    const { replicas, serviceName, podManagementPolicy, selector, persistentVolumeClaimRetentionPolicy, volumeClaimTemplates } = find('StatefulSet').spec;
    expect(dump({ replicas, serviceName, podManagementPolicy, selector, persistentVolumeClaimRetentionPolicy, claim: volumeClaimTemplates[0].spec })).toMatchInlineSnapshot(`
"replicas: 3
serviceName: postgresql-prod-members
podManagementPolicy: Parallel
selector:
  matchLabels:
    app: postgresql-prod
persistentVolumeClaimRetentionPolicy:
  whenDeleted: Retain
  whenScaled: Retain
claim:
  accessModes:
    - ReadWriteOnce
  resources:
    requests:
      storage: 100Gi
"
`);
  });

  test('run as nobody on a read-only file system, and may write to their volume and to memory', () => {
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65532, fsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } });
    expect(spec.containers[0].securityContext).toEqual({ runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    const medium = (of: string) => spec.volumes.find(({ name }: any) => name === of)?.emptyDir?.medium;
    const written = spec.containers[0].volumeMounts.filter(({ readOnly }: any) => !readOnly);
    expect(written.map(({ name, mountPath }: any) => [mountPath, medium(name)])).toEqual([['/var/lib/postgresql', undefined], ['/run/postgresql', 'Memory'], ['/tmp', 'Memory'], ['/dev/shm', 'Memory']]);
  });

  test('find the ConfigMaps of Patroni, which outlive their manifests, and create none', () => {
    const states = ['config', 'failover', 'leader', 'sync'].map((state) => find('ConfigMap', `postgresql-prod-${state}`));
    expect(states.map(({ data }) => data)).toEqual([undefined, undefined, undefined, undefined]);
    for (const { metadata } of states) {
      expect(metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false' });
      expect(metadata.labels).toMatchObject({ 'app': 'postgresql-prod', 'app.kubernetes.io/name': 'postgresql-prod' });
    }
    expect(find('Role').rules.filter(({ verbs }: any) => verbs.includes('create'))).toEqual([]);
  });

  test('have a token for the API server, of their own and renewed, and few rights', () => {
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(find('ServiceAccount').automountServiceAccountToken).toBe(false);
    expect(spec.volumes.find(({ name }: any) => name === 'api-token').projected.sources).toEqual([
      { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    ]);
    expect(dump(find('Role').rules)).toMatchInlineSnapshot(`
"- apiGroups:
    - ''
  resources:
    - configmaps
  verbs:
    - list
    - watch
- apiGroups:
    - ''
  resourceNames:
    - postgresql-prod-config
    - postgresql-prod-failover
    - postgresql-prod-leader
    - postgresql-prod-sync
  resources:
    - configmaps
  verbs:
    - get
    - patch
    - update
- apiGroups:
    - ''
  resources:
    - pods
  verbs:
    - list
    - watch
- apiGroups:
    - ''
  resourceNames:
    - postgresql-prod-0
    - postgresql-prod-1
    - postgresql-prod-2
  resources:
    - pods
  verbs:
    - get
    - patch
"
`);
    expect(find('RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: 'postgresql-prod' }]);
  });

  test('take no superuser but by the socket of their pod, nobody without TLS, and trust none', () => {
    const { postgresql, restapi, bootstrap } = load(find('ConfigMap').data['patroni.yaml']) as any;
    expect(postgresql.pg_hba).toEqual([
      'local all postgres peer',
      'hostssl all postgres all reject',
      'hostssl replication replication all scram-sha-256',
      'hostssl all replication all reject',
      'hostssl postgres rewind all scram-sha-256',
      'hostssl all rewind all reject',
      'hostssl all all all scram-sha-256',
    ]);
    expect(postgresql.parameters).toMatchObject({ ssl: 'on', ssl_min_protocol_version: 'TLSv1.3' });
    expect(postgresql.authentication.replication).toMatchObject({ sslmode: 'verify-ca', channel_binding: 'require' });
    expect(restapi).toMatchObject({ verify_client: 'optional' });
    expect(bootstrap.initdb).toEqual(expect.arrayContaining(['data-checksums', { 'auth-local': 'peer' }]));
    expect(JSON.stringify(find('ConfigMap').data)).not.toMatch(/trust/);
  });

  test('have half of the others, with the primary a majority, hold each commit', () => {
    const dynamic = (props: PostgresClusterProps) => load(postgres(props)('ConfigMap').data['dynamic.yaml']) as any;
    expect(dump(dynamic({}))).toMatchInlineSnapshot(`
"ttl: 20
loop_wait: 5
retry_timeout: 5
maximum_lag_on_failover: 1048576
primary_start_timeout: 30
failsafe_mode: true
synchronous_mode: quorum
synchronous_mode_strict: false
synchronous_node_count: 1
postgresql:
  use_pg_rewind: true
  use_slots: true
  parameters:
    max_connections: '200'
    max_slot_wal_keep_size: 10GB
    wal_keep_size: 1GB
    shared_buffers: 524288kB
    wal_level: replica
    wal_log_hints: 'on'
    hot_standby: 'on'
"
`);
    expect(dynamic({ instances: 5, strict: true })).toMatchObject({ synchronous_node_count: 2, synchronous_mode_strict: true });
    expect(dynamic({ synchronousMode: 'on' }).synchronous_mode).toBe(true);
    const alone = dynamic({ instances: 1, synchronousMode: 'off' });
    expect([alone.synchronous_mode, alone.synchronous_mode_strict, alone.synchronous_node_count]).toEqual([false, undefined, undefined]);
    expect((load(find('ConfigMap').data['patroni.yaml']) as any).bootstrap.dcs).toEqual(dynamic({}));
  });

  test('have the parameters that are said besides those by default, and a cache that follows from their memory', () => {
    const { parameters } = (load(postgres({ parameters: { work_mem: '8MB', max_connections: '300' }, sharedBuffersPercent: 40 })('ConfigMap').data['dynamic.yaml']) as any).postgresql;
    expect(parameters).toMatchObject({ work_mem: '8MB', max_connections: '300', wal_keep_size: '1GB', shared_buffers: `${Math.floor(2 * 1024 * 1024 * 0.4)}kB` });
  });

  test('are asked for their health by TLS, and have time to hand over', () => {
    const { containers: [{ readinessProbe, livenessProbe, startupProbe }], terminationGracePeriodSeconds } = spec;
    expect([readinessProbe.httpGet, livenessProbe.httpGet, startupProbe.httpGet].map(({ path, port, scheme }: any) => [path, port, scheme]))
      .toEqual([['/readiness', 'https-patroni', 'HTTPS'], ['/liveness', 'https-patroni', 'HTTPS'], ['/liveness', 'https-patroni', 'HTTPS']]);
    expect(startupProbe.failureThreshold * startupProbe.periodSeconds).toBe(300);
    expect(terminationGracePeriodSeconds).toBe(60 + 5);
    expect(postgres({ shutdown: Duration.seconds(120) })('StatefulSet').spec.template.spec.terminationGracePeriodSeconds).toBe(120 + 5);
  });

  test('stand in different zones, have the priority of their tier, and leave a drain one at a time', () => {
    expect(spec.topologySpreadConstraints[0]).toMatchObject({ topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' });
    expect(spec.priorityClassName).toBe('infrastructure-critical');
    expect(find('PodDisruptionBudget').spec).toMatchObject({ maxUnavailable: 1, selector: { matchLabels: { app: 'postgresql-prod' } } });
  });

  test('are led to by a Service for the one that writes, and one for the others', () => {
    expect(find('Service').spec).toMatchObject({ selector: { app: 'postgresql-prod', role: 'primary' }, ports: [{ port: 5432 }] });
    expect(find('Service', 'postgresql-prod-replicas').spec.selector).toEqual({ app: 'postgresql-prod', role: 'replica' });
    expect(find('Service', 'postgresql-prod-members').spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true, selector: { app: 'postgresql-prod' } });
  });

  test('read Secrets as files, and no manifest holds one', () => {
    const secrets = spec.volumes.flatMap(({ secret }: any) => secret ?? []);
    expect(secrets.map(({ secretName, items, defaultMode }: any) => [secretName, items.map(({ key }: any) => key), defaultMode])).toEqual([
      ['postgresql-prod', ['administrator-password', 'replication-password', 'rewind-password'], 0o440],
      ['postgresql-prod-tls', ['tls.crt', 'tls.key', 'ca.crt'], 0o440],
    ]);
    expect(spec.containers[0].env.filter(({ valueFrom }: any) => valueFrom?.secretKeyRef)).toEqual([]);
    expect(find('Secret')).toBeUndefined();
  });

  test('start anew when their configuration changes, and not when a service is added', () => {
    const checksum = (found: typeof find) => found('StatefulSet').spec.template.metadata.annotations['checksum/config'];
    expect(checksum(postgres({ strict: true }))).not.toBe(checksum(find));
    expect(checksum(used('order', 'payment'))).toBe(checksum(used('order')));
    expect(checksum(used('order'))).toBe(checksum(find));
  });
});

describe('the Job', () => {
  test('makes a database for each service that uses the cluster, in any order of statements', () => {
    const find = used('payment', 'order');
    expect(find('ConfigMap', 'postgresql-prod-databases').data.databases).toBe('core_business_order\ncore_business_payment\n');
    const { volumes, containers: [{ env, command }] } = find('Job', 'postgresql-prod-databases').spec.template.spec;
    const secrets = volumes.flatMap(({ secret }: any) => secret ?? []);
    expect(secrets.map(({ secretName, items }: any) => [secretName, items.map(({ key }: any) => key)])).toEqual([
      ['postgresql-prod', ['administrator-password']],
      ['postgresql-prod-tls', ['ca.crt']],
      ['postgresql-prod-users', ['core_business_order', 'core_business_payment']],
    ]);
    expect(command).toEqual(['python3', '/etc/patroni/databases.py']);
    expect(env).toContainEqual({ name: 'HOST', value: 'postgresql-prod.infrastructure.svc.cluster.local' });
    expect(dump(used('order', 'payment')('Job', 'postgresql-prod-databases'))).toBe(dump(find('Job', 'postgresql-prod-databases')));
  });

  test('is made anew by Argo CD, in a time that is bounded, and is no member', () => {
    const { metadata, spec } = used('order')('Job', 'postgresql-prod-databases');
    expect(metadata.annotations).toMatchObject({ 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' });
    expect(spec).toMatchObject({ parallelism: 1, activeDeadlineSeconds: 600, ttlSecondsAfterFinished: 3600 });
    expect(spec.template.metadata.labels.app).toBe('postgresql-prod-databases');
  });

  test('is not there as long as no service uses the cluster', () => {
    expect(postgres()('Job', 'postgresql-prod-databases')).toBeUndefined();
  });

  test('fails on services that would share a database', () => {
    expect(() => synth((chart, app) => {
      const cluster = new PostgresCluster(chart, 'postgresql-prod', { image });
      new Business(app, PROD, cluster, ['order'], 'core-business');
      new Business(app, PROD, cluster, ['business-order'], 'core');
    })).toThrow("[infrastructure/postgresql-prod/Databases] is used by 'order' of 'core-business' and by 'business-order' of 'core', "
      + "which would share the database 'core_business_order'. Name one of them otherwise.");
  });

  test('fails on a name that PostgreSQL would cut', () => {
    const name = `order-${'x'.repeat(44)}`;
    expect(() => used(name)).toThrow(`[infrastructure/postgresql-prod/Databases] is used by '${name}' of 'core-business', whose database `
      + `'core_business_order_${'x'.repeat(44)}' has 64 characters, and 63 are the most. Shorten the name of the service or of its group.`);
  });
});

describe('the network', () => {
  const find = used('order');
  const pods = (app: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infrastructure' } }, podSelector: { matchLabels: { app } } });
  const port = (number: number, protocol = 'TCP') => ({ port: number, protocol });

  test('lets members reach each other, the API server and DNS, and nobody else', () => {
    const { ingress, egress, podSelector } = find('NetworkPolicy', 'postgresql-prod-members').spec;
    expect(podSelector).toEqual({ matchLabels: { app: 'postgresql-prod' } });
    expect(ingress).toEqual([
      { from: [pods('postgresql-prod')], ports: [port(5432), port(8008)] },
      { from: [pods('postgresql-prod-databases')], ports: [port(5432)] },
    ]);
    expect(egress).toEqual([
      { to: [pods('postgresql-prod')], ports: [port(5432), port(8008)] },
      { to: [{ ipBlock: { cidr: '10.0.0.1/32' } }], ports: [port(443), port(6443)] },
      { to: expect.anything(), ports: [port(53, 'UDP'), port(53)] },
    ]);
  });

  test('lets the Job reach the members, and services the port for clients', () => {
    expect(find('NetworkPolicy', 'postgresql-prod-databases-members').spec.egress[0]).toEqual({ to: [pods('postgresql-prod')], ports: [port(5432)] });
    expect(find('NetworkPolicy', 'postgresql-prod-clients').spec.ingress).toEqual([{
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'core-business-prod' } }, podSelector: { matchLabels: { app: 'order' } } }], ports: [port(5432)],
    }]);
  });

  test('fails where the addresses of the API server are not known', () => {
    expect(() => postgres({}, PlatformProfile.standard())).toThrow(new Error('[infrastructure/postgresql-prod] agrees by the API server who is the primary, but no network '
      + "policy could let it reach the API server, whose addresses are not known. Set network.apiServerCidrs by NetworkDefaults.of(), such as ['10.0.0.1/32']."));
  });
});

describe('services', () => {
  test('find it by a component, and their connection string in a Secret of their own', () => {
    const component = synth((chart, app) => {
      new Business(app, PROD, new PostgresCluster(chart, 'postgresql-prod', { image }), ['order']);
    }).find(({ kind, metadata }) => kind === 'Component' && metadata.namespace === 'core-business-prod');
    expect(component.spec.metadata).toContainEqual({ name: 'connectionString', secretKeyRef: { name: 'postgresql-prod-order', key: 'connection-string' } });
  });

  test('fail to share it between environments', () => {
    expect(() => synth((chart, app) => {
      const cluster = new PostgresCluster(chart, 'postgresql', { image });
      for (const name of ['blue', 'green']) {
        new Business(app, Environment.of(name, { capacityPool: 'production' }), cluster, ['order']);
      }
    })).toThrow("[infrastructure/postgresql] is used by services of 'blue' and 'green', so one environment would reach the data of the other. Define one for each environment.");
  });

  test('of one environment have a size of their own', () => {
    const size = (environment: Environment) => {
      const { replicas, volumeClaimTemplates } = postgres({ environment })('StatefulSet').spec;
      return [replicas, volumeClaimTemplates[0].spec.resources.requests.storage];
    };
    expect(Environment.standard().map(size)).toEqual([[1, '20Gi'], [3, '100Gi'], [3, '100Gi']]);
  });
});

test('capacity of the namespace holds all members at their limits', () => {
  expect(() => postgres({ resources: { cpuRequest: '7', cpuLimit: '7' } }))
    .toThrow("allows limits.cpu 20, and the workloads of 'infrastructure' may use 21 at their maximum: postgresql-prod 3 x (7). ");
});

test('a cluster has a name, an endpoint and its members', () => {
  const cluster = new PostgresCluster(new SharedChart(new App(), 'infrastructure', { profile }), 'postgresql-prod', { image, engine: PostgresEngine.STATEFUL_SET });
  expect([cluster.name, cluster.minReplicas, cluster.selectorLabels]).toEqual(['postgresql-prod', 3, { app: 'postgresql-prod' }]);
  expect(cluster.stateEndpoint).toMatchObject({ host: 'postgresql-prod.infrastructure.svc.cluster.local', port: 5432, app: 'postgresql-prod', secretName: 'postgresql-prod' });
});

test.each<[string, PostgresClusterProps, string]>([
  ['no image', { image: undefined }, "has no image, and nobody publishes one that holds all that the engine 'statefulset' needs. Build images/postgresql/Dockerfile, and "
    + "give it as image: Image.of('registry.example.com/postgresql', { tag: ... }), here or as postgresql.image of the platform profile."],
  ['no member', { instances: 0 }, 'expected postgresql.instances to be a whole number of 1 or more, got 0. Use 1 or more.'],
  ['an even number of members', { instances: 4 }, 'postgresql.instances 4 is even: as with 3, 1 of them may be lost before no majority holds every commit. Use 3 or 5.'],
  ['two members', { instances: 2 }, 'postgresql.instances 2 is even: as with 1, 0 of them may be lost before no majority holds every commit. Use 1 or 3.'],
  ['fewer members than commits wait for', { instances: 1 }, "postgresql.synchronousMode 'quorum' needs 3 members, and postgresql.instances is 1: a commit has nobody to wait for. Use instances 3, or synchronousMode 'off'."],
  ['strict mode without others to wait for', { synchronousMode: 'off', strict: true },
    "postgresql.strict waits for other members, and postgresql.synchronousMode 'off' waits for none. Use synchronousMode 'quorum', or leave strict out."],
  ['an unknown mode', { synchronousMode: 'quorom' }, "expected postgresql.synchronousMode to be one of quorum, on, off, got 'quorom'. Use 'quorum'."],
  ['a place that is lost while a loop is late', { loopWait: Duration.seconds(10), retryTimeout: Duration.seconds(10) },
    'postgresql.loopWait 10 s and 2 x postgresql.retryTimeout 10 s are more than postgresql.ttl 20 s, so a healthy primary could lose its place. Use a ttl of Duration.seconds(30) or more.'],
  ['a place that is lost too soon', { ttl: Duration.seconds(10) }, 'expected postgresql.ttl to be 20 or more whole seconds, got 10 seconds. Use Duration.seconds(20).'],
  ['storage that is no quantity', { storage: '100GB' }, "postgresql.storage '100GB' is not a quantity of storage: 'GB' is no unit. Write '100G'."],
  ['a lag that is no quantity', { maximumLag: '1MB' }, "postgresql.maximumLag '1MB' is not a quantity of memory: 'MB' is no unit. Write '1M'."],
  ['memory for queries that is not there', { sharedMemory: '2Gi' },
    'postgresql.sharedMemory 2Gi and 25 percent of memoryLimit 2Gi for shared_buffers leave no memory for connections. Raise memoryLimit or lower sharedMemory.'],
  ['a cache that is all of the memory', { sharedBuffersPercent: 90 }, 'expected postgresql.sharedBuffersPercent to be a whole number from 1 to 40, got 90. Use 40 or less.'],
  ['a parameter of the platform', { parameters: { synchronous_commit: 'off' } }, "postgresql.parameters has 'synchronous_commit', which is decided by postgresql.synchronousMode. Leave it out."],
  ['a parameter that opens what is closed', { parameters: { ssl_min_protocol_version: 'TLSv1' } }, "postgresql.parameters has 'ssl_min_protocol_version', which is decided by nothing: connections are always encrypted. Leave it out."],
  ['no parameter', { parameters: { 'Work Mem': '4MB' } }, "'Work Mem' of postgresql.parameters is not the name of a parameter. Write one in small letters, such as 'work_mem'."],
  ['a number for a text', { parameters: { max_wal_senders: 20 as unknown as string } }, "expected 'max_wal_senders' of postgresql.parameters to be text, got 20. Write '20'."],
  ['a wrong way to spread', { zoneSpread: 'DoNotSchedul' }, "expected postgresql.zoneSpread to be one of DoNotSchedule, ScheduleAnyway, got 'DoNotSchedul'. Use 'DoNotSchedule'."],
  ['a tier that means nothing', { tier: Tier.of('gold') }, "tier 'gold' is not in the platform profile, which has batch, critical, standard. Add it to tiers by PlatformProfile.customize({ tiers: { 'gold': ... } })."],
])('fails on %s', (_what, props, message) => {
  expect(() => postgres(props)).toThrow(new Error(`[infrastructure/postgresql-prod] ${message}`));
});

test.each([
  ['a name that is no name of a Service', 'Postgres', "[infrastructure/Postgres] name 'Postgres' is not a DNS label: it has 'P'. Write 'postgres'."],
  ['a name that leaves no room for those of its pods', 'p'.repeat(41), /has 41 characters, and 40 are the most/],
])('fails on %s', (_what, id, message) => {
  expect(() => synth((chart) => new PostgresCluster(chart, id, { image }))).toThrow(message);
});

test('a profile may name the image for all clusters, and with a wrong default it fails where it is said', () => {
  const found = finder(synth((chart) => new PostgresCluster(chart, 'postgresql-prod'), profile.with(StoreDefaults.of({ postgresql: { image } }))));
  expect(found('StatefulSet').spec.template.spec.containers[0].image).toBe('registry.example.com/postgresql:15.13-1');
  expect(() => profile.with(StoreDefaults.of({ postgresql: { instances: 2 } }))).toThrow('StoreDefaults.of: postgresql.instances 2 is even');
});

test('findings say what nobody can restore, and what a lost primary takes with it', () => {
  const found = (props: PostgresClusterProps, environment?: Environment) =>
    findings(new PostgresCluster(new SharedChart(Testing.app(), 'infrastructure', { profile }), 'postgresql', { image, environment, ...props }));
  const noBackup = 'MS-BACKUP-004 [infrastructure/postgresql]';
  expect(found({})).toEqual([noBackup]);
  expect(found({ instances: 1, synchronousMode: 'off' })).toEqual(['MS-AVAIL-006 [infrastructure/postgresql] has one member', noBackup]);
  expect(found({ synchronousMode: 'off' })).toEqual(['MS-AVAIL-006 [infrastructure/postgresql]', noBackup]);
  expect(found({ synchronousMode: 'off' }, DEV)).toEqual([noBackup]);
});
