import type { SidecarSettings } from '../../src/dapr/dapr-settings';
import { App } from '../../src/platform/app';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { WorkloadDefaults } from '../../src/workloads/workload-defaults';
import { group, manifestsOf, podOf, profileWith, service } from '../support/platform';

describe('a Dapr that is installed already', () => {
  const profile = profileWith({
    network: { daprControlPlane: { namespace: 'dapr-system', label: 'app.kubernetes.io/part-of', values: ['dapr'] } },
    sidecar: { trustDomain: 'shop.example.com', configuration: 'tracing' },
    clusterDomain: 'cluster.example',
  });
  const chart = group({ app: new App(), profile });
  const order = service(chart, 'order');
  service(chart).calls(order);
  const manifests = manifestsOf(chart);

  test('is reached in its namespace, at the ports of the pods of its control plane', () => {
    expect(manifests.get('NetworkPolicy', 'allow-dapr-control-plane').spec.egress).toEqual([{
      to: [{
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'dapr-system' } },
        podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'dapr' } },
      }],
      ports: [6500, 50001, 50005, 50006].map((port) => ({ port, protocol: 'TCP' })),
    }]);
  });

  test('has one trust domain in all Configurations, from which sentry takes that of the certificates', () => {
    expect(manifests.of('Configuration').map(({ metadata, spec }) => [metadata.name, spec.accessControl.trustDomain])).toEqual([
      ['tracing', 'shop.example.com'], ['order-tracing', 'shop.example.com'],
    ]);
    expect(manifests.get('Configuration', 'order-tracing').spec.accessControl.policies).toEqual([
      { appId: 'checkout', namespace: 'core-business-prod', trustDomain: 'shop.example.com', defaultAction: 'allow' },
    ]);
  });

  test('finds the Configuration that a pod names', () => {
    expect(['order', 'checkout'].map((name) => podOf(chart, name).metadata.annotations['dapr.io/config'])).toEqual(['order-tracing', 'tracing']);
  });

  test('is named nowhere by the default namespace', () => {
    expect(manifests.of('NetworkPolicy').filter(({ metadata }) => /dapr/.test(metadata.name)).map(({ spec }) => JSON.stringify(spec)).join()).not.toContain('infrastructure');
  });
});

test.each<[SidecarSettings, string]>([
  [{ trustDomain: 'Shop' }, "sidecar.trustDomain 'Shop' is not a trust domain of SPIFFE, and Dapr would issue no certificate. Use a to z, 0 to 9, '.', '-' and '_', such as 'shop.example.com'."],
  [{ configuration: 'App_Config' }, "sidecar.configuration 'App_Config' is not a DNS subdomain: it has 'A'. Write 'app-config'."],
])('%j is refused', (sidecar, message) => {
  expect(() => PlatformProfile.standard().with(WorkloadDefaults.of({ sidecar }))).toThrow(new Error(`WorkloadDefaults.of: ${message}`));
});
