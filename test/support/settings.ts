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

/** The standard profile of an organisation: with a registry, and with the quotas of its groups. */
export const ORGANISATION = PlatformProfile.standard().customize({
  imageRegistry: 'registry.example.com',
  defaultQuota: { cpu: '16', memory: '32Gi' },
  capacity: {
    production: { cpu: '100', memory: '200Gi' },
    staging: { cpu: '60', memory: '120Gi' },
    development: { cpu: '40', memory: '80Gi' },
  },
  quotas: {
    'core-business-dev': { cpu: '16', memory: '32Gi' },
    'core-business-staging': { cpu: '30', memory: '60Gi' },
    'core-business-prod': { cpu: '50', memory: '100Gi' },
    'platform-dev': { cpu: '12', memory: '24Gi' },
    'platform-staging': { cpu: '24', memory: '48Gi' },
    'platform-prod': { cpu: '30', memory: '60Gi' },
    'infrastructure': { cpu: '20', memory: '40Gi' },
  },
});

/** A profile with changes of any sections, wherever they belong. */
export function customized(changes: AnyChanges, profile = ORGANISATION): PlatformProfile {
  return profile.with(ProfileDefaults._of('PlatformProfile.customize', ALL_SECTIONS, changes));
}

/** An environment with changes of any sections. */
export function environmentOf(name: string, changes: AnyChanges & EnvironmentChanges = {}): Environment {
  const { stage, appEnv, capacityPool, ...sections } = changes;
  return Environment.of(name, { stage, appEnv, capacityPool }).with(ProfileDefaults._of(`Environment '${name}'`, ALL_SECTIONS, sections));
}

export { ALL_SECTIONS, valuesOf } from '../../scripts/sections';
