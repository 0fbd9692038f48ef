import type { NetworkSettings } from './network-settings';
import type { ProfileChanges } from './profile-changes';
import type {
  CallSettings, ContainerLimits, EventSettings, ProbeSettings, RolloutSettings, SecuritySettings, SidecarSettings, SpreadSettings, StorageSettings,
} from './profile-settings';
import type { ResourceAmounts } from './resources';
import type { UtilizationOptions } from './scaling';

/**
 * A profile with every setting in place: what constructs read.
 */
export interface ProfileValues extends Required<ProfileChanges> {
  readonly resources: Required<ResourceAmounts>;
  readonly probes: Required<ProbeSettings>;
  readonly scaling: Required<UtilizationOptions>;
  readonly rollout: Required<RolloutSettings>;
  readonly security: Required<SecuritySettings>;
  readonly sidecar: Required<SidecarSettings>;
  readonly calls: Required<CallSettings>;
  readonly events: Required<EventSettings>;
  readonly storage: Required<StorageSettings>;
  readonly spread: Required<SpreadSettings>;
  readonly network: Required<NetworkSettings>;
  readonly containerLimits: Required<ContainerLimits>;
}

/** Where each setting comes from, by its dotted name. */
export type Origins = ReadonlyMap<string, string>;

type Plain = { readonly [key: string]: unknown };

/**
 * Lays changes over values: plain structs are merged field by field, everything else is replaced.
 * Each replaced field is noted with the origin of the change.
 */
export function mergeValues<T extends object>(base: T, changes: object, origin: string, origins: Map<string, string>, prefix = ''): T {
  const merged = { ...base } as Record<string, unknown>;
  for (const [key, change] of Object.entries(changes)) {
    const path = prefix + key;
    if (change === undefined) {
      continue;
    }
    const current = merged[key];
    if (isPlain(current) && isPlain(change)) {
      merged[key] = mergeValues(current, change, origin, origins, `${path}.`);
    } else {
      merged[key] = change;
      origins.set(path, origin);
    }
  }
  return merged as T;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null
    && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);
}
