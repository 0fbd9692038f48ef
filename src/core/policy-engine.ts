import { NetworkPolicyEngine } from '../model/network/network-policy-engine';
import type { PlatformProfile } from '../model/profile/platform-profile';

/** What enforces network policies: Cilium, where it is the mesh. */
export function policyEngine(profile: PlatformProfile): NetworkPolicyEngine {
  const { mesh, network } = profile._values;
  return mesh._kind === 'cilium' ? NetworkPolicyEngine.CILIUM : network.policyEngine;
}
