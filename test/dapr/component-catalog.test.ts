import { SecretReference } from '../../src';
import { DaprComponent, type DaprComponentProps } from '../../src/components';
import { componentProblems } from '../../src/dapr/catalog/component-catalog';
import { Topic } from '../../src/messaging/topic';
import { EtcdCluster } from '../../src/stores/etcd/etcd-cluster';
import { KafkaCluster } from '../../src/stores/kafka/kafka-cluster';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { MessageBroker } from '../../src/stores/redis/broker/message-broker';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { DaprVersion } from '../../src/values/dapr-version';
import { errorsOf, findings, group, manifestsOf, profileWith, service } from '../support/platform';

const VERSIONS = ['1.14', '1.15', '1.16', '1.17', '1.18'];

/** A field with a value: `redisType=node`. A field without one has the value of a Secret. */
function described(type: string, fields: string, version = 'v1') {
  const metadata = fields.split(' ').filter((each) => each !== '').map((each) => {
    const [name, value] = each.split('=');
    return { name, ...value === undefined ? {} : { value } };
  });
  return { type, version, metadata };
}

const problems = (...[type, fields, version, dapr = '1.18']: [type: string, fields: string, version?: string, dapr?: string]) =>
  componentProblems(described(type, fields, version), dapr).map(([problem, remedy]) => `${problem}. ${remedy}`);

/** Type with version, a valid set of fields, one of them misspelt and as it should be, and what is missing without any field. */
const TYPES: readonly (readonly [type: string, fields: string, misspelt: string, right: string, missing: string[]])[] = [
  ['pubsub.rabbitmq/v1', 'hostname=rabbitmq username=shop password', 'hostnam', 'hostname',
    ["pubsub.rabbitmq has no way to authenticate. Set 'connectionString', or 'hostname', or 'host'"]],
  ['pubsub.kafka/v1', 'brokers=kafka:9092 authType=none', 'broker', 'brokers',
    ["pubsub.kafka requires 'brokers'. Set it in metadata or secrets", "pubsub.kafka has no way to authenticate. Set 'authType'"]],
  ['pubsub.jetstream/v1', 'natsURL=nats://nats:4222', 'natsUrls', 'natsURL', ["pubsub.jetstream has no way to authenticate. Set 'natsURL'"]],
  ['pubsub.azure.servicebus.topics/v1', 'namespaceName=shop.servicebus.windows.net', 'namespacename2', 'namespaceName',
    ["pubsub.azure.servicebus.topics has no way to authenticate. Set 'connectionString', or 'namespaceName'"]],
  ['pubsub.mqtt3/v1', 'url', 'urll', 'url', ["pubsub.mqtt3 has no way to authenticate. Set 'url'"]],
  ['pubsub.pulsar/v1', 'host=pulsar:6650', 'hots', 'host', ["pubsub.pulsar requires 'host'. Set it in metadata or secrets"]],
  ['pubsub.redis/v1', 'redisHost=redis:6379 redisPassword', 'redisPasword', 'redisPassword', ["pubsub.redis requires 'redisHost'. Set it in metadata or secrets"]],
  ['state.redis/v1', 'redisHost=redis:6379 redisType=cluster', 'redistype2', 'redisType', ["state.redis requires 'redisHost'. Set it in metadata or secrets"]],
  ['state.postgresql/v2', 'connectionString tablePrefix=shop', 'tablePrefixx', 'tablePrefix',
    ["state.postgresql has no way to authenticate. Set 'connectionString', or 'host'"]],
  ['state.sqlserver/v1', 'connectionString tableName=state', 'tablename1', 'tableName', ["state.sqlserver has no way to authenticate. Set 'connectionString'"]],
  ['state.mongodb/v1', 'host=mongodb:27017 databaseName=shop', 'databasName', 'databaseName',
    ["state.mongodb has no way to authenticate. Set 'connectionString', or 'host', or 'server'"]],
  ['state.aws.dynamodb/v1', 'table=shop region=eu-west-1', 'tabel', 'table', ["state.aws.dynamodb requires 'table'. Set it in metadata or secrets"]],
  ['state.azure.cosmosdb/v1', 'url=u database=d collection=c masterKey', 'colection', 'collection',
    ['url', 'database', 'collection'].map((name) => `state.azure.cosmosdb requires '${name}'. Set it in metadata or secrets`)],
  ['state.etcd/v2', 'endpoints=etcd:2379 keyPrefixPath=shop', 'endpoint', 'endpoints', ["state.etcd requires 'endpoints'. Set it in metadata or secrets"]],
  ['bindings.cron/v1', 'schedule=@every_15m', 'schedul', 'schedule', ["bindings.cron requires 'schedule'. Set it in metadata or secrets"]],
  ['bindings.http/v1', 'url=http://crm:8080', 'ur', 'url', ["bindings.http requires 'url'. Set it in metadata or secrets"]],
  ['bindings.smtp/v1', 'host=mail port=25 skipTLSVerify=true', 'skipTlsVerfy', 'skipTLSVerify',
    ["bindings.smtp requires 'host'. Set it in metadata or secrets", "bindings.smtp requires 'port'. Set it in metadata or secrets"]],
  ['bindings.aws.s3/v1', 'bucket=shop region=eu-west-1', 'buket', 'bucket', ["bindings.aws.s3 requires 'bucket'. Set it in metadata or secrets"]],
  ['bindings.rabbitmq/v1', 'queueName=jobs host', 'queuName', 'queueName',
    ["bindings.rabbitmq requires 'queueName'. Set it in metadata or secrets", "bindings.rabbitmq has no way to authenticate. Set 'host'"]],
  ['configuration.postgresql/v1', 'table=settings connectionString', 'tabel', 'table',
    ["configuration.postgresql requires 'table'. Set it in metadata or secrets", "configuration.postgresql has no way to authenticate. Set 'connectionString', or 'host'"]],
  ['lock.redis/v1', 'redisHost=redis:6379', 'redisHosts', 'redisHost', ["lock.redis requires 'redisHost'. Set it in metadata or secrets"]],
  ['secretstores.hashicorp.vault/v1', 'vaultToken vaultAddr=https://vault:8200', 'vaultAddres', 'vaultAddr',
    ["secretstores.hashicorp.vault has no way to authenticate. Set 'vaultToken', or 'vaultTokenMountPath'"]],
  ['secretstores.azure.keyvault/v1', 'vaultName=shop', 'vaultname2', 'vaultName', ["secretstores.azure.keyvault requires 'vaultName'. Set it in metadata or secrets"]],
  ['conversation.openai/v1', 'key model=gpt', 'modle', 'model', ["conversation.openai has no way to authenticate. Set 'key'"]],
];

describe('a component type by the metadata of components-contrib 1.18', () => {
  test('20 types and more', () => {
    expect(TYPES.length).toBeGreaterThanOrEqual(20);
  });

  test.each(TYPES)('%s is accepted with %s, refused with the field %s, and refused without fields', (key, fields, misspelt, right, missing) => {
    const [type, version] = key.split('/');
    expect(problems(type, fields, version)).toEqual([]);
    expect(problems(type, `${fields} ${misspelt}=x`, version)).toEqual([`'${misspelt}' is no field of ${type} in Dapr 1.18. Did you mean '${right}'?`]);
    expect(problems(type, '', version)).toEqual(missing);
  });

  test.each([
    ['a value that the type does not know', 'state.redis', 'redisHost=redis redisType=clustr', ["'redisType' of state.redis is 'clustr'. Did you mean 'cluster'?"]],
    ['a value that is none of few', 'pubsub.kafka', 'brokers=kafka authType=kerberos', ["'authType' of pubsub.kafka is 'kerberos'. Use one of oidc, oidc_private_key_jwt, password, mtls, none, awsiam"]],
    ['a type', 'pubsub.rabitmq', '', ["type 'pubsub.rabitmq' is unknown to Dapr 1.18. Did you mean 'pubsub.rabbitmq'?"]],
    ['a type of nobody', 'state.acme-ledger', '', [
      "type 'state.acme-ledger' is unknown to Dapr 1.18. Use a type of components-contrib, or set unchecked for a component of your own, such as unchecked: 'a pluggable component'",
    ]],
    ['a field of another component', 'bindings.cron', 'schedule=x natsConnection=y', ["'natsConnection' is no field of bindings.cron in Dapr 1.18. Use one of its fields: schedule"]],
  ])('refuses %s', (_what, type, fields, expected) => {
    expect(problems(type, fields)).toEqual(expected);
  });

  test('refuses a version that the type does not have', () => {
    expect(problems('state.postgresql', 'connectionString', 'v3')).toEqual(["version 'v3' of 'state.postgresql' is unknown to Dapr 1.18. Use 'v1' or 'v2'"]);
  });

  test.each([
    ['without regard to case, as Dapr does', 'state.redis', 'REDISHOST=redis redistype=NODE'],
    ['that Dapr itself reads', 'state.redis', 'redisHost=redis keyPrefix=name outboxPublishPubsub=pubsub'],
    ['that the code reads and no document names', 'pubsub.rabbitmq', 'hostname=rabbitmq queueType=quorum'],
    ['by another name of the type', 'pubsub.azure.servicebus', 'connectionString'],
    ['of a type that nothing describes', 'middleware.http.uppercase', 'anything=x'],
  ])('accepts fields %s', (_what, type, fields) => {
    expect(problems(type, fields)).toEqual([]);
  });

  test('has the types, fields and versions of the Dapr in force', () => {
    expect(problems('conversation.ollama', 'model=llama', 'v1', '1.14')).toEqual(["type 'conversation.ollama' is unknown to Dapr 1.14. Dapr 1.16 has it: set daprVersion in the profile"]);
    expect(problems('state.redis', 'redisHost=redis insecureSkipTLSVerify=true', 'v1', '1.14'))
      .toEqual(["'insecureSkipTLSVerify' is no field of state.redis in Dapr 1.14. Dapr 1.18 has it: set daprVersion in the profile"]);
    expect(VERSIONS.map((version) => problems('bindings.cron', 'schedule=x', 'v1', version))).toEqual(VERSIONS.map(() => []));
  });
});

describe('the components that the library renders', () => {
  test.each(VERSIONS)('have types, fields and values of Dapr %s', (version) => {
    const chart = group({ profile: profileWith({ daprVersion: DaprVersion.of(version) }) });
    const order = service(chart, 'order');
    order.uses(RedisCluster.fromNamespace(chart, 'redis', 'infrastructure'));
    order.uses(PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure'), { actors: true });
    order.uses(EtcdCluster.fromNamespace(chart, 'etcd', 'infrastructure'));
    order.publishes(new Topic(chart, 'placed', { broker: KafkaCluster.fromNamespace(chart, 'kafka', 'infrastructure') }));
    order.publishes(new Topic(chart, 'shipped', { broker: MessageBroker.fromNamespace(chart, 'broker', 'infrastructure') }));
    const components = manifestsOf(chart).of('Component');
    expect([...new Set(components.map(({ spec }) => spec.type))].sort()).toEqual(['pubsub.kafka', 'pubsub.redis', 'state.etcd', 'state.postgresql', 'state.redis']);
    expect(components.flatMap(({ metadata, spec }) => componentProblems(spec, version).map(([problem]) => `${metadata.name}: ${problem}`))).toEqual([]);
  });
});

describe('a DaprComponent', () => {
  const define = (props: DaprComponentProps, version?: string) => errorsOf(
    (chart) => service(chart).uses(new DaprComponent(chart, 'it', props)), version ? { profile: profileWith({ daprVersion: DaprVersion.of(version) }) } : {});

  test('reports every mistake, by the version of Dapr in force', () => {
    const props = { type: 'conversation.ollama', metadata: { modle: 'llama' }, connectsTo: [] };
    expect(define(props)).toEqual(["[core-business-prod/it] 'modle' is no field of conversation.ollama in Dapr 1.18. Did you mean 'model'?"]);
    expect(define(props, '1.14')).toEqual(["[core-business-prod/it] type 'conversation.ollama' is unknown to Dapr 1.14. Dapr 1.16 has it: set daprVersion in the profile."]);
  });

  test('of a type of your own is not checked, which is a finding', () => {
    const chart = group();
    service(chart).uses(new DaprComponent(chart, 'ledger', { type: 'state.acme-ledger', metadata: { any: 'field' }, unchecked: 'a pluggable component' }));
    expect(findings(chart)).toContain('MS-DAPR-004 [core-business-prod/ledger] a pluggable component');
  });

  test('is invoked or triggers as its type can', () => {
    const cron = { type: 'bindings.cron', metadata: { schedule: '@every 15m' } };
    expect(errorsOf((chart) => service(chart).invokes(new DaprComponent(chart, 'tick', cron)))).toEqual([
      "[core-business-prod/tick] is invoked by 'checkout', and bindings.cron is an input binding only. Declare triggeredBy().",
    ]);
    const mail = { type: 'bindings.smtp', metadata: { host: 'mail', port: '25' }, secrets: { user: SecretReference.of('mail', 'user'), password: SecretReference.of('mail', 'password') }, connectsTo: [] };
    expect(errorsOf((chart) => service(chart, 'checkout', { dapr: Dapr.sidecar() }).triggeredBy(new DaprComponent(chart, 'mail', mail)))).toEqual([
      "[core-business-prod/mail] triggers 'checkout', and bindings.smtp is an output binding only. Declare invokes().",
    ]);
  });
});
