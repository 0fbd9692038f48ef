import type { WorkloadKind } from './workload-kind';
import type { WorkloadProps } from './workload-props';
import { FAMILIES, VALUE_KEYS } from '../inputs/values-schema';
import { CORE } from '../profile/core-settings';
import type { PlatformProfile } from '../profile/platform-profile';
import { nearest } from '../values/errors';

/** What code and profile say of a setting that files can set too. */
export interface SettingSource {
  /** Undefined if the code of the service does not set it. */
  readonly code: unknown;
  /** The dotted name of the setting in the platform profile. */
  readonly profile: string;
}

/**
 * The sources of a setting, by its key in a values file, by its name in the code or by that in the platform profile; undefined if there is none.
 */
export function sourceOf(setting: string, props: WorkloadProps, kind: Pick<WorkloadKind, 'scaling' | 'dapr'>, profile: PlatformProfile): SettingSource | undefined {
  return sourceInFiles(setting, props, kind) ?? sourceInCode(setting, props, profile);
}

/** The key in a values file of a setting that may have the name of the code, such as `resources.cpuRequest`. */
export function keyOfSetting(setting: string): string {
  return [...VALUE_KEYS].find(([, { section, field }]) => `${section}.${field}` === setting)?.[0] ?? setting;
}

/** The keys that a setting most likely means, the nearest first. */
export function nearestSettings(setting: string): string[] {
  const words = setting.toLowerCase().split(/[^a-z]+/).filter((word) => word.length > 2);
  const fitting = (key: string) => words.filter((word) => key.toLowerCase().includes(word)).length;
  const keys = [...VALUE_KEYS.keys(), ...Object.keys(CORE)];
  const mistyped = nearest(setting, keys);
  const others = keys.filter((key) => key !== mistyped && fitting(key) > 0).sort((a, b) => fitting(b) - fitting(a));
  return [...mistyped === undefined ? [] : [mistyped], ...others].slice(0, 3);
}

function sourceInCode(setting: string, props: WorkloadProps, profile: PlatformProfile): SettingSource | undefined {
  const [first, ...rest] = setting.split('.');
  const code = rest.length === 0 && Object.hasOwn(props, first) ? (props as Record<string, unknown>)[first] : undefined;
  return code !== undefined || exists(profile._values, [first, ...rest]) ? { code, profile: setting } : undefined;
}

function exists(value: unknown, [first, ...rest]: string[]): boolean {
  return first === undefined || (typeof value === 'object' && value !== null && Object.hasOwn(value, first) && exists((value as Record<string, unknown>)[first], rest));
}

function sourceInFiles(setting: string, props: WorkloadProps, { scaling, dapr }: Pick<WorkloadKind, 'scaling' | 'dapr'>): SettingSource | undefined {
  if (!VALUE_KEYS.has(setting) && !FAMILIES.has(setting.split('.')[0])) {
    return undefined;
  }
  const [section, ...rest] = setting.split('.');
  switch (section) {
    case 'image':
      return { code: props.image, profile: 'imageRegistry' };
    case 'replicas':
      return scaling && { code: scaling._says(rest.join('.')), profile: `${scaling._kind === 'queue' ? 'workers' : 'scaling'}.${rest.join('.')}` };
    case 'autoscaling':
      return scaling && scaling._kind !== 'queue' ? { code: scaling._says(rest.join('.')), profile: `scaling.${rest.join('.')}` } : undefined;
    case 'resources':
      return { code: amount(props.resources?._amountTexts(), rest), profile: `resources.${fieldOf(rest)}` };
    case 'sidecar':
      return { code: amount(dapr._options.resources, rest.slice(1)), profile: `sidecar.resources.${fieldOf(rest.slice(1))}` };
    case 'logLevel':
      return { code: props.logLevel, profile: 'logLevel' };
    case 'env':
      return { code: props.env?.[rest.join('.')], profile: 'env' };
    case 'config':
      return { code: props.config?.[rest.join('.')], profile: 'config' };
    default:
      return undefined;
  }
}

function amount(amounts: object | undefined, path: string[]): unknown {
  return (amounts as Record<string, unknown> | undefined)?.[fieldOf(path)];
}

/** `limits.ephemeral-storage` is the field `ephemeralStorageLimit`. */
function fieldOf([bound, resource]: string[]): string {
  const name = resource === 'ephemeral-storage' ? 'ephemeralStorage' : resource;
  return `${name}${bound === 'limits' ? 'Limit' : 'Request'}`;
}
