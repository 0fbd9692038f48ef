import { NETWORK_SETTINGS } from '../../network/network-settings';
import { podsOf } from '../../network/platform-peers';
import type { PlatformProfile } from '../../profile/platform-profile';
import type { NetworkRule } from '../../values/network-peer';
import { PUSHGATEWAY_PORT } from '../../values/ports';

/** Where a pod that ends reports how it ended, because nobody could ask it later. */
export function pushgatewayUrl(profile: PlatformProfile): string {
  const { clusterDomain } = profile._values;
  const network = NETWORK_SETTINGS.of(profile);
  return `http://${network.pushgatewayService}.${network.pushgateway.namespace}.svc.${clusterDomain}:${PUSHGATEWAY_PORT}`;
}

/** The way to it, which admits the groups of `ConnectionIndex.reporters`. */
export function pushgatewayRule(profile: PlatformProfile): NetworkRule {
  return { peers: [podsOf(NETWORK_SETTINGS.of(profile).pushgateway)], ports: [PUSHGATEWAY_PORT] };
}
