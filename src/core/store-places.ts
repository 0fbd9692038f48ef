import type { Construct, IConstruct } from 'constructs';
import { ConnectionIndex } from './connection-index';
import { endpointOptions, type StateOptions } from './endpoint-options';
import type { ServiceGroup } from './service-group';
import { environmentName, groupOf } from './service-group';
import type { IStoreEngine, StoreEndpoint } from './store-endpoint';
import type { StoreEngineProps } from './store-engine-props';
import { describe, fail, nearest } from '../values/errors';
import { NetworkPeer } from '../values/network-peer';
import { dnsLabel, dnsSubdomain } from '../values/value-checks';

/**
 * The instance of a store that runs in a namespace of the cluster.
 */
export interface StoreFromNamespaceOptions extends StateOptions {
  /**
   * The `app` label of its pods, and the name of its Service without the suffix of the engine.
   *
   * @default - the id and the name of the environment, such as `redis-prod`: each environment has its own
   */
  readonly instance?: string;

  /**
   * The Secret with the credentials. It must exist in the namespace of each service that uses the store.
   *
   * @default - the name of the instance with the suffix of the engine
   */
  readonly secretName?: string;

  /**
   * The port of its Service and of its pods.
   *
   * @default - the port of the engine, which the profile's section of the store sets
   */
  readonly port?: number;

  /**
   * Further ports to which clients connect.
   *
   * @default - none
   */
  readonly furtherPorts?: number[];

  /**
   * The Service of clients where it has another name.
   *
   * @default - the name of the instance with the suffix of the engine
   */
  readonly service?: string;

  /**
   * How many streams carry each topic, where it is a broker that spreads topics.
   *
   * @default - a topic is one stream
   */
  readonly partitions?: number;
}

/**
 * A store that runs outside of the cluster.
 */
export interface StoreFromHostOptions extends StateOptions {
  /**
   * The ranges of its addresses, such as `10.20.0.0/24`: NetworkPolicies know addresses, not names.
   */
  readonly cidrs: string[];

  /**
   * The Secret with the credentials. It must exist in the namespace of each service that uses the store.
   *
   * @default - the id
   */
  readonly secretName?: string;

  /**
   * The port it listens on.
   *
   * @default - the port of the engine, which the profile's section of the store sets
   */
  readonly port?: number;

  /**
   * Further ports to which clients connect.
   *
   * @default - none
   */
  readonly furtherPorts?: number[];
}

/**
 * Where clients connect to a store that this program defines.
 */
export interface StoreHostedOptions {
  /**
   * The port of its Service and of its pods.
   *
   * @default - the port of the engine
   */
  readonly port?: number;

  /**
   * The Service of clients.
   *
   * @default - the id with the suffix of the engine
   */
  readonly service?: string;

  /**
   * The `app` label of the pods behind that Service.
   *
   * @default - the id
   */
  readonly app?: string;

  /**
   * How many streams carry each topic, where it is a broker that spreads topics.
   *
   * @default - a topic is one stream
   */
  readonly partitions?: number;
}

/** What places need of an engine. */
interface PlacedEngine extends IStoreEngine {
  readonly facts: StoreEngineProps;
  portOf(scope: IConstruct): number;
}

/** Where an instance in the cluster is, and by what credentials. */
function instanceOf(
  group: ServiceGroup, { facts }: PlacedEngine, namespace: string, app: string, service?: string,
): Pick<StoreEndpoint, 'app' | 'namespace' | 'host' | 'secretName'> {
  const { serviceSuffix = '', secretSuffix = '' } = facts;
  return { namespace, app, host: `${service ?? app + serviceSuffix}.${namespace}.svc.${group.profile._values.clusterDomain}`, secretName: `${app}${secretSuffix}` };
}

/**
 * The store of this environment in a namespace that all environments share: an instance for each of them.
 */
export function endpointInside(construct: Construct, engine: PlacedEngine, namespace: string, store: StoreFromNamespaceOptions): StoreEndpoint {
  const group = groupOf(construct);
  const name = construct.node.id;
  dnsLabel(construct, 'name', name);
  dnsLabel(construct, 'namespace', namespace);
  const environment = environmentName(group);
  const app = store.instance ?? (environment ? `${name}-${environment}` : name);
  dnsLabel(construct, 'instance', app);
  const service = store.service === undefined ? undefined : dnsLabel(construct, 'service', store.service);
  const instance = instanceOf(group, engine, namespace, app, service);
  construct.node.addValidation({ validate: () => mistyped(construct, engine, namespace, app, environment ? `-${environment}` : '') });
  return register(construct, {
    name,
    engine,
    ...instance,
    ...endpointOptions(construct, store, () => engine.portOf(construct)),
    secretName: dnsSubdomain(construct, 'secretName', store.secretName ?? instance.secretName),
    ...store.partitions === undefined ? {} : { partitions: store.partitions },
  });
}

/**
 * A store at a host of its own.
 */
export function endpointOutside(construct: Construct, engine: PlacedEngine, host: string, store: StoreFromHostOptions): StoreEndpoint {
  const name = construct.node.id;
  dnsLabel(construct, 'name', name);
  dnsSubdomain(construct, 'host', host);
  if (store.cidrs.length === 0) {
    fail(construct, `no address range of '${host}' given, so no network policy could let a service reach it`,
      "Name its ranges in cidrs, such as ['10.20.0.0/24']");
  }
  store.cidrs.forEach((cidr) => NetworkPeer.cidr(cidr));
  return register(construct, {
    name,
    engine,
    cidrs: store.cidrs,
    host,
    ...endpointOptions(construct, store, () => engine.portOf(construct)),
    secretName: dnsSubdomain(construct, 'secretName', store.secretName ?? name),
  });
}

/**
 * A store that this program defines itself, where it runs: services of one environment may use it.
 */
export function endpointHosted(construct: Construct, engine: PlacedEngine, options: StoreHostedOptions): StoreEndpoint {
  const connections = ConnectionIndex.of(construct);
  const group = groupOf(construct);
  const name = construct.node.id;
  const { app, service, partitions, port = engine.portOf(construct) } = options;
  const instance = instanceOf(group, engine, group.namespace, name, service);
  const endpoint = { name, engine, ...instance, app: app ?? instance.app, port, ...partitions === undefined ? {} : { partitions } };
  connections.addStore({ construct, group, endpoint, hosted: true });
  construct.node.addValidation({
    validate: () => {
      const environments = [...new Set(connections.clientsOf(endpoint).map((client) => environmentName(client.group)))];
      return environments.length <= 1 ? [] : [describe(
        `is used by services of ${environments.map((each) => `'${each}'`).join(' and ')}, so one environment would reach the data of the other`,
        'Define one for each environment',
      )];
    },
  });
  return endpoint;
}

function register(construct: Construct, endpoint: StoreEndpoint): StoreEndpoint {
  const connections = ConnectionIndex.of(construct);
  const group = groupOf(construct);
  connections.addStore({ construct, group, endpoint });
  construct.node.addValidation({
    validate: () => {
      const far = connections.stores.inOtherEnvironment(endpoint, group);
      return far === undefined ? [] : [describe(
        `'${endpoint.host}' is also the store of environment '${environmentName(far.group)}' (${far.construct.node.path}), `
        + 'so one environment would reach the data of the other',
        'Give each environment a host of its own',
      )];
    },
  });
  construct.node.addValidation({ validate: () => disagreement(connections, endpoint) });
  return endpoint;
}

/**
 * A name that is nearly that of a store which this program defines there. Stores of other environments are no candidates: another program may
 * define the one that is meant.
 */
function mistyped(construct: Construct, engine: IStoreEngine, namespace: string, app: string, suffix: string): string[] {
  const names = ConnectionIndex.of(construct).stores.hostedIn(namespace)
    .filter(({ endpoint }) => endpoint.engine.name === engine.name && endpoint.name.endsWith(suffix)).map(({ endpoint }) => endpoint.name);
  const near = names.includes(app) ? undefined : nearest(app, names);
  return near === undefined ? [] : [describe(`there is no ${engine.name} '${app}' in '${namespace}'`, `Did you mean '${near}'?`)];
}

/** What is wrong where a publisher and a subscriber would not mean the same streams. */
function disagreement(connections: ConnectionIndex, endpoint: StoreEndpoint): string[] {
  const streams = ({ partitions }: StoreEndpoint) => partitions === undefined ? 'topics of one stream each' : `${partitions} partitions`;
  const other = connections.stores.otherwisePartitioned(endpoint);
  return other === undefined ? [] : [describe(
    `'${endpoint.host}' has ${streams(endpoint)} here and ${streams(other.endpoint)} at ${other.construct.node.path}, so events would be sent to streams that nobody reads`,
    'Name the same partitions in both places, and use MessageBroker in both',
  )];
}
