import type { NetworkRule } from '../../model/network/network-peer';
import type { PlatformProfile } from '../../model/profile/platform-profile';
import { PUSHGATEWAY_PORT } from '../../model/values/ports';
import { podsOf } from '../../network/platform-peers';

/** Where a pod that ends reports how it ended, because nobody could ask it later. */
export function pushgatewayUrl(profile: PlatformProfile): string {
  const { network, clusterDomain } = profile._values;
  return `http://${network.pushgatewayService}.${network.pushgateway.namespace}.svc.${clusterDomain}:${PUSHGATEWAY_PORT}`;
}

/** The way to it, which admits the groups of `Connections.reporters`. */
export function pushgatewayRule(profile: PlatformProfile): NetworkRule {
  return { peers: [podsOf(profile._values.network.pushgateway)], ports: [PUSHGATEWAY_PORT] };
}
