import { GatewayEngine } from '../../src/gateway';
import { Mesh } from '../../src/mesh';
import { objectsOfShop, shop } from '../support/gateway';
import { findings, Manifests } from '../support/platform';
import type { AnyChanges } from '../support/settings';

const ROOM: AnyChanges = { quotas: { 'core-business-prod': { cpu: '100', memory: '200Gi' }, 'platform-prod': { cpu: '100', memory: '200Gi' } }, capacity: { production: { cpu: '500', memory: '1000Gi' } } };

/** A gateway that leads to `checkout`. */
function led(engine: GatewayEngine, mesh: Mesh) {
  const all = shop({ engine }, { ...ROOM, mesh });
  all.gateway.exposes(all.checkout);
  const manifests = new Manifests(objectsOfShop(all));
  return { manifests, told: findings(all.app).filter((finding) => finding.startsWith('MS-MESH')) };
}

describe('a gateway that leads to a service in the mesh', () => {
  test('of Istio comes in by the identity of its proxies, on the port that it passes requests to', () => {
    const { manifests, told } = led(GatewayEngine.ISTIO, Mesh.istio());
    expect(manifests.get('AuthorizationPolicy', 'checkout').spec.rules).toEqual([
      {
        from: [{ source: { principals: ['cluster.local/ns/core-business-prod/sa/api-istio', 'cluster.local/ns/infrastructure/sa/prometheus'] } }],
        to: [{ operation: { ports: ['8000'] } }],
      },
    ]);
    expect(manifests.names).toContain('DestinationRule/checkout');
    expect(manifests.names).not.toContain('VirtualService/checkout');
    expect(manifests.names).not.toContain('DestinationRule/catalog');
    expect(told).toEqual([]);
  });

  test('of another kind comes in by its namespace, and a reviewer is told that its proxies must be in the mesh', () => {
    const { manifests, told } = led(GatewayEngine.ENVOY_GATEWAY, Mesh.istio());
    expect(manifests.get('AuthorizationPolicy', 'checkout').spec.rules[0].from).toContainEqual({ source: { namespaces: ['envoy-gateway-system'] } });
    expect(told).toEqual(['MS-MESH-002 [core-business-prod/checkout] in the mesh istio, is reached by the gateway core-business-prod/api']);
  });

  test('comes in through Linkerd, on the port of its proxy', () => {
    const { manifests, told } = led(GatewayEngine.ENVOY_GATEWAY, Mesh.linkerd());
    expect(manifests.get('MeshTLSAuthentication', 'checkout-http').spec.identities).toEqual([
      '*.envoy-gateway-system.serviceaccount.identity.linkerd.cluster.local', 'prometheus.infrastructure.serviceaccount.identity.linkerd.cluster.local',
    ]);
    expect(manifests.get('NetworkPolicy', 'checkout-gateways').spec.ingress[0].ports.map(({ port }: any) => port)).toEqual([4143, 8000]);
    expect(Object.keys(manifests.get('Service', 'checkout').metadata.annotations)).toContain('balancer.linkerd.io/failure-accrual');
    expect(told).toHaveLength(1);
  });

  test('comes in by its NetworkPolicy where Cilium is the mesh', () => {
    const { manifests, told } = led(GatewayEngine.ENVOY_GATEWAY, Mesh.cilium());
    expect(manifests.names).toContain('NetworkPolicy/checkout-gateways');
    expect(told).toEqual([]);
  });
});
