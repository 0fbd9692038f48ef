import { Yaml } from 'cdk8s';
import { Mesh } from '../../src/mesh/mesh';
import { NetworkPolicyEngine } from '../../src/values/network-policy-engine';
import type { MeshedProgram } from '../support/meshed';
import { meshed } from '../support/meshed';
import { bare, Manifests } from '../support/platform';

const CILIUM: MeshedProgram = { changes: { mesh: Mesh.cilium() } };
const manifests = (program: Partial<MeshedProgram> = {}) => new Manifests(meshed({ ...CILIUM, ...program }));
const yaml = (...objects: any[]) => objects.map((object) => Yaml.stringify(bare(object)).trimEnd()).join('\n---\n');
const policy = (name: string, program: Partial<MeshedProgram> = {}, namespace?: string) => manifests(program).get('CiliumNetworkPolicy', name, namespace);

test('a service admits its callers by their labels, authenticated, by method and path, and through sidecars on Dapr\'s port', () => {
  expect(yaml(policy('order-callers'))).toMatchInlineSnapshot(`
"apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: order-callers
spec:
  endpointSelector:
    matchLabels:
      app: order
  ingress:
    - authentication:
        mode: required
      fromEndpoints:
        - matchLabels:
            app: checkout
            k8s:io.kubernetes.pod.namespace: core-business-qa
      toPorts:
        - ports:
            - port: "50002"
              protocol: TCP
    - authentication:
        mode: required
      fromEndpoints:
        - matchLabels:
            app: web
            k8s:io.kubernetes.pod.namespace: core-business-qa
      toPorts:
        - ports:
            - port: "8000"
              protocol: TCP
            - port: "9000"
              protocol: TCP
          rules:
            http:
              - method: GET
                path: /carts/open([/?].*)?
              - method: GET
                path: /orders([/?].*)?"
`);
});

test('a group that is admitted is a namespace', () => {
  expect(policy('auth-callers').spec.ingress[1]).toEqual({
    authentication: { mode: 'required' },
    fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'core-business-qa' } }],
    toPorts: [{ ports: [{ port: '8000', protocol: 'TCP' }, { port: '9000', protocol: 'TCP' }] }],
  });
});

test('no NetworkPolicy says again what comes in, because policies add up', () => {
  const names = manifests().names.filter((name) => name.startsWith('NetworkPolicy/'));
  expect(names).not.toContain('NetworkPolicy/order-callers');
  expect(names).not.toContain('NetworkPolicy/auth-network-policy');
  expect(names).toContain('NetworkPolicy/web-calls');
});

test('without SPIRE nobody is authenticated', () => {
  expect(policy('order-callers', { changes: { mesh: Mesh.cilium({ mutualAuthentication: false }) } }).spec.ingress.map(({ authentication }: any) => authentication)).toEqual([undefined, undefined]);
});

test('a host outside of the cluster is reached by its name, whose addresses are learned from DNS', () => {
  expect(yaml(policy('checkout-external'), policy('allow-dns', {}, 'core-business-qa'))).toMatchInlineSnapshot(`
"apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: checkout-external
spec:
  egress:
    - toFQDNs:
        - matchName: api.payments.example
      toPorts:
        - ports:
            - port: "443"
              protocol: TCP
  endpointSelector:
    matchLabels:
      app: checkout
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: allow-dns
spec:
  egress:
    - toEndpoints:
        - matchExpressions:
            - key: k8s-app
              operator: In
              values:
                - kube-dns
          matchLabels:
            k8s:io.kubernetes.pod.namespace: kube-system
      toPorts:
        - ports:
            - port: "53"
              protocol: ANY
          rules:
            dns:
              - matchPattern: "*"
    - toCIDR:
        - 169.254.20.10/32
      toPorts:
        - ports:
            - port: "53"
              protocol: ANY
          rules:
            dns:
              - matchPattern: "*"
  endpointSelector: {}"
`);
  expect(manifests().find('NetworkPolicy', 'allow-dns')).toBeUndefined();
  expect(JSON.stringify(manifests().get('NetworkPolicy', 'checkout-calls'))).not.toContain('203.0.113.0');
});

test('the API server is reached without its address', () => {
  expect(policy('order-api-server', { apiAccess: true }).spec).toEqual({
    endpointSelector: { matchLabels: { app: 'order' } },
    egress: [{ toEntities: ['kube-apiserver'], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }, { port: '6443', protocol: 'TCP' }] }] }],
  });
});

test('as a network plug-in beside another mesh it does the same for what leaves, and leaves what comes in to that', () => {
  const all = manifests({ changes: { mesh: Mesh.istio(), network: { policyEngine: NetworkPolicyEngine.CILIUM } } });
  expect([...new Set(all.of('CiliumNetworkPolicy').map(({ metadata }) => metadata.name))].sort()).toEqual(['allow-dns', 'checkout-external']);
  expect(all.names).toContain('NetworkPolicy/order-callers');
});

test('Calico reaches the API server by its Service, and other hosts by the addresses that are given', () => {
  const all = manifests({ changes: { network: { policyEngine: NetworkPolicyEngine.CALICO } }, apiAccess: true });
  expect(yaml(all.of('NetworkPolicy').find(({ metadata }) => metadata.name === 'order-api-server'))).toMatchInlineSnapshot(`
"apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: order-api-server
spec:
  egress:
    - action: Allow
      destination:
        services:
          name: kubernetes
          namespace: default
  selector: app == 'order'
  types:
    - Egress"
`);
  expect(JSON.stringify(all.get('NetworkPolicy', 'checkout-calls'))).toContain('203.0.113.0/24');
});
