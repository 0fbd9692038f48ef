import type { Construct } from 'constructs';
import { STORAGE_SETTINGS } from './storage-settings';
import { ConnectionIndex } from '../core/connection-index';
import type { ServiceGroup } from '../core/service-group';
import { environmentName, groupOf } from '../core/service-group';
import type { StoreEndpoint } from '../core/store-endpoint';
import { StoreEngine } from '../core/store-endpoint';
import { PlatformProfile } from '../profile/platform-profile';
import { describe, fail } from '../values/errors';
import { NetworkPeer } from '../values/network-peer';
import { ETCD } from '../values/ports';
import { dnsLabel, dnsSubdomain, portNumber } from '../values/value-checks';

/** What is a fact of an engine, or of the operator that runs it. */
interface EngineFacts {
  /** The port of services, unless something else is said. */
  readonly port: (profile: PlatformProfile) => number;
  /** What is appended to the name of an instance for the Service of its clients. */
  readonly service?: string;
  /** What is appended to the name of an instance for the Secret of its clients. */
  readonly secret?: string;
}

const ENGINES: { readonly [engine in StoreEngine]: EngineFacts } = {
  [StoreEngine.REDIS_CLUSTER]: { port: (profile) => STORAGE_SETTINGS.of(profile).redisPort },
  [StoreEngine.POSTGRESQL]: { port: (profile) => STORAGE_SETTINGS.of(profile).postgresqlPort },
  [StoreEngine.KAFKA]: { port: (profile) => STORAGE_SETTINGS.of(profile).kafkaPort, service: '-kafka-bootstrap', secret: '-cluster-ca-cert' },
  [StoreEngine.ETCD]: { port: () => ETCD.client, secret: '-client-tls' },
};

/** Where an instance in the cluster is, and by what credentials. */
function instanceOf(
  group: ServiceGroup, engine: StoreEngine, namespace: string, app: string, said?: string,
): Pick<StoreEndpoint, 'app' | 'namespace' | 'host' | 'secretName'> {
  const { service = '', secret = '' } = ENGINES[engine];
  return { namespace, app, host: `${said ?? app + service}.${namespace}.svc.${group.profile._values.clusterDomain}`, secretName: `${app}${secret}` };
}

/** What is said of a store that runs in a namespace of the cluster. */
export interface InsideStore {
  readonly port?: number;
  readonly partitions?: number;
  readonly instance?: string;
  readonly service?: string;
  readonly secretName?: string;
}

/** What is said of a store that runs outside of the cluster. */
export interface OutsideStore {
  readonly port?: number;
  readonly cidrs: string[];
  readonly secretName?: string;
}

/** Where clients come in to a store that this program defines, where that is not by its own name, and what they find there. */
export interface HostedEntry {
  readonly partitions?: number;
  readonly service?: string;
  /** The `app` label of the pods behind that Service. */
  readonly app?: string;
}

/**
 * The store of this environment in a namespace that all environments share: an instance for each of them.
 */
export function endpointInside(construct: Construct, engine: StoreEngine, namespace: string, store: InsideStore): StoreEndpoint {
  const group = groupOf(construct);
  const name = construct.node.id;
  dnsLabel(construct, 'name', name);
  dnsLabel(construct, 'namespace', namespace);
  const environment = environmentName(group);
  const app = store.instance ?? (environment ? `${name}-${environment}` : name);
  dnsLabel(construct, 'instance', app);
  const service = store.service === undefined ? undefined : dnsLabel(construct, 'service', store.service);
  const instance = instanceOf(group, engine, namespace, app, service);
  return register(construct, {
    name,
    engine,
    ...instance,
    port: portOf(construct, engine, store.port),
    secretName: dnsSubdomain(construct, 'secretName', store.secretName ?? instance.secretName),
    ...store.partitions === undefined ? {} : { partitions: store.partitions },
  });
}

/**
 * A store at a host of its own.
 */
export function endpointOutside(construct: Construct, engine: StoreEngine, host: string, store: OutsideStore): StoreEndpoint {
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
    port: portOf(construct, engine, store.port),
    secretName: dnsSubdomain(construct, 'secretName', store.secretName ?? name),
  });
}

/**
 * A store that this program defines itself, where it runs: services of one environment may use it.
 */
export function endpointHosted(construct: Construct, engine: StoreEngine, port: number, entry: HostedEntry = {}): StoreEndpoint {
  const connections = ConnectionIndex.of(construct);
  const group = groupOf(construct);
  const name = construct.node.id;
  const { app, service, partitions } = entry;
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

function portOf(construct: Construct, engine: StoreEngine, port: number | undefined): number {
  return portNumber(construct, port ?? ENGINES[engine].port(PlatformProfile.of(construct)));
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

/** What is wrong where a publisher and a subscriber would not mean the same streams. */
function disagreement(connections: ConnectionIndex, endpoint: StoreEndpoint): string[] {
  const streams = ({ partitions }: StoreEndpoint) => partitions === undefined ? 'topics of one stream each' : `${partitions} partitions`;
  const other = connections.stores.otherwisePartitioned(endpoint);
  return other === undefined ? [] : [describe(
    `'${endpoint.host}' has ${streams(endpoint)} here and ${streams(other.endpoint)} at ${other.construct.node.path}, so events would be sent to streams that nobody reads`,
    'Name the same partitions in both places, and use MessageBroker in both',
  )];
}
