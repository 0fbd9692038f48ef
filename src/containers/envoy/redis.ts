import type { EnvoyPart } from './bootstrap';
import { assignment, listener, seconds, socketAddress, typed } from './bootstrap';
import { SECRETS_FOLDER } from '../../core/pod-parts';
import type { StoreEndpoint } from '../../core/store-endpoint';
import type { Port } from '../../values/port';
import type { AmbassadorSettings } from '../container-settings';

/** The keys of the Secret with the credentials of a service. */
export const REDIS_KEYS = { user: 'username', password: 'password' } as const;

/** Takes commands of Redis from the application alone, and sends each to the member that has its key. */
export function redisListener({ name }: StoreEndpoint, port: Port, { operationTimeout }: Required<AmbassadorSettings>): EnvoyPart {
  return listener(name, '127.0.0.1', port.number, {
    filters: [{
      name: 'envoy.filters.network.redis_proxy',
      typed_config: typed('extensions.filters.network.redis_proxy.v3.RedisProxy', {
        stat_prefix: name,
        // a key may have moved since the members were last asked
        settings: { op_timeout: seconds(operationTimeout), enable_redirection: true, enable_hashtagging: true },
        prefix_routes: { catch_all_route: { cluster: name } },
      }),
    }],
  });
}

/**
 * A Redis cluster: its members are learnt from itself, beginning with the one that the name leads to.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/other_protocols/redis
 */
export function redisClusterOf(store: StoreEndpoint, tls: EnvoyPart, { connectTimeout }: Required<AmbassadorSettings>): EnvoyPart {
  const { name, host, port, secretName } = store;
  const secret = (key: string) => ({ filename: `${SECRETS_FOLDER}/${secretName}/${key}` });
  return {
    name,
    connect_timeout: seconds(connectTimeout),
    // members are asked at one address of the name, and one that nobody listens on would be asked for ever
    dns_lookup_family: 'V4_PREFERRED',
    lb_policy: 'CLUSTER_PROVIDED',
    cluster_type: { name: 'envoy.clusters.redis', typed_config: typed('extensions.clusters.redis.v3.RedisClusterConfig') },
    load_assignment: assignment(name, socketAddress(host, port)),
    transport_socket: tls,
    typed_extension_protocol_options: {
      'envoy.filters.network.redis_proxy': typed('extensions.filters.network.redis_proxy.v3.RedisProtocolOptions', {
        auth_username: secret(REDIS_KEYS.user), auth_password: secret(REDIS_KEYS.password),
      }),
    },
  };
}
