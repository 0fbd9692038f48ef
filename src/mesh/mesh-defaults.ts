import type { IConstruct } from 'constructs';
import type { Mesh } from './mesh';
import { CIRCUIT_BREAKER_SETTINGS, type CircuitBreakerSettings, FAULT_REHEARSALS_SETTING, MESH_PROXY_SETTINGS, MESH_SETTING } from './mesh-settings';
import { ProfileDefaults } from '../profile/profile-defaults';
import { settingsInForce } from '../profile/settings-in-force';
import type { ResourceAmounts } from '../values/resources';

/**
 * Changes to the defaults of the service mesh. What is left out stays as it was.
 */
export interface MeshDefaultsProps {
  /** The service mesh. */
  readonly mesh?: Mesh;
  /** Processors and memory of the proxy that a mesh puts beside a service. */
  readonly meshProxy?: ResourceAmounts;
  /** When a mesh takes a failing pod out of those that it sends requests to. */
  readonly circuitBreaker?: CircuitBreakerSettings;
  /** Whether a `FaultRehearsal` may be defined: it lets real requests fail. */
  readonly faultRehearsals?: boolean;
}

/** The sections of `MeshDefaultsProps`. */
export const MESH_SECTIONS = {
  mesh: MESH_SETTING,
  meshProxy: MESH_PROXY_SETTINGS,
  circuitBreaker: CIRCUIT_BREAKER_SETTINGS,
  faultRehearsals: FAULT_REHEARSALS_SETTING,
};

/**
 * The defaults of the service mesh.
 *
 * @example
 *
 * PlatformProfile.standard().with(mesh.MeshDefaults.of({ mesh: mesh.Mesh.istio() }));
 */
export class MeshDefaults {
  /**
   * Changes for `PlatformProfile.with` and `Environment.with`.
   */
  public static of(changes: MeshDefaultsProps): ProfileDefaults {
    return ProfileDefaults._of('MeshDefaults.of', MESH_SECTIONS, changes);
  }

  /**
   * All settings in force for a construct, none of them undefined.
   */
  public static inForce(scope: IConstruct): MeshDefaultsProps {
    return settingsInForce(MESH_SECTIONS, scope);
  }

  private constructor() {}
}
