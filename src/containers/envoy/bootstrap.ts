import type { Duration } from 'cdk8s';
import type { SidecarContext } from '../../core/pod-container';
import { POD_SECURITY_SETTINGS } from '../../security/pod-security-settings';
import { fail } from '../../values/errors';
import type { Port } from '../../values/port';
import { CONTAINER_SETTINGS } from '../container-settings';

/** A part of Envoy's configuration: its own API, whose types no package of ours has. */
export interface EnvoyPart { readonly [field: string]: unknown }

/** What an ambassador does: where it listens, and whom it speaks to. */
export interface EnvoyDefinition {
  readonly listeners: readonly EnvoyPart[];
  readonly clusters: readonly EnvoyPart[];
  readonly statusPort: Port;
}

/** The folder of Envoy's configuration, and the file in it that it starts with. */
export const FOLDER = '/etc/ambassador';
export const BOOTSTRAP = 'envoy.json';

/** Where `/ready` and `/live` are asked, and the metrics. */
export const STATUS_PATHS = { ready: '/ready', live: '/live', metrics: '/stats/prometheus' } as const;

/** The administration: a socket in a folder of the container alone, because it may also stop Envoy and show certificates. */
const ADMINISTRATION = 'administration';

/** The status of an answer that Envoy makes itself. */
const OK = 200;

const TYPE = 'type.googleapis.com/envoy.';

/** A part with the type by which Envoy knows what it is. */
export function typed(type: string, fields: EnvoyPart = {}): EnvoyPart {
  return { '@type': `${TYPE}${type}`, ...fields };
}

/**
 * The whole configuration of an Envoy that asks nobody else for more.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/bootstrap/v3/bootstrap.proto
 */
export function bootstrap(context: SidecarContext, { listeners, clusters, statusPort }: EnvoyDefinition): string {
  const { ambassador } = CONTAINER_SETTINGS.of(context.profile);
  const security = POD_SECURITY_SETTINGS.of(context.profile);
  const [scratch] = security.scratchPaths;
  if (scratch === undefined) {
    fail(context.workload, 'has an ambassador, and no folder in which it may make a socket', "Name one in security.scratchPaths of the platform profile, such as '/tmp'");
  }
  const pipe = { pipe: { path: `${scratch}/${ADMINISTRATION}` } };
  return toText({
    // without a name of its own Envoy reads no certificate from a file that may change
    node: { id: context.name, cluster: context.namespace },
    admin: { address: pipe },
    static_resources: {
      listeners: [...listeners, statusListener(statusPort)],
      clusters: [...clusters, { name: ADMINISTRATION, type: 'STATIC', connect_timeout: seconds(ambassador.connectTimeout), load_assignment: assignment(ADMINISTRATION, pipe) }],
    },
    overload_manager: {
      resource_monitors: [{
        name: 'envoy.resource_monitors.global_downstream_max_connections',
        typed_config: typed('extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig', {
          max_active_downstream_connections: ambassador.maxConnections,
        }),
      }],
    },
  });
}

/** A file of a secret, as Envoy's own discovery reads it again whenever it changed. */
export function secretFile(name: string, fields: EnvoyPart): string {
  return toText({ resources: [typed('extensions.transport_sockets.tls.v3.Secret', { name, ...fields })] });
}

/** The reference to such a file. */
export function secretFrom(name: string, file: string): EnvoyPart {
  return { name, sds_config: { path_config_source: { path: `${FOLDER}/${file}` }, resource_api_version: 'V3' } };
}

export function listener(name: string, address: string, port: number, chain: EnvoyPart, options: EnvoyPart = {}): EnvoyPart {
  return { name, address: socketAddress(address, port), ...options, filter_chains: [chain] };
}

export function assignment(cluster: string, address: EnvoyPart): EnvoyPart {
  return { cluster_name: cluster, endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] };
}

export function socketAddress(address: string, port: number): EnvoyPart {
  return { socket_address: { address, port_value: port } };
}

/** The filter that speaks HTTP and sends each request where its routes say. */
export function http(name: string, routes: readonly EnvoyPart[], options: EnvoyPart = {}): EnvoyPart {
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: typed('extensions.filters.network.http_connection_manager.v3.HttpConnectionManager', {
      stat_prefix: name,
      ...options,
      route_config: { name, virtual_hosts: [{ name, domains: ['*'], routes }] },
      http_filters: [{ name: 'envoy.filters.http.router', typed_config: typed('extensions.filters.http.router.v3.Router') }],
    }),
  };
}

export function seconds(duration: Duration): string {
  return `${duration.toSeconds()}s`;
}

/** What others may see of the administration: readiness and metrics. The answer to `/live` comes from a thread that takes connections. */
function statusListener(port: Port): EnvoyPart {
  const asked = (path: string) => ({ match: { path }, route: { cluster: ADMINISTRATION } });
  const live = { match: { path: STATUS_PATHS.live }, direct_response: { status: OK } };
  return listener('status', '0.0.0.0', port.number, { filters: [http('status', [live, asked(STATUS_PATHS.ready), asked(STATUS_PATHS.metrics)])] },
    // whoever counts connections must still be able to ask
    { ignore_global_conn_limit: true });
}

function toText(configuration: EnvoyPart): string {
  return `${JSON.stringify(configuration, undefined, ' ')}\n`;
}
