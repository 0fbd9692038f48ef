import { Duration } from 'cdk8s';
import type { ProfileValues } from './profile-values';
import { Mesh } from '../mesh/mesh';
import { NetworkPolicyEngine } from '../values/network-policy-engine';

/**
 * The defaults of what is between services: part of the standard profile.
 */
export function standardMesh(): Pick<ProfileValues, 'mesh' | 'meshProxy' | 'circuitBreaker' | 'faultRehearsals'> {
  return {
    mesh: Mesh.none(),
    meshProxy: { cpuRequest: '100m', cpuLimit: '300m', memoryRequest: '128Mi', memoryLimit: '256Mi' },
    circuitBreaker: { consecutiveErrors: 5, interval: Duration.seconds(10), ejection: Duration.seconds(30), maxEjectedPercent: 50 },
    faultRehearsals: false,
  };
}

/** Where the parts of a mesh are that proxies speak to, and what enforces network policies. */
export function standardMeshNetwork(): Pick<ProfileValues['network'], 'istioControlPlane' | 'linkerdControlPlane' | 'policyEngine'> {
  return {
    istioControlPlane: { namespace: 'istio-system', label: 'app', values: ['istiod'] },
    linkerdControlPlane: { namespace: 'linkerd', label: 'linkerd.io/control-plane-component', values: ['destination', 'identity'] },
    policyEngine: NetworkPolicyEngine.KUBERNETES,
  };
}
