import type { Construct } from 'constructs';
import { defineNetworkPolicy } from './network-policy';
import { NETWORK_SETTINGS } from './network-settings';
import { podsOf } from './platform-peers';
import { podsOfGroup, policyName } from './policy-scope';
import type { ServiceGroup } from '../core/service-group';
import { MESH_SETTING } from '../mesh/mesh-settings';
import type { PlatformProfile } from '../profile/platform-profile';
import type { NetworkRule } from '../values/network-peer';
import { ISTIO, LINKERD_CONTROL_PLANE, LINKERD_PROXY } from '../values/ports';

/**
 * Lets the proxies of a namespace reach the control plane of their mesh: `allow-mesh-control-plane`. Without it they start with nothing to
 * go by, and let nothing through.
 */
export function defineMeshControlPlanePolicy(scope: Construct, id: string, group: ServiceGroup): void {
  if (MESH_SETTING.of(group.profile)._proxies) {
    defineNetworkPolicy(scope, id, {
      name: policyName(group, 'allow-mesh-control-plane'), selector: podsOfGroup(group), egress: () => [controlPlaneRule(group.profile)],
    });
  }
}

/** The ports at which a mesh is measured. */
export function meshMetricsPorts(profile: PlatformProfile): number[] {
  switch (MESH_SETTING.of(profile)._kind) {
    case 'istio':
      return [ISTIO.metrics];
    case 'linkerd':
      return [LINKERD_PROXY.metrics];
    default:
      return [];
  }
}

function controlPlaneRule(profile: PlatformProfile): NetworkRule {
  const mesh = MESH_SETTING.of(profile);
  const network = NETWORK_SETTINGS.of(profile);
  return mesh._kind === 'istio'
    ? { peers: [podsOf(network.istioControlPlane)], ports: [ISTIO.controlPlane] }
    // its pods are in the mesh themselves
    : { peers: [podsOf(network.linkerdControlPlane)], ports: [...Object.values(LINKERD_CONTROL_PLANE), LINKERD_PROXY.inbound] };
}
