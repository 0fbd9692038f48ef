import { Yaml } from 'cdk8s';
import { MeshDefaults } from '../../src/mesh';
import { Mesh } from '../../src/mesh/mesh';
import { App } from '../../src/platform/app';
import { SharedChart } from '../../src/platform/shared-chart';
import { Environment } from '../../src/profile/environment';
import { Dapr } from '../../src/values/dapr';
import { KubernetesVersion } from '../../src/values/kubernetes-version';
import type { MeshedProgram } from '../support/meshed';
import { meshed, meshedProgram } from '../support/meshed';
import { bare, findings, group, Manifests, manifestsOf, ROOMY, service } from '../support/platform';

const ISTIO: MeshedProgram = { changes: { mesh: Mesh.istio() } };
const manifests = (program: Partial<MeshedProgram> = {}) => new Manifests(meshed({ ...ISTIO, ...program }));
const yaml = (...objects: any[]) => objects.map((object) => Yaml.stringify(bare(object)).trimEnd()).join('\n---\n');

test('a namespace takes nothing that is not encrypted, admits nobody, and lets out to hosts that are called', () => {
  const all = manifests();
  const here = 'core-business-qa';
  expect(yaml(
    all.get('PeerAuthentication', 'default', here), all.get('AuthorizationPolicy', 'default-deny', here),
    all.get('Sidecar', 'default', here), all.get('ServiceEntry', 'api.payments.example', here),
  )).toMatchInlineSnapshot(`
"apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
spec:
  mtls:
    mode: STRICT
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: default-deny
spec: {}
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata:
  name: default
spec:
  outboundTrafficPolicy:
    mode: REGISTRY_ONLY
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: api.payments.example
spec:
  exportTo:
    - "."
  hosts:
    - api.payments.example
  location: MESH_EXTERNAL
  ports:
    - name: tls-443
      number: 443
      protocol: TLS
  resolution: DNS"
`);
  expect(all.of('ServiceEntry').map(({ metadata }) => metadata.namespace)).toEqual([here]);
});

test('a service admits who calls it directly, by identity, method and path, and the collector of metrics', () => {
  expect(yaml(manifests().get('AuthorizationPolicy', 'order'))).toMatchInlineSnapshot(`
"apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: order
spec:
  action: ALLOW
  rules:
    - from:
        - source:
            principals:
              - cluster.local/ns/core-business-qa/sa/web
      to:
        - operation:
            methods:
              - GET
            paths:
              - /carts/open
              - /carts/open/*
              - /orders
              - /orders/*
            ports:
              - "8000"
              - "9000"
    - from:
        - source:
            principals:
              - cluster.local/ns/infrastructure/sa/prometheus
      to:
        - operation:
            ports:
              - "8000"
  selector:
    matchLabels:
      app: order"
`);
});

test('calls through Dapr sidecars are Dapr\'s matter, with the same methods and paths', () => {
  const all = manifests();
  expect(JSON.stringify(all.get('AuthorizationPolicy', 'order'))).not.toContain('sa/checkout');
  expect(yaml(all.get('Configuration', 'order-appconfig').spec.accessControl.policies.map((policy: any) => ({ metadata: {}, ...policy }))[0])).toMatchInlineSnapshot(`
"metadata: {}
appId: checkout
defaultAction: deny
namespace: core-business-qa
operations:
  - action: allow
    httpVerb:
      - POST
    name: /orders
  - action: allow
    httpVerb:
      - POST
    name: /orders/**
trustDomain: public"
`);
});

test('a group that is admitted comes in by its namespace', () => {
  expect(manifests().get('AuthorizationPolicy', 'auth').spec.rules[0]).toEqual({
    from: [{ source: { namespaces: ['core-business-qa'] } }], to: [{ operation: { ports: ['8000', '9000'] } }],
  });
});

test('requests go away from failing pods, with the timeout and retries of each caller, to two versions, some late and some lost', () => {
  const all = manifests({ shift: true, fault: true });
  expect(yaml(all.get('DestinationRule', 'order'), all.get('VirtualService', 'order'))).toMatchInlineSnapshot(`
"apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: order
spec:
  host: order.core-business-qa.svc.cluster.local
  trafficPolicy:
    outlierDetection:
      baseEjectionTime: 30s
      consecutive5xxErrors: 5
      interval: 10s
      maxEjectionPercent: 50
    tls:
      mode: ISTIO_MUTUAL
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: order
spec:
  hosts:
    - order.core-business-qa.svc.cluster.local
  http:
    - fault:
        abort:
          httpStatus: 503
          percentage:
            value: 5
        delay:
          fixedDelay: 2s
          percentage:
            value: 10
      match:
        - sourceLabels:
            app: web
          sourceNamespace: core-business-qa
      name: web.core-business-qa
      retries:
        attempts: 2
        backoff: 1s
        perTryTimeout: 5s
        retryOn: 5xx,unavailable
      route:
        - destination:
            host: order.core-business-qa.svc.cluster.local
          weight: 90
        - destination:
            host: order-next.core-business-qa.svc.cluster.local
          weight: 10
      timeout: 17s
    - fault:
        abort:
          httpStatus: 503
          percentage:
            value: 5
        delay:
          fixedDelay: 2s
          percentage:
            value: 10
      name: others
      route:
        - destination:
            host: order.core-business-qa.svc.cluster.local
          weight: 90
        - destination:
            host: order-next.core-business-qa.svc.cluster.local
          weight: 10"
`);
});

test('who calls a service may connect to those that answer for it', () => {
  const all = manifests({ shift: true });
  expect(all.get('AuthorizationPolicy', 'order-next').spec.rules).toEqual(all.get('AuthorizationPolicy', 'order').spec.rules);
  expect(all.get('NetworkPolicy', 'order-next-callers').spec.ingress).toEqual([{
    from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'core-business-qa' } }, podSelector: { matchLabels: { app: 'web' } } }],
    ports: [{ port: 8000, protocol: 'TCP' }, { port: 9000, protocol: 'TCP' }],
  }]);
  expect(all.get('NetworkPolicy', 'web-calls').spec.egress[0].to.map(({ podSelector }: any) => podSelector.matchLabels.app)).toEqual(['order', 'order-next']);
  // through sidecars nothing is shifted
  expect(all.find('Configuration', 'order-next-appconfig')).toBeUndefined();
});

test('a call that is not idempotent is not repeated by the mesh either', () => {
  const chart = group({ environment: Environment.of('prod', { capacityPool: 'production' }).with(MeshDefaults.of({ mesh: Mesh.istio() })), profile: ROOMY });
  service(chart, 'web', { dapr: Dapr.none('plain') }).calls(service(chart, 'order'), { idempotent: false });
  expect(manifestsOf(chart).get('VirtualService', 'order').spec.http[0]).toMatchObject({ timeout: '30s', retries: { attempts: 0 } });
});

describe('a pod', () => {
  const metadata = (program: Partial<MeshedProgram> = {}, name = 'order') => manifests(program).get('Deployment', name).spec.template.metadata;
  const istio = (annotations: Record<string, string>) => Object.fromEntries(Object.entries(annotations).filter(([name]) => name.includes('istio.io')));

  test('has a proxy that starts first, and sees nothing of Dapr\'s ports', () => {
    expect(metadata().labels['sidecar.istio.io/inject']).toBe('true');
    expect(istio(metadata().annotations)).toEqual({
      'sidecar.istio.io/nativeSidecar': 'true',
      'sidecar.istio.io/proxyCPU': '100m',
      'sidecar.istio.io/proxyCPULimit': '300m',
      'sidecar.istio.io/proxyMemory': '128Mi',
      'sidecar.istio.io/proxyMemoryLimit': '256Mi',
      'sidecar.istio.io/rewriteAppHTTPProbers': 'true',
      'traffic.sidecar.istio.io/excludeInboundPorts': '3501,9090,50002',
      'traffic.sidecar.istio.io/excludeOutboundPorts': '443,6500,50001,50002,50005,50006',
    });
  });

  test('without a Dapr sidecar passes all through the mesh', () => {
    expect(Object.keys(istio(metadata({}, 'web').annotations)).filter((name) => name.includes('exclude'))).toEqual([]);
  });

  test('waits for its proxy where Kubernetes has no native sidecars', () => {
    const { annotations } = metadata({ changes: { mesh: Mesh.istio(), kubernetesVersion: KubernetesVersion.of('1.28') } });
    expect(annotations['proxy.istio.io/config']).toBe('{"holdApplicationUntilProxyStarts":true}');
    expect(annotations['sidecar.istio.io/nativeSidecar']).toBeUndefined();
  });

  test('reaches Dapr\'s control plane by its addresses where they are known, and port 443 through the mesh then', () => {
    const { labels, annotations } = metadata({ changes: { mesh: Mesh.istio({ revision: 'stable', daprControlPlaneAddresses: ['10.96.10.21/32', '10.96.10.20/32'] }) } });
    expect(labels['istio.io/rev']).toBe('stable');
    expect(annotations['traffic.sidecar.istio.io/excludeOutboundPorts']).toBe('6500,50001,50002,50005,50006');
    expect(annotations['traffic.sidecar.istio.io/excludeOutboundIPRanges']).toBe('10.96.10.20/32,10.96.10.21/32');
  });

  test('counts in the quota with its proxy', () => {
    const tight = (cpu: string) => () => manifests({ changes: { mesh: Mesh.istio(), quotas: { 'platform-qa': { cpu, memory: '100Gi' } } } });
    expect(tight('2200m')).not.toThrow();
    expect(tight('2199m')).toThrow('auth 2 x (500m + 300m + 300m)');
  });
});

test('the network lets proxies reach their control plane, and the collector their metrics', () => {
  const all = manifests();
  expect(all.get('NetworkPolicy', 'allow-mesh-control-plane', 'platform-qa').spec.egress).toEqual([{
    to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } }, podSelector: { matchLabels: { app: 'istiod' } } }],
    ports: [{ port: 15012, protocol: 'TCP' }],
  }]);
  expect(all.get('NetworkPolicy', 'allow-metrics', 'platform-qa').spec.ingress[0].ports.map(({ port }: any) => port)).toEqual([8000, 9090, 15020]);
});

test('the identity begins with the trust domain, which an installation may choose', () => {
  const all = manifests({ changes: { mesh: Mesh.istio({ trustDomain: 'shop.example.com' }) } });
  expect(all.get('AuthorizationPolicy', 'order').spec.rules[0].from).toEqual([{ source: { principals: ['shop.example.com/ns/core-business-qa/sa/web'] } }]);
});

test('a service in a namespace that environments share encrypts for itself, because others there have no proxy', () => {
  const app = new App();
  const chart = new SharedChart(app, 'tools', { profile: ROOMY.with(MeshDefaults.of({ mesh: Mesh.istio() })), capacityPool: 'production' });
  service(chart, 'wiki', { dapr: Dapr.none('plain') });
  expect(manifestsOf(chart).of('PeerAuthentication').map(bare)).toEqual([{
    apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', metadata: { name: 'wiki' }, spec: { selector: { matchLabels: { app: 'wiki' } }, mtls: { mode: 'STRICT' } },
  }]);
});

test('no mesh leaves no trace', () => {
  const all = manifests({ changes: {} });
  expect(all.all.filter(({ apiVersion }) => /istio|linkerd|cilium/.test(apiVersion))).toEqual([]);
  expect(JSON.stringify(all.of('Deployment'))).not.toMatch(/istio|linkerd/);
});

test('reviewers are told of a port that goes around the mesh, and of a rehearsal', () => {
  const app = meshedProgram({ ...ISTIO, fault: true });
  expect(findings(app).filter((finding) => finding.startsWith('MS-MESH'))).toEqual(['MS-MESH-005 [core-business-qa/order]', 'MS-MESH-004 [core-business-qa/checkout]']);
});
