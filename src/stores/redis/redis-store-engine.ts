import type { Construct, IConstruct } from 'constructs';
import { streamsOf } from './broker/topic-partitions';
import { type RedisAccess, RedisLogin, RedisMode } from './redis-access';
import { REDIS_SETTINGS } from './redis-settings';
import type { BrokerClient, DaprComponentSpec, QueueAccess, QueueTrigger, StoreClient, StoreField } from '../../core/store-client';
import { type IStore, StoreEngine } from '../../core/store-engine';
import type { StoreFromNamespaceOptions } from '../../core/store-places';
import { EVENT_SETTINGS } from '../../messaging/event-settings';
import { PlatformProfile } from '../../profile/platform-profile';
import { streamTriggers } from '../../scaling/queue-source';
import { fail } from '../../values/errors';
import { oneOf } from '../../values/one-of';
import { SecretReference } from '../../values/secret-reference';
import { plainText } from '../../values/value-checks';
import { recordInsecure } from '../existing-store-findings';

/**
 * How many events Dapr handles at a time, as many connections as acknowledging them takes. Waiting for events takes one for each stream
 * besides, and a sidecar that is told nothing has five for each processor and server.
 */
const HANDLED_AT_A_TIME = 10;

/** The first Dapr that verifies the certificate of a Redis, unless it is told not to. Before, it never did. */
const VERIFYING_DAPR = '1.18';

/** The port on which Redis Sentinel listens by default. */
const SENTINEL_PORT = 26_379;

type ResolvedRedisAccess = Required<RedisAccess>;

const LOGIN_KEYS: Readonly<Record<RedisLogin, readonly ('username' | 'password')[]>> = {
  [RedisLogin.USER]: ['username', 'password'],
  [RedisLogin.PASSWORD]: ['password'],
  [RedisLogin.NONE]: [],
};

const DAPR_FIELDS = { username: 'redisUsername', password: 'redisPassword' };

/** The scalers of KEDA for the modes, in place of those for a cluster. */
const TRIGGER_TYPES: Readonly<Record<RedisMode, { [type: string]: string }>> = {
  [RedisMode.CLUSTER]: {},
  [RedisMode.SINGLE]: { 'redis-cluster': 'redis', 'redis-cluster-streams': 'redis-streams' },
  [RedisMode.SENTINEL]: { 'redis-cluster': 'redis-sentinel', 'redis-cluster-streams': 'redis-sentinel-streams' },
};

/** Redis. Those of this library are clusters with TLS and users; one that exists already may be of another kind. */
class RedisStoreEngine extends StoreEngine {
  constructor(private readonly access: ResolvedRedisAccess) {
    super('redis', {
      protocol: access.mode === RedisMode.CLUSTER && access.tls && access.login === RedisLogin.USER ? 'redis' : `redis-${access.mode}`,
      // transactions of a cluster reach the keys of one slot only
      actors: access.mode !== RedisMode.CLUSTER,
      lastingReaders: true,
      dataKinds: ['RedisCluster.redis.redis.opstreelabs.in'],
    });
  }

  public portOf(scope: IConstruct): number {
    return REDIS_SETTINGS.of(PlatformProfile.of(scope)).port;
  }

  public stateComponent(client: StoreClient): DaprComponentSpec {
    return { type: 'state.redis', version: 'v1', metadata: connection(client, this.access) };
  }

  public pubsubComponent(client: BrokerClient): DaprComponentSpec {
    return { type: 'pubsub.redis', version: 'v1', metadata: connection(client, this.access), topicMetadata: streamLimits(client) };
  }

  public streamsOf(topic: string, partitions?: number): string[] {
    return streamsOf(topic, partitions);
  }

  /** The consumer group is that of the Dapr component: the app id. */
  public topicTriggers(_topic: string, streams: string[], { appId }: StoreClient): QueueTrigger[] {
    return streams.flatMap((stream) => streamTriggers(stream, appId));
  }

  /** Members are reached by their addresses, which no certificate names. As with Dapr, the password and the network policy protect the connection. */
  public queueAccess({ store }: StoreClient): QueueAccess {
    const { mode, sentinelMaster, tls, verifyCertificate } = this.access;
    const keys = LOGIN_KEYS[this.access.login];
    return {
      addressField: mode === RedisMode.SINGLE ? 'address' : 'addresses',
      triggerTypes: TRIGGER_TYPES[mode],
      metadata: { ...mode === RedisMode.SENTINEL ? { sentinelMaster } : {}, ...tls ? { enableTLS: 'true' } : {}, ...tls && !verifyCertificate ? { unsafeSsl: 'true' } : {} },
      credentials: keys.map((name) => ({ name, secret: SecretReference.of(store.secretName, name) })),
    };
  }
}

function connection({ construct, store }: StoreClient, access: ResolvedRedisAccess): StoreField[] {
  const { mode, sentinelMaster, tls, verifyCertificate, login } = access;
  const verifies = PlatformProfile.of(construct).daprVersion.atLeast(VERIFYING_DAPR);
  return [
    { name: 'redisHost', value: `${store.host}:${store.port}` },
    { name: 'redisType', value: mode === RedisMode.CLUSTER ? 'cluster' : 'node' },
    ...mode === RedisMode.SENTINEL ? [{ name: 'failover', value: 'true' }, { name: 'sentinelMasterName', value: sentinelMaster }] : [],
    { name: 'enableTLS', value: String(tls) },
    ...tls && verifies && !verifyCertificate ? [{ name: 'insecureSkipTLSVerify', value: 'true' }] : [],
    ...LOGIN_KEYS[login].map((key) => ({ name: DAPR_FIELDS[key], secret: SecretReference.of(store.secretName, key) })),
  ];
}

/** How long streams may become, when an event returns that was not acknowledged, and how many connections a sidecar needs. */
function streamLimits({ construct, store: { partitions }, subscriptions, deliveryTime }: BrokerClient): StoreField[] {
  const { maxLength } = EVENT_SETTINGS.of(PlatformProfile.of(construct));
  return [
    // what a topic keeps is shared by its partitions
    { name: 'maxLenApprox', value: String(Math.ceil(maxLength / (partitions ?? 1))) },
    ...partitions === undefined ? [] : [{ name: 'poolSize', value: String(subscriptions + HANDLED_AT_A_TIME) }],
    // a sidecar that leaves keeps what it fetched until then: of each stream as many events as it handles at a time, and not a hundred
    { name: 'processingTimeout', value: `${deliveryTime.toSeconds()}s` },
    { name: 'queueDepth', value: String(HANDLED_AT_A_TIME) },
  ];
}

/** How clients connect to a cluster that this library defines. */
const HOSTED: ResolvedRedisAccess = { mode: RedisMode.CLUSTER, sentinelMaster: 'mymaster', tls: true, verifyCertificate: false, login: RedisLogin.USER };

export const REDIS_ENGINE: StoreEngine = new RedisStoreEngine(HOSTED);

type Ports = Pick<StoreFromNamespaceOptions, 'port' | 'furtherPorts'>;

/** A Redis that exists already, by the engine that describes it and by the ports that its clients need. */
export function existingRedis(
  scope: Construct, options: RedisAccess & Ports, store: (engine: StoreEngine, ports: Ports) => IStore,
): IStore {
  const access = checkedAccess(scope, options);
  const { mode, tls, verifyCertificate, login } = access;
  const isHosted = mode === HOSTED.mode && tls && !verifyCertificate && login === HOSTED.login;
  const { port, furtherPorts } = options;
  // sentinels name the primary, and clients then connect to it
  const ports = mode === RedisMode.SENTINEL ? { port: port ?? SENTINEL_PORT, furtherPorts: furtherPorts ?? [REDIS_ENGINE.portOf(scope)] } : {};
  const existing = store(isHosted ? REDIS_ENGINE : new RedisStoreEngine(access), ports);
  recordInsecure(existing as IStore & Construct, { tls, password: login !== RedisLogin.NONE });
  return existing;
}

function checkedAccess(scope: Construct, access: RedisAccess): ResolvedRedisAccess {
  const { mode = HOSTED.mode, sentinelMaster = HOSTED.sentinelMaster, tls = HOSTED.tls, login = HOSTED.login } = access;
  const verifyCertificate = access.verifyCertificate ?? (tls && mode === RedisMode.SINGLE);
  oneOf(scope, 'mode', mode, Object.values(RedisMode));
  oneOf(scope, 'login', login, Object.values(RedisLogin));
  plainText(scope, 'sentinelMaster', sentinelMaster);
  if (access.sentinelMaster !== undefined && mode !== RedisMode.SENTINEL) {
    fail(scope, `sentinelMaster '${sentinelMaster}' has no effect in mode '${mode}'`, 'Leave it out, or use RedisMode.SENTINEL');
  }
  if (verifyCertificate && !tls) {
    fail(scope, 'verifyCertificate has no effect without TLS', 'Leave it out, or set tls to true');
  }
  return { mode, sentinelMaster, tls, verifyCertificate, login };
}
