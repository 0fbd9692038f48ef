import type { EnvoyPart } from './bootstrap';
import { assignment, http, listener, seconds, secretFile, secretFrom, socketAddress, typed } from './bootstrap';
import { SECRETS_FOLDER } from '../../core/pod-parts';
import type { Port } from '../../values/port';
import type { SecretReference } from '../../values/secret-reference';
import type { AmbassadorSettings } from '../container-settings';

/** Nothing older is spoken, on either side. */
const TLS_PARAMS = { tls_minimum_protocol_version: 'TLSv1_3', tls_maximum_protocol_version: 'TLSv1_3' };

/** Names of the secrets inside of Envoy, and the files of its configuration that say where they are. */
const CERTIFICATE = { name: 'certificate', file: 'certificate.json' };
const AUTHORITY = { name: 'authority', file: 'authority.json' };

/** By which words both ends agree on a version of HTTP. */
const HTTP_2 = 'h2';
const HTTP_1 = 'http/1.1';

/** What stands in front of one port of the application. */
export interface Front {
  readonly port: Port;
  readonly application: Port;
}

/** The keys of a Secret of the type `kubernetes.io/tls`. */
export const TLS_KEYS = { certificate: 'tls.crt', key: 'tls.key' } as const;

/** The file that tells Envoy where its own certificate is. It reads both again when the kubelet has replaced them. */
export function certificateFile(secret: string): { [file: string]: string } {
  const folder = `${SECRETS_FOLDER}/${secret}`;
  return {
    [CERTIFICATE.file]: secretFile(CERTIFICATE.name, {
      tls_certificate: {
        certificate_chain: { filename: `${folder}/${TLS_KEYS.certificate}` },
        private_key: { filename: `${folder}/${TLS_KEYS.key}` },
        watched_directory: { path: folder },
      },
    }),
  };
}

/** The file that tells Envoy by which authority clients are verified. */
export function authorityFile({ name, key }: SecretReference): { [file: string]: string } {
  const folder = `${SECRETS_FOLDER}/${name}`;
  return {
    [AUTHORITY.file]: secretFile(AUTHORITY.name, {
      validation_context: { trusted_ca: { filename: `${folder}/${key}` }, watched_directory: { path: folder } },
    }),
  };
}

/** Takes TLS on a port and speaks plainly to a port of the application. */
export function terminating({ port, application }: Front, verifiesClients: boolean): EnvoyPart {
  const protocols: { [appProtocol: string]: string[] } = { 'http': [HTTP_2, HTTP_1], 'kubernetes.io/h2c': [HTTP_2] };
  const protocol = application._appProtocol === undefined ? undefined : protocols[application._appProtocol];
  return listener(port.name, '0.0.0.0', port.number, {
    transport_socket: {
      name: 'envoy.transport_sockets.tls',
      typed_config: typed('extensions.transport_sockets.tls.v3.DownstreamTlsContext', {
        common_tls_context: {
          tls_params: TLS_PARAMS,
          ...protocol ? { alpn_protocols: protocol } : {},
          tls_certificate_sds_secret_configs: [secretFrom(CERTIFICATE.name, CERTIFICATE.file)],
          ...verifiesClients ? { validation_context_sds_secret_config: secretFrom(AUTHORITY.name, AUTHORITY.file) } : {},
        },
        ...verifiesClients ? { require_client_certificate: true } : {},
      }),
    },
    filters: [protocol ? requests(application) : bytes(application)],
  });
}

/** The application, as Envoy reaches it in the pod. */
export function applicationCluster({ application }: Front, { connectTimeout }: Required<AmbassadorSettings>): EnvoyPart {
  const version = speaksHttp2(application._appProtocol) ? 'http2_protocol_options' : 'http_protocol_options';
  return {
    name: application.name,
    type: 'STATIC',
    connect_timeout: seconds(connectTimeout),
    ...application._appProtocol === undefined ? {} : {
      typed_extension_protocol_options: {
        'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': typed('extensions.upstreams.http.v3.HttpProtocolOptions', { explicit_http_config: { [version]: {} } }),
      },
    },
    load_assignment: assignment(application.name, socketAddress('127.0.0.1', application.number)),
  };
}

/**
 * The other side of TLS: what a cluster speaks to a server that must have a name, and a certificate of the authority.
 *
 * The authority is read at the start and not discovered: a cluster that first has to find its members would wait for the one, and the discovery for it.
 */
export function originating(serverName: string, { name, key }: SecretReference): EnvoyPart {
  return {
    name: 'envoy.transport_sockets.tls',
    typed_config: typed('extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
      sni: serverName,
      common_tls_context: {
        tls_params: TLS_PARAMS,
        validation_context: {
          trusted_ca: { filename: `${SECRETS_FOLDER}/${name}/${key}` },
          match_typed_subject_alt_names: [{ san_type: 'DNS', matcher: { exact: serverName } }],
        },
      },
    }),
  };
}

/** Each request to the application. How long one may take is for the two ends to say: a stream may last for hours. */
function requests({ name, _appProtocol }: Port): EnvoyPart {
  return http(name, [{ match: { prefix: '/' }, route: { cluster: name, timeout: '0s' } }], {
    // the last of X-Forwarded-For is who asked, whatever stood there before
    use_remote_address: true,
    ...speaksHttp2(_appProtocol) ? {} : { upgrade_configs: [{ upgrade_type: 'websocket' }] },
  });
}

function speaksHttp2(appProtocol: string | undefined): boolean {
  return appProtocol === 'kubernetes.io/h2c';
}

function bytes({ name }: Port): EnvoyPart {
  return {
    name: 'envoy.filters.network.tcp_proxy',
    typed_config: typed('extensions.filters.network.tcp_proxy.v3.TcpProxy', { stat_prefix: name, cluster: name }),
  };
}
