import { Yaml } from 'cdk8s';
import { Endpoint } from '../../src/graph/endpoint';
import { App } from '../../src/platform/app';
import { SharedChart } from '../../src/platform/shared-chart';
import { SecurityDefaults } from '../../src/security';
import type { EtcdClusterProps } from '../../src/stores/etcd/etcd-cluster';
import { EtcdCluster } from '../../src/stores/etcd/etcd-cluster';
import { bare, DEV, findings, group, manifestsOf, manifestsOfApp, PROD, profileWith, refusal, ROOMY, service } from '../support/platform';

const BASELINE = ROOMY.with(SecurityDefaults.of({ security: { podSecurityLevel: 'baseline' } }));

function chartOf(app = new App(), profile = BASELINE): SharedChart {
  return new SharedChart(app, 'coordination', { profile });
}

function etcd(props: EtcdClusterProps = {}) {
  const chart = chartOf();
  new EtcdCluster(chart, 'etcd-prod', props);
  return { chart, manifests: manifestsOf(chart) };
}

test('is three members with a volume each and certificates of one authority', () => {
  expect(Yaml.stringify(bare(etcd().manifests.get('EtcdCluster', 'etcd-prod'))).trimEnd()).toMatchInlineSnapshot(`
"apiVersion: operator.etcd.io/v1alpha1
kind: EtcdCluster
metadata:
  name: etcd-prod
spec:
  imageRegistry: gcr.io/etcd-development/etcd
  size: 3
  storageSpec:
    accessModes: ReadWriteOnce
    volumeSizeLimit: 10Gi
    volumeSizeRequest: 10Gi
  tls:
    provider: cert-manager
    providerCfg:
      certManagerCfg:
        issuerKind: Issuer
        issuerName: etcd-prod
  version: v3.6.16"
`);
});

test('may have another authority, class of volumes and size', () => {
  const { spec } = etcd({ size: 5, storageClass: 'encrypted', issuer: 'platform', issuerKind: 'ClusterIssuer' }).manifests.get('EtcdCluster', 'etcd-prod');
  expect(spec).toMatchObject({
    size: 5, storageSpec: { storageClassName: 'encrypted' }, tls: { providerCfg: { certManagerCfg: { issuerKind: 'ClusterIssuer', issuerName: 'platform' } } },
  });
});

test('loses one member at a time to a drain', () => {
  expect(etcd().manifests.get('PodDisruptionBudget', 'etcd-prod').spec).toEqual({
    maxUnavailable: 1, selector: { matchLabels: { app: 'etcd-prod' } }, unhealthyPodEvictionPolicy: 'AlwaysAllow',
  });
});

test('lets members reach each other, and the operator reach members', () => {
  const { ingress } = etcd().manifests.get('NetworkPolicy', 'etcd-prod-members').spec;
  expect(ingress).toEqual([
    {
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'coordination' } }, podSelector: { matchLabels: { app: 'etcd-prod' } } }],
      ports: [{ port: 2379, protocol: 'TCP' }, { port: 2380, protocol: 'TCP' }],
    },
    {
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'etcd-operator-system' } }, podSelector: expect.anything() }],
      ports: [{ port: 2379, protocol: 'TCP' }],
    },
  ]);
});

describe('a service that uses it', () => {
  const app = new App();
  const shared = chartOf(app);
  [DEV, PROD].forEach((environment) => new EtcdCluster(shared, `etcd-${environment.name}`, { environment }));
  for (const environment of [DEV, PROD]) {
    const chart = group({ app, environment, profile: ROOMY });
    service(chart, 'checkout').uses(EtcdCluster.fromNamespace(chart, 'etcd', 'coordination'));
    service(chart, 'order');
  }
  const manifests = manifestsOfApp(app);

  test('has a state component with a certificate', () => {
    expect(bare(manifests.get('Component', 'etcd-statestore', 'core-business-prod'))).toMatchObject({
      scopes: ['checkout'],
      spec: {
        type: 'state.etcd',
        version: 'v2',
        metadata: [
          { name: 'endpoints', value: 'etcd-prod.coordination.svc.cluster.local:2379' },
          { name: 'tlsEnable', value: 'true' },
          { name: 'ca', secretKeyRef: { name: 'etcd-prod-client-tls', key: 'ca.crt' } },
          { name: 'cert', secretKeyRef: { name: 'etcd-prod-client-tls', key: 'tls.crt' } },
          { name: 'key', secretKeyRef: { name: 'etcd-prod-client-tls', key: 'tls.key' } },
          { name: 'keyPrefixPath', value: 'core-business-prod' },
          { name: 'keyPrefix', value: 'namespace' },
        ],
      },
    });
  });

  test.each([
    ['reaches that of its environment', 'core-business-prod', 'checkout', 'etcd-prod', true],
    ['does not reach that of another environment', 'core-business-dev', 'checkout', 'etcd-prod', false],
    ['has a neighbour that does not', 'core-business-prod', 'order', 'etcd-prod', false],
  ])('%s', (_what, namespace, name, instance, expected) => {
    const [client, member] = [Endpoint.ofPods(namespace, { app: name }), Endpoint.ofPods('coordination', { app: instance })];
    expect(manifests.reachability.reaches(client, member, 2379)).toBe(expected);
  });
});

test('is reached outside of the cluster by host and addresses', () => {
  const chart = group();
  service(chart, 'checkout').uses(EtcdCluster.fromHost(chart, 'etcd', 'etcd.example.com', { cidrs: ['10.20.0.0/24'], port: 2479 }));
  expect(manifestsOf(chart).get('Component', 'etcd-statestore').spec.metadata.slice(0, 3)).toEqual([
    { name: 'endpoints', value: 'etcd.example.com:2479' }, { name: 'tlsEnable', value: 'true' }, { name: 'ca', secretKeyRef: { name: 'etcd', key: 'ca.crt' } },
  ]);
});

test('says what the operator of today does not do', () => {
  expect(findings(etcd().chart)).toEqual(['MS-STORE-002 [coordination/etcd-prod/EtcdCluster] /spec/tls']);
});

test('counts in the quota as what the LimitRange gives its pods, which can be given neither amounts nor a priority', () => {
  const message = refusal((app) => {
    const chart = chartOf(app, BASELINE.customize({ quotas: { coordination: { cpu: '500m', memory: '10Gi' } } }));
    new EtcdCluster(chart, 'etcd-prod');
  });
  expect(message).toContain("allows limits.cpu 500m, and the workloads of 'coordination' may use 600m at their maximum: etcd-prod 3 x (200m).");
  expect(etcd().manifests.of('PriorityClass')).toEqual([]);
});

test('fails where its pods would be refused', () => {
  expect(() => new EtcdCluster(new SharedChart(new App(), 'infrastructure'), 'etcd-prod')).toThrow(new Error(
    "[infrastructure/etcd-prod] is in 'infrastructure', whose Pod Security level is restricted, and the operator of etcd gives its pods no security context, so that none would be made. "
    + "Define it in a SharedChart of its own, with profile.with(SecurityDefaults.of({ security: { podSecurityLevel: 'baseline' } })).",
  ));
});

test.each<[string, EtcdClusterProps, string]>([
  ['one member', { size: 1 }, 'expected etcd.size to be a whole number of 3 or more, got 1. Use 3 or more.'],
  ['an even number of members', { size: 4 }, 'etcd.size 4 is even: as with 3, 1 of them may be lost before no majority is left. Use 3 or 5.'],
  ['a version that is no tag', { version: '3.6' }, "expected etcd.version to be a version such as v3.6.16, got '3.6'. Write it as 'v3.6.16'."],
  ['no image', { image: '' }, 'etcd.image is empty. Write at least one word.'],
  ['storage that is no quantity', { storage: '10GB' }, "etcd.storage '10GB' is not a quantity of storage: 'GB' is no unit. Write '10G'."],
  ['an issuer of no kind', { issuerKind: 'issuer' }, "expected etcd.issuerKind to be one of Issuer, ClusterIssuer, got 'issuer'. Use 'Issuer'."],
  ['an issuer of no name', { issuer: 'my issuer' }, "issuer 'my issuer' is not a DNS subdomain: it has ' '. Write 'my-issuer'."],
  ['an operator nowhere', { operatorNamespace: '' }, "etcd.operatorNamespace '' is not a DNS label: it is empty. Use a to z, 0 to 9 and '-', at most 63 characters."],
])('fails on %s', (_what, props, message) => {
  expect(() => etcd(props)).toThrow(new Error(`[coordination/etcd-prod] ${message}`));
});

test('fails in the profile on what would fail everywhere', () => {
  expect(() => profileWith({ etcd: { size: 2 } })).toThrow(new Error('PlatformProfile.customize: expected etcd.size to be a whole number of 3 or more, got 2. Use 3 or more.'));
});
