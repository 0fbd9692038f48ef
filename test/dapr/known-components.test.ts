import { type IStateStore, SecretReference } from '../../src';
import { Bindings, Brokers, ConfigurationStores, Conversations, type DaprComponent, type KnownComponentProps, Locks, SecretStores, StateStores } from '../../src/components';
import { componentProblems } from '../../src/dapr/catalog/component-catalog';
import { Topic } from '../../src/messaging/topic';
import type { ServiceChart } from '../../src/platform/service-chart';
import { Dapr } from '../../src/values/dapr';
import { Port } from '../../src/values/port';
import { Probe } from '../../src/values/probe';
import { errorsOf, group, manifestsOf, profileWith, service } from '../support/platform';

type Define = (chart: ServiceChart, id: string, props: KnownComponentProps) => DaprComponent;

const secret = (name: string) => ({ [name]: SecretReference.of('credentials', name) });
const HOST = { host: 'server.example.com', cidrs: ['10.20.0.0/24'] };
const CLOUD = { cidrs: ['203.0.113.0/24'] };

/** What the library fills in: `type version`, the fields, and the ports of network policies. */
const KNOWN: readonly (readonly [string, Define, KnownComponentProps, string, Record<string, string>, number[]])[] = [
  ['Brokers.rabbitMq', Brokers.rabbitMq, HOST, 'pubsub.rabbitmq v1', { hostname: 'server.example.com:5672' }, [5672]],
  ['Brokers.rabbitMq with a connection string', Brokers.rabbitMq, { ...HOST, secrets: secret('connectionString') }, 'pubsub.rabbitmq v1', {}, [5672]],
  ['Brokers.kafka', Brokers.kafka, { ...HOST, metadata: { authType: 'none' } }, 'pubsub.kafka v1', { brokers: 'server.example.com:9092', authType: 'none' }, [9092]],
  ['Brokers.nats', Brokers.nats, HOST, 'pubsub.jetstream v1', { natsURL: 'nats://server.example.com:4222' }, [4222]],
  ['Brokers.awsSnsSqs', Brokers.awsSnsSqs, { ...CLOUD, metadata: { region: 'eu-west-1' } }, 'pubsub.aws.snssqs v1', { region: 'eu-west-1' }, [443]],
  ['Brokers.azureServiceBus', Brokers.azureServiceBus, { ...CLOUD, metadata: { namespaceName: 'shop.servicebus.windows.net' } },
    'pubsub.azure.servicebus.topics v1', { namespaceName: 'shop.servicebus.windows.net' }, [443, 5671]],
  ['Brokers.azureServiceBus with a connection string', Brokers.azureServiceBus, { ...HOST, secrets: secret('connectionString') }, 'pubsub.azure.servicebus.topics v1', {}, [5671]],
  ['Brokers.gcpPubSub', Brokers.gcpPubSub, { ...CLOUD, metadata: { projectID: 'shop' } }, 'pubsub.gcp.pubsub v1', { projectID: 'shop' }, [443]],
  ['StateStores.postgresql', StateStores.postgresql, HOST, 'state.postgresql v2', { host: 'server.example.com', port: '5432' }, [5432]],
  ['StateStores.postgresql of version 1', StateStores.postgresql, { ...HOST, version: 'v1', secrets: secret('connectionString') }, 'state.postgresql v1', {}, [5432]],
  ['StateStores.sqlServer', StateStores.sqlServer, { ...HOST, secrets: secret('connectionString') }, 'state.sqlserver v1', {}, [1433]],
  ['StateStores.mongoDb', StateStores.mongoDb, HOST, 'state.mongodb v1', { host: 'server.example.com:27017' }, [27017]],
  ['StateStores.dynamoDb', StateStores.dynamoDb, { ...CLOUD, metadata: { region: 'eu-west-1', table: 'shop' } }, 'state.aws.dynamodb v1', { region: 'eu-west-1', table: 'shop' }, [443]],
  ['StateStores.cosmosDb', StateStores.cosmosDb, { ...HOST, metadata: { database: 'shop', collection: 'state' }, secrets: secret('masterKey') },
    'state.azure.cosmosdb v1', { url: 'https://server.example.com:443/', database: 'shop', collection: 'state' }, [443]],
  ['Bindings.cron', Bindings.cron, { metadata: { schedule: '@daily' } }, 'bindings.cron v1', { schedule: '@daily' }, []],
  ['Bindings.http', Bindings.http, HOST, 'bindings.http v1', { url: 'https://server.example.com:443' }, [443]],
  ['Bindings.http on a port without TLS', Bindings.http, { ...HOST, port: 8080 }, 'bindings.http v1', { url: 'http://server.example.com:8080' }, [8080]],
  ['Bindings.smtp', Bindings.smtp, HOST, 'bindings.smtp v1', { host: 'server.example.com', port: '587' }, [587]],
  ['Bindings.awsS3', Bindings.awsS3, { ...CLOUD, metadata: { region: 'eu-west-1', bucket: 'shop' } }, 'bindings.aws.s3 v1', { region: 'eu-west-1', bucket: 'shop' }, [443]],
  ['SecretStores.kubernetes', SecretStores.kubernetes, {}, 'secretstores.kubernetes v1', {}, []],
  ['SecretStores.vault', SecretStores.vault, { ...HOST, secrets: secret('vaultToken') }, 'secretstores.hashicorp.vault v1', { vaultAddr: 'https://server.example.com:8200' }, [8200]],
  ['SecretStores.awsSecretsManager', SecretStores.awsSecretsManager, { ...CLOUD, metadata: { region: 'eu-west-1' } }, 'secretstores.aws.secretmanager v1', { region: 'eu-west-1' }, [443]],
  ['SecretStores.azureKeyVault', SecretStores.azureKeyVault, { ...CLOUD, metadata: { vaultName: 'shop' } }, 'secretstores.azure.keyvault v1', { vaultName: 'shop' }, [443]],
  ['SecretStores.gcpSecretManager', SecretStores.gcpSecretManager, CLOUD, 'secretstores.gcp.secretmanager v1', {}, [443]],
  ['ConfigurationStores.postgresql', ConfigurationStores.postgresql, { ...HOST, metadata: { table: 'settings' } },
    'configuration.postgresql v1', { host: 'server.example.com', port: '5432', table: 'settings' }, [5432]],
  ['ConfigurationStores.redis', ConfigurationStores.redis, HOST, 'configuration.redis v1', { redisHost: 'server.example.com:6379' }, [6379]],
  ['ConfigurationStores.azureAppConfiguration', ConfigurationStores.azureAppConfiguration, HOST, 'configuration.azure.appconfig v1', { host: 'https://server.example.com' }, [443]],
  ['Locks.redis', Locks.redis, HOST, 'lock.redis v1', { redisHost: 'server.example.com:6379' }, [6379]],
  ['Conversations.openAi', Conversations.openAi, { ...CLOUD, secrets: secret('key') }, 'conversation.openai v1', {}, [443]],
  ['Conversations.anthropic', Conversations.anthropic, { ...CLOUD, secrets: secret('key') }, 'conversation.anthropic v1', {}, [443]],
  ['Conversations.awsBedrock', Conversations.awsBedrock, { ...CLOUD, metadata: { region: 'eu-west-1' } }, 'conversation.aws.bedrock v1', { region: 'eu-west-1' }, [443]],
  ['Conversations.ollama', Conversations.ollama, { ...HOST, port: 11434 }, 'conversation.ollama v1', { endpoint: 'http://server.example.com:11434/v1' }, [11434]],
];

const FROM_CONNECTIONS = ['allowedTopics', 'publishingScopes', 'subscriptionScopes', 'direction', 'actorStateStore', 'route'];

/** Declares the relationship that fits the type. */
function relate(chart: ServiceChart, component: DaprComponent) {
  const order = service(chart, 'order', { apiAccess: component.type.endsWith('kubernetes') ? [{ resources: ['secrets'], verbs: ['get'], resourceNames: ['shop'] }] : undefined });
  const relations: Record<string, (store: IStateStore & DaprComponent) => void> = {
    pubsub: (broker) => order.publishes(new Topic(chart, 'OrderPlaced', { broker })),
    bindings: (binding) => binding.type === 'bindings.cron' ? order.triggeredBy(binding) : order.invokes(binding),
  };
  (relations[component.type.split('.')[0]] ?? ((store) => order.uses(store)))(component);
}

test.each(KNOWN)('%s', (_name, define, props, type, fields, ports) => {
  const chart = group({ profile: profileWith({ network: { apiServerCidrs: ['10.0.0.1/32'] } }) });
  relate(chart, define(chart, 'it', props));
  const manifests = manifestsOf(chart);
  const { spec } = manifests.get('Component', 'it');
  expect(`${spec.type} ${spec.version}`).toBe(type);
  const own = spec.metadata.filter(({ name, value }: any) => value !== undefined && !FROM_CONNECTIONS.includes(name));
  expect(Object.fromEntries(own.map(({ name, value }: any) => [name, value]))).toEqual(fields);
  expect(componentProblems(spec, '1.18')).toEqual([]);
  const egress = manifests.find('NetworkPolicy', 'order-calls')?.spec.egress ?? [];
  expect([...new Set(egress.flatMap((rule: any) => rule.ports.map(({ port }: any) => port)))].sort()).toEqual(ports);
});

test('every type that the library knows is there', () => {
  const all = Object.entries({ Brokers, StateStores, Bindings, SecretStores, ConfigurationStores, Locks, Conversations })
    .flatMap(([name, type]) => Object.getOwnPropertyNames(type).filter((each) => !['length', 'name', 'prototype'].includes(each)).map((each) => `${name}.${each}`));
  expect([...new Set(KNOWN.map(([name]) => name.split(' ')[0]))].sort()).toEqual(all.sort());
});

test('a workload of the program as the server, by its usual port among several', () => {
  const chart = group();
  const probes = { startup: Probe.none(), liveness: Probe.none(), readiness: Probe.none() };
  const rabbitmq = service(chart, 'rabbitmq', { ports: [Port.of('management', 15672), Port.of('amqp', 5672)], probes, dapr: Dapr.none('a broker') });
  service(chart, 'order').publishes(new Topic(chart, 'OrderPlaced', { broker: Brokers.rabbitMq(chart, 'pubsub', { server: rabbitmq }) }));
  const { spec } = manifestsOf(chart).get('Component', 'pubsub');
  expect(spec.metadata[0]).toEqual({ name: 'hostname', value: 'rabbitmq.core-business-prod.svc.cluster.local:5672' });
});

test.each<[string, (chart: ServiceChart) => unknown, string]>([
  ['a server without a place', (chart) => Brokers.rabbitMq(chart, 'pubsub'),
    "[core-business-prod] the component 'pubsub' of type pubsub.rabbitmq has no server. Set server to a workload, or host, such as host: 'db.example.com'."],
  ['two places', (chart) => Brokers.rabbitMq(chart, 'pubsub', { server: service(chart), host: 'mq.example.com' }),
    "[core-business-prod] the component 'pubsub' has both a server and a host. Remove one of the two."],
  ['a cloud without a region', (chart) => StateStores.dynamoDb(chart, 'state', { metadata: { table: 'shop' } }),
    "[core-business-prod] the host of the component 'state' follows from 'region', which metadata lacks. Set 'region' in metadata, or set host."],
])('refuses %s', (_name, define, error) => {
  expect(errorsOf((chart) => define(chart) as never)).toEqual([error]);
});

test('hosts of a cloud provider without addresses are refused where policies need addresses', () => {
  const errors = errorsOf((chart) => service(chart).uses(Conversations.openAi(chart, 'assistant', { secrets: secret('key') })), {});
  expect(errors).toEqual([
    "[core-business-prod/checkout/ExternalHosts] calls 'api.openai.com', and a NetworkPolicy knows addresses but no names, so nothing would let it out. "
    + "Name its addresses by ExternalService.fromHost('api.openai.com', { cidrs: [...] }), or set network.policyEngine to NetworkPolicyEngine.CILIUM where Cilium is installed.",
  ]);
});
