import { NETWORK_SETTINGS } from '../network/network-settings';
import type { PlatformProfile } from '../profile/platform-profile';
import { PROMETHEUS_PORT } from '../values/ports';

/** Where the platform's Prometheus answers queries. */
export function metricsAddress(profile: PlatformProfile): string {
  const { clusterDomain } = profile._values;
  const network = NETWORK_SETTINGS.of(profile);
  return `http://${network.metricsCollectorService}.${network.metricsCollector.namespace}.svc.${clusterDomain}:${PROMETHEUS_PORT}`;
}
