import type { Construct } from 'constructs';
import { MESH_SETTING } from '../mesh/mesh-settings';
import { NETWORK_SETTINGS } from '../network/network-settings';
import type { PlatformProfile } from '../profile/platform-profile';
import { fail } from '../values/errors';
import { NetworkPolicyEngine } from '../values/network-policy-engine';

/** Fails where the mesh and the setting name different engines. */
export function checkPolicyEngine(where: Construct, profile: PlatformProfile): void {
  if (MESH_SETTING.of(profile)._kind === 'cilium' && NETWORK_SETTINGS.of(profile).policyEngine === NetworkPolicyEngine.CALICO) {
    fail(where, 'the mesh is cilium and network.policyEngine is calico, and a cluster has one of them', 'Set network.policyEngine to NetworkPolicyEngine.CILIUM');
  }
}

/** What enforces network policies: Cilium, where it is the mesh. */
export function policyEngine(profile: PlatformProfile): NetworkPolicyEngine {
  const mesh = MESH_SETTING.of(profile);
  const network = NETWORK_SETTINGS.of(profile);
  return mesh._kind === 'cilium' ? NetworkPolicyEngine.CILIUM : network.policyEngine;
}
