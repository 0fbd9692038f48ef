import { Duration, Yaml } from 'cdk8s';
import { MeshDefaults } from '../../src/mesh';
import { Mesh } from '../../src/mesh/mesh';
import { Environment } from '../../src/profile/environment';
import { Dapr } from '../../src/values/dapr';
import { KubernetesVersion } from '../../src/values/kubernetes-version';
import type { MeshedProgram } from '../support/meshed';
import { meshed } from '../support/meshed';
import { bare, findings, group, Manifests, manifestsOf, ROOMY, service } from '../support/platform';

const LINKERD: MeshedProgram = { changes: { mesh: Mesh.linkerd() } };
const manifests = (program: Partial<MeshedProgram> = {}) => new Manifests(meshed({ ...LINKERD, ...program }));
const yaml = (...objects: any[]) => objects.map((object) => Yaml.stringify(bare(object)).trimEnd()).join('\n---\n');
const KINDS = ['Server', 'HTTPRoute', 'AuthorizationPolicy', 'MeshTLSAuthentication', 'NetworkAuthentication'];
const of = (all: Manifests, prefix: string) => all.all.filter(({ kind, metadata }) => KINDS.includes(kind) && metadata.name.startsWith(prefix));

test('a service whose callers have methods and paths has a route for each set of them, and one for the kubelet', () => {
  expect(yaml(...of(manifests(), 'order-http'))).toMatchInlineSnapshot(`
"apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata:
  name: order-http
spec:
  accessPolicy: deny
  podSelector:
    matchLabels:
      app: order
  port: 8000
  proxyProtocol: HTTP/1
---
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata:
  name: order-http-1
spec:
  parentRefs:
    - group: policy.linkerd.io
      kind: Server
      name: order-http
  rules:
    - matches:
        - path:
            type: PathPrefix
            value: /
        - method: GET
          path:
            type: PathPrefix
            value: /
        - path:
            type: PathPrefix
            value: /carts/open
        - path:
            type: PathPrefix
            value: /orders
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata:
  name: order-http-1
spec:
  identities:
    - prometheus.infrastructure.serviceaccount.identity.linkerd.cluster.local
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata:
  name: order-http-1
spec:
  requiredAuthenticationRefs:
    - group: policy.linkerd.io
      kind: MeshTLSAuthentication
      name: order-http-1
  targetRef:
    group: policy.linkerd.io
    kind: HTTPRoute
    name: order-http-1
---
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata:
  name: order-http-2
spec:
  parentRefs:
    - group: policy.linkerd.io
      kind: Server
      name: order-http
  rules:
    - matches:
        - method: GET
          path:
            type: PathPrefix
            value: /carts/open
        - method: GET
          path:
            type: PathPrefix
            value: /orders
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata:
  name: order-http-2
spec:
  identities:
    - prometheus.infrastructure.serviceaccount.identity.linkerd.cluster.local
    - web.core-business-qa.serviceaccount.identity.linkerd.cluster.local
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata:
  name: order-http-2
spec:
  requiredAuthenticationRefs:
    - group: policy.linkerd.io
      kind: MeshTLSAuthentication
      name: order-http-2
  targetRef:
    group: policy.linkerd.io
    kind: HTTPRoute
    name: order-http-2
---
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata:
  name: order-http-probes
spec:
  parentRefs:
    - group: policy.linkerd.io
      kind: Server
      name: order-http
  rules:
    - matches:
        - method: GET
          path:
            type: Exact
            value: /health/live
        - method: GET
          path:
            type: Exact
            value: /health/ready
---
apiVersion: policy.linkerd.io/v1alpha1
kind: NetworkAuthentication
metadata:
  name: order-http-probes
spec:
  networks:
    - cidr: 0.0.0.0/0
    - cidr: ::/0
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata:
  name: order-http-probes
spec:
  requiredAuthenticationRefs:
    - group: policy.linkerd.io
      kind: NetworkAuthentication
      name: order-http-probes
  targetRef:
    group: policy.linkerd.io
    kind: HTTPRoute
    name: order-http-probes"
`);
});

test('a service whose callers may do everything has none: a port, and who may connect', () => {
  expect(yaml(...of(manifests(), 'auth-http'))).toMatchInlineSnapshot(`
"apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata:
  name: auth-http
spec:
  accessPolicy: deny
  podSelector:
    matchLabels:
      app: auth
  port: 8000
  proxyProtocol: HTTP/1
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata:
  name: auth-http
spec:
  identities:
    - "*.core-business-qa.serviceaccount.identity.linkerd.cluster.local"
    - prometheus.infrastructure.serviceaccount.identity.linkerd.cluster.local
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata:
  name: auth-http
spec:
  requiredAuthenticationRefs:
    - group: policy.linkerd.io
      kind: MeshTLSAuthentication
      name: auth-http
  targetRef:
    group: policy.linkerd.io
    kind: Server
    name: auth-http"
`);
});

test('a port that nobody may connect to is closed', () => {
  expect(of(manifests(), 'web-grpc').map(({ kind, spec }) => [kind, spec.port, spec.accessPolicy])).toEqual([['Server', 9000, 'deny']]);
});

test('the collector of metrics may ask every proxy', () => {
  expect(of(manifests(), 'proxy-metrics').map(({ kind, metadata }) => `${metadata.namespace} ${kind}`).sort()).toEqual([
    'core-business-qa AuthorizationPolicy', 'core-business-qa MeshTLSAuthentication', 'core-business-qa Server',
    'platform-qa AuthorizationPolicy', 'platform-qa MeshTLSAuthentication', 'platform-qa Server',
  ]);
  expect(manifests().get('MeshTLSAuthentication', 'proxy-metrics', 'platform-qa').spec).toEqual({ identities: ['prometheus.infrastructure.serviceaccount.identity.linkerd.cluster.local'] });
});

test('a Service says how it is called', () => {
  expect(manifests().get('Service', 'order').metadata.annotations).toEqual({
    'balancer.linkerd.io/failure-accrual': 'consecutive',
    'balancer.linkerd.io/failure-accrual-consecutive-max-failures': '5',
    'balancer.linkerd.io/failure-accrual-consecutive-max-penalty': '300s',
    'balancer.linkerd.io/failure-accrual-consecutive-min-penalty': '30s',
    'retry.linkerd.io/grpc': 'unavailable',
    'retry.linkerd.io/http': '5xx',
    'retry.linkerd.io/limit': '2',
    'retry.linkerd.io/timeout': '5s',
    'timeout.linkerd.io/request': '17s',
  });
  expect(manifests().get('Service', 'checkout').metadata.annotations).toBeUndefined();
});

test('callers who ask for different things get the longest timeout and the fewest retries, and a reviewer is told', () => {
  const chart = group({ environment: Environment.of('prod', { capacityPool: 'production' }).with(MeshDefaults.of({ mesh: Mesh.linkerd() })), profile: ROOMY });
  const order = service(chart, 'order');
  service(chart, 'web', { dapr: Dapr.none('plain') }).calls(order, { timeout: Duration.seconds(60) });
  service(chart, 'batch', { dapr: Dapr.none('plain') }).calls(order, { idempotent: false, timeout: Duration.millis(1500) });
  const { annotations } = manifestsOf(chart).get('Service', 'order').metadata;
  expect(annotations['timeout.linkerd.io/request']).toBe('60s');
  expect(Object.keys(annotations).filter((name) => name.startsWith('retry'))).toEqual([]);
  expect(findings(chart)).toContain('MS-MESH-003 [core-business-prod/order]');
});

test('two versions answer, on each port', () => {
  expect(yaml(manifests({ shift: true }).get('HTTPRoute', 'order-http-shift'))).toMatchInlineSnapshot(`
"apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata:
  name: order-http-shift
spec:
  parentRefs:
    - group: core
      kind: Service
      name: order
      port: 8000
  rules:
    - backendRefs:
        - name: order
          namespace: core-business-qa
          port: 8000
          weight: 90
        - name: order-next
          namespace: core-business-qa
          port: 8000
          weight: 10"
`);
  expect(manifests({ shift: true }).get('HTTPRoute', 'order-grpc-shift').spec.rules[0].backendRefs.map(({ port }: any) => port)).toEqual([9000, 9000]);
});

describe('a pod', () => {
  const annotations = (program: Partial<MeshedProgram> = {}, name = 'order') => manifests(program).get('Deployment', name).spec.template.metadata.annotations;

  test('denies what no policy allows, and has a proxy that starts first and sees nothing of Dapr\'s ports', () => {
    expect(Object.fromEntries(Object.entries(annotations()).filter(([name]) => name.includes('linkerd.io')))).toEqual({
      'config.beta.linkerd.io/proxy-enable-native-sidecar': 'true',
      'config.linkerd.io/default-inbound-policy': 'deny',
      'config.linkerd.io/proxy-cpu-limit': '300m',
      'config.linkerd.io/proxy-cpu-request': '100m',
      'config.linkerd.io/proxy-memory-limit': '256Mi',
      'config.linkerd.io/proxy-memory-request': '128Mi',
      'config.linkerd.io/skip-inbound-ports': '3501,9090,50002',
      'config.linkerd.io/skip-outbound-ports': '6500,50001,50002,50005,50006',
      'linkerd.io/inject': 'enabled',
    });
    expect(Object.keys(annotations({}, 'web')).filter((name) => name.includes('skip'))).toEqual([]);
  });

  test('waits for its proxy where Kubernetes has no native sidecars', () => {
    const older = annotations({ changes: { mesh: Mesh.linkerd(), kubernetesVersion: KubernetesVersion.of('1.28') } });
    expect([older['config.linkerd.io/proxy-await'], older['config.beta.linkerd.io/proxy-enable-native-sidecar']]).toEqual(['enabled', undefined]);
  });
});

test('the network sees the port of the proxy, besides that of the service, but for Dapr\'s own', () => {
  const ports = (name: string, direction: 'ingress' | 'egress', namespace?: string) => manifests().get('NetworkPolicy', name, namespace).spec[direction].map((rule: any) => rule.ports.map(({ port }: any) => port));
  expect(ports('web-calls', 'egress')).toEqual([[4143, 8000, 9000]]);
  expect(ports('order-callers', 'ingress')).toEqual([[4143, 8000, 9000], [50002]]);
  expect(ports('auth-network-policy', 'ingress')).toEqual([[4143, 8000, 9000]]);
  expect(ports('allow-admitting-services', 'egress')).toEqual([[4143, 8000, 9000]]);
  expect(ports('allow-metrics', 'ingress', 'core-business-qa')).toEqual([[4143, 4191, 8000, 9090]]);
  expect(ports('allow-mesh-control-plane', 'egress', 'core-business-qa')).toEqual([[4143, 8080, 8086, 8090]]);
});
