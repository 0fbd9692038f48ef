import type { PlatformProfile } from '../profile/platform-profile';
import { PROMETHEUS_PORT } from '../values/ports';

/** Where the platform's Prometheus answers queries. */
export function metricsAddress({ _values: { clusterDomain, network } }: PlatformProfile): string {
  return `http://${network.metricsCollectorService}.${network.metricsCollector.namespace}.svc.${clusterDomain}:${PROMETHEUS_PORT}`;
}
