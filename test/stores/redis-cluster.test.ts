import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { dump, load } from 'js-yaml';
import type { ResourceAmounts } from '../../src';
import { App, Environment, Image, Microservice, ServiceChart, SharedChart, Tier, Topic } from '../../src';
import { Checks } from '../../src/checks';
import type { RedisClusterProps } from '../../src/stores';
import { RedisCluster, StoreDefaults } from '../../src/stores';
import { ORGANISATION } from '../support/settings';

const profile = ORGANISATION;
const image = Image.of('registry.example.com/order', { tag: '1.4.2' });

function synth(define: (chart: SharedChart, app: App) => void, changes = profile): any[] {
  const app = new App();
  const chart = new SharedChart(app, 'infrastructure', { profile: changes });
  define(chart, app);
  // synthYaml and not synth: nothing is written
  return app.synthYaml().split(/^---\n/m).filter((text) => text.trim() !== '').map((text) => load(text));
}

function redis(props: RedisClusterProps = {}, changes = profile): (kind: string, name?: string) => any {
  const objects = synth((chart) => new RedisCluster(chart, 'redis-prod', props), changes);
  return (kind, name = 'redis-prod') => objects.find((each) => each.kind === kind && each.metadata.name === name);
}

class Order extends ServiceChart {
  constructor(scope: Construct, environment: Environment, use: (order: Microservice) => void) {
    super(scope, 'core-business', { environment, profile });
    use(new Microservice(this, 'order', { image }));
  }
}

describe('the members', () => {
  const find = redis();

  test('are a StatefulSet whose members start together, because they need each other to become ready', () => {
    const { replicas, serviceName, podManagementPolicy, selector, persistentVolumeClaimRetentionPolicy } = find('StatefulSet').spec;
    expect(dump({ replicas, serviceName, podManagementPolicy, selector, persistentVolumeClaimRetentionPolicy })).toMatchInlineSnapshot(`
"replicas: 6
serviceName: redis-prod-members
podManagementPolicy: Parallel
selector:
  matchLabels:
    app: redis-prod
persistentVolumeClaimRetentionPolicy:
  whenDeleted: Retain
  whenScaled: Retain
"
`);
  });

  test('have a volume of 50Gi each, of the default class unless another is named', () => {
    const [claim] = find('StatefulSet').spec.volumeClaimTemplates;
    expect(claim.spec).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '50Gi' } } });
    expect(redis({ storageClass: 'encrypted', storage: '10Gi' })('StatefulSet').spec.volumeClaimTemplates[0].spec).toMatchObject({
      storageClassName: 'encrypted', resources: { requests: { storage: '10Gi' } },
    });
  });

  test('run as nobody on a read-only file system, without a token', () => {
    const { securityContext, containers: [container], automountServiceAccountToken } = find('StatefulSet').spec.template.spec;
    expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65532, fsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } });
    expect(container.securityContext).toEqual({ runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    expect(automountServiceAccountToken).toBe(false);
    expect(find('ServiceAccount').automountServiceAccountToken).toBe(false);
  });

  test('of the tier critical ask for all that they may use', () => {
    const [{ resources }] = find('StatefulSet').spec.template.spec.containers;
    expect(resources.requests).toEqual(resources.limits);
    expect(resources.limits).toEqual({ 'cpu': '500m', 'memory': '1Gi', 'ephemeral-storage': '256Mi' });
    expect(find('StatefulSet').spec.template.spec.priorityClassName).toBe('infrastructure-critical');
  });

  test('keep their data to a part of their memory', () => {
    expect(find('ConfigMap').data['redis.conf']).toContain(`\nmaxmemory ${Math.floor(2 ** 30 * 0.6)}\n`);
    expect(redis({ maxMemoryPercent: 50 })('ConfigMap').data['redis.conf']).toContain(`\nmaxmemory ${2 ** 29}\n`);
  });

  test('know each other by name, whatever their addresses are', () => {
    const [{ env }] = find('StatefulSet').spec.template.spec.containers;
    const members: string = env.find(({ name }: any) => name === 'MEMBERS').value;
    expect(members.split(' ')).toEqual(Array.from({ length: 6 }, (_, ordinal) => `redis-prod-${ordinal}.redis-prod-members.infrastructure.svc.cluster.local:6379`));
    expect(env).toContainEqual({ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } });
    expect(find('Service', 'redis-prod-members').spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
  });

  test('stand in all zones alike, and leave a drain one at a time', () => {
    expect(find('StatefulSet').spec.template.spec.topologySpreadConstraints[0]).toEqual({
      topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'redis-prod' } },
    });
    expect(find('PodDisruptionBudget').spec).toEqual({
      maxUnavailable: 1, selector: { matchLabels: { app: 'redis-prod' } }, unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  test('have time to hand over and to bring their replicas up to date before they are killed', () => {
    expect(find('StatefulSet').spec.template.spec.terminationGracePeriodSeconds).toBe(10 + 20 + 5);
    expect(redis({ handover: Duration.seconds(30) })('StatefulSet').spec.template.spec.terminationGracePeriodSeconds).toBe(30 + 20 + 5);
  });

  test('start anew when their configuration changes', () => {
    const checksum = (props: RedisClusterProps) => redis(props)('StatefulSet').spec.template.metadata.annotations['checksum/config'];
    expect(checksum({})).toBe(find('StatefulSet').spec.template.metadata.annotations['checksum/config']);
    expect(checksum({ nodeTimeout: Duration.seconds(6) })).not.toBe(checksum({}));
  });

  test('read Secrets as files, and no manifest holds one', () => {
    const { volumes, containers: [{ env }] } = find('StatefulSet').spec.template.spec;
    const secrets = volumes.flatMap(({ secret }: any) => secret ?? []);
    expect(secrets.map(({ secretName, items }: any) => [secretName, items.map(({ key }: any) => key)])).toEqual([
      ['redis-prod', ['username', 'password', 'member-password']],
      ['redis-prod-tls', ['tls.crt', 'tls.key', 'ca.crt']],
    ]);
    expect(env.filter(({ valueFrom }: any) => valueFrom?.secretKeyRef)).toEqual([]);
    expect(find('Secret')).toBeUndefined();
  });
});

describe('the Job', () => {
  const { metadata, spec } = redis({ replicasPerPrimary: 2 })('Job', 'redis-prod-formation');

  test('forms one cluster of all members, in a time that is bounded', () => {
    const env = Object.fromEntries(spec.template.spec.containers[0].env.map(({ name, value }: any) => [name, value]));
    expect(env).toMatchObject({ PRIMARIES: '3', REPLICAS: '2', FORMATION_TIMEOUT: '600' });
    expect(env.MEMBERS.split(' ')).toHaveLength(9);
    expect(spec).toMatchObject({ parallelism: 1, completions: 1, activeDeadlineSeconds: 1200, ttlSecondsAfterFinished: 3600 });
  });

  test('is made anew by Argo CD, because its template cannot change', () => {
    expect(metadata.annotations).toMatchObject({ 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' });
  });

  test('is no member: Services and budgets do not select it', () => {
    expect(spec.template.metadata.labels.app).toBe('redis-prod-formation');
    expect(spec.template.spec.volumes.find(({ secret }: any) => secret?.secretName === 'redis-prod').secret.items).toEqual([{ key: 'member-password', path: 'member-password' }]);
  });
});

describe('the network', () => {
  const find = redis();
  const pods = (app: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infrastructure' } }, podSelector: { matchLabels: { app } } });
  const port = (number: number, protocol = 'TCP') => ({ port: number, protocol });

  test('lets members and the Job reach the members, and members nobody else but DNS', () => {
    const { ingress, egress, podSelector } = find('NetworkPolicy', 'redis-prod-members').spec;
    expect(podSelector).toEqual({ matchLabels: { app: 'redis-prod' } });
    expect(ingress).toEqual([
      { from: [pods('redis-prod')], ports: [port(6379), port(16379)] },
      { from: [pods('redis-prod-formation')], ports: [port(6379)] },
    ]);
    expect(egress[0]).toEqual({ to: [pods('redis-prod')], ports: [port(6379), port(16379)] });
    expect(egress.slice(1)).toEqual([{ to: expect.anything(), ports: [port(53, 'UDP'), port(53)] }]);
  });

  test('lets the Job reach the members', () => {
    const { podSelector, policyTypes, egress } = find('NetworkPolicy', 'redis-prod-formation-members').spec;
    expect({ podSelector, policyTypes }).toEqual({ podSelector: { matchLabels: { app: 'redis-prod-formation' } }, policyTypes: ['Egress'] });
    expect(egress[0]).toEqual({ to: [pods('redis-prod')], ports: [port(6379)] });
  });

  test('lets the services of its environment in, by the policy of its namespace alone', () => {
    const objects = synth((chart, app) => {
      new RedisCluster(chart, 'redis-prod');
      new Order(app, Environment.of('prod', { capacityPool: 'production' }), (order) => order.uses(RedisCluster.fromNamespace(order, 'redis', 'infrastructure')));
    });
    const policies = objects.filter(({ kind, spec }) => kind === 'NetworkPolicy' && spec.podSelector.matchLabels?.app === 'redis-prod');
    expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual(['redis-prod-clients', 'redis-prod-members']);
    expect(policies.find(({ metadata }) => metadata.name === 'redis-prod-clients').spec.ingress).toEqual([{
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'core-business-prod' } }, podSelector: { matchLabels: { app: 'order' } } }], ports: [port(6379)],
    }]);
  });
});

describe('services', () => {
  test('may use it directly, where the program has it at hand', () => {
    const objects = synth((chart, app) => {
      const cluster = new RedisCluster(chart, 'redis-prod');
      new Order(app, Environment.of('prod', { capacityPool: 'production' }), (order) => order.uses(cluster));
    });
    const component = objects.find(({ kind, metadata }) => kind === 'Component' && metadata.namespace === 'core-business-prod');
    expect(component.spec.metadata).toContainEqual({ name: 'redisHost', value: 'redis-prod.infrastructure.svc.cluster.local:6379' });
    expect(objects.some(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'redis-prod-clients')).toBe(true);
  });

  test('fail to share it between environments', () => {
    expect(() => synth((chart, app) => {
      const cluster = new RedisCluster(chart, 'redis');
      for (const name of ['blue', 'green']) {
        new Order(app, Environment.of(name, { capacityPool: 'production' }), (order) => order.uses(cluster));
      }
    })).toThrow("[infrastructure/redis] is used by services of 'blue' and 'green', so one environment would reach the data of the other. Define one for each environment.");
  });

  test('of one environment have a size of their own', () => {
    const memory = ([name, environment]: [string, Environment]) => synth((chart) => new RedisCluster(chart, name, { environment }))
      .find(({ kind }) => kind === 'StatefulSet').spec.template.spec.containers[0].resources.limits.memory;
    const [dev, staging, prod] = Environment.standard();
    expect([dev, staging, prod].map((environment) => memory([`redis-${environment.name}`, environment]))).toEqual(['256Mi', '512Mi', '1Gi']);
    expect(synth((chart) => new RedisCluster(chart, 'redis', { environment: dev, storage: '20Gi' })).find(({ kind }) => kind === 'StatefulSet').spec.volumeClaimTemplates[0].spec.resources.requests.storage)
      .toBe('20Gi');
  });
});

describe('capacity', () => {
  test('of the namespace holds all members and the Job at their limits', () => {
    expect(() => redis({ resources: { cpuRequest: '1', cpuLimit: '4' } }))
      .toThrow("allows limits.cpu 20, and the workloads of 'infrastructure' may use 24.1 at their maximum: redis-prod 6 x (4) + redis-prod-formation 1 x (100m)");
    expect(() => redis({ resources: { memoryLimit: '8Gi' } }))
      .toThrow("allows limits.memory 40Gi, and the workloads of 'infrastructure' may use 49216Mi at their maximum: redis-prod 6 x (8Gi) + redis-prod-formation 1 x (64Mi)");
  });
});

const size = (resources: ResourceAmounts) => ({ resources });

test.each<[string, RedisClusterProps, string]>([
  ['too few primaries', { primaries: 1 }, 'expected redis.primaries to be a whole number of 3 or more, got 1. Use 3 or more.'],
  ['an even number of primaries', { primaries: 4 },
    'redis.primaries 4 is even: as with 3, 1 of them may be lost before no majority is left to vote. Use 3 or 5.'],
  ['fewer replicas than none', { replicasPerPrimary: -1 }, 'expected redis.replicasPerPrimary to be a whole number of 0 or more, got -1. Use 0 or more.'],
  ['storage that is no quantity', { storage: '50GB' }, "redis.storage '50GB' is not a quantity of storage: 'GB' is no unit. Write '50G'."],
  ['storage that cannot hold the data', { storage: '2Gi' },
    "redis.storage 2Gi cannot hold 4 times the 644245094 bytes that a member's data may take in memory: its log, a new log, the growth in between and the snapshot. Use 3Gi or more, or lower memoryLimit."],
  ['more data than memory', { maxMemoryPercent: 100 }, 'expected redis.maxMemoryPercent to be a whole number from 1 to 90, got 100. Use 90 or less.'],
  ['no time at all', { nodeTimeout: Duration.millis(500) }, 'expected redis.nodeTimeout to be 1 or more whole seconds, got 0.5 seconds. Use Duration.seconds(1).'],
  ['a wrong way to flush', { appendFsync: 'always-ish' }, "expected redis.appendFsync to be one of everysec, always, no, got 'always-ish'. Use 'everysec'."],
  ['a wrong way to spread', { zoneSpread: 'DoNotSchedul' }, "expected redis.zoneSpread to be one of DoNotSchedule, ScheduleAnyway, got 'DoNotSchedul'. Use 'DoNotSchedule'."],
  ['a save point of one number', { savePoints: ['300'] }, "'300' of redis.savePoints is not seconds and changes. Write two numbers, such as '300 100'."],
  ['a tier that means nothing', { tier: Tier.of('gold') }, "tier 'gold' is not in the platform profile, which has batch, critical, standard. Add it to tiers by PlatformProfile.customize({ tiers: { 'gold': ... } })."],
  ['a request beyond the limit', size({ memoryRequest: '2Gi' }), 'memoryRequest 2Gi is more than memoryLimit 1Gi, so the cluster refuses the pod. Lower memoryRequest or raise memoryLimit.'],
])('fails on %s', (_what, props, message) => {
  expect(() => redis(props)).toThrow(new Error(`[infrastructure/redis-prod] ${message}`));
});

test.each([
  ['a name that is no name of a Service', 'Redis', "[infrastructure/Redis] name 'Redis' is not a DNS label: it has 'R'. Write 'redis'."],
  ['a name that leaves no room for those of its pods', 'r'.repeat(41), /has 41 characters, and 40 are the most/],
])('fails on %s', (_what, id, message) => {
  expect(() => synth((chart) => new RedisCluster(chart, id))).toThrow(message);
});

test('fails on an image without a version, or one that names another every day', () => {
  expect(() => Image.parse('redis')).toThrow("image 'redis' has neither tag nor digest");
  expect(() => Image.of('redis', { tag: 'latest' })).toThrow("the tag 'latest' names another image every day");
});

test('a profile with a wrong default fails where it is said', () => {
  expect(() => profile.with(StoreDefaults.of({ redis: { primaries: 2 } }))).toThrow('StoreDefaults.of: expected redis.primaries to be a whole number of 3 or more, got 2. Use 3 or more.');
});

test('without replicas a finding says what a drain does', () => {
  const app = new App();
  const chart = new SharedChart(app, 'infrastructure');
  const cluster = new RedisCluster(chart, 'redis', { replicasPerPrimary: 0 });
  expect(Checks.of(app).report().findings.map(({ rule, place }) => `${rule.id} ${place}`)).toEqual(['MS-AVAIL-005 [infrastructure/redis]', 'MS-BACKUP-003 [infrastructure/redis]']);
  expect(cluster.minReplicas).toBe(3);
});

test('carries topics', () => {
  const objects = synth((chart, app) => {
    const cluster = new RedisCluster(chart, 'redis-prod');
    new Order(app, Environment.of('prod', { capacityPool: 'production' }), (order) => order.publishes(new Topic(order.node.scope as Construct, 'placed', { broker: cluster })));
  });
  expect(objects.some(({ kind, spec }) => kind === 'Component' && spec.type === 'pubsub.redis')).toBe(true);
});
