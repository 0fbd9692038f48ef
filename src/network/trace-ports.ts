import { DAPR_CONFIGURATION_SETTINGS } from '../dapr/configuration-section';
import type { PlatformProfile } from '../profile/platform-profile';
import { OTLP_GRPC_PORT, TRACE_PORTS } from '../values/ports';

/** The ports of the collector to which applications and sidecars send traces. */
export function tracePorts(profile: PlatformProfile): number[] {
  const { traceProtocol } = DAPR_CONFIGURATION_SETTINGS.of(profile);
  return [...new Set([OTLP_GRPC_PORT, TRACE_PORTS[traceProtocol]])];
}
