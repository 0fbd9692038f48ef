import { ALL_SECTIONS } from '../../scripts/sections';
import type { EnvironmentChanges, ProfileChanges } from '../../src';
import type { DeliveryDefaultsProps } from '../../src/delivery';
import type { GatewayDefaultsProps } from '../../src/gateway';
import type { MeshDefaultsProps } from '../../src/mesh';
import type { NetworkDefaultsProps } from '../../src/network';
import type { PipelineDefaultsProps } from '../../src/pipeline';
import { Environment } from '../../src/profile/environment';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { ProfileDefaults } from '../../src/profile/profile-defaults';
import type { SecurityDefaultsProps } from '../../src/security';
import type { StoreDefaultsProps } from '../../src/stores';
import type { WorkloadDefaultsProps } from '../../src/workloads';

/** Changes of any section of the profile. */
export interface AnyChanges extends ProfileChanges, StoreDefaultsProps, WorkloadDefaultsProps, GatewayDefaultsProps, MeshDefaultsProps,
  NetworkDefaultsProps, DeliveryDefaultsProps, PipelineDefaultsProps, SecurityDefaultsProps {}

/** A profile with changes of any sections, wherever they belong. */
export function customized(changes: AnyChanges, profile = PlatformProfile.standard()): PlatformProfile {
  return profile.with(ProfileDefaults._of('PlatformProfile.customize', ALL_SECTIONS, changes));
}

/** An environment with changes of any sections. */
export function environmentOf(name: string, changes: AnyChanges & EnvironmentChanges = {}): Environment {
  const { stage, appEnv, capacityPool, ...sections } = changes;
  return Environment.of(name, { stage, appEnv, capacityPool }).with(ProfileDefaults._of(`Environment '${name}'`, ALL_SECTIONS, sections));
}

export { ALL_SECTIONS, valuesOf } from '../../scripts/sections';
