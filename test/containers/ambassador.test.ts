import { Ambassador } from '../../src/containers/ambassador';
import type { TlsAmbassadorOptions } from '../../src/containers/ambassador';
import type { ServiceChart } from '../../src/platform/service-chart';
import { ETCD_ENGINE } from '../../src/stores/etcd/etcd-store-engine';
import { PostgresCluster } from '../../src/stores/postgres/postgres-cluster';
import { RedisCluster } from '../../src/stores/redis/redis-cluster';
import { Dapr } from '../../src/values/dapr';
import { Port } from '../../src/values/port';
import { SecretReference } from '../../src/values/secret-reference';
import type { MicroserviceProps } from '../../src/workloads/microservice-props';
import { errorsOf, group, manifestsOf, podOf, profileWith, service } from '../support/platform';

const AUTHORITY = SecretReference.of('redis-authority', 'ca.crt');

function withTls(options: Partial<TlsAmbassadorOptions> = {}, props: MicroserviceProps = {}): ServiceChart {
  const chart = group();
  service(chart, 'checkout', { sidecars: [Ambassador.tls({ certificate: 'checkout-tls', ...options })], ...props }).allowsGroup('core-business');
  return chart;
}

function withRedis(): ServiceChart {
  const chart = group();
  const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
  service(chart, 'checkout', { dapr: Dapr.none('none'), sidecars: [Ambassador.redis(redis, { authority: AUTHORITY })] }).uses(redis);
  return chart;
}

/** A file of the configuration of Envoy. */
function file(chart: ServiceChart, name = 'tls', which = 'envoy.json'): any {
  return JSON.parse(manifestsOf(chart).get('ConfigMap', `checkout-${name}-ambassador`).data[which]);
}

const listener = (configuration: any, name: string) => configuration.static_resources.listeners.find((each: any) => each.name === name);
const tlsOf = (configuration: any, name = 'https') => listener(configuration, name).filter_chains[0].transport_socket.typed_config;

describe('an ambassador for TLS', () => {
  test('stands before the port of the application: others reach it and no longer that', () => {
    const manifests = manifestsOf(withTls());
    expect(manifests.get('Service', 'checkout').spec.ports).toEqual([
      { name: 'https', port: 8443, targetPort: 'https', protocol: 'TCP', appProtocol: 'https' },
      { name: 'grpc', port: 9000, targetPort: 'grpc', protocol: 'TCP', appProtocol: 'kubernetes.io/h2c' },
    ]);
    expect(manifests.get('NetworkPolicy', 'checkout-network-policy').spec.ingress[0].ports.map(({ port }: any) => port)).toEqual([8443, 9000]);
  });

  test('is passed by Dapr\'s sidecar and the kubelet, which are in the pod or on its node', () => {
    const { spec, metadata } = podOf(withTls());
    expect(metadata.annotations).toMatchObject({ 'dapr.io/app-port': '8000' });
    expect(spec.containers[0].readinessProbe.httpGet.port).toBe('http');
  });

  test('is what a service without Dapr calls', () => {
    const chart = group();
    const [checkout, order] = ['checkout', 'order'].map((id) => service(chart, id, {
      dapr: Dapr.none('none'), sidecars: id === 'checkout' ? [Ambassador.tls({ certificate: 'checkout-tls', ports: { http: Port.https(8443), grpc: Port.of('grpcs', 9443) } })] : [],
    }));
    order.calls(checkout);
    const manifests = manifestsOf(chart);
    const ports = (policy: string, direction: string) => manifests.get('NetworkPolicy', policy).spec[direction][0].ports.map(({ port }: any) => port);
    expect([ports('order-calls', 'egress'), ports('checkout-callers', 'ingress')]).toEqual([[8443, 9443], [8443, 9443]]);
  });

  test('speaks TLS 1.3 and nothing older', () => {
    expect(tlsOf(file(withTls())).common_tls_context).toMatchObject({
      tls_params: { tls_minimum_protocol_version: 'TLSv1_3', tls_maximum_protocol_version: 'TLSv1_3' }, alpn_protocols: ['h2', 'http/1.1'],
    });
  });

  test('finds its certificate where the Secret is mounted, and watches it', () => {
    const folder = '/var/run/secrets/checkout-tls';
    expect(file(withTls(), 'tls', 'certificate.json').resources[0].tls_certificate).toEqual({
      certificate_chain: { filename: `${folder}/tls.crt` }, private_key: { filename: `${folder}/tls.key` }, watched_directory: { path: folder },
    });
    const [envoy] = podOf(withTls()).spec.initContainers;
    expect(envoy.volumeMounts).toContainEqual({ name: 'tls-ambassador-secret-checkout-tls', mountPath: folder, readOnly: true });
  });

  test('lets in whoever has a certificate of the authority, where one is named', () => {
    expect(tlsOf(file(withTls()))).not.toHaveProperty('require_client_certificate');
    const chart = withTls({ clientAuthority: SecretReference.of('callers', 'ca.crt') });
    expect(tlsOf(file(chart)).require_client_certificate).toBe(true);
    expect(file(chart, 'tls', 'authority.json').resources[0].validation_context.trusted_ca).toEqual({ filename: '/var/run/secrets/callers/ca.crt' });
  });

  test('speaks to each port of the application as that speaks', () => {
    const ports = { http: Port.https(8443), grpc: Port.of('grpcs', 9443), wire: Port.of('wires', 7443) };
    const configuration = file(withTls({ ports }, { ports: [Port.http(8000), Port.grpc(9000), Port.of('wire', 7000)] }));
    const protocols = configuration.static_resources.clusters.map(({ name, typed_extension_protocol_options: options }: any) =>
      [name, options && Object.keys(Object.values<any>(options)[0].explicit_http_config)[0]]);
    expect(protocols).toEqual([['http', 'http_protocol_options'], ['grpc', 'http2_protocol_options'], ['wire', undefined], ['administration', undefined]]);
    const filters = ['https', 'grpcs', 'wires'].map((name) => listener(configuration, name).filter_chains[0].filters[0].name);
    expect(filters).toEqual(['envoy.filters.network.http_connection_manager', 'envoy.filters.network.http_connection_manager', 'envoy.filters.network.tcp_proxy']);
    expect(tlsOf(configuration, 'grpcs').common_tls_context.alpn_protocols).toEqual(['h2']);
    expect(tlsOf(configuration, 'wires').common_tls_context).not.toHaveProperty('alpn_protocols');
  });

  test('shows of its administration readiness and metrics alone, and is scraped', () => {
    const chart = withTls();
    const configuration = file(chart);
    expect(configuration.admin).toEqual({ address: { pipe: { path: '/tmp/administration' } } });
    const [{ typed_config: status }] = listener(configuration, 'status').filter_chains[0].filters;
    expect(status.route_config.virtual_hosts[0].routes.map(({ match }: any) => match)).toEqual([{ path: '/live' }, { path: '/ready' }, { path: '/stats/prometheus' }]);
    const manifests = manifestsOf(chart);
    expect(manifests.get('PodMonitor', 'checkout-tls-ambassador').spec.podMetricsEndpoints).toEqual([{ port: 'envoy-status', path: '/stats/prometheus' }]);
    expect(manifests.get('NetworkPolicy', 'allow-metrics').spec.ingress[0].ports.map(({ port }: any) => port)).toEqual([8000, 9090, 9902]);
  });

  test('starts before the application, and the pod is ready when it is', () => {
    expect(podOf(withTls()).spec.initContainers[0]).toMatchObject({
      restartPolicy: 'Always',
      startupProbe: { httpGet: { path: '/ready', port: 'envoy-status' }, periodSeconds: 1, failureThreshold: 60 },
      readinessProbe: { httpGet: { path: '/ready', port: 'envoy-status' }, periodSeconds: 10 },
      livenessProbe: { httpGet: { path: '/live', port: 'envoy-status' }, periodSeconds: 10 },
    });
  });

  test('rolls out when its configuration changes', () => {
    const sum = (connections: number) => {
      const chart = group({ profile: profileWith({ containers: { ambassador: { maxConnections: connections } } }) });
      service(chart, 'checkout', { sidecars: [Ambassador.tls({ certificate: 'checkout-tls' })] });
      return podOf(chart).metadata.annotations['checksum/tls-ambassador'];
    };
    expect(sum(100)).toMatch(/^[0-9a-f]{64}$/);
    expect(sum(100)).not.toBe(sum(200));
  });
});

describe('an ambassador to Redis', () => {
  test('listens for the application alone', () => {
    const chart = withRedis();
    expect(listener(file(chart, 'redis'), 'redis').address).toEqual({ socket_address: { address: '127.0.0.1', port_value: 6379 } });
    expect(manifestsOf(chart).get('Service', 'checkout').spec.ports.map(({ name }: any) => name)).toEqual(['http', 'grpc']);
    expect(podOf(chart).spec.initContainers[0].ports).toEqual([{ name: 'envoy-status', containerPort: 9902, protocol: 'TCP' }]);
  });

  test('speaks TLS 1.3 to members that have a certificate of the authority with the name of the store', () => {
    const chart = withRedis();
    const [cluster] = file(chart, 'redis').static_resources.clusters;
    const host = 'redis-prod.infrastructure.svc.cluster.local';
    expect(cluster.load_assignment.endpoints[0].lb_endpoints[0].endpoint.address).toEqual({ socket_address: { address: host, port_value: 6379 } });
    expect(cluster.transport_socket.typed_config).toMatchObject({
      sni: host,
      common_tls_context: {
        tls_params: { tls_minimum_protocol_version: 'TLSv1_3', tls_maximum_protocol_version: 'TLSv1_3' },
        validation_context: {
          trusted_ca: { filename: '/var/run/secrets/redis-authority/ca.crt' }, match_typed_subject_alt_names: [{ san_type: 'DNS', matcher: { exact: host } }],
        },
      },
    });
  });

  test('is who the service is, by files, and no password is in a manifest', () => {
    const chart = withRedis();
    const [cluster] = file(chart, 'redis').static_resources.clusters;
    expect(cluster.typed_extension_protocol_options['envoy.filters.network.redis_proxy']).toMatchObject({
      auth_username: { filename: '/var/run/secrets/redis-prod/username' }, auth_password: { filename: '/var/run/secrets/redis-prod/password' },
    });
    const volume = podOf(chart).spec.volumes.find(({ name }: any) => name === 'redis-ambassador-secret-redis-prod');
    expect(volume.secret).toEqual({ secretName: 'redis-prod', items: [{ key: 'password', path: 'password' }, { key: 'username', path: 'username' }] });
  });

  test('can listen elsewhere, beside one for TLS', () => {
    const chart = group();
    const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
    service(chart, 'checkout', {
      sidecars: [
        Ambassador.tls({ certificate: 'checkout-tls' }),
        Ambassador.redis(redis, { authority: AUTHORITY, serverName: 'redis', port: Port.of('cache', 7000), statusPort: Port.of('redis-status', 9903) }),
      ],
    }).uses(redis);
    expect(listener(file(chart, 'redis'), 'redis').address.socket_address.port_value).toBe(7000);
    expect(file(chart, 'redis').static_resources.clusters[0].transport_socket.typed_config.sni).toBe('redis');
    expect(podOf(chart).spec.initContainers.map(({ name }: any) => name)).toEqual(['tls-ambassador', 'redis-ambassador']);
  });
});

describe('an ambassador fails', () => {
  test.each<[string, (chart: ServiceChart) => void, string]>([
    ['to a store that the service does not use', (chart) => {
      service(chart, 'checkout', { sidecars: [Ambassador.redis(RedisCluster.fromNamespace(chart, 'redis', 'infrastructure'), { authority: AUTHORITY })] });
    }, "has an ambassador to 'redis' and does not use it, so no network policy lets it through. Say checkout.uses(...) of it."],
    ['to PostgreSQL', (chart) => {
      service(chart, 'checkout', { sidecars: [Ambassador.redis(PostgresCluster.fromNamespace(chart, 'postgresql', 'infrastructure'), { authority: AUTHORITY })] });
    }, "has an ambassador to 'postgresql', whose protocol 'postgresql' Envoy cannot encrypt for an application. Let the application speak TLS to it."],
    ['to etcd', (chart) => {
      const stateEndpoint = { name: 'etcd', engine: ETCD_ENGINE, host: 'etcd.example.com', port: 2379, secretName: 'etcd' };
      service(chart, 'checkout', { sidecars: [Ambassador.redis({ stateEndpoint }, { authority: AUTHORITY })] });
    }, "has an ambassador to 'etcd', whose protocol 'etcd' Envoy cannot encrypt for an application. Let the application speak TLS to it."],
    ['beside another with the same status port', (chart) => {
      const redis = RedisCluster.fromNamespace(chart, 'redis', 'infrastructure');
      service(chart, 'checkout', { sidecars: [Ambassador.tls({ certificate: 'a' }), Ambassador.redis(redis, { authority: AUTHORITY })] }).uses(redis);
    }, "the container 'redis-ambassador' has the port 9902 of the container 'tls-ambassador', and a pod has each port once. Give one of them another number."],
    ['in front of a port that the application has not', (chart) => {
      service(chart, 'checkout', { sidecars: [Ambassador.tls({ certificate: 'a', ports: { web: Port.https(8443) } })] });
    }, "has an ambassador for TLS in front of a port 'web', and the application has http, grpc. Name a port of the application."],
    ['in front of nothing', (chart) => {
      service(chart, 'checkout', { sidecars: [Ambassador.tls({ certificate: 'a', ports: {} })] });
    }, 'has an ambassador for TLS with an empty list of ports. Name a port of the application, or leave ports out.'],
    ['twice in one pod', (chart) => {
      service(chart, 'checkout', { sidecars: [1, 2].map(() => Ambassador.tls({ certificate: 'a' })) });
    }, "the container 'tls-ambassador' has the name of another container, and a pod has each name once. Give it a name of its own."],
  ])('%s', (_what, define, message) => {
    expect(errorsOf(define)).toEqual([`[core-business-prod/checkout] ${message}`]);
  });

  test('where the pod has no folder to write to', () => {
    expect(errorsOf((chart) => service(chart, 'checkout', { sidecars: [Ambassador.tls({ certificate: 'a' })] }), { profile: profileWith({ security: { scratchPaths: [] } }) })).toEqual([
      "[core-business-prod/checkout] has an ambassador, and no folder in which it may make a socket. Name one in security.scratchPaths of the platform profile, such as '/tmp'.",
    ]);
  });

  test('for a Secret that is none', () => {
    expect(() => Ambassador.tls({ certificate: 'Checkout TLS' })).toThrow(/^SecretReference\.of: the Secret 'Checkout TLS' is not a DNS subdomain/);
  });

  test('by settings of the profile that nothing could run with', () => {
    expect(() => profileWith({ containers: { ambassador: { concurrency: 0 } } })).toThrow(new Error(
      'PlatformProfile.customize: expected containers.ambassador.concurrency to be a whole number of 1 or more, got 0. Use 1 or more.',
    ));
  });
});
