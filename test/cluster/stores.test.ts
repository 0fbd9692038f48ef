import { load } from 'js-yaml';
import { Cluster, PLATFORM_CRDS } from './support/cluster';
import { type Manifest, nameOf } from './support/manifest';
import { eventually } from './support/process';
import { App, Environment, Image, Microservice, PlatformProfile, ServiceChart, SharedChart, Topic } from '../../src';
import { SecurityDefaults } from '../../src/security';
import { EtcdCluster, KafkaCluster } from '../../src/stores';

const CRDS = [...PLATFORM_CRDS, 'strimzi.kafka.strimzi.io.yaml', 'etcd-operator.operator.etcd.io.yaml'];

/** Kafka and etcd of one environment, a service that publishes and one that subscribes and keeps state. */
function platform(): Manifest[] {
  const app = new App();
  const profile = PlatformProfile.standard();
  const environment = Environment.of('prod', { capacityPool: 'production' });
  const image = Image.of('registry.example.com/order', { tag: '1.4.2' });

  const infrastructure = new SharedChart(app, 'infrastructure', { profile });
  new KafkaCluster(infrastructure, 'kafka-prod', { environment, metrics: true });
  const coordination = new SharedChart(app, 'coordination', { profile: profile.with(SecurityDefaults.of({ security: { podSecurityLevel: 'baseline' } })) });
  new EtcdCluster(coordination, 'etcd-prod', { environment, storageClass: 'encrypted' });

  const core = new ServiceChart(app, 'core-business', { environment, profile });
  const [order, notification] = ['order', 'notification'].map((name) => new Microservice(core, name, { image }));
  const placed = new Topic(core, 'order-placed', { broker: KafkaCluster.fromNamespace(core, 'kafka', 'infrastructure') });
  order.publishes(placed);
  notification.subscribes(placed);
  notification.uses(EtcdCluster.fromNamespace(core, 'etcd', 'coordination'));
  return app.synthYaml().split(/^---\n/m).filter((text) => text.trim() !== '').map((text) => load(text) as Manifest);
}

describe('stores that operators run, on Kubernetes 1.36', () => {
  let cluster: Cluster;
  const manifests = platform();

  beforeAll(async () => {
    cluster = await Cluster.start('1.36');
    expect(await cluster.installCrds(...CRDS)).toMatchObject({ status: 0, stderr: '' });
    const namespaces = manifests.filter(({ kind }) => kind === 'Namespace');
    expect(await cluster.apply(namespaces)).toMatchObject({ status: 0, stderr: '' });
  }, 300_000);
  afterAll(() => cluster?.stop());

  const OPERATED = ['Kafka', 'KafkaNodePool', 'KafkaTopic', 'KafkaUser', 'EtcdCluster', 'Component', 'Subscription'];
  const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));
  const the = (kind: string, name?: string) => copy(manifests.find((each) => each.kind === kind && [undefined, each.metadata.name].includes(name))!);

  test('are taken as they are rendered, strictly, and again without a change', async () => {
    const rendered = manifests.filter(({ kind }) => OPERATED.includes(kind));
    expect(rendered.map(nameOf).sort()).toEqual([
      'Component core-business-prod/etcd-statestore',
      'Component core-business-prod/kafka-pubsub-notification',
      'Component core-business-prod/kafka-pubsub-order',
      'EtcdCluster coordination/etcd-prod',
      'Kafka infrastructure/kafka-prod',
      'KafkaNodePool infrastructure/kafka-prod-brokers',
      'KafkaNodePool infrastructure/kafka-prod-controllers',
      'KafkaTopic infrastructure/kafka-prod.order-placed',
      'KafkaTopic infrastructure/kafka-prod.order-placed-notification-dead-letter',
      'KafkaUser infrastructure/kafka-prod.core-business-prod.notification',
      'KafkaUser infrastructure/kafka-prod.core-business-prod.order',
      'Subscription core-business-prod/notification-order-placed',
    ]);
    const { status, stdout, stderr } = await cluster.apply(manifests);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split('\n').filter((line) => line !== '')).toHaveLength(manifests.length);
    const state = async () => {
      const objects = await Promise.all(rendered.map(({ kind, metadata }) => cluster.get(kind, metadata.name, '-n', metadata.namespace!)));
      return Object.fromEntries(objects.map((object) => [nameOf(object), object.metadata.generation]));
    };
    const before = await state();
    expect(await cluster.apply(rendered)).toMatchObject({ status: 0, stderr: '' });
    expect(await state()).toEqual(before);
  });

  test.each<[string, () => Manifest, (manifest: Manifest) => void, string]>([
    ['a Kafka with a listener of no known type', () => the('Kafka'), ({ spec }) => { spec.kafka.listeners[1].type = 'routes'; }, 'Unsupported value: "routes"'],
    ['a Kafka with a listener on a port of the brokers', () => the('Kafka'), ({ spec }) => { spec.kafka.listeners[0].port = 9091; }, 'should be greater than or equal to 9092'],
    ['a Kafka with a zone that is no label', () => the('Kafka'), ({ spec }) => { spec.kafka.rack.topologyKey = ''; }, 'topologyKey property is required'],
    ['a Kafka that keeps its own storage, as before node pools', () => the('Kafka'), ({ spec }) => { spec.kafka.storage = { type: 'ephemeral' }; }, '.spec.kafka.storage: field not declared in schema'],
    ['a Kafka with metrics of no known kind', () => the('Kafka'), ({ spec }) => { spec.kafka.metricsConfig = { type: 'jmxPrometheusExporter' }; }, 'valueFrom property is required'],
    ['nodes of no role', () => the('KafkaNodePool'), ({ spec }) => { spec.roles = ['brokers']; }, 'Unsupported value: "brokers"'],
    ['nodes with a misspelled security context', () => the('KafkaNodePool'), ({ spec }) => { spec.template.pod.securityContext.runAsNonRott = true; }, 'runAsNonRott: field not declared in schema'],
    ['a topic of no partition', () => the('KafkaTopic'), ({ spec }) => { spec.partitions = 0; }, 'should be greater than or equal to 1'],
    ['a user with a right that is none', () => the('KafkaUser'), ({ spec }) => { spec.authorization.acls[0].operations = ['Publish']; }, 'Unsupported value: "Publish"'],
    ['a user with a password that expires as a certificate does', () => the('KafkaUser'), ({ spec }) => { spec.authentication.validityDays = 90; }, "can be configured only with 'type: tls'"],
    ['etcd of no size', () => the('EtcdCluster'), ({ spec }) => { spec.size = 0; }, 'should be greater than or equal to 1'],
    ['etcd of no version', () => the('EtcdCluster'), ({ spec }) => { delete spec.version; }, 'spec.version: Required value'],
    ['etcd whose volumes have no size', () => the('EtcdCluster'), ({ spec }) => { spec.storageSpec.volumeSizeRequest = '10GB'; }, 'spec.storageSpec.volumeSizeRequest'],
  ])('are refused: %s', async (_what, whole, change, message) => {
    const twin = whole();
    twin.metadata.name = 'twin';
    change(twin);
    const { status, stderr } = await cluster.apply([twin]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
  });

  /** Pods as Strimzi makes them: its own container, with what the manifests say of pod and container. */
  const pod = (name: string, namespace: string, template: any, container: any, resources: any): Manifest => copy({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: template.metadata?.labels },
    spec: {
      affinity: template.affinity,
      enableServiceLinks: template.enableServiceLinks,
      priorityClassName: template.priorityClassName,
      securityContext: template.securityContext,
      terminationGracePeriodSeconds: template.terminationGracePeriodSeconds,
      topologySpreadConstraints: template.topologySpreadConstraints,
      containers: [{ name: 'kafka', image: 'registry.example.com/kafka:4.3.0', resources, securityContext: container?.securityContext }],
    },
  });

  test('get pods of Kafka with the rendered templates: restricted takes them, the quota holds them, and each zone has a broker', async () => {
    const { spec: { entityOperator } } = the('Kafka');
    const nodes = ['brokers', 'controllers'].flatMap((kind) => {
      const { spec: { replicas, template, resources } } = the('KafkaNodePool', `kafka-prod-${kind}`);
      return Array.from({ length: replicas }, (_, id) => pod(`kafka-prod-${kind}-${id}`, 'infrastructure', template.pod, template.kafkaContainer, resources));
    });
    const operator = pod('kafka-prod-entity-operator', 'infrastructure', entityOperator.template.pod, entityOperator.template.topicOperatorContainer, entityOperator.topicOperator.resources);
    expect(await cluster.apply([...nodes, operator])).toMatchObject({ status: 0, stderr: '' });
    await eventually(async () => {
      const pods = await cluster.list('pods', 'infrastructure');
      expect(pods.filter(({ status }) => status.conditions?.some((c: any) => c.type === 'Ready' && c.status === 'True'))).toHaveLength(7);
    }, 30);
    const zones = new Map((await cluster.list('nodes')).map(({ metadata }) => [metadata.name, metadata.labels?.['topology.kubernetes.io/zone']]));
    const brokers = (await cluster.list('pods', 'infrastructure')).filter(({ metadata }) => metadata.labels?.app === 'kafka-prod');
    expect(new Set(brokers.map(({ spec }) => zones.get(spec.nodeName))).size).toBe(3);
  });

  test('get no pod of etcd where the level is restricted, as synthesis says, because the operator gives it no security context', async () => {
    const bare = (namespace: string) => pod('etcd-prod-0', namespace, { metadata: { labels: { app: 'etcd-prod' } } }, undefined, undefined);
    expect(await cluster.apply([bare('infrastructure')])).toMatchObject({ status: 1, stderr: expect.stringContaining('violates PodSecurity "restricted:latest"') });
    expect(await cluster.apply([bare('coordination')])).toMatchObject({ status: 0 });
    const { spec } = await cluster.get('pod', 'etcd-prod-0', '-n', 'coordination');
    expect(spec.containers[0].resources.limits).toEqual({ cpu: '200m', memory: '256Mi' });
  });
});
