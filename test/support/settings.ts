import type { EnvironmentChanges, ProfileChanges } from '../../src';
import type { DeliveryDefaultsProps } from '../../src/delivery';
import { DELIVERY_SECTIONS } from '../../src/delivery/delivery-defaults';
import type { GatewayDefaultsProps } from '../../src/gateway';
import { GATEWAY_SECTIONS } from '../../src/gateway/gateway-defaults';
import type { MeshDefaultsProps } from '../../src/mesh';
import { MESH_SECTIONS } from '../../src/mesh/mesh-defaults';
import type { NetworkDefaultsProps } from '../../src/network';
import { NETWORK_SECTIONS } from '../../src/network/network-defaults';
import type { PipelineDefaultsProps } from '../../src/pipeline';
import { PIPELINE_SECTIONS } from '../../src/pipeline/pipeline-defaults';
import { CORE } from '../../src/profile/core-settings';
import { Environment } from '../../src/profile/environment';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { ProfileDefaults } from '../../src/profile/profile-defaults';
import type { SecurityDefaultsProps } from '../../src/security';
import { SECURITY_SECTIONS } from '../../src/security/security-defaults';
import type { StoreDefaultsProps } from '../../src/stores';
import { STORE_SECTIONS } from '../../src/stores/store-defaults';
import type { WorkloadDefaultsProps } from '../../src/workloads';
import { WORKLOAD_SECTIONS } from '../../src/workloads/workload-defaults';

/** Changes of any section of the profile. */
export interface AnyChanges extends ProfileChanges, StoreDefaultsProps, WorkloadDefaultsProps, GatewayDefaultsProps, MeshDefaultsProps,
  NetworkDefaultsProps, DeliveryDefaultsProps, PipelineDefaultsProps, SecurityDefaultsProps {}

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

/** A profile with changes of any sections, wherever they belong. */
export function customized(changes: AnyChanges, profile = PlatformProfile.standard()): PlatformProfile {
  return profile.with(ProfileDefaults._of('PlatformProfile.customize', ALL_SECTIONS, changes));
}

/** An environment with changes of any sections. */
export function environmentOf(name: string, changes: AnyChanges & EnvironmentChanges = {}): Environment {
  const { stage, appEnv, capacityPool, ...sections } = changes;
  return Environment.of(name, { stage, appEnv, capacityPool }).with(ProfileDefaults._of(`Environment '${name}'`, ALL_SECTIONS, sections));
}

/** Every setting of a profile. */
export function valuesOf(profile: PlatformProfile): { [K in keyof typeof ALL_SECTIONS]: ReturnType<(typeof ALL_SECTIONS)[K]['of']> } {
  return Object.fromEntries(Object.entries(ALL_SECTIONS).map(([name, section]) => [name, profile._get<any>(section)])) as any;
}
