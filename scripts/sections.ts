import { DELIVERY_SECTIONS } from '../src/delivery/delivery-defaults';
import { GATEWAY_SECTIONS } from '../src/gateway/gateway-defaults';
import { MESH_SECTIONS } from '../src/mesh/mesh-defaults';
import { NETWORK_SECTIONS } from '../src/network/network-defaults';
import { PIPELINE_SECTIONS } from '../src/pipeline/pipeline-defaults';
import { CORE } from '../src/profile/core-settings';
import type { PlatformProfile } from '../src/profile/platform-profile';
import { SECURITY_SECTIONS } from '../src/security/security-defaults';
import { STORE_SECTIONS } from '../src/stores/store-defaults';
import { WORKLOAD_SECTIONS } from '../src/workloads/workload-defaults';

/** Every section of the profile by its name. */
export const ALL_SECTIONS = {
  ...CORE,
  ...WORKLOAD_SECTIONS,
  ...STORE_SECTIONS,
  ...NETWORK_SECTIONS,
  ...GATEWAY_SECTIONS,
  ...MESH_SECTIONS,
  ...SECURITY_SECTIONS,
  ...DELIVERY_SECTIONS,
  ...PIPELINE_SECTIONS,
};

/** Every setting of a profile. */
export function valuesOf(profile: PlatformProfile): { [K in keyof typeof ALL_SECTIONS]: ReturnType<(typeof ALL_SECTIONS)[K]['of']> } {
  return Object.fromEntries(Object.entries(ALL_SECTIONS).map(([name, section]) => [name, profile._get<any>(section)])) as any;
}
