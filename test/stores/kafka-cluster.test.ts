import { Duration, Yaml } from 'cdk8s';
import { Endpoint } from '../../src/graph/endpoint';
import { Topic } from '../../src/messaging/topic';
import { App } from '../../src/platform/app';
import { SharedChart } from '../../src/platform/shared-chart';
import type { KafkaClusterProps } from '../../src/stores/kafka/kafka-cluster';
import { KafkaCluster } from '../../src/stores/kafka/kafka-cluster';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Tier } from '../../src/values/tier';
import { bare, DEV, findings, group, Manifests, manifestsOf, manifestsOfApp, PROD, profileWith, refusal, ROOMY, service, STAGING } from '../support/platform';
import { ORGANISATION } from '../support/settings';

/** A Kafka cluster alone. */
function kafka(props: KafkaClusterProps = {}): { chart: SharedChart; manifests: Manifests } {
  const chart = new SharedChart(new App(), 'infrastructure', { profile: ROOMY });
  new KafkaCluster(chart, 'kafka-prod', props);
  return { chart, manifests: manifestsOf(chart) };
}

/** In each environment: order publishes; mailer, in another namespace, subscribes. Defined before or after the clusters, which makes no difference. */
function shop(clustersFirst = true): Manifests {
  const app = new App();
  const clusters = () => {
    const shared = new SharedChart(app, 'infrastructure', { profile: ROOMY });
    [DEV, PROD].forEach((environment) => new KafkaCluster(shared, `kafka-${environment.name}`, { environment, externalListener: 'none' }));
  };
  const services = () => [DEV, PROD].forEach((environment) => {
    const [core, platform] = ['core-business', 'platform'].map((name) => group({ app, name, environment, profile: ROOMY }));
    const placed = new Topic(core, 'order-placed', { broker: KafkaCluster.fromNamespace(core, 'kafka', 'infrastructure') });
    service(core, 'order').publishes(placed);
    service(platform, 'mailer').subscribes(placed);
    service(platform, 'auth');
  });
  (clustersFirst ? [clusters, services] : [services, clusters]).forEach((define) => define());
  return manifestsOfApp(app);
}

const pods = (namespace: string, app: string) => Endpoint.ofPods(namespace, { app });

describe('the cluster', () => {
  const { manifests } = kafka({ externalListener: 'none' });

  test('is a Kafka with the configuration of the reference platform', () => {
    expect(Yaml.stringify(bare(manifests.get('Kafka', 'kafka-prod')).spec.kafka).trimEnd()).toMatchInlineSnapshot(`
"authorization:
  type: simple
config:
  auto.create.topics.enable: false
  default.replication.factor: 3
  min.insync.replicas: 2
  offsets.topic.replication.factor: 3
  transaction.state.log.min.isr: 2
  transaction.state.log.replication.factor: 3
listeners:
  - authentication:
      type: scram-sha-512
    name: tls
    networkPolicyPeers:
      - namespaceSelector:
          matchLabels:
            kubernetes.io/metadata.name: infrastructure
        podSelector:
          matchLabels:
            app: kafka-prod
    port: 9093
    tls: true
    type: internal
metadataVersion: 4.3-IV0
rack:
  topologyKey: topology.kubernetes.io/zone
template:
  podDisruptionBudget:
    maxUnavailable: 1
version: 4.3.0"
`);
  });

  test('keeps 10000Gi on each of three brokers, and three controllers have nodes of their own', () => {
    expect(manifests.of('KafkaNodePool').map(({ metadata, spec: { replicas, roles, storage: { type, volumes } } }) => [metadata.name, replicas, roles, type, volumes])).toEqual([
      ['kafka-prod-brokers', 3, ['broker'], 'jbod', [{ id: 0, type: 'persistent-claim', size: '10000Gi', deleteClaim: false, kraftMetadata: 'shared' }]],
      ['kafka-prod-controllers', 3, ['controller'], 'jbod', [{ id: 0, type: 'persistent-claim', size: '20Gi', deleteClaim: false, kraftMetadata: 'shared' }]],
    ]);
    expect(manifests.of('KafkaNodePool').map(({ metadata }) => metadata.labels['strimzi.io/cluster'])).toEqual(['kafka-prod', 'kafka-prod']);
    expect(kafka({ storageClass: 'encrypted' }).manifests.get('KafkaNodePool', 'kafka-prod-brokers').spec.storage.volumes[0].class).toBe('encrypted');
  });

  test('has brokers in all zones alike, which are not mixed up with controllers and operators', () => {
    const constraint = (app: string) => ({ topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app } } });
    const templates = manifests.of('KafkaNodePool').map(({ spec }) => spec.template.pod);
    expect(templates.map(({ metadata, topologySpreadConstraints: [zones] }) => [metadata.labels, zones])).toEqual([
      [{ app: 'kafka-prod' }, constraint('kafka-prod')], [{ app: 'kafka-prod-controllers' }, constraint('kafka-prod-controllers')],
    ]);
    const { pod } = manifests.get('Kafka', 'kafka-prod').spec.entityOperator.template;
    expect([pod.metadata.labels, pod.topologySpreadConstraints]).toEqual([{ app: 'kafka-prod-entity-operator' }, undefined]);
  });

  test('has pods that a namespace of the level restricted takes', () => {
    const { entityOperator } = manifests.get('Kafka', 'kafka-prod').spec;
    const [brokers, controllers] = manifests.of('KafkaNodePool').map(({ spec }) => spec.template);
    for (const { pod } of [brokers, controllers, entityOperator.template]) {
      expect(pod.securityContext).toEqual({ runAsNonRoot: true, fsGroup: 0, fsGroupChangePolicy: 'OnRootMismatch', seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod.priorityClassName).toBe('infrastructure-critical');
    }
    const containers = [brokers, controllers].flatMap(({ kafkaContainer, initContainer }) => [kafkaContainer, initContainer]);
    for (const container of [...containers, entityOperator.template.topicOperatorContainer, entityOperator.template.userOperatorContainer]) {
      expect(container.securityContext).toEqual({ runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    }
  });

  test('of the tier critical asks for all that it may use', () => {
    const { entityOperator: { topicOperator, userOperator } } = manifests.get('Kafka', 'kafka-prod').spec;
    const amounts = [...manifests.of('KafkaNodePool').map(({ spec }) => spec), topicOperator, userOperator].map(({ resources }) => resources);
    amounts.forEach(({ requests, limits }) => expect(requests).toEqual(limits));
    expect(amounts.map(({ limits }) => limits)).toEqual([
      { cpu: '1', memory: '2Gi' }, { cpu: '250m', memory: '512Mi' }, { cpu: '100m', memory: '256Mi' }, { cpu: '100m', memory: '256Mi' },
    ]);
  });

  test('offers metrics where they are wanted', () => {
    expect(manifests.get('Kafka', 'kafka-prod').spec.kafka.metricsConfig).toBeUndefined();
    expect(kafka({ metrics: true }).manifests.get('Kafka', 'kafka-prod').spec.kafka.metricsConfig).toEqual({ type: 'strimziMetricsReporter', values: { allowList: ['.*'] } });
  });

  test('has the size of its environment', () => {
    const brokers = [DEV, STAGING, PROD].map((environment) => kafka({ environment }).manifests.get('KafkaNodePool', 'kafka-prod-brokers').spec);
    expect(brokers.map(({ storage, resources }) => [storage.volumes[0].size, resources.limits.memory])).toEqual([['50Gi', '1Gi'], ['500Gi', '1Gi'], ['10000Gi', '2Gi']]);
  });
});

describe('the listener for clients outside', () => {
  test('is a Route, with TLS and a password, unless another is chosen', () => {
    const { chart, manifests } = kafka();
    expect(manifests.get('Kafka', 'kafka-prod').spec.kafka.listeners[1]).toEqual({ name: 'external', port: 9094, type: 'route', tls: true, authentication: { type: 'scram-sha-512' } });
    expect(findings(chart)).toEqual(['MS-STORE-003 [infrastructure/kafka-prod/Kafka] /spec/kafka/listeners/1/type']);
  });

  test('on OpenShift leaves the group of files to OpenShift, which would refuse another', () => {
    expect(kafka().manifests.get('KafkaNodePool', 'kafka-prod-brokers').spec.template.pod.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  });

  test('may be something else, or nothing', () => {
    const { chart, manifests } = kafka({ externalListener: 'loadbalancer', externalPort: 9095 });
    expect(manifests.get('Kafka', 'kafka-prod').spec.kafka.listeners[1]).toMatchObject({ type: 'loadbalancer', port: 9095, tls: true });
    expect(findings(chart)).toEqual([]);
    expect(kafka({ externalListener: 'none' }).manifests.get('Kafka', 'kafka-prod').spec.kafka.listeners).toHaveLength(1);
  });
});

describe('topics', () => {
  test('stand where the cluster is, under a name that tells clusters apart, and with them those for what could not be taken', () => {
    const manifests = shop();
    expect(manifests.of('KafkaTopic').map(({ metadata: { namespace, name, labels }, spec }) => [namespace, name, labels['strimzi.io/cluster'], spec.topicName])).toEqual(['kafka-dev', 'kafka-prod'].flatMap((name) => [
      ['infrastructure', `${name}.order-placed`, name, 'order-placed'],
      ['infrastructure', `${name}.order-placed-mailer-dead-letter`, name, 'order-placed-mailer-dead-letter'],
    ]));
    expect(bare(manifests.get('KafkaTopic', 'kafka-prod.order-placed')).spec).toEqual({
      topicName: 'order-placed', partitions: 16, replicas: 3, config: { 'retention.ms': 604_800_000, 'min.insync.replicas': 2 },
    });
  });

  test('are made by the program alone: a mistake in a name makes none', () => {
    expect(kafka().manifests.get('Kafka', 'kafka-prod').spec.kafka.config['auto.create.topics.enable']).toBe(false);
  });

  test('and users do not depend on the order of statements', () => {
    const [first, last] = [shop(), shop(false)].map((manifests) => [...manifests.of('KafkaTopic'), ...manifests.of('KafkaUser')].map((each) => Yaml.stringify(each)).sort());
    expect(first).toEqual(last);
    expect(first).toHaveLength(8);
  });

  test('on a cluster that others run are made by them', () => {
    const chart = group();
    const broker = KafkaCluster.fromHost(chart, 'kafka', 'kafka.example.com', { cidrs: ['10.20.0.0/24'] });
    service(chart, 'order').publishes(new Topic(chart, 'order-placed', { broker }));
    expect(manifestsOf(chart).all.filter(({ kind }) => kind.startsWith('Kafka'))).toEqual([]);
  });
});

describe('a service', () => {
  const manifests = shop();

  test('is a user with the rights of what it said, and no other', () => {
    const rights = (user: string) => manifests.get('KafkaUser', user, 'infrastructure').spec.authorization.acls
      .map(({ resource: { type, name, patternType }, operations }: any) => `${type} ${patternType} ${name}: ${operations.join(' ')}`);
    expect(rights('kafka-prod.core-business-prod.order')).toEqual(['topic literal order-placed: Describe Write']);
    expect(rights('kafka-prod.platform-prod.mailer')).toEqual([
      'topic literal order-placed: Describe Read',
      'topic literal order-placed-mailer-dead-letter: Describe Read Write',
      'group literal platform-prod.mailer: Read',
    ]);
    expect(manifests.of('KafkaUser').map(({ metadata, spec }) => [metadata.name, metadata.labels['strimzi.io/cluster'], spec.authentication])).toEqual(['dev', 'prod'].flatMap((environment) => [
      [`kafka-${environment}.core-business-${environment}.order`, `kafka-${environment}`, { type: 'scram-sha-512' }],
      [`kafka-${environment}.platform-${environment}.mailer`, `kafka-${environment}`, { type: 'scram-sha-512' }],
    ]));
  });

  test('that both publishes and subscribes a topic may do both', () => {
    const app = new App();
    const shared = new SharedChart(app, 'infrastructure', { profile: ROOMY });
    const broker = new KafkaCluster(shared, 'kafka-prod');
    const chart = group({ app, profile: ROOMY });
    const order = service(chart, 'order');
    const topic = new Topic(chart, 'order-placed', { broker });
    order.publishes(topic);
    order.subscribes(topic);
    const { acls: [first] } = manifestsOf(shared).get('KafkaUser', 'kafka-prod.core-business-prod.order').spec.authorization;
    expect(first).toEqual({ resource: { type: 'topic', name: 'order-placed', patternType: 'literal' }, operations: ['Describe', 'Read', 'Write'] });
  });

  test('has a component of its own, with a password that Strimzi makes', () => {
    const { scopes, spec } = manifests.get('Component', 'kafka-pubsub-mailer', 'platform-prod');
    expect(scopes).toEqual(['mailer']);
    expect(spec).toMatchObject({ type: 'pubsub.kafka', version: 'v1' });
    expect(spec.metadata).toEqual([
      { name: 'brokers', value: 'kafka-prod-kafka-bootstrap.infrastructure.svc.cluster.local:9093' },
      { name: 'authType', value: 'password' },
      { name: 'saslUsername', value: 'kafka-prod.platform-prod.mailer' },
      { name: 'saslPassword', secretKeyRef: { name: 'kafka-prod.platform-prod.mailer', key: 'password' } },
      { name: 'saslMechanism', value: 'SHA-512' },
      { name: 'caCert', secretKeyRef: { name: 'kafka-prod-cluster-ca-cert', key: 'ca.crt' } },
      { name: 'consumerGroup', value: 'platform-prod.mailer' },
      { name: 'initialOffset', value: 'oldest' },
      { name: 'version', value: '3.6.0' },
      { name: 'allowedTopics', value: 'order-placed,order-placed-mailer-dead-letter' },
      { name: 'publishingScopes', value: 'mailer=order-placed-mailer-dead-letter' },
      { name: 'subscriptionScopes', value: 'mailer=order-placed,order-placed-mailer-dead-letter' },
    ]);
  });

  test('subscribes, and retries, by that component', () => {
    expect(manifests.get('Subscription', 'mailer-order-placed', 'platform-prod').spec).toMatchObject({ pubsubname: 'kafka-pubsub-mailer', topic: 'order-placed', deadLetterTopic: 'order-placed-mailer-dead-letter' });
    expect(Object.keys(manifests.get('Resiliency', 'mailer', 'platform-prod').spec.targets.components)).toEqual(['kafka-pubsub-mailer']);
  });

  test('has no right, and no component, where it said nothing', () => {
    expect(manifests.of('KafkaUser').some(({ metadata }) => metadata.name.includes('auth'))).toBe(false);
    expect(manifests.of('Component').map(({ metadata, scopes }) => [metadata.namespace, metadata.name, scopes])).toEqual(['dev', 'prod'].flatMap((environment) => [
      [`core-business-${environment}`, 'kafka-pubsub-order', ['order']], [`platform-${environment}`, 'kafka-pubsub-mailer', ['mailer']],
    ]));
  });

  test('of a cluster outside has the user that its namespace was given', () => {
    const chart = group();
    const broker = KafkaCluster.fromHost(chart, 'kafka', 'kafka.example.com', { cidrs: ['10.20.0.0/24'], secretName: 'kafka-user', port: 9095 });
    service(chart, 'order').publishes(new Topic(chart, 'order-placed', { broker }));
    const { metadata } = manifestsOf(chart).get('Component', 'kafka-pubsub-order').spec;
    expect(metadata.slice(0, 6)).toEqual([
      { name: 'brokers', value: 'kafka.example.com:9095' },
      { name: 'authType', value: 'password' },
      { name: 'saslUsername', secretKeyRef: { name: 'kafka-user', key: 'username' } },
      { name: 'saslPassword', secretKeyRef: { name: 'kafka-user', key: 'password' } },
      { name: 'saslMechanism', value: 'SHA-512' },
      { name: 'caCert', secretKeyRef: { name: 'kafka-user', key: 'ca.crt' } },
    ]);
  });
});

describe('the network', () => {
  const manifests = shop();
  const reaches = (namespace: string, app: string, instance: string, port = 9093) =>
    manifests.reachability.reaches(pods(namespace, app), pods('infrastructure', instance), port);

  test('lets the services that publish or subscribe reach the brokers of their environment, on the port of their listener', () => {
    expect([['core-business-prod', 'order'], ['platform-prod', 'mailer']].map(([namespace, app]) => reaches(namespace, app, 'kafka-prod'))).toEqual([true, true]);
    expect(reaches('core-business-prod', 'order', 'kafka-prod', 9094)).toBe(false);
    expect(reaches('core-business-prod', 'order', 'kafka-prod', 9091)).toBe(false);
  });

  test('lets nobody else, and no other environment', () => {
    expect(reaches('platform-prod', 'auth', 'kafka-prod')).toBe(false);
    expect(reaches('core-business-dev', 'order', 'kafka-prod')).toBe(false);
    expect(reaches('core-business-prod', 'order', 'kafka-dev')).toBe(false);
  });

  test('is the same in the policy that Strimzi makes, which would admit everybody otherwise', () => {
    const peer = (name: string, app: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } }, podSelector: { matchLabels: { app } } });
    const [{ networkPolicyPeers }] = manifests.get('Kafka', 'kafka-prod').spec.kafka.listeners;
    expect(networkPolicyPeers).toEqual([peer('core-business-prod', 'order'), peer('infrastructure', 'kafka-prod'), peer('platform-prod', 'mailer')]);
    expect(kafka().manifests.get('Kafka', 'kafka-prod').spec.kafka.listeners[0].networkPolicyPeers).toEqual([peer('infrastructure', 'kafka-prod')]);
  });
});

test('capacity of the namespace holds brokers, controllers and operators', () => {
  const define = (props: KafkaClusterProps) => refusal((app) => new KafkaCluster(new SharedChart(app, 'infrastructure', { profile: ORGANISATION }), 'kafka-prod', { externalListener: 'none', ...props }));
  expect(define({ brokers: 12, resources: { cpuRequest: '2', cpuLimit: '2' } })).toContain("allows limits.cpu 20, and the workloads of 'infrastructure' may use 24.95 at their maximum: "
    + 'kafka-prod-brokers 12 x (2) + kafka-prod-controllers 3 x (250m) + kafka-prod-entity-operator 1 x (100m + 100m)');
});

test.each<[string, KafkaClusterProps, string]>([
  ['fewer brokers than keep an event when one is lost', { brokers: 2 }, 'expected kafka.brokers to be a whole number of 3 or more, got 2. Use 3 or more.'],
  ['one controller', { controllers: 1 }, 'expected kafka.controllers to be a whole number of 3 or more, got 1. Use 3 or more.'],
  ['an even number of controllers', { controllers: 4 }, 'kafka.controllers 4 is even: as with 3, 1 of them may be lost before no majority is left. Use 3 or 5.'],
  ['more copies than brokers', { replicationFactor: 5 }, 'kafka.replicationFactor 5 is more than kafka.brokers 3, so no topic could be made. Use 3 or less, or more brokers.'],
  ['one copy', { replicationFactor: 1 }, 'expected kafka.replicationFactor to be a whole number of 2 or more, got 1. Use 2 or more.'],
  ['as many copies in sync as there are', { minInSyncReplicas: 3 }, 'kafka.minInSyncReplicas 3 of kafka.replicationFactor 3 lets nobody write while one broker is away. Use 2 or less.'],
  ['no copy in sync', { minInSyncReplicas: 0 }, 'expected kafka.minInSyncReplicas to be a whole number of 1 or more, got 0. Use 1 or more.'],
  ['no partition', { partitions: 0 }, 'expected kafka.partitions to be a whole number of 1 or more, got 0. Use 1 or more.'],
  ['storage that is no quantity', { storage: '10TB' }, "kafka.storage '10TB' is not a quantity of storage: 'TB' is no unit. Write '10T'."],
  ['storage of controllers that is no quantity', { controllerStorage: '20GB' }, "kafka.controllerStorage '20GB' is not a quantity of storage: 'GB' is no unit. Write '20G'."],
  ['an unknown listener', { externalListener: 'routes' }, "expected kafka.externalListener to be one of route, loadbalancer, nodeport, none, got 'routes'. Use 'route'."],
  ['two listeners on one port', { externalPort: 9093 }, 'kafka.externalPort 9093 is also kafka.port, and a port has one listener. Use another, such as 9094.'],
  ['a listener on the brokers\' own port', { externalPort: 9091 }, 'expected kafka.externalPort to be a whole number from 9092 to 65535, got 9091. Use 9092 or more.'],
  ['a listener on the port of metrics', { externalPort: 9404 }, 'kafka.externalPort 9404 is a port that Strimzi uses itself. Use another, such as 9093.'],
  ['a version that is none', { version: '4.3' }, "expected kafka.version to be a version such as 4.3.0, got '4.3'. Write it as '4.3.0'."],
  ['a metadata version that is none', { metadataVersion: '4.3.0' }, "expected kafka.metadataVersion to be a version such as 4.3-IV0, got '4.3.0'. Write it as '4.3-IV0'."],
  ['a protocol version that is none', { protocolVersion: 'latest' }, "expected kafka.protocolVersion to be a version such as 3.6.0, got 'latest'. Write it as '3.6.0'."],
  ['no time at all', { retention: Duration.millis(500) }, 'expected kafka.retention to be 1 or more whole seconds, got 0.5 seconds. Use Duration.seconds(1).'],
  ['a wrong way to spread', { zoneSpread: 'DoNotSchedul' }, "expected kafka.zoneSpread to be one of DoNotSchedule, ScheduleAnyway, got 'DoNotSchedul'. Use 'DoNotSchedule'."],
  ['a tier that means nothing', { tier: Tier.of('gold') }, "tier 'gold' is not in the platform profile, which has batch, critical, standard. Add it to tiers by PlatformProfile.customize({ tiers: { 'gold': ... } })."],
  ['a request beyond the limit', { resources: { memoryRequest: '8Gi' } }, 'memoryRequest 8Gi is more than memoryLimit 2Gi, so the cluster refuses the pod. Lower memoryRequest or raise memoryLimit.'],
])('fails on %s', (_what, props, message) => {
  expect(() => kafka(props)).toThrow(new Error(`[infrastructure/kafka-prod] ${message}`));
});

test('fails on a name that leaves no room for those of its pods', () => {
  expect(() => new KafkaCluster(new SharedChart(new App(), 'infrastructure'), 'k'.repeat(31)))
    .toThrow(`name '${'k'.repeat(31)}' is not a DNS label: it has 31 characters, and 30 are the most.`);
});

test('fails in the profile where the port of its listener is one that Strimzi uses', () => {
  expect(() => profileWith({ kafka: { port: 9404 } })).toThrow(new Error('PlatformProfile.customize: kafka.port 9404 is a port that Strimzi uses itself. Use another, such as 9093.'));
  expect(() => profileWith({ kafka: { brokers: 1 } })).toThrow(new Error('PlatformProfile.customize: expected kafka.brokers to be a whole number of 3 or more, got 1. Use 3 or more.'));
});

test('fails to be shared by environments', () => {
  expect(refusal((app) => {
    const broker = new KafkaCluster(new SharedChart(app, 'infrastructure', { profile: ROOMY }), 'kafka');
    for (const environment of [DEV, PROD]) {
      const chart = group({ app, environment, profile: ROOMY });
      service(chart, 'order').publishes(new Topic(chart, `placed-in-${environment.name}`, { broker }));
    }
  })).toContain("[infrastructure/kafka] is used by services of 'dev' and 'prod', so one environment would reach the data of the other. Define one for each environment.");
});

test('fails to keep the state of a service', () => {
  expect(refusal((app) => {
    const chart = group({ app, profile: ROOMY });
    service(chart, 'order').uses({ stateEndpoint: KafkaCluster.fromNamespace(chart, 'kafka', 'infrastructure').brokerEndpoint });
  })).toContain("uses 'kafka', which keeps no state of services. Use a store of another kind than 'kafka', or override stateComponent of its StoreEngine.");
});

test('topics on Redis and on Kafka do not mix', () => {
  const chart = group();
  const order = service(chart, 'order');
  order.publishes(new Topic(chart, 'order-placed', { broker: KafkaCluster.fromNamespace(chart, 'kafka', 'infrastructure') }));
  order.publishes(new Topic(chart, 'order-shipped', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') }));
  const allowed = manifestsOf(chart).of('Component').map(({ metadata, spec }) => [metadata.name, spec.metadata.find(({ name }: any) => name === 'allowedTopics').value]);
  expect(allowed).toEqual([['kafka-pubsub-order', 'order-placed'], ['redis-pubsub', 'order-shipped']]);
});
