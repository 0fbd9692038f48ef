import { Yaml } from 'cdk8s';
import { Topic } from '../../src/messaging/topic';
import { App } from '../../src/platform/app';
import type { ServiceChart } from '../../src/platform/service-chart';
import { SharedChart } from '../../src/platform/shared-chart';
import { MessageBroker } from '../../src/stores/redis/broker/message-broker';
import { streamsOf } from '../../src/stores/redis/broker/topic-partitions';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { REDIS_ENGINE } from '../../src/stores/redis/redis-store-engine';
import { bare, errorsOf, findings, group, Manifests, manifestsOf, manifestsOfApp, PROD, profileWith, refusal, ROOMY, service } from '../support/platform';

type Props = ConstructorParameters<typeof MessageBroker>[2];

function broker(props: Props = {}): { chart: SharedChart; broker: MessageBroker; manifests: Manifests } {
  const chart = new SharedChart(new App(), 'infrastructure', { profile: ROOMY });
  const defined = new MessageBroker(chart, 'broker-prod', props);
  return { chart, broker: defined, manifests: manifestsOf(chart) };
}

/** order publishes and mailer subscribes `order-placed`, in four partitions. */
function shop(): Manifests {
  const chart = group();
  const topic = new Topic(chart, 'order-placed', { broker: MessageBroker.fromNamespace(chart, 'broker', 'infrastructure', { partitions: 4 }) });
  service(chart, 'order').publishes(topic);
  service(chart, 'mailer').subscribes(topic);
  return manifestsOf(chart);
}

const metadataOf = (component: any) => Object.fromEntries(component.spec.metadata.map(({ name, value }: any) => [name, value]));
const env = (manifests: Manifests, name: string) => manifests.get('Deployment', name).spec.template.spec.containers[0].env;

describe('the broker', () => {
  test('is a Redis cluster of three primaries with two replicas each, because each event is on three members', () => {
    const { broker: defined, manifests } = broker({ environment: PROD });
    expect(manifests.get('StatefulSet', 'broker-prod').spec.replicas).toBe(9);
    expect(defined.minReplicas).toBe(9);
    const variables = Object.fromEntries(manifests.get('Job', 'broker-prod-formation').spec.template.spec.containers[0].env.map(({ name, value }: any) => [name, value]));
    expect(variables).toMatchObject({ PRIMARIES: '3', REPLICAS: '2' });
    expect(defined.brokerEndpoint).toEqual({
      name: 'broker-prod',
      engine: REDIS_ENGINE,
      namespace: 'infrastructure',
      app: 'broker-prod',
      host: 'broker-prod.infrastructure.svc.cluster.local',
      port: 6379,
      secretName: 'broker-prod',
      partitions: 16,
    });
  });

  test('renders what a Redis cluster renders, and as much for the same size', () => {
    const chart = new SharedChart(new App(), 'infrastructure', { profile: ROOMY });
    new RedisCluster(chart, 'broker-prod', { replicasPerPrimary: 2 });
    expect(broker().manifests.all).toEqual(manifestsOf(chart).all);
  });

  test('has a size of its own in each environment', () => {
    const profile = profileWith({ broker: { primaries: 5, replication: 2, partitions: 32 } });
    const chart = new SharedChart(new App(), 'infrastructure', { profile });
    const defined = new MessageBroker(chart, 'broker-prod', { environment: PROD });
    expect([defined.minReplicas, defined.brokerEndpoint.partitions]).toEqual([10, 32]);
  });

  test('of services is the instance of their environment', () => {
    expect(MessageBroker.fromNamespace(group(), 'broker', 'infrastructure').brokerEndpoint).toEqual({
      name: 'broker',
      engine: REDIS_ENGINE,
      namespace: 'infrastructure',
      app: 'broker-prod',
      host: 'broker-prod.infrastructure.svc.cluster.local',
      port: 6379,
      secretName: 'broker-prod',
      partitions: 16,
    });
  });

  test('without copies has a finding', () => {
    const { chart } = broker({ replication: 1 });
    expect(findings(chart)).toContain('MS-AVAIL-005 [infrastructure/broker-prod]');
  });

  test('admits the services that use its topics, and no others', () => {
    const app = new App();
    new MessageBroker(new SharedChart(app, 'infrastructure'), 'broker-prod', { environment: PROD });
    const chart = group({ app });
    service(chart, 'order').publishes(new Topic(chart, 'order-placed', { broker: MessageBroker.fromNamespace(chart, 'broker', 'infrastructure') }));
    service(chart, 'payment');
    expect(manifestsOfApp(app).get('NetworkPolicy', 'broker-prod-clients').spec.ingress).toEqual([{
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'core-business-prod' } }, podSelector: { matchLabels: { app: 'order' } } }],
      ports: [{ port: 6379, protocol: 'TCP' }],
    }]);
  });
});

describe('a topic', () => {
  const manifests = shop();
  const streams = streamsOf('order-placed', 4);

  test('knows its streams', () => {
    const chart = group();
    expect(new Topic(chart, 'order-placed', { broker: MessageBroker.fromNamespace(chart, 'broker', 'infrastructure', { partitions: 4 }) }).streams).toEqual(streams);
    expect(new Topic(chart, 'changed', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') }).streams).toEqual(['changed']);
  });

  test('is a subscription for each partition at one route, and one topic for what the subscriber could not take', () => {
    expect(manifests.of('Subscription').map(({ metadata }) => metadata.name)).toEqual(streams.map((stream) => `mailer-${stream}`));
    expect(Yaml.stringify(bare(manifests.get('Subscription', `mailer-${streams[2]}`))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: mailer-order-placed-02-nnw
scopes:
  - mailer
spec:
  deadLetterTopic: order-placed-mailer-dead-letter
  pubsubname: broker-pubsub
  routes:
    default: /events/order-placed
  topic: order-placed-02-nnw"
`);
  });

  test('is all of its streams to a component: who may send and read them, how much each keeps, and connections to wait on all of them', () => {
    const order = streams.join(',');
    expect(metadataOf(manifests.get('Component', 'broker-pubsub'))).toEqual({
      redisHost: 'broker-prod.infrastructure.svc.cluster.local:6379',
      redisType: 'cluster',
      enableTLS: 'true',
      insecureSkipTLSVerify: 'true',
      redisUsername: undefined,
      redisPassword: undefined,
      allowedTopics: `${order},order-placed-mailer-dead-letter`,
      publishingScopes: `mailer=order-placed-mailer-dead-letter;order=${order}`,
      subscriptionScopes: `mailer=${order},order-placed-mailer-dead-letter;order=`,
      maxLenApprox: '25000',
      poolSize: '15',
      processingTimeout: '409s',
      queueDepth: '10',
    });
  });

  test('tells those that publish it where its partitions are, and nobody else', () => {
    expect(env(manifests, 'order')).toEqual([
      { name: 'APP_ENV', value: 'production' },
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'TOPIC_ORDER_PLACED_PARTITIONS', value: streams.join(',') },
    ]);
    expect(env(manifests, 'mailer').map(({ name }: any) => name)).toEqual(['APP_ENV', 'LOG_LEVEL']);
  });

  test('of the name of another group\'s is told apart by its group', () => {
    const app = new App();
    const charts = [group({ app }), group({ app, name: 'platform' })];
    const topics = charts.map((chart) => new Topic(chart, 'changed', { broker: MessageBroker.fromNamespace(chart, `broker-of-${chart.group}`, 'infrastructure', { partitions: 3 }) }));
    const order = service(charts[0], 'order');
    topics.forEach((topic) => order.publishes(topic));
    expect(env(manifestsOf(charts[0]), 'order').map(({ name }: any) => name)).toEqual([
      'APP_ENV', 'LOG_LEVEL', 'TOPIC_CORE_BUSINESS_CHANGED_PARTITIONS', 'TOPIC_PLATFORM_CHANGED_PARTITIONS',
    ]);
  });

  test('of a plain Redis cluster is told to nobody: it is one stream of its name', () => {
    const chart = group();
    service(chart, 'order').publishes(new Topic(chart, 'order-placed', { broker: RedisCluster.fromNamespace(chart, 'redis', 'infrastructure') }));
    expect(env(manifestsOf(chart), 'order').map(({ name }: any) => name)).toEqual(['APP_ENV', 'LOG_LEVEL']);
  });

  test('fails where the service has a setting of that name', () => {
    expect(errorsOf((chart) => {
      const own = service(chart, 'order', { env: { TOPIC_ORDER_PLACED_PARTITIONS: 'mine' } });
      own.publishes(new Topic(chart, 'order-placed', { broker: MessageBroker.fromNamespace(chart, 'broker', 'infrastructure') }));
    })).toEqual(["[core-business-prod/order] the variable 'TOPIC_ORDER_PLACED_PARTITIONS' has two sources: env and a topic that it publishes or subscribes. Remove one of them."]);
  });
});

describe('fails', () => {
  test.each<[string, Props, string]>([
    ['on fewer partitions than primaries', { partitions: 2 }, 'broker.partitions 2 are fewer than the 3 primaries, so one of them would carry no event of a topic. Use 3 or more.'],
    ['on more partitions than a sidecar could wait on', { partitions: 1000 }, 'expected broker.partitions to be a whole number from 1 to 256, got 1000. Use 256 or less.'],
    ['on no member at all', { replication: 0 }, 'expected broker.replication to be a whole number of 1 or more, got 0. Use 1 or more.'],
    ['on an even number of primaries', { primaries: 4 }, 'broker.primaries 4 is even: as with 3, 1 of them may be lost before no majority is left to vote. Use 3 or 5.'],
    ['on storage that cannot hold the data', { storage: '1Gi' },
      "broker.storage 1Gi cannot hold 4 times the 644245094 bytes that a member's data may take in memory: its log, a new log, the growth in between and the snapshot. Use 3Gi or more, or lower memoryLimit."],
  ])('%s', (_what, props, message) => {
    expect(() => broker(props)).toThrow(new Error(`[infrastructure/broker-prod] ${message}`));
  });

  test('on replicas that say something else than the replication', () => {
    expect(() => broker({ replicasPerPrimary: 1 } as Props)).toThrow(new Error(
      "[infrastructure/broker-prod] has no property 'replicasPerPrimary'. Remove it: MessageBrokerProps lists those that exist."));
  });

  test('on a profile with a wrong default, where it is said', () => {
    expect(() => profileWith({ broker: { partitions: 0 } })).toThrow('PlatformProfile.customize: expected broker.partitions to be a whole number from 1 to 256, got 0. Use 1 or more.');
  });

  test('on a broker of services with half a partition', () => {
    expect(errorsOf((chart) => MessageBroker.fromNamespace(chart, 'broker', 'infrastructure', { partitions: 2.5 })))
      .toEqual(['[core-business-prod] expected partitions to be a whole number from 1 to 256, got 2.5. Use 2.']);
  });

  const message = (here: string, there: string, path: string) =>
    `'broker-prod.infrastructure.svc.cluster.local' has ${here} here and ${there} at ${path}, so events would be sent to streams that nobody reads. `
    + 'Name the same partitions in both places, and use MessageBroker in both.';

  test('where services would use other streams than the broker has', () => {
    expect(refusal((app) => {
      new MessageBroker(new SharedChart(app, 'infrastructure', { profile: ROOMY }), 'broker-prod', { environment: PROD });
      MessageBroker.fromNamespace(group({ app }), 'broker', 'infrastructure', { partitions: 8 });
    })).toBe(`Validation failed with the following errors:\n  [core-business-prod/broker] ${message('8 partitions', '16 partitions', 'infrastructure/broker-prod')}`);
  });

  test('where one group would publish to one stream and another read several', () => {
    const both = (chart: ServiceChart, other: ServiceChart) => {
      MessageBroker.fromNamespace(chart, 'broker', 'infrastructure');
      RedisCluster.fromNamespace(other, 'broker', 'infrastructure');
    };
    expect(refusal((app) => both(group({ app }), group({ app, name: 'platform' })))).toBe([
      'Validation failed with the following errors:',
      `[core-business-prod/broker] ${message('16 partitions', 'topics of one stream each', 'platform-prod/broker')}`,
      `[platform-prod/broker] ${message('topics of one stream each', '16 partitions', 'core-business-prod/broker')}`,
    ].join('\n  '));
  });
});
