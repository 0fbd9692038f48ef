import type { PlatformProfile } from '../profile/platform-profile';
import { NetworkPolicyEngine } from '../values/network-policy-engine';

/** What enforces network policies: Cilium, where it is the mesh. */
export function policyEngine(profile: PlatformProfile): NetworkPolicyEngine {
  const { mesh, network } = profile._values;
  return mesh._kind === 'cilium' ? NetworkPolicyEngine.CILIUM : network.policyEngine;
}
