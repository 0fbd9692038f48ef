import { Yaml } from 'cdk8s';
import { ServiceReference } from '../../src/core/service-reference';
import { App } from '../../src/platform/app';
import { Dapr } from '../../src/values/dapr';
import { bare, group, manifestsOf, podOf, profileWith, service } from '../support/platform';

test('a namespace has a Configuration by which nobody calls its services, and all is traced and measured', () => {
  expect(Yaml.stringify(bare(manifestsOf(group()).get('Configuration', 'appconfig'))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: dapr.io/v1alpha1
kind: Configuration
metadata:
  name: appconfig
spec:
  accessControl:
    defaultAction: deny
    policies: []
    trustDomain: public
  features:
    - enabled: false
      name: HotReload
  metrics:
    enabled: true
    http:
      increasedCardinality: false
  tracing:
    otel:
      endpointAddress: opentelemetry-collector.infrastructure.svc.cluster.local:4317
      isSecure: false
      protocol: grpc
    samplingRate: "0.1""
`);
});

describe('a service that is called', () => {
  const app = new App();
  const chart = group({ app });
  const [checkout, order] = [service(chart), service(chart, 'order')];
  checkout.calls(order);
  service(group({ app, name: 'platform' }), 'analytics', { dapr: Dapr.sidecar({ appId: 'stats' }) }).calls(ServiceReference.of('core-business', 'order'));
  service(chart, 'batch', { dapr: Dapr.none('plain TCP client') }).calls(order);

  test('names its callers, by app id and namespace, and denies all others', () => {
    expect(manifestsOf(chart).get('Configuration', 'order-appconfig').spec).toEqual({
      ...manifestsOf(chart).get('Configuration', 'appconfig').spec,
      accessControl: {
        defaultAction: 'deny',
        trustDomain: 'public',
        policies: [
          { appId: 'checkout', namespace: 'core-business-prod', trustDomain: 'public', defaultAction: 'allow' },
          { appId: 'stats', namespace: 'platform-prod', trustDomain: 'public', defaultAction: 'allow' },
        ],
      },
    });
  });

  test('has a sidecar that reads it, and those who are not called read that of the namespace', () => {
    expect(podOf(chart, 'order').metadata.annotations['dapr.io/config']).toBe('order-appconfig');
    expect(podOf(chart, 'checkout').metadata.annotations['dapr.io/config']).toBe('appconfig');
  });

  test('needs no Configuration of its own if no caller has a sidecar', () => {
    const other = group();
    service(other, 'batch', { dapr: Dapr.none('plain TCP client') }).calls(service(other, 'order'));
    expect(manifestsOf(other).of('Configuration').map(({ metadata }) => metadata.name)).toEqual(['appconfig']);
    expect(podOf(other, 'order').metadata.annotations['dapr.io/config']).toBe('appconfig');
  });
});

test('the organisation names the Configuration, the trust domain and the collector', () => {
  const chart = group({
    profile: profileWith({
      sidecar: { configuration: 'own', trustDomain: 'shop.example.com' },
      network: { traceCollectorService: 'otel', traceCollector: { namespace: 'observing', label: 'app', values: ['otel'] }, traceSamplingRate: 1 },
      clusterDomain: 'cluster.example',
    }),
  });
  service(chart).calls(service(chart, 'order'));
  const { accessControl, tracing } = manifestsOf(chart).get('Configuration', 'order-own').spec;
  expect(accessControl.trustDomain).toBe('shop.example.com');
  expect(tracing).toEqual({ samplingRate: '1', otel: { endpointAddress: 'otel.observing.svc.cluster.example:4317', protocol: 'grpc', isSecure: false } });
});
