import { Duration } from 'cdk8s';
import { CONTAINER_SETTINGS } from './container-settings';
import { MESH_SETTING } from '../mesh/mesh-settings';
import type { EnvoyDefinition } from './envoy/bootstrap';
import { BOOTSTRAP, bootstrap, FOLDER, STATUS_PATHS } from './envoy/bootstrap';
import { REDIS_KEYS, redisClusterOf, redisListener } from './envoy/redis';
import type { Front } from './envoy/tls';
import { applicationCluster, authorityFile, certificateFile, originating, terminating, TLS_KEYS } from './envoy/tls';
import { ConnectionIndex } from '../core/connection-index';
import { engineOf } from '../core/engine-of';
import type { ISidecar, SidecarContainer, SidecarContext } from '../core/pod-container';
import type { IStateStore, StoreEndpoint } from '../core/store-endpoint';
import { describe, fail } from '../values/errors';
import { Port } from '../values/port';
import { Probe } from '../values/probe';
import { Resources } from '../values/resources';
import { SecretReference } from '../values/secret-reference';

/**
 * Options of every ambassador.
 */
export interface AmbassadorOptions {
  /**
   * The port on which Envoy tells whether it is ready, and its metrics. Two ambassadors of one pod need two.
   *
   * @default - the profile's `containers.ambassador.statusPort` (envoy-status 9902)
   */
  readonly statusPort?: Port;
}

/**
 * Options of an ambassador that takes TLS for the application.
 */
export interface TlsAmbassadorOptions extends AmbassadorOptions {
  /**
   * The name of the Secret with `tls.crt` and `tls.key`, as cert-manager writes it. It must exist in the namespace. A renewed certificate
   * is taken without a restart.
   */
  readonly certificate: string;

  /**
   * The certificate of the authority by which clients are verified: who has no certificate of it is not let in.
   *
   * @default - clients need no certificate
   */
  readonly clientAuthority?: SecretReference;

  /**
   * The ports on which TLS is taken, by the names of the application's ports in whose place they stand, such as
   * `{ http: Port.https(8443), grpc: Port.of('grpcs', 9443) }`.
   *
   * @default - the profile's `containers.ambassador.tlsPort` (https 8443), in place of the application's first port
   */
  readonly ports?: { [applicationPort: string]: Port };
}

/**
 * Options of an ambassador to a Redis cluster.
 */
export interface RedisAmbassadorOptions extends AmbassadorOptions {
  /**
   * The certificate of the authority by which the members of the cluster are verified. It is read when Envoy starts.
   */
  readonly authority: SecretReference;

  /**
   * The name that the certificate of every member must hold.
   *
   * @default - the host of the store
   */
  readonly serverName?: string;

  /**
   * The port on 127.0.0.1 on which the application finds Redis.
   *
   * @default - the port of the store, with its name
   */
  readonly port?: Port;
}

/** While it starts, Envoy is asked each second, so that the application behind it does not wait longer than it must. */
const STARTUP_PERIOD = Duration.seconds(1);

/** Names of containers: what each is for. */
const NAMES = { tls: 'tls-ambassador', store: 'ambassador' } as const;

/**
 * Envoy beside an application, in its place before others: it takes TLS 1.3 for one that speaks plainly, or brings one that speaks plainly
 * to a store by TLS 1.3.
 *
 * Gives, besides the container: its configuration as a ConfigMap, whose change rolls out, and a PodMonitor of its metrics.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/
 *
 * @example
 *
 * declare const redis: IStateStore;
 * new Microservice(this, 'order', {
 *   sidecars: [
 *     containers.Ambassador.tls({ certificate: 'order-tls' }),
 *     containers.Ambassador.redis(redis, { authority: SecretReference.of('redis-authority', 'ca.crt'), statusPort: Port.of('redis-status', 9903) }),
 *   ],
 * }).uses(redis);
 */
export class Ambassador implements ISidecar {
  /**
   * Takes TLS, 1.3 or later, in place of a port of the application.
   *
   * The Service offers its port and no longer the application's, and policies admit others to it alone. Dapr's sidecar and the kubelet still
   * speak to the application itself.
   */
  public static tls(options: TlsAmbassadorOptions): Ambassador {
    const certificate = SecretReference.of(options.certificate, TLS_KEYS.certificate);
    return new Ambassador((context) => tlsContainer(context, certificate.name, options));
  }

  /**
   * Brings commands of the application to a Redis cluster, as if that were one server on 127.0.0.1 without TLS and password. Commands over
   * keys of several members, and those of streams with several keys, are not possible.
   *
   * The workload must say `uses(store)` too: that is what opens the network. Synthesis fails otherwise, and on another kind of store.
   *
   * @see https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/other_protocols/redis#supported-commands
   */
  public static redis(store: IStateStore, options: RedisAmbassadorOptions): Ambassador {
    return new Ambassador((context) => redisContainer(context, store.stateEndpoint, options));
  }

  private constructor(private readonly container: (context: SidecarContext) => SidecarContainer) {}

  /**
   * The container for a workload.
   */
  public bind(context: SidecarContext): SidecarContainer {
    return this.container(context);
  }
}

function tlsContainer(context: SidecarContext, certificate: string, options: TlsAmbassadorOptions): SidecarContainer {
  const { ambassador } = CONTAINER_SETTINGS.of(context.profile);
  const mesh = MESH_SETTING.of(context.profile);
  if (mesh._proxies) {
    fail(context.workload, `has an ambassador for TLS in the mesh ${mesh}, which encrypts already and could no longer read requests`, 'Leave the ambassador out, or use Mesh.none() for a group of its own');
  }
  const fronts = frontsOf(context, options.ports);
  const { clientAuthority } = options;
  return {
    ...envoy(context, {
      listeners: fronts.map((front) => terminating(front, clientAuthority !== undefined)),
      clusters: fronts.map((front) => applicationCluster(front, ambassador)),
      statusPort: options.statusPort ?? ambassador.statusPort,
    }, { ...certificateFile(certificate), ...clientAuthority ? authorityFile(clientAuthority) : {} }),
    name: NAMES.tls,
    ports: fronts.map(({ port }) => port),
    frontedPorts: fronts.map(({ application }) => application.name),
    secretFiles: [...Object.values(TLS_KEYS).map((key) => SecretReference.of(certificate, key)), ...clientAuthority ? [clientAuthority] : []],
  };
}

function redisContainer(context: SidecarContext, store: StoreEndpoint, options: RedisAmbassadorOptions): SidecarContainer {
  const { workload, profile } = context;
  const { ambassador } = CONTAINER_SETTINGS.of(profile);
  if (engineOf(store).protocol.startsWith('redis-')) {
    fail(workload, `has an ambassador to '${store.name}', which is no Redis cluster with TLS and users`, 'Leave the ambassador out, and let the application connect to it');
  }
  if (engineOf(store).protocol !== 'redis') {
    fail(workload, `has an ambassador to '${store.name}', whose protocol '${engineOf(store).protocol}' Envoy cannot encrypt for an application`, 'Let the application speak TLS to it');
  }
  const connections = ConnectionIndex.of(workload);
  workload.node.addValidation({
    validate: () => connections.clientsOf(store).some(({ construct }) => construct === workload) ? [] : [describe(
      `has an ambassador to '${store.name}' and does not use it, so no network policy lets it through`, `Say ${context.name}.uses(...) of it`)],
  });
  const port = options.port ?? Port.of(store.name, store.port);
  return {
    ...envoy(context, {
      listeners: [redisListener(store, port, ambassador)],
      clusters: [redisClusterOf(store, originating(options.serverName ?? store.host, options.authority), ambassador)],
      statusPort: options.statusPort ?? ambassador.statusPort,
    }, {}),
    name: `${store.name}-${NAMES.store}`,
    localPorts: [port],
    secretFiles: [...Object.values(REDIS_KEYS).map((key) => SecretReference.of(store.secretName, key)), options.authority],
  };
}

function frontsOf({ workload, ports, profile }: SidecarContext, chosen: TlsAmbassadorOptions['ports']): Front[] {
  const [main] = ports;
  if (main === undefined) {
    fail(workload, 'has an ambassador for TLS, and no port that it could stand in front of', 'Name a port of the application, or leave the ambassador out');
  }
  const entries = Object.entries(chosen ?? { [main.name]: CONTAINER_SETTINGS.of(profile).ambassador.tlsPort });
  if (entries.length === 0) {
    fail(workload, 'has an ambassador for TLS with an empty list of ports', 'Name a port of the application, or leave ports out');
  }
  return entries.map(([name, port]) => ({
    port,
    application: ports.find((each) => each.name === name)
      ?? fail(workload, `has an ambassador for TLS in front of a port '${name}', and the application has ${ports.map((each) => each.name).join(', ')}`, 'Name a port of the application'),
  }));
}

/** What every ambassador has. */
function envoy(context: SidecarContext, definition: EnvoyDefinition, files: { [file: string]: string }): Omit<SidecarContainer, 'name'> {
  const { image, resources, concurrency, startTimeout, probeInterval } = CONTAINER_SETTINGS.of(context.profile).ambassador;
  const { statusPort } = definition;
  const asked = (path: string) => Probe.httpGet(path, { port: statusPort.name, period: probeInterval });
  return {
    image,
    command: ['envoy'],
    args: ['--config-path', `${FOLDER}/${BOOTSTRAP}`, '--concurrency', `${concurrency}`, '--disable-hot-restart', '--log-level', 'warning'],
    resources: Resources.of(resources),
    configuration: { [BOOTSTRAP]: bootstrap(context, definition), ...files },
    configurationFolder: FOLDER,
    metricsPort: statusPort,
    metricsPath: STATUS_PATHS.metrics,
    probes: {
      startup: Probe.httpGet(STATUS_PATHS.ready, { port: statusPort.name, period: STARTUP_PERIOD, failureThreshold: startTimeout.toSeconds() }),
      readiness: asked(STATUS_PATHS.ready),
      liveness: asked(STATUS_PATHS.live),
    },
  };
}
